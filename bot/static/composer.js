// What stands around an answer while it is written: answers of the FAQ to put in, places
// that wait for a value, quick replies. Canned replies: see picks.js.

import { insert } from "./typing.js";
import { words } from "./words.js";

const PLACE = /\{([^{}\s]+)\}/g;

const $ = (id) => document.getElementById(id);
const answer = () => $("reply")?.elements.text;

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
  const known = JSON.parse(field.form.dataset.places);
  const left = [...field.value.matchAll(PLACE)].filter(([, name]) => name in known);
  const places = [...new Set(left.map(([place, name]) => words("place", { place, what: known[name] })))].join(words("comma"));
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
  if (target === answer()) showPlaces(target);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest(".suggestion");
  if (!button) return;
  event.preventDefault(); // or the form would be sent, to put it in without script
  suggest(button);
});
