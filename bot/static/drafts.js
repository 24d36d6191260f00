// What somebody has begun to write is not lost: this window keeps it at once, and the
// server a moment later, so that it is on every screen of theirs. Notes stay here.

import { insert, showLength } from "./typing.js";
import { words } from "./words.js";

const SOON = 1_000; // ms after the last key

const $ = (id) => document.getElementById(id);
const key = (form) => `draft:${form.dataset.draft}`;
const textOf = (form) => form.querySelector("textarea");
const choicesOf = (form) => form.elements.choices?.value ?? "";
const written = (form) => JSON.stringify([textOf(form).value, choicesOf(form)]);

const versions = new WeakMap(); // by form: what was changed here
const timers = new Map();

export function keepDraft(form) {
  if ((textOf(form).value + choicesOf(form)).trim() || form.dataset.keep) sessionStorage.setItem(key(form), written(form));
  else sessionStorage.removeItem(key(form));
  if (!form.dataset.keep) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), SOON));
}

export function dropDraft(form) {
  clearTimeout(timers.get(form));
  timers.delete(form);
  sessionStorage.removeItem(key(form));
}

// What this window has and the server has not wins: it is newer.
export function restoreDraft(form) {
  const field = textOf(form);
  if (!versions.has(field)) {
    versions.set(field, Number(form.dataset.version ?? 0));
    restore(form, field);
    field.setSelectionRange(field.value.length, field.value.length); // to go on
  }
  showLength(field);
}

function restore(form, field) {
  const kept = sessionStorage.getItem(key(form));
  if (kept === null || (field.value && !form.dataset.keep)) return;
  const [text, choices] = JSON.parse(kept);
  field.value = text;
  if (form.elements.choices) form.elements.choices.value = choices;
  if (form.dataset.keep) keepDraft(form);
}

function told(form) {
  const fields = new URLSearchParams({ version: versions.get(textOf(form)) ?? 0 });
  for (const name of ["csrf_token", "form", "text", "choices"]) fields.set(name, form.elements[name]?.value ?? "");
  return fields;
}

async function save(form) {
  timers.delete(form);
  const now = written(form);
  const answer = await fetch(form.dataset.keep, { method: "POST", body: told(form), keepalive: true }).catch(() => null);
  if (!answer || !(answer.ok || answer.status === 409)) return; // it is kept here, and tried again
  const known = await answer.json();
  versions.set(textOf(form), known.version);
  if (answer.status === 409) differ(form, known);
  else if (sessionStorage.getItem(key(form)) === now) sessionStorage.removeItem(key(form));
}

// The same person wrote on two screens. Neither text is lost, and nobody decides but them.
function differ(form, { text }) {
  const note = $("otherwise");
  if (!form.isConnected || !note) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "link", textContent: words("put_in") });
  button.addEventListener("click", () => {
    const field = textOf(form);
    insert(field, `${field.value ? "\n\n" : ""}${text}`, field.value.length, field.value.length);
    note.replaceChildren();
  });
  note.replaceChildren(`${words("otherwise")} `, button);
}

addEventListener("online", () => document.querySelectorAll("form[data-keep]").forEach((form) => {
  if (sessionStorage.getItem(key(form)) !== null) keepDraft(form);
}));
addEventListener("pagehide", () => [...timers].forEach(([form, timer]) => {
  clearTimeout(timer);
  save(form);
}));
