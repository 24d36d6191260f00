// The editor: how long a text is, and a question before unsaved work is left.

import "./one-picture.js";
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

guarded?.addEventListener("input", ({ target }) => { isChanged ||= Boolean(target.name); });
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

// Where phrasings were added one reads on at the end of the list; that they were is
// told until something else is done.
function readOn() {
  const list = document.querySelector("#phrasings[autofocus]");
  if (!list) return;
  list.focus();
  list.setSelectionRange(list.value.length, list.value.length);
  list.scrollTop = list.scrollHeight;
  list.removeAttribute("autofocus");
}
readOn();
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "asking") return;
  isChanged = true;
  readOn();
});
guarded?.addEventListener("input", ({ target }) => {
  if (target.id === "phrasings") document.getElementById("added")?.remove();
});
for (const when of ["beforeRequest", "afterRequest"]) {
  document.addEventListener(`htmx:${when}`, ({ target }) => {
    if (target.dataset?.testid !== "propose") return;
    document.getElementById("added")?.remove();
    document.getElementById("proposing").hidden = when === "afterRequest";
    document.getElementById("proposals").hidden = when === "beforeRequest";
  });
}

// All that is proposed is ticked at once; a second time takes the ticks out again.
function showTickAll() {
  const all = document.getElementById("tick-all");
  if (all) all.hidden = false;
}
showTickAll();
document.addEventListener("htmx:afterSwap", showTickAll);
guarded?.addEventListener("click", ({ target }) => {
  if (target.id !== "tick-all") return;
  const boxes = [...document.querySelectorAll("#proposals input[type=checkbox]")];
  const some = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = some;
  isChanged = true;
});

// A long list of phrasings is searched row by row; the field of text above it holds it.
const LONG = 20;
const ROWS = 50;
function lines() {
  return document.getElementById("phrasings").value.split("\n").filter((line) => line.trim());
}
function find() {
  const finding = document.getElementById("finding");
  if (!finding) return;
  const all = lines();
  const wanted = document.getElementById("find").value.trim().toLowerCase();
  finding.hidden = all.length < LONG && !wanted;
  if (finding.hidden || !finding.open) return;
  const found = all.filter((line) => line.toLowerCase().includes(wanted));
  const count = document.getElementById("found-count");
  count.textContent = count.dataset.told.replace("{found}", found.length).replace("{all}", all.length);
  const row = document.getElementById("found-row").content;
  document.getElementById("found").replaceChildren(...found.slice(0, ROWS).map((line) => {
    const made = row.cloneNode(true);
    made.querySelector("span").textContent = line;
    made.querySelector("button").setAttribute("aria-label", `${made.querySelector("button").textContent}: ${line}`);
    return made;
  }));
}
find();
document.addEventListener("htmx:afterSettle", find);
guarded?.addEventListener("input", ({ target }) => {
  if (target.id === "find" || target.id === "phrasings") find();
});
guarded?.addEventListener("toggle", find, true);
guarded?.addEventListener("keydown", (event) => {
  if (event.target.id === "find" && event.key === "Enter") event.preventDefault();
});
guarded?.addEventListener("click", ({ target }) => {
  const row = target.closest("#found li");
  if (!row || target.tagName !== "BUTTON") return;
  const list = document.getElementById("phrasings");
  const kept = list.value.split("\n");
  kept.splice(kept.findIndex((line) => line.trim() === row.firstElementChild.textContent.trim()), 1);
  list.value = kept.join("\n");
  list.dispatchEvent(new Event("input", { bubbles: true }));
  document.getElementById("find").focus();
});

// What was open stays open when the page comes back, though nothing stands in it yet.
guarded?.addEventListener("toggle", ({ target }) => {
  const told = target.querySelector(":scope > * > [name=open]");
  if (told) told.disabled = !target.open;
}, true);

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
