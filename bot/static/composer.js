// What is put into an answer while it is written: canned replies, by their short code,
// and answers of the FAQ. Nothing is sent by it.

import { insert } from "./typing.js";
import { words } from "./words.js";

const CODE = /(?:^|\s)\/([\p{L}\p{N}_-]{0,40})$/u;
const PLACE = /\{([^{}\s]+)\}/g;
const MOST = 8;
const FRESH = 30_000; // ms

const $ = (id) => document.getElementById(id);
const answer = () => $("reply")?.elements.text;

let known = { url: null, at: 0, items: [], isHere: false };
let isWaiting = false; // Enter was pressed before the list came

function replies(url) {
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

// The code that is being typed before the cursor, and where its slash stands.
function typed(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = CODE.exec(before);
  return found && { code: found[1].toLocaleLowerCase(), from: before.length - found[1].length - 1 };
}

function fitting(items, code) {
  const begin = items.filter((item) => item.dataset.code.startsWith(code));
  const hold = items.filter((item) => !begin.includes(item) && `${item.dataset.code} ${item.textContent}`.toLocaleLowerCase().includes(code));
  return [...begin, ...hold].slice(0, MOST);
}

async function offer(field) {
  if (!typed(field)) return close();
  const items = await replies(field.form.dataset.canned);
  if (isWaiting) return;
  // Meanwhile more may have been typed.
  const found = field.isConnected && document.activeElement === field && typed(field);
  const shown = found ? fitting(items, found.code) : [];
  if (!shown.length) return close();
  $("picks").replaceChildren(...shown);
  $("picks").hidden = false;
  mark(field, shown[0]);
  $("announcer").textContent = words("offered", { count: shown.length });
}

function close() {
  const picks = $("picks");
  if (!picks || picks.hidden) return;
  picks.hidden = true;
  answer()?.removeAttribute("aria-activedescendant");
}

function mark(field, item) {
  for (const other of $("picks").children) other.setAttribute("aria-selected", other === item);
  field.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function take(field, item) {
  const found = typed(field);
  close();
  if (found) insert(field, item.dataset.insert, found.from, field.selectionStart);
}

// Enter after a short code means the reply, however slowly the list comes. What is typed
// meanwhile stays behind it; if nothing fits, Enter was a new line.
async function takeLater(field) {
  const [{ code, from }, to] = [typed(field), field.selectionStart];
  const written = field.value.slice(from, to);
  isWaiting = true;
  $("places").textContent = words("looking");
  const [item] = fitting(await replies(field.form.dataset.canned), code);
  isWaiting = false;
  if (!field.isConnected) return;
  showPlaces(field);
  if (field.value.slice(from, to) !== written) return;
  if (item && field.selectionStart === to) return insert(field, item.dataset.insert, from, to);
  field.setRangeText(item ? item.dataset.insert : "\n", item ? from : to, to, field.selectionStart === to ? "end" : "preserve");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Whether Enter is ours: a short code stands before the cursor, and its list is under way.
const isCode = (event) => event.key === "Enter" && !event.shiftKey && !known.isHere && typed(event.target)?.code;

function steer(event, field) {
  const items = [...$("picks").children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(field, items[(at + step + items.length) % items.length]);
  else if (["Enter", "Tab"].includes(event.key)) take(field, items[at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// Answers of the FAQ: a press, or Alt and a number.

function suggest(button) {
  const field = answer();
  const before = field.value.slice(0, field.selectionStart);
  insert(field, (/\S$/.test(before) ? "\n\n" : "") + button.dataset.insert);
}

document.addEventListener("keydown", (event) => {
  const number = event.altKey && !event.ctrlKey && /^Digit([1-3])$/.exec(event.code)?.[1];
  const button = number && document.querySelectorAll(".suggestion")[number - 1];
  if (!button) return;
  event.preventDefault();
  suggest(button);
});

// What waits for a value is named, so that nobody sends it unseen.
export function showPlaces(field) {
  const note = $("places");
  if (!note || field !== answer()) return;
  const names = field.form.dataset.places.split(" ");
  const left = [...field.value.matchAll(PLACE)].filter(([, name]) => names.includes(name));
  const places = [...new Set(left.map(([place]) => place))].join(words("comma"));
  const told = places && words("fill", { places });
  if (note.textContent !== told) note.textContent = told;
}

// Quick replies stand under the text as the customer will have them; what Messenger
// would not take is marked.
export function showChoices(form) {
  const field = form.elements.choices;
  if (!field) return;
  const titles = [...new Set(field.value.split("\n").map((line) => line.trim().replace(/\s+/g, " ")))].filter(Boolean);
  const told = titles.map((title, number) => chip(title, number < field.dataset.most && title.length <= field.dataset.longest));
  if ($("offered").textContent !== told.map((one) => one.textContent).join("")) $("offered").replaceChildren(...told);
}

function chip(title, isTaken) {
  const made = document.createElement("span");
  made.className = isTaken ? "choice" : "choice over";
  made.dir = "auto";
  made.textContent = isTaken ? title : words("refused_choice", { title });
  return made;
}

document.addEventListener("input", ({ target }) => {
  if (target.name === "choices") showChoices(target.form);
  if (target !== answer()) return;
  showPlaces(target);
  offer(target);
});

document.addEventListener("keydown", (event) => {
  if (event.target !== answer() || event.isComposing) return;
  const isPlain = !event.ctrlKey && !event.metaKey;
  if (isWaiting ? event.key === "Enter" : isPlain && isCode(event)) hold(event);
  else if (isPlain && !$("picks").hidden) steer(event, event.target);
}, true);

function hold(event) {
  event.preventDefault();
  event.stopPropagation();
  if (!isWaiting) takeLater(event.target);
}

// A code that is about to become a reply goes out to nobody.
document.addEventListener("submit", (event) => {
  if (!isWaiting || event.target !== $("reply")) return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("focusout", ({ target }) => target === answer() && close());

// To press on the list must not take the cursor out of the text.
document.addEventListener("pointerdown", (event) => event.target.closest(".picks") && event.preventDefault());
document.addEventListener("click", (event) => {
  const item = event.target.closest(".pick");
  const button = event.target.closest(".suggestion");
  if (item) take(answer(), item);
  if (!button) return;
  event.preventDefault(); // or the form would be sent, to put it in without script
  suggest(button);
});
