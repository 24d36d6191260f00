// A list over a text, of what can be put in where one types: canned replies after "/",
// colleagues after "@". Nothing is sent by it, and what it holds is not sent unseen.

import { addFrom } from "./pictures.js";
import { insert } from "./typing.js";
import { words } from "./words.js";

const KINDS = {
  reply: { typed: /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u, told: "offered", none: "no_canned", isDone: () => false },
  // A name is of several words; a space behind it ends it.
  note: {
    typed: /(?:^|[^\p{L}\p{N}_])@((?:[^\s@]{1,40}(?: [^\s@]{1,40}){0,3})?)$/u,
    told: "colleagues",
    none: "no_colleagues",
    isDone: (code, [item, other]) => [item.dataset.code, !other && item.dataset.code.split(" ")[0]].includes(code),
  },
};
const MOST = 8;
const FRESH = 30_000; // ms

const $ = (id) => document.getElementById(id);
const field = () => document.querySelector("[data-picks]");
const kind = (text) => KINDS[text.form.id];
const isOpen = () => !$("picks").hidden;
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const changed = (text) => text.dispatchEvent(new Event("input", { bubbles: true }));

let known = { url: null, at: 0, items: [], isHere: false };
let isWaiting = false; // Enter was pressed before the list came
let isRefused = false; // the list was closed: what is typed is meant as it is

function choices(text) {
  const url = text.dataset.picks;
  if (known.url !== url || Date.now() - known.at > FRESH) {
    known = { url, at: Date.now(), isHere: false };
    known.items = ask(known);
  }
  return known.items;
}

async function ask(asked) {
  const told = await fetch(asked.url).catch(() => null);
  const holder = document.createElement("template");
  if (told?.ok) holder.innerHTML = await told.text();
  else asked.url = null; // the next key asks again
  asked.isHere = true;
  return [...holder.content.children];
}

// What is typed before the cursor, and where its sign stands.
function typed(text) {
  const before = text.value.slice(0, text.selectionStart);
  const found = kind(text).typed.exec(before);
  return found && { code: fold(found[1]), from: before.length - found[1].length - 1 };
}

// A code in full before those that only begin so: it may be further down, in another language.
function begun(items, code) {
  const found = items.filter((item) => fold(item.dataset.code).startsWith(code));
  const isWhole = (item) => fold(item.dataset.code) === code;
  return [...found.filter(isWhole), ...found.filter((item) => !isWhole(item))];
}

function fitting(items, code) {
  const begin = begun(items, code);
  const hold = items.filter((item) => !begin.includes(item) && fold(`${item.dataset.code} ${item.textContent}`).includes(code));
  return [...begin, ...hold].slice(0, MOST);
}

// The button of a note says whom it calls.
export async function showCalled(text) {
  const items = text.value.includes("@") ? await choices(text) : [];
  if (!text.isConnected) return;
  const names = called(text.value, items).map((item) => item.querySelector("b").textContent);
  const told = names.length ? words("keep_and_tell", { names: new Intl.ListFormat(document.documentElement.lang).format(names) }) : words("keep");
  if ($("keeping").textContent !== told) $("keeping").textContent = told;
}

// The longest name counts, as on the server.
function called(written, items) {
  let rest = fold(written);
  const longestFirst = items.toSorted((one, other) => other.dataset.code.length - one.dataset.code.length);
  return longestFirst.filter((item) => {
    const pieces = rest.split(`@${fold(item.dataset.code)}`);
    rest = pieces.join("");
    return pieces.slice(1).some((after) => !/^[\p{L}\p{N}_]/u.test(after));
  });
}

// A colleague is called from beside the note that one writes already.
document.addEventListener("click", (event) => {
  const text = $("note")?.querySelector("textarea");
  if (!text || !event.target.closest("#call-colleague, [data-testid=get-colleague]")) return;
  event.preventDefault();
  event.stopPropagation();
  insert(text, /\S$/.test(text.value.slice(0, text.selectionStart)) ? " @" : "@");
}, true);

