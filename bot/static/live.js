// News at once: the server says that something changed, the page then asks what. And
// the other way: that somebody is writing.

import { conversation, hasSeen, isSomebodyElses, say } from "./here.js";

const OFTEN = 2_000; // ms between two questions while nobody tells us anything
const AGAIN = 300;
const NUMBERS = 6_000; // ms between two questions for nothing but numbers
const SELDOM = 30_000; // while somebody does: times go on, and a word may get lost
const SILENT = 40_000; // the server is heard every 15 s, or the line is dead
const SLEPT = 5_000;
const WRITING = 3_000;
const LONGEST_ANSWER = 12_000;
const LONGEST_WAIT = 60_000;

const news = () => document.querySelector(".news");
const now = () => Date.now();

let stream = null;
let look = null; // what the stream is about
let isOpen = false;
let failures = 0;
let retryAt = 0;
let heardAt = 0;
let askedAt = now();
let dueAt = askedAt + OFTEN;
let tickedAt = askedAt;
let asking = null; // the element whose question is under way
let told = new Set(); // the parts that the stream has told of since
let carried = { told, isWhole: true }; // what the question under way is about
let wholeAt = askedAt; // when all of the page was had
let acting = 0; // how much that somebody pressed is under way
let actedAt = 0;

// Asking

// Of the numbers alone if nothing else was told of: they change with every customer. But
// a list that is empty says where there is something, and now and then times go on.
function isAboutNumbers() {
  const isAlone = isOpen && told.size === 1 && told.has("counts");
  return isAlone && now() - wholeAt < SELDOM && document.querySelector("#queue ul[id^=lines-]");
}

function ask() {
  askedAt = now();
  dueAt = askedAt + (isOpen ? SELDOM : OFTEN);
  asking = null;
  if (!news()) return;
  htmx.trigger(news(), "news");
  // While another page is being put in, the element is there and nobody hears it.
  if (!asking) dueAt = askedAt + AGAIN;
}

export const isQuestion = ({ requestConfig }) => requestConfig.path.startsWith("/inbox/news");

function narrow({ detail }) {
  if (!detail.path.startsWith("/inbox/news")) return;
  carried = { told, isWhole: !isAboutNumbers() };
  if (!carried.isWhole) detail.parameters.only = "counts";
  told = new Set();
}

function begun({ detail }) {
  if (isQuestion(detail)) asking = detail.elt;
  else [acting, actedAt] = [acting + 1, now()];
}

// One question at a time: a second would wait at an element that the answer to the
// first replaces, and be lost.
function answered({ detail }) {
  if (!isQuestion(detail)) {
    acting = Math.max(0, acting - 1);
    return;
  }
  asking = null;
  if (detail.successful && carried.isWhole) wholeAt = askedAt;
  if (!detail.successful) putOff();
}

// Asked again is what was asked, and no more: who is turned away from the numbers would
// ask for the whole page. And those who were turned away together must not come back
// together.
function putOff() {
  for (const part of carried.told) told.add(part);
  const least = carried.isWhole ? OFTEN : NUMBERS;
  dueAt = Math.min(dueAt, now() + least * (0.75 + Math.random() / 2));
}

// What was asked of the page before would overwrite the one that is put in now. And
// news would take away the button that was pressed, which knows where its page belongs.
function forget({ detail }) {
  if (!isQuestion(detail)) return asking && htmx.trigger(asking, "htmx:abort");
  if (!isActing()) return;
  detail.shouldSwap = false;
  dueAt = now() + AGAIN;
}

const isActing = () => acting > 0 && now() - actedAt < LONGEST_ANSWER;
const mayAsk = () => !isActing() && (!asking?.isConnected || now() - askedAt > LONGEST_ANSWER);

// Lists change for all at once: two hundred pages must not ask in the same moment. And
// how long they are changes with every customer: not each number is worth a question.
function pace(parts) {
  if (parts.includes("thread") || parts.includes("viewers")) return [300, 150];
  return parts.includes("queue") || parts.includes("people") ? [2_000, 1_500] : [NUMBERS, 1_500];
}

function askSoon(parts) {
  for (const part of parts) told.add(part);
  const [least, spread] = pace(parts);
  dueAt = Math.min(dueAt, Math.max(now() + Math.random() * spread, askedAt + least));
  if (document.hidden && mayAsk() && now() >= askedAt + least) ask();
}

function tick() {
  if (isSomebodyElses()) return drop();
  const slept = now() - tickedAt;
  tickedAt = now();
  if (slept > SLEPT && !document.hidden) dueAt = tickedAt;
  if (isOpen && tickedAt - heardAt > SILENT) {
    drop();
    dueAt = tickedAt;
  }
  if (tickedAt >= dueAt && mayAsk()) ask();
  connect();
}

// Listening

function connect() {
  const here = news()?.dataset;
  if (!here?.events || !window.EventSource || now() < retryAt) return;
  if (stream && look === here.look) return;
  drop();
  look = here.look;
  heardAt = now();
  stream = new EventSource(`${here.events}?${look}`, { withCredentials: true });
  stream.addEventListener("open", opened);
  stream.addEventListener("news", ({ data }) => {
    heardAt = now();
    askSoon(data.split(" "));
  });
  stream.addEventListener("beat", () => (heardAt = now()));
  stream.addEventListener("error", failed);
}

function opened() {
  isOpen = true;
  failures = 0;
  heardAt = now();
}

// A line that broke is mended by the browser; one that was refused, by nobody but us.
function failed() {
  isOpen = false;
  dueAt = Math.min(dueAt, now() + OFTEN);
  if (stream.readyState !== EventSource.CLOSED) return;
  failures += 1;
  retryAt = now() + Math.min(LONGEST_WAIT, OFTEN * 2 ** failures) * (0.5 + Math.random());
  drop();
}

function drop() {
  stream?.close();
  stream = null;
  isOpen = false;
}

// Telling

let wroteAt = 0;
let wroteIn = null; // the reply, or a note

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-draft]");
  if (!form || !event.target.name) return;
  const isEmpty = !event.target.value.trim();
  const isTold = wroteIn === form.id && (isEmpty ? !wroteAt : now() - wroteAt < WRITING);
  if (isTold) return;
  wroteAt = isEmpty ? 0 : now();
  wroteIn = form.id;
  // What is for colleagues, the customer does not see coming.
  say({ writes: isEmpty ? "0" : "1", answers: form.id === "reply" ? "1" : "0" });
});

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.draft) return;
  wroteAt = 0;
  say({ writes: "0" });
});

// What came, or another page: perhaps it is about something else now.
export function settleLive() {
  connect();
  if (!document.hidden && !hasSeen(conversation())) say();
}

export function listen() {
  document.body.addEventListener("htmx:configRequest", narrow);
  document.body.addEventListener("htmx:beforeRequest", begun);
  document.body.addEventListener("htmx:afterRequest", answered);
  document.body.addEventListener("htmx:beforeSwap", forget);
  setInterval(tick, 250);
  settleLive();
}
