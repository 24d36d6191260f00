// The inbox, live: what is new comes in without moving what the agent is doing.

import { showChoices, showPlaces } from "./composer.js";
import { dropDraft, keepDraft, restoreDraft } from "./drafts.js";
import { settleEmoji } from "./emoji.js";
import { showCalls } from "./here.js";
import { answering } from "./keys.js";
import { isQuestion, listen, settleLive } from "./live.js";
import { morph } from "./morph.js";
import { showCalled } from "./picks.js";
import { showPictures } from "./pictures.js";
import { showLength } from "./typing.js";
import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const thread = () => document.querySelector("[data-thread]");
const reply = () => $("reply");
const writing = () => reply() ?? $("note");
const NEAR = 80; // pixels from the end of a thread within which one follows it

let opened = null; // the conversation on the page
let isNews = false;
let isLoaded = false;
let isFollowing = true;
let pressed = null; // the menu of the button that was pressed

// Scroll: at the end one stays at the end, elsewhere nothing moves.

const isAtEnd = () => {
  const box = thread();
  return !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
};

function toEnd() {
  const box = thread();
  if (box) box.scrollTop = box.scrollHeight;
  setShown("newer", false);
}

// From a search one comes to the message that was found, from a mention to its note.
function toFound(hash = location.hash) {
  const said = /^#(said|note)-\d+$/.test(hash) && $(hash.slice(1));
  if (!said || !said.checkVisibility()) return false;
  said.tabIndex = -1;
  said.focus({ preventScroll: true });
  said.scrollIntoView({ block: "center" });
  found = said;
  return true;
}

// A picture that comes late moves nobody from the end, nor from what they came to.
let found = null;

document.addEventListener("load", ({ target }) => {
  if (target.nodeName !== "IMG" || !thread()?.contains(target)) return;
  if (found?.isConnected) found.scrollIntoView({ block: "center" });
  else if (isFollowing) toEnd();
}, true);

for (const moves of ["wheel", "touchstart", "pointerdown", "keydown"]) {
  document.addEventListener(moves, () => { found = null; }, { capture: true, passive: true });
}

// What we show stays so when news come: see morph.js.
function setShown(id, shown) {
  $(id)?.toggleAttribute("hidden", !shown);
  $(id)?.toggleAttribute("data-shown", shown);
}

// The swap: one way for news and for whole pages.

function swap(target, fragment) {
  const fresh = fragment.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? fragment.firstElementChild : fragment;
  const follow = isAtEnd();
  const focused = document.activeElement;
  const added = [];
  morph(target, fresh, added);
  // A line that changed places was taken out and put back.
  if (focused?.isConnected && document.activeElement === document.body) focused.focus({ preventScroll: true });
  if (isNews) tell(added);
  const messages = added.filter((item) => item.matches("[data-message]"));
  // What one has just sent is seen, also by whom a search has led far up.
  const isSent = !isNews && messages.includes([...document.querySelectorAll("[data-message]")].at(-1));
  if (follow || isSent) toEnd();
  else if (isNews && messages.length) setShown("newer", true);
  if (isNews && messages.some((item) => item.matches("[data-announce]"))) markSince();
}

function tell(added) {
  const told = added.flatMap((item) => [item, ...item.querySelectorAll("[data-announce]")]);
  const news = told.flatMap((item) => item.dataset.announce ?? []);
  if (!news.length) return;
  const first = news.slice(0, 3).join(". ");
  const count = news.length - 3;
  $("announcer").textContent = count > 0 ? words("more_news", { news: first, count }) : first;
}

function markSince() {
  if (reply()?.querySelector("textarea").value.trim()) setShown("since", true);
}

htmx.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, target, fragment) {
    if (style !== "morph") return false;
    swap(target, fragment);
    return [target];
  },
});

// Before and after.

document.body.addEventListener("htmx:beforeSwap", ({ detail }) => {
  isNews = detail.requestConfig.path.startsWith("/inbox/news");
});

document.body.addEventListener("htmx:afterSettle", () => {
  settle();
  settleLive();
});

function settle() {
  const form = writing();
  if (form) restoreDraft(form);
  if (form) showPlaces(form.querySelector("textarea"));
  if (form) showChoices(form);
  if (form?.id === "note") showCalled(form.querySelector("textarea"));
  settleEmoji();
  settleTools();
  settleSkip();
  showPictures();
  showCalls(Number($("views").dataset.calls));
  if (isNews) return settleMine();
  settleMine();
  $("lists").hidePopover?.();
  setShown("since", false);
  const now = $("desk").dataset.conversation;
  const isOther = now !== opened;
  if (isOther) found = null;
  if (isOther) toFound() || toEnd();
  // A menu that was opened while an answer was on its way stays.
  if (pressed || isOther) closeMenus();
  pressed = null;
  opened = now;
  settleSearch();
  if (isLoaded) settleFocus(form, isOther);
  // A note that begins so is about to call somebody: whom, is offered.
  const field = $("note")?.querySelector("textarea");
  if (field?.value === "@") field.dispatchEvent(new Event("input", { bubbles: true }));
  isLoaded = true;
}

// What had the focus may be gone: a button that was pressed, a pane that is not shown.
function settleFocus(form, isOther) {
  const active = document.activeElement;
  const isMode = active?.matches(".modes .tab");
  if (active && active !== document.body && !isMode && active.checkVisibility()) return;
  // On a phone the lists lie in a sheet, which is closed by now.
  const list = active?.closest("#lists") && document.querySelector(".others");
  const here = isOther && !form ? null : form || isMode ? answering() : standing();
  (list || here || $("next") || $("who"))?.focus({ preventScroll: true });
}