async function offer(text) {
  if (!typed(text)) return close();
  const items = await choices(text);
  if (isWaiting) return;
  if (!items.length && known.url) $("places").textContent = words(kind(text).none);
  // Meanwhile more may have been typed.
  const found = text.isConnected && document.activeElement === text && typed(text);
  const shown = found ? fitting(items, found.code) : [];
  if (!shown.length) return close();
  $("picks").replaceChildren(...shown);
  $("picks").hidden = false;
  mark(text, shown[0]);
  $("announcer").textContent = words(kind(text).told, { count: shown.length });
}

function close() {
  if (!$("picks") || !isOpen()) return;
  $("picks").hidden = true;
  field()?.removeAttribute("aria-activedescendant");
}

function mark(text, item) {
  for (const other of $("picks").children) other.setAttribute("aria-selected", other === item);
  text.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function take(text, item) {
  const found = typed(text);
  close();
  if (found) insert(text, item.dataset.insert, found.from, text.selectionStart);
  if (found && item.dataset.picture) addFrom(item.dataset.picture);
}

// Enter after a short code means what it stands for, however slowly the list comes. What
// is typed meanwhile stays behind it; if nothing fits, Enter is what it would have been.
async function takeLater(text, sends) {
  const [{ code, from }, to] = [typed(text), text.selectionStart];
  const written = text.value.slice(from, to);
  isWaiting = true;
  $("places").textContent = words("looking");
  const items = await choices(text);
  const [item] = sends ? begun(items, code) : fitting(items, code);
  isWaiting = false;
  if (!text.isConnected) return;
  $("places").textContent = "";
  if (text.value.slice(from, to) !== written) return changed(text);
  const isThere = text.selectionStart === to;
  if (item?.dataset.picture) addFrom(item.dataset.picture);
  if (item && isThere) return insert(text, item.dataset.insert, from, to);
  if (item || !sends) text.setRangeText(item ? item.dataset.insert : "\n", item ? from : to, to, isThere ? "end" : "preserve");
  changed(text);
  if (!item && sends) text.form.requestSubmit();
}

function steer(event, text) {
  const items = [...$("picks").children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(text, items[(at + step + items.length) % items.length]);
  else if (["Enter", "Tab"].includes(event.key)) take(text, items[at]);
  else if (event.key === "Escape") refuse();
  else return;
  stop(event);
}

function refuse() {
  isRefused = true;
  close();
}

// A short code right before the cursor goes out as what it stands for, which one sees
// first; a text that only begins as one does goes out as it is written.
function send(event, text) {
  const found = !isRefused && typed(text);
  if (!found?.code) return;
  if (!known.isHere) return hold(event, text, true);
  if (!isOpen()) return;
  const fit = begun([...$("picks").children], found.code);
  if (!fit.length || kind(text).isDone(found.code, fit)) return close();
  stop(event);
  take(text, fit.find((item) => item.getAttribute("aria-selected") === "true") ?? fit[0]);
}

function hold(event, text, sends) {
  stop(event);
  if (!isWaiting) takeLater(text, sends);
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

// In which script a colleague is called says nothing of the words around the name.
const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

function turn(text) {
  const [letter] = text.value.replace(/@\S*/g, "").match(/\p{L}/u) ?? [];
  if (letter) text.dir = FROM_RIGHT.test(letter) ? "rtl" : "ltr";
  else text.dir = text.value ? document.documentElement.dir || "ltr" : "auto";
}

document.addEventListener("input", ({ target }) => {
  if (target !== field()) return;
  isRefused = false;
  if (target.form.id === "note") turn(target);
  offer(target);
});

document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (text !== field() || event.isComposing) return;
  const [isEnter, isPlain] = [event.key === "Enter", !event.ctrlKey && !event.metaKey];
  if (isWaiting) return isEnter ? stop(event) : undefined;
  if (!isPlain) return isEnter ? send(event, text) : undefined;
  // A short code stands before the cursor, and its list is under way.
  if (isEnter && !event.shiftKey && !known.isHere && typed(text)?.code) hold(event, text, false);
  else if (isOpen()) steer(event, text);
}, true);

// A code that is about to become a reply goes out to nobody.
document.addEventListener("submit", (event) => {
  if (isWaiting && event.target === field()?.form) stop(event);
}, true);

document.addEventListener("focusout", ({ target }) => target === field() && close());

// To press on the list must not take the cursor out of the text.
document.addEventListener("pointerdown", (event) => event.target.closest(".picks") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const item = target.closest(".pick");
  if (item) take(field(), item);
});
