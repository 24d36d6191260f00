// The editor: how long a text is, and a question before unsaved work is left.

import { insert, showLength } from "./typing.js";

const guarded = document.querySelector("form[data-guard]");
let isChanged = guarded?.dataset.guard === "changed";

function count() {
  for (const field of document.querySelectorAll("[data-limit]:not([data-counted])")) {
    field.dataset.counted = "";
    showLength(field);
    field.addEventListener("input", () => showLength(field));
  }
}

count();

// Other answers come, go and change places without a page: that is unsaved work too.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.id !== "variants") return;
  isChanged = true;
  count();
  document.getElementById("variants").querySelector("fieldset:last-of-type select")?.focus();
  htmx.trigger("#variants .when", "change");
});

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", () => insert(document.getElementById(button.dataset.into), button.dataset.insert));
}

guarded?.addEventListener("input", () => { isChanged = true; });
guarded?.addEventListener("submit", () => { isChanged = false; });

addEventListener("beforeunload", (event) => {
  if (isChanged) event.preventDefault();
});

// Whoever typed before this ran, or whose browser kept what was typed, has more in the
// form than the page came with: the preview shows it, and it is not left unasked.
function isKept(field) {
  if (field.id === "try") return false;
  if (!field.options) return "defaultValue" in field && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
  const first = Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
  return field.selectedIndex !== first;
}
function catchUp() {
  const field = [...(guarded?.elements ?? [])].find(isKept);
  if (!field) return;
  isChanged = true;
  const watching = "[hx-target='#preview']";
  const watched = field.closest(watching) ?? guarded.querySelector(watching);
  if (watched) htmx.ajax("POST", watched.getAttribute("hx-post"), { source: watched, target: "#preview", swap: "innerHTML" });
}
if (document.readyState === "complete") catchUp();
else addEventListener("load", catchUp);

// Enter in the field below the phone tries; it must never publish.
const trying = document.getElementById("try");
trying?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  document.querySelector("[data-testid=try]").click();
});

// The phone of a try and the field below it are to be seen together, with what was said
// last. It is told once, to who hears the page; what was tapped is gone, and the focus.
document.addEventListener("htmx:afterSwap", () => {
  const tried = document.querySelector("#tried:not([data-seen])");
  if (!tried || tried.dataset.state === "new") return;
  tried.dataset.seen = "";
  const { took, state, news } = tried.dataset;
  if (took && trying.value.trim() === took) trying.value = "";
  if (state === "over") trying.focus();
  const talk = document.getElementById("talk");
  if (!talk) return;
  if (document.activeElement === document.body) talk.focus({ preventScroll: true });
  if (news) document.getElementById("announcer").textContent = news;
  document.getElementById("trying-out").scrollIntoView({ block: "start" });
  for (const phone of document.querySelectorAll(".talk")) {
    const newest = phone.lastElementChild;
    phone.scrollTop = newest.offsetTop - phone.firstElementChild.offsetTop;
  }
});

// Where phrasings were added one reads on at the end of the list.
const list = document.querySelector("#phrasings[autofocus]");
if (list) {
  list.focus();
  list.setSelectionRange(list.value.length, list.value.length);
  list.scrollTop = list.scrollHeight;
}

// What waited for its check is asked for again when that has ended, as it was asked for:
// who has typed since decides anew.
let isTyped = false;
guarded?.addEventListener("input", () => {
  isTyped = true;
  sendAgain();
});
function sendAgain() {
  const waiting = document.querySelector("#check[data-testid=awaited]");
  if (!waiting) return;
  waiting.querySelector("[data-unchanged]").hidden = isTyped;
  waiting.querySelector("[data-changed]").hidden = !isTyped;
  if (isTyped || !("checked" in waiting.dataset)) return;
  delete waiting.dataset.checked;
  const form = document.getElementById("again") ?? guarded;
  form.requestSubmit(form.querySelector("button:not([formaction])"));
}
document.addEventListener("htmx:afterSettle", sendAgain);

// Publishing tries what must hold first: that takes seconds, and is said.
guarded?.addEventListener("submit", ({ submitter }) => {
  if (submitter?.name !== "state" || submitter.value !== "live") return;
  submitter.setAttribute("aria-busy", "true");
  document.getElementById("publishing").hidden = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form === guarded) {
    event.preventDefault();
    guarded.requestSubmit(guarded.querySelector("button:not([formaction])"));
  }
});
