// What lies around the conversation: the clock, the panels, the small menus, the theme.

import { locale, word } from "./words.js";

const $ = (id) => document.getElementById(id);

// The clock: the emulator's, which may be far from ours.

let ahead = 0; // ms
let closes = null; // when the reply window does

export function setClock(now, windowCloses) {
  ahead = new Date(now) - Date.now();
  if (windowCloses !== undefined) closes = windowCloses;
  tick();
}

function tick() {
  const now = new Date(Date.now() + ahead);
  const time = now.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
  $("clock").textContent = $("status-time").textContent = time;
  $("clock").dateTime = now.toISOString();
  $("date").textContent = now.toLocaleDateString(locale, { dateStyle: "full" });
  if (document.activeElement !== $("moment")) $("moment").value = local(now);
  const left = closes ? new Date(closes) - now : -1;
  $("window").dataset.state = left < 0 ? "closed" : left < 3600e3 ? "soon" : "open";
  $("window").textContent = left < 0 ? word(closes ? "Closed" : "Not open yet") : word("Open for %(span)s more", { span: span(left) });
}

function local(moment) {
  const shifted = new Date(moment - moment.getTimezoneOffset() * 60000);
  return shifted.toISOString().slice(0, 16);
}

function span(ms) {
  const minutes = Math.floor(ms / 60000);
  const values = { h: Math.floor(minutes / 60), min: minutes % 60 };
  return word(minutes < 60 ? "%(min)s min" : "%(h)s h %(min)s min", values);
}

// Panels lie beside the phone, or over it where there is no room.

let opener = null;

function openPanel(event) {
  opener = event.currentTarget;
  const panel = $(opener.dataset.opens);
  panel.dataset.open = "";
  document.querySelector("main").inert = true;
  panel.querySelector(".close").focus();
}

export function closePanel() {
  if (!opener) return;
  for (const panel of document.querySelectorAll(".panel")) delete panel.dataset.open;
  document.querySelector("main").inert = false;
  opener.focus();
  opener = null;
}

// Small menus over the composer; one at a time.

function toggle(button, open) {
  $(button.dataset.sheet).hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function closeSheets(but) {
  for (const button of document.querySelectorAll("[data-sheet]")) {
    if (button !== but) toggle(button, false);
  }
}

function clicked(event) {
  const button = event.target.closest("[data-sheet]");
  closeSheets(button);
  if (button) toggle(button, $(button.dataset.sheet).hidden);
}

function pressed(event) {
  if (event.key !== "Escape") return;
  closeSheets();
  closePanel();
}

function changeTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  localStorage.theme = document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
}

// Make everything on the desk work; *move* moves the emulator's clock.
export function setUp(move) {
  for (const button of document.querySelectorAll("[data-opens]")) button.addEventListener("click", openPanel);
  for (const button of document.querySelectorAll(".close")) button.addEventListener("click", closePanel);
  for (const button of document.querySelectorAll("[data-advance]")) {
    button.addEventListener("click", () => move({ advance_s: Number(button.dataset.advance) }));
  }
  $("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    move({ now: new Date($("moment").value).toISOString() });
    document.activeElement.blur();
  });
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  $("theme").addEventListener("click", changeTheme);
  if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
  setInterval(tick, 1000);
}
