// That somebody is here, on whichever page of ours, and which conversation they look at.
// Pages that lie behind others say so too, as often as the browser lets them: who does
// nothing for ten minutes is away, but not gone.

const PRESENT = 20_000; // ms
const BESIDE = 5_000; // on pages beside the inbox, which nothing else tells what is new

const token = () => document.querySelector(".bar [name=csrf_token]")?.value;
export const conversation = () => document.getElementById("desk")?.dataset.conversation ?? "";
export const hasSeen = (opened) => seen === opened;

let saidAt = 0;
let hasActed = true;
let isOver = false; // the page is somebody's who is not signed in here any more
let seen = null; // the conversation that the server knows we look at

export function say(more = {}) {
  if (!token() || isOver) return; // nobody is signed in
  const told = { csrf_token: token(), conversation: document.hidden ? "" : conversation(), ...more };
  if (hasActed) told.acted = "1";
  if (place()) told.beside = "1";
  if (seen && seen !== told.conversation) told.left = seen;
  [hasActed, saidAt, seen] = [false, Date.now(), told.conversation];
  // What is lost is said again in a moment.
  fetch("/inbox/here", { method: "POST", body: new URLSearchParams(told), keepalive: true }).then(heard, () => {});
}

function heard(answer) {
  // Another window of this browser has signed out, or signed somebody else in.
  if (answer.status === 401 || answer.status === 403) stop();
  if (answer.status === 200) answer.json().then(showGiven, () => {});
}

// What would come from now on is somebody else's; and to ask again changes nothing.
async function stop() {
  isOver = true;
  const told = document.getElementById("another");
  told.hidden = false;
  const page = await fetch("/account/").then((answer) => answer.text(), () => "");
  const name = new DOMParser().parseFromString(page, "text/html").querySelector(".me .name")?.textContent;
  if (name) told.firstElementChild.textContent = told.dataset.now.replace("{name}", name);
}

export const isSomebodyElses = () => isOver;

// In the inbox the list says so.
const place = () => document.querySelector("#given-here p");
const CLOSED = "frontdesk-given-closed"; // what was said when it was closed
const MOST = 2; // lines; the page it leads to has them all
let lines = []; // what somebody is told of

// The notes that mention whoever is here: in the bar and in the title.
export function showCalls(count) {
  for (const badge of document.querySelectorAll(".calls")) {
    badge.hidden = !count;
    badge.querySelector(".count").textContent = Math.min(count, 999);
  }
  const told = count ? `@${Math.min(count, 999)}` : "";
  document.title = [told, document.title.replace(/^@\S+ /, "")].filter(Boolean).join(" ");
}

function showGiven({ told, where, calls }) {
  showCalls(calls);
  // What is new stands first, and what was told stays in its order.
  lines = [...told.filter((line) => !lines.includes(line)), ...lines.filter((line) => told.includes(line))];
  const said = [...told].sort().join(" · ");
  const [link, close] = place().children;
  place().hidden = !said || sessionStorage.getItem(CLOSED) === said;
  link.href = where;
  link.textContent = [...lines.slice(0, MOST), lines.length > MOST && `+${lines.length - MOST}`].filter(Boolean).join(" · ");
  close.onclick = () => {
    sessionStorage.setItem(CLOSED, said);
    place().hidden = true;
  };
}

function act() {
  hasActed = true;
  if (Date.now() - saidAt > PRESENT) say();
}

export function stay() {
  document.addEventListener("keydown", act, { passive: true });
  document.addEventListener("pointerdown", act, { passive: true });
  document.addEventListener("visibilitychange", () => say());
  addEventListener("pagehide", () => seen && say({ conversation: "" }));
  setInterval(() => (Date.now() - saidAt >= PRESENT || !document.hidden) && say(), place() ? BESIDE : PRESENT);
  say();
}