// How it stands, in words: on the button beside them a second Enter would undo what was
// just done.
function standing() {
  const said = document.querySelector(".standing > p");
  if (said) said.tabIndex = -1;
  return said;
}

// The tools of a message are one stop of Tab: arrows move in it, and to other messages.
const TOOLS = ".quoted, .teach, .steps > summary";

function settleTools() {
  for (const said of document.querySelectorAll(".said")) {
    const tools = [...said.querySelectorAll(TOOLS)];
    const stop = tools.find((tool) => tool === document.activeElement) ?? tools[0];
    for (const tool of tools) tool.tabIndex = tool === stop ? 0 : -1;
  }
}

function stepTools(event) {
  const tool = event.target.closest?.(".said")?.contains(event.target) && event.target.matches(TOOLS) && event.target;
  if (!tool) return;
  const forth = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const isAside = event.key === "ArrowLeft" || event.key === "ArrowRight";
  const all = [...document.querySelectorAll(isAside ? TOOLS : `:is(${TOOLS})[tabindex="0"]`)];
  const next = all[all.indexOf(tool) + (event.key === forth || event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  if (!next || (isAside && next.closest(".said") !== tool.closest(".said"))) return;
  next.focus();
  settleTools();
}

// Past the list, and past the thread: one comes to where one answers.
function settleSkip() {
  $("skip-answer").hidden = !answering();
}

$("skip-answer").addEventListener("click", (event) => {
  event.preventDefault();
  answering()?.focus();
});

// What has become somebody's while they wrote notes is theirs to answer now.
let mine = null;

function settleMine() {
  const now = document.querySelector(".answer")?.dataset.mine;
  const isNew = now && now !== mine && opened === now;
  mine = now;
  if (isNew && isNews && $("note") && !$("note").querySelector("textarea").value.trim()) $("to-customer").click();
}

// Writing.

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form || !event.target.name) return;
  keepDraft(form);
  document.querySelector(".answer > .told").replaceChildren(); // it is read, and takes room
  if (event.target.dataset.limit) showLength(event.target);
  if (form.id === "note") showCalled(event.target);
});

document.addEventListener("submit", (event) => {
  pressed = event.submitter?.closest(".menu") ?? null;
  if (event.target.dataset.draft) dropDraft(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.dataset.draft) {
    event.preventDefault();
    // The button is pressed: htmx sends the name of none but that, and menus close.
    const { elements } = event.target.form;
    const last = [...elements].findLast((one) => one.nodeName === "BUTTON");
    ((event.shiftKey && elements.then) || last).click();
  }
  if (event.key === "Escape") {
    const menu = event.target.closest?.(".menu[open]");
    closeMenus();
    menu?.querySelector("summary").focus();
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  if (event.key.startsWith("Arrow")) stepTools(event);
});

// From an answer one comes to what it answers, which may not be on the page yet.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.quoted");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!toFound(link.hash)) opened = null;
  else {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("click", (event) => {
  if (event.target.closest("#newer")) toEnd();
  const menu = event.target.closest(".menu");
  if (event.target.closest(".menu a")) pressed = menu;
  closeMenus(menu);
});

// One opens it to write in it, or to choose.
document.addEventListener("toggle", ({ target }) => {
  if (target.open && target.matches?.(".toolbox .menu")) target.querySelector(".sheet").querySelector("textarea, select, input").focus();
}, true);

function closeMenus(but) {
  for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== but) menu.open = false;
}

document.addEventListener("change", (event) => event.target.closest("form[data-filter]")?.requestSubmit());

document.addEventListener("scroll", (event) => {
  if (event.target !== thread()) return;
  isFollowing = isAtEnd();
  if (isFollowing) setShown("newer", false);
}, true);

// A keyboard that opens on a phone takes room from the thread.
addEventListener("resize", () => isFollowing && toEnd());

// Search: "/" goes to it (see keys.js), Escape out of it; the list comes while one types.

const box = () => $("search-for");

function settleSearch() {
  if (document.activeElement !== box()) box().value = box().defaultValue;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target === box()) {
    event.preventDefault();
    box().value = "";
    box().blur();
    $("search-end")?.click();
  }
});

// Arrows move through the list while the focus is in it.
function step(event) {
  const line = event.target.closest?.(".line, #search-for");
  if (!line) return;
  const lines = [...document.querySelectorAll("#search-for, .line")];
  const next = lines[lines.indexOf(line) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// Trouble on the way: say so, keep what was typed, go on by itself.

function trouble(text) {
  $("trouble").textContent = text;
  $("trouble").hidden = !text;
}

for (const name of ["htmx:sendError", "htmx:timeout"]) document.body.addEventListener(name, () => {
  if (writing()) keepDraft(writing());
  trouble(words("offline"));
});

document.body.addEventListener("htmx:responseError", (event) => {
  if (writing()) keepDraft(writing());
  const { status } = event.detail.xhr;
  if (status === 503 && isQuestion(event.detail)) return; // it is asked again
  if (status === 401) trouble(words("signed_out"));
  else if (status === 404) trouble(words("gone"));
  else trouble(words("failed", { status: String(status) }));
});

document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) trouble("");
  // A proof is of one order: left there, it would count as a wrong try of another.
  if (detail.successful && detail.elt.dataset.proof !== undefined) detail.elt.elements.proof.value = "";
});

settle();
listen();
