// Keys of one letter, as other inboxes have them: "?" shows them. None works while one
// types, and the account page switches them off, for who speaks to a machine or shakes.

const OFF = "frontdesk-keys-off";

const $ = (id) => document.getElementById(id);
const areOn = () => !localStorage.getItem(OFF);

// Where one writes, or else the button after which one may.
export const answering = () => document.querySelector("#reply > textarea, #note > textarea") ?? [...document.querySelectorAll(".standing .button")].at(-1);

function search() {
  if ($("search-for").checkVisibility()) $("search-for").select();
}

// From where one is in the list, or from what is open.
function step(by) {
  const lines = [...document.querySelectorAll(".line")];
  const at = lines.indexOf(document.activeElement.closest(".line") ?? document.querySelector(".line[aria-current]"));
  lines[Math.max(0, at + by)]?.focus();
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => answering()?.focus(),
  n: () => $("to-colleagues")?.click(),
  "/": search,
  "?": () => $("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  const act = $("keys") && areOn() && Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (!act || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
});

const choice = $("keys-on");
if (choice) {
  choice.checked = areOn();
  choice.closest("section").hidden = false;
  choice.addEventListener("change", () => (choice.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}
document.documentElement.toggleAttribute("data-keyless", !areOn());
