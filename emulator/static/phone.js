// The phone: a person plays customers here. It asks the emulator's JSON API for news
// and tells it what was typed and tapped; thread.js draws, desk.js has the rest.

import { closePanel, setClock, setUp } from "./desk.js";
import { Thread, element, glimpse, initials, offer } from "./thread.js";
import { language, translate, word } from "./words.js";

translate(document);

const WAIT = 25; // seconds that one question for news may take
const $ = (id) => document.getElementById(id);
const limits = JSON.parse(document.body.dataset.limits);

let psid = new URLSearchParams(location.search).get("customer");
let version = 0; // of what is drawn
let turn = 0; // goes up when another customer is chosen; answers for the last are dropped
let asking = new AbortController();
let quiet; // ends the typing dots

let editing = null; // the mid of what is edited in the composer
let replying = null; // the mid of what is replied to
const own = { edit, reply, unsend: ({ mid }) => say({ unsend: { mid } }) };
const thread = new Thread($("thread"), { limits, pageName: "", tap: say, own });

async function api(path, body, signal) {
  const how = body === undefined ? { signal } : { method: "POST", body: JSON.stringify(body) };
  const answer = await fetch(`/api/${path}`, how);
  const found = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(found.error), { status: answer.status });
  return found;
}

function tell(sentence) {
  $("trouble").textContent = sentence ?? "";
  $("trouble").hidden = !sentence;
}

// Say something as the customer; what goes wrong is told under the header.
async function say(said) {
  try {
    await api(`customers/${psid}/say`, said);
    tell(null);
    follow("instant");
  } catch (wrong) {
    tell(word("That was not sent: %(reason)s.", { reason: wrong.message }));
  }
}

// News

async function followNews(mine) {
  let failed = false;
  while (mine === turn) {
    try {
      const path = `customers/${psid}/thread?since=${version}&wait=${version ? WAIT : 0}`;
      const news = await api(path, undefined, asking.signal);
      if (mine !== turn) return;
      if (failed) tell(null);
      failed = false;
      draw(news);
      await pause(80); // many changes at once need not be drawn one by one
    } catch (wrong) {
      if (mine !== turn) return;
      if (wrong.status === 404) return begin();
      failed = true;
      tell(word("The emulator does not answer. Trying again…"));
      await pause(1000);
    }
  }
}

function pause(ms) {
  return new Promise((done) => setTimeout(done, ms));
}

function draw(news) {
  const first = version === 0;
  const near = first || atEnd();
  version = news.version;
  setClock(news.now, news.window_closes);
  $("thread").setAttribute("aria-busy", String(first));
  thread.pageName = news.page.name;
  thread.update(news.items);
  offer($("choices"), thread.choices, limits, say);
  drawPage(news.page);
  drawCustomer(news.customer, news.page);
  drawTyping(news.typing_s);
  drawPeople(news.customers);
  if (near) follow(first ? "instant" : "smooth");
  else if (news.items.some((item) => item.author === "page")) $("newer").hidden = false;
  if (news.customer.unread) seen();
}

function drawPage(page) {
  for (const id of ["page-name", "welcome-name"]) $(id).textContent = page.name;
  for (const id of ["page-face", "welcome-face", "typing-face"]) $(id).textContent = initials(page.name);
  $("ice-breakers").replaceChildren(...page.ice_breakers.map(({ question, payload }) =>
    tappable(question, { postback: { title: question, payload } }, "choice")));
  $("menu").replaceChildren(...page.menu.map(menuItem));
  $("menu-button").hidden = !page.menu.length;
  const starts = page.get_started && !page.ice_breakers.length;
  $("welcome").hidden = thread.items.length > 0;
  $("start").hidden = !starts || thread.items.length > 0;
  $("start").onclick = () => say({ postback: { title: word("Get Started"), ...page.get_started } });
}

function menuItem({ type, title, url, payload }) {
  if (type !== "web_url") return tappable(title, { postback: { title, payload } });
  return element("a", { href: url, target: "_blank", rel: "noopener", dir: "auto" }, title);
}

function tappable(words, said, name = "") {
  const button = element("button", { type: "button", class: name, dir: "auto" }, words);
  button.addEventListener("click", () => say(said));
  return button;
}

