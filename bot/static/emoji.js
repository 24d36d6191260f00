// A small list of emoji, by name, for the mouse and for the keyboard.

import { insert } from "./typing.js";

const COLUMNS = 8;
const pickers = () => document.querySelectorAll(".emoji");
const signs = (picker) => [...picker.querySelectorAll(".sign:not([hidden])")];

// Their names are in the reader's language: the server knows them.
const filled = new WeakMap();

function fill(picker) {
  if (!filled.has(picker)) filled.set(picker, ask(picker));
  return filled.get(picker);
}

async function ask(picker) {
  const grid = picker.querySelector(".signs");
  const told = await fetch(grid.dataset.from).catch(() => null);
  if (!told?.ok) return filled.delete(picker);
  grid.innerHTML = await told.text();
  search(picker, picker.querySelector("input").value);
}

function search(picker, wanted) {
  for (const button of picker.querySelectorAll(".sign")) button.hidden = !button.title.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase());
  signs(picker).forEach((button, number) => (button.tabIndex = number ? -1 : 0));
}

function put(picker, button) {
  if (!button) return;
  picker.open = false;
  insert(picker.closest("form").elements.text, button.textContent);
}

function step(key, picker) {
  const all = signs(picker);
  const at = all.indexOf(document.activeElement);
  const aside = getComputedStyle(picker).direction === "rtl" ? -1 : 1;
  const by = { ArrowRight: aside, ArrowLeft: -aside, ArrowDown: at < 0 ? 1 : COLUMNS, ArrowUp: -COLUMNS }[key];
  if (at < 0 || all[at + by]) (at < 0 ? all[0] : all[at + by])?.focus();
  else if (key === "ArrowUp") picker.querySelector("input").focus();
}

// Without script there is nothing to see: the keyboard's own list does it as well.
export function settleEmoji() {
  for (const picker of pickers()) picker.hidden = false;
}

document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.(".emoji") || !target.open) return;
  fill(target);
  target.querySelector("input").focus();
}, true);

document.addEventListener("input", ({ target }) => {
  const picker = target.matches(".emoji input") && target.closest(".emoji");
  if (picker) search(picker, target.value);
});

document.addEventListener("click", ({ target }) => {
  const button = target.closest(".sign");
  if (button) put(button.closest(".emoji"), button);
});

// A key that is pressed before the signs have come counts when they have.
document.addEventListener("keydown", async (event) => {
  const picker = event.target.closest?.(".emoji[open]");
  if (!picker || !(event.key === "Enter" || event.key.startsWith("Arrow"))) return;
  const isField = event.target.matches("input");
  // In the field left and right move the cursor; on a sign Enter presses it.
  const isWaiting = isField && !picker.querySelector(".sign");
  if (isField ? !isWaiting && !["Enter", "ArrowDown"].includes(event.key) : event.key === "Enter") return;
  event.preventDefault(); // Enter would send the answer
  await fill(picker);
  if (event.key === "Enter") put(picker, document.activeElement.closest(".sign") ?? signs(picker)[0]);
  else step(event.key, picker);
});
