// What somebody is typing: how long it is, and that it is not lost.

import { words } from "./words.js";

const NEARLY = 0.8;

// Messenger counts as JavaScript does: in UTF-16 units.
export function showLength(field) {
  const place = document.querySelector(`#${field.dataset.count ?? "length"} [data-length]`);
  if (!place) return;
  place.dataset.length ||= place.textContent;
  const limit = Number(field.dataset.limit);
  const most = Number(field.dataset.most ?? limit);
  const used = field.value.trim().length;
  const parts = Math.ceil(used / limit);
  const over = used - most;
  place.textContent = !used ? place.dataset.length
    : over > 0 ? words("over", { count: over })
    : parts > 1 ? words("split", { used, count: parts }) : words("length", { used, limit });
  place.parentElement.classList.toggle("long", used > limit * NEARLY);
  place.parentElement.classList.toggle("over", over > 0);
}

// Put *text* where the cursor is, or in the place of what lies between two positions.
// The first place that waits for a value is selected: to type is to fill it.
export function insert(field, text, from = field.selectionStart, to = field.selectionEnd) {
  field.focus();
  field.setRangeText(text, from, to, "end");
  const place = /\{[^{}\s]+\}/.exec(text);
  if (place && field.form?.dataset.draft) {
    field.setSelectionRange(from + place.index, from + place.index + place[0].length);
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