function drawCustomer(customer, page) {
  document.title = `${customer.name} and ${page.name}`;
  $("who").textContent = $("about-name").textContent = customer.name;
  $("about-psid").textContent = customer.psid;
  $("blocked").checked = customer.blocked;
  if (document.activeElement !== $("locale")) drawLocale(customer.locale);
  for (const id of ["page-face", "you", "about"]) $(id).hidden = false;
  const [first] = customer.name.split(" ");
  const greeting = page.greeting ?? word("Write to the Page, or wait until it writes to you.");
  $("greeting").textContent = greeting.replaceAll("{{user_first_name}}", first)
    .replaceAll("{{user_full_name}}", customer.name);
}

// A language that a script gave, which is not in the list, stays as it is.
function drawLocale(code) {
  const known = [...$("locale").options].some(({ value }) => value === code);
  if (!known) $("locale").append(element("option", { value: code }, code));
  $("locale").value = code;
}

function drawTyping(seconds) {
  clearTimeout(quiet);
  $("typing").hidden = !seconds;
  if (seconds) quiet = setTimeout(() => ($("typing").hidden = true), seconds * 1000);
}

function drawPeople(people) {
  const held = document.activeElement?.dataset?.psid;
  // As they come: whose news is the latest stands first.
  const rows = people.map((one) => element("li", {}, person(one)));
  $("customers").replaceChildren(...rows);
  if (held) $("customers").querySelector(`[data-psid="${held}"]`)?.focus();
}

function person({ psid: id, name, unread, last }) {
  const about = { class: "person", type: "button", "data-psid": id, "data-testid": "customer-switch" };
  const news = unread && id !== psid;
  const button = element("button", { ...about, "aria-current": String(id === psid) },
    element("span", { class: "face", "aria-hidden": "true" }, initials(name)),
    element("b", {}, element("bdi", {}, name)),
    news ? element("span", { class: "unread", "aria-label": word("%(count)s unread", { count: unread }) }, String(unread)) : null,
    element("span", { class: "last" }, ...lastWords(last)));
  button.addEventListener("click", () => choose(id));
  return button;
}

// Their own box, whichever way they run: so their beginning is what is seen.
function lastWords(last) {
  if (!last) return [word("Has not written yet")];
  const words = element("bdi", { dir: "auto" }, glimpse(last.message));
  if (last.author === "page") return [words];
  return [element("span", {}, word("You: %(words)s", { words: "" })), words];
}

// Scrolling, and what has been seen

function atEnd(slack = 80) {
  const { scrollTop, scrollHeight, clientHeight } = $("scroller");
  return scrollHeight - scrollTop - clientHeight < slack;
}

function follow(behavior) {
  $("newer").hidden = true;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  $("scroller").scrollTo({ top: $("scroller").scrollHeight, behavior: still ? "instant" : behavior });
}

function seen() {
  if (document.visibilityState === "visible") api(`customers/${psid}/read`, {}).catch(() => {});
}

// Being a customer, and adding one

function choose(id) {
  leave();
  psid = id;
  history.replaceState(null, "", `/?customer=${encodeURIComponent(id)}`);
  closePanel();
  $("composer-form").hidden = false;
  // Whoever is played in the browser has read what the browser has shown.
  api(`customers/${id}`, { reads: "shown" }).catch(() => {});
  followNews(turn);
}

function leave() {
  turn += 1;
  asking.abort();
  asking = new AbortController();
  version = 0;
  thread.clear();
  editing = null;
  tell(null);
  for (const id of ["nobody", "typing", "newer"]) $(id).hidden = true;
}

// As Messenger names them: the language of the phone is its customer's.
const LOCALES = { en: "en_US", ar: "ar_AR", es: "es_LA", fr: "fr_FR", zh: "zh_CN" };

async function add() {
  const page_id = $("of-page").value || null;
  const made = await api("customers", { reads: "shown", locale: LOCALES[language], page_id });
  choose(made.psid);
  $("composer").focus();
}

// Where Messenger has several Pages one says to which a new customer writes.
async function offerPages() {
  const { pages } = await api("pages");
  $("of-page").replaceChildren(...pages.map((page) => new Option(page.name, page.page_id)));
  $("of-pages").hidden = pages.length < 2;
}

async function begin() {
  await offerPages();
  const { customers } = await api("customers");
  const known = customers.find((one) => one.psid === psid) ?? customers[0];
  if (known) return choose(known.psid);
  leave();
  psid = null;
  for (const id of ["page-face", "welcome", "start", "about", "you", "composer-form"]) {
    $(id).hidden = true;
  }
  $("customers").replaceChildren();
  $("choices").replaceChildren();
  $("nobody").hidden = false;
  setClock((await api("clock")).now, null);
}

// The composer

function typed() {
  const empty = !$("composer").value.trim();
  $("send").hidden = empty;
  $("like").hidden = !empty;
}

function send(event) {
  event.preventDefault();
  const text = $("composer").value.trim();
  if (!text) return;
  $("composer").value = "";
  typed();
  const said = replying ? { text, reply_to: replying } : { text };
  say(editing ? { edit: { mid: editing, text } } : said);
  editing = null;
  reply(null);
}

// What is written next replies to a message; to none after that.
function reply(item) {
  replying = item?.mid ?? null;
  $("replying").hidden = !item;
  if (!item) return;
  editing = null;
  $("replying-to").textContent = word("Replying to: %(words)s", { words: glimpse(item.message) });
  $("composer").focus();
}

function edit({ mid, message }) {
  reply(null);
  editing = mid;
  $("composer").value = message.text;
  typed();
  $("composer").focus();
}

const KINDS = {
  image: "Send a picture", file: "Send a file", location: "Send a location", audio: "Send a voice message",
};
let kind = null;

function askFor(chosen) {
  kind = chosen;
  $("attach-title").textContent = word(KINDS[kind]);
  const place = kind === "location";
  for (const line of document.querySelectorAll("[data-for]")) {
    line.hidden = line.dataset.for === "voice" ? kind !== "audio" : (line.dataset.for === "place") !== place;
  }
  $("attach-file").accept = { image: "image/*", audio: "audio/*" }[kind] ?? "";
  $("attach-dialog").returnValue = "";
  $("attach-dialog").showModal();
}

async function attached() {
  if ($("attach-dialog").returnValue !== "send") return;
  const [file] = $("attach-file").files;
  const url = $("attach-url").value;
  const place = { lat: Number($("attach-lat").value), long: Number($("attach-long").value) };
  if (kind === "location") say({ attachment: { type: kind, ...place } });
  else if (file) say({ attachment: { type: kind, content_type: file.type, data: await base64(file) } });
  else if (url) say({ attachment: { type: kind, url } });
  else if (kind === "audio") say({ attachment: { type: kind, content_type: "audio/wav", data: tone() } });
  $("attach-url").value = $("attach-file").value = "";
}

// A voice for who has none at hand: half a second of a falling tone, as a WAV file.
function tone(rate = 8000, length = 4000) {
  const wav = new DataView(new ArrayBuffer(44 + length));
  const words = (at, text) => [...text].forEach((one, n) => wav.setUint8(at + n, one.charCodeAt(0)));
  const numbers = [[4, 36 + length], [16, 16], [24, rate], [28, rate], [40, length]];
  for (const [at, text] of [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]]) words(at, text);
  for (const [at, number] of numbers) wav.setUint32(at, number, true);
  for (const [at, number] of [[20, 1], [22, 1], [32, 1], [34, 8]]) wav.setUint16(at, number, true);
  for (let n = 0; n < length; n += 1) wav.setUint8(44 + n, 128 + 60 * Math.sin(n / (2 + n / length)));
  return btoa(String.fromCharCode(...new Uint8Array(wav.buffer)));
}

function base64(file) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1] ?? "");
    reader.readAsDataURL(file);
  });
}

$("composer-form").addEventListener("submit", send);
$("composer").addEventListener("input", typed);
$("composer").addEventListener("keydown", (event) => {
  if (event.key === "Escape") reply(null);
  if (event.key === "Escape" && editing) {
    editing = null;
    $("composer").value = "";
    typed();
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
});
$("like").addEventListener("click", () => say({ attachment: "thumbs_up" }));
$("attach-dialog").addEventListener("close", attached);
$("newer").addEventListener("click", () => follow("smooth"));
// A picture that has just loaded must not push the last words out of sight.
$("thread").addEventListener("load", ({ target }) => {
  if (atEnd(80 + target.height)) follow("instant");
}, true);
$("new").addEventListener("click", add);
$("add").addEventListener("click", add);
$("not-replying").addEventListener("click", () => reply(null));
$("locale").addEventListener("change", () => api(`customers/${psid}`, { locale: $("locale").value }));
$("blocked").addEventListener("change", () => api(`customers/${psid}`, { blocked: $("blocked").checked }));
for (const button of document.querySelectorAll("[data-kind]")) {
  button.addEventListener("click", () => askFor(button.dataset.kind));
}
document.addEventListener("visibilitychange", () => psid && seen());
setUp((move) => api("clock", move).then(({ now }) => setClock(now)).catch((wrong) => tell(wrong.message)));
begin();
