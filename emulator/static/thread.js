// Draws a thread as a customer sees it: bubbles, cards, quick replies. It talks to
// nobody; whoever uses it (the phone, a preview) hands in items and hears of taps.

import { locale, word } from "./words.js";

const PAUSE = 15 * 60 * 1000; // after so long a time stands between two bubbles
const ICONS = new URL("icons.svg", import.meta.url).href;
const MARKS = { sent: "Sent", delivered: "Delivered", seen: "Seen" };

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

export function icon(name, size = 20) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  for (const key of ["width", "height"]) svg.setAttribute(key, size);
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

export function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
}

// A message in a line: its words, or that it is something else.
export function glimpse(message) {
  const card = message.attachment?.payload;
  return message.text ?? card?.text ?? card?.elements?.[0]?.title ?? word("Sent something");
}

// What is longer than the platform shows ends in an ellipsis.
export function cut(text, limit) {
  const characters = [...(text ?? "")];
  return characters.length > limit ? `${characters.slice(0, limit).join("")}…` : text;
}

export class Thread {
  constructor(list, { limits, pageName, tap, own = null }) {
    Object.assign(this, { list, limits, pageName, tap, own });
    this.rows = new Map();
    this.items = [];
  }

  // Put new items at the end and draw changed ones again; nothing else moves.
  update(items) {
    for (const item of items) {
      const at = this.items.findIndex((known) => known.mid === item.mid);
      if (at < 0) this.add(item);
      else this.change(item, at);
    }
    this.arrange();
  }

  add(item) {
    this.items.push(item);
    this.rows.set(item.mid, this.row(item));
    this.list.append(this.rows.get(item.mid));
  }

  change(item, at) {
    const before = this.items[at];
    this.items[at] = item;
    // A screen reader need not hear a message again because it was delivered.
    if (look(before) === look(item)) return;
    const row = this.row(item);
    this.rows.get(item.mid).replaceWith(row);
    this.rows.set(item.mid, row);
  }

  clear() {
    this.list.replaceChildren();
    this.rows.clear();
    this.items = [];
  }

  // The quick replies that can be tapped: those of the newest bubble, if any.
  get choices() {
    const last = this.items.at(-1);
    return (last?.author === "page" && last.message.quick_replies) || [];
  }

  arrange() {
    for (const time of this.list.querySelectorAll(".when")) time.remove();
    this.items.forEach((item, index) => {
      const row = this.rows.get(item.mid);
      const before = joined(this.items[index - 1], item);
      row.toggleAttribute("data-first", !before);
      row.toggleAttribute("data-last", !joined(item, this.items[index + 1]));
      if (apart(this.items[index - 1], item)) row.before(when(item));
      row.querySelector("[data-testid=read-mark]")?.remove();
    });
    const own = this.items.findLast((item) => item.author === "customer");
    if (own) this.rows.get(own.mid).append(mark(own));
  }

  row(item) {
    const sender = item.author === "page" ? this.pageName : word("You");
    const row = element("li", { class: "row", "data-author": item.author });
    if (item.author === "page") {
      row.append(element("span", { class: "face", "aria-hidden": "true" }, initials(sender)));
    }
    row.append(element("span", { class: "hidden" }, `${sender}: `));
    for (const part of this.parts(item)) {
      part.dataset.testid ??= "bubble";
      part.dataset.author = item.author;
      part.dataset.mid = item.mid;
      row.append(part);
    }
    if (item.reaction) row.append(element("span", { class: "reaction" }, item.reaction));
    if (item.edited && !item.unsent) row.append(element("span", { class: "note" }, word("Edited")));
    if (this.own && !item.unsent) row.append(this.more(item));
    return row;
  }

  // What a customer can do with a message, and with one of their own.
  more(item) {
    const doing = (words, name) => {
      const button = element("button", { type: "button", "data-testid": name }, word(words));
      button.addEventListener("click", () => {
        button.parentElement.open = false;
        this.own[name](item);
      });
      return button;
    };
    const opener = element("summary", { "aria-label": word("More"), "data-testid": "more" }, "…");
    const ways = [doing("Reply", "reply")];
    if (item.author === "customer" && item.message.text) ways.push(doing("Edit", "edit"));
    if (item.author === "customer") ways.push(doing("Unsend", "unsend"));
    return element("details", { class: "more" }, opener, ...ways);
  }

  // What a message replies to, as it stands in the thread.
  quoted({ mid }) {
    const item = this.items.find((known) => known.mid === mid);
    const words = item && !item.unsent ? glimpse(item.message) : word("A message that is gone");
    return element("q", { class: "quoted", dir: "auto", "data-testid": "quoted" }, words);
  }

  parts(item) {
    if (item.unsent) return [element("div", { class: "bubble gone" }, word("You unsent a message"))];
    const { text, attachment, attachments } = item.message;
    const parts = [];
    if (item.message.reply_to?.mid) parts.push(this.quoted(item.message.reply_to));
    if (text) parts.push(said(element("span", { dir: "auto" }, ...linked(text))));
    for (const one of attachments ?? (attachment ? [attachment] : [])) {
      parts.push(this.attachment(one, item.messaging_type === "UTILITY"));
    }
    return parts;
  }

  attachment({ type, payload, title, url }, whole) {
    const about = payload ?? {};
    const draw = {
      template: () => this.template(about, whole),
      image: () => picture(about.url),
      sticker: () => plain(element("img", { class: "sticker", src: about.url, alt: word("Thumbs up") })),
      video: () => plain(element("video", { class: "picture", src: safe(about.url), controls: true })),
      audio: () => plain(element("audio", { src: safe(about.url), controls: true })),
      location: () => chip("pin", place(about.coordinates)),
      fallback: () => chip("link", about.title ?? title ?? word("A link"), safe(about.url ?? url)),
    };
    return (draw[type] ?? (() => chip("file", fileName(about.url) ?? (type === "file" ? word("File") : type), safe(about.url))))();
  }

  template(payload, whole) {
    if (payload.template_type === "button") {
      const words = element("span", { dir: "auto" }, ...linked(payload.text ?? ""));
      return this.card({ words: [words], buttons: payload.buttons });
    }
    if (["generic", "media"].includes(payload.template_type)) {
      const cards = payload.elements.map((one) => this.element(one, whole));
      if (cards.length === 1) return cards[0];
      const row = { class: "carousel", role: "group", "aria-label": word("%(count)s cards", { count: cards.length }), tabindex: 0 };
      const carousel = element("div", row, ...cards);
      carousel.dataset.testid = "carousel";
      return carousel;
    }
    return chip("file", `${payload.title ?? payload.order_number ?? ""} (${payload.template_type})`);
  }

  element({ title, subtitle, image_url, url, default_action, buttons }, whole) {
    const limits = whole ? { title: Infinity, subtitle: Infinity } : this.limits.generic_template;
    const words = [];
    if (title) words.push(element("span", { class: "title", dir: "auto" }, cut(title, limits.title)));
    if (subtitle) {
      words.push(element("span", { class: "subtitle", dir: "auto" }, cut(subtitle, limits.subtitle)));
    }
    return this.card({ art: image_url ?? url, words, buttons, link: safe(default_action?.url) });
  }

  card({ art, words, buttons, link }) {
    const card = element("div", { class: "card" });
    if (art) card.append(element("img", { class: "art", src: art, alt: "", loading: "lazy" }));
    const about = { class: "words", href: link, target: link && "_blank", rel: link && "noopener" };
    if (words.length) card.append(element(link ? "a" : "div", about, ...words));
    for (const button of buttons ?? []) card.append(this.button(button));
    return card;
  }

  button(button) {
    const title = cut(button.title, this.limits.button.title) ?? word("Log in");
    const about = { class: "tap", dir: "auto", "data-testid": "button" };
    const calls = button.type === "phone_number";
    const url = safe(calls ? `tel:${button.payload}` : button.url);
    if (url) {
      return element("a", { ...about, href: url, target: "_blank", rel: "noopener" }, title);
    }
    const made = element("button", { ...about, type: "button" }, title);
    made.addEventListener("click", () => this.tap({ postback: { title: button.title, payload: button.payload } }));
    return made;
  }
}

// Fill *row* with quick replies; an empty row is not seen at all.
export function offer(row, choices, limits, tap) {
  row.replaceChildren(...choices.map((choice) => pill(choice, limits, tap)));
}

const OWN = {
  user_email: { title: "ada@example.org", payload: "ada@example.org" },
  user_phone_number: { title: "+4930123456", payload: "+4930123456" },
};

function pill(choice, limits, tap) {
  const { title, payload } = OWN[choice.content_type] ?? choice;
  const about = { type: "button", class: "choice", "data-testid": "quick-reply" };
  const art = choice.image_url && element("img", { src: choice.image_url, alt: "" });
  const shown = cut(title, limits.quick_replies.title) ?? "";
  const words = element("span", { dir: "auto" }, shown);
  if (shown !== title) about.title = title; // all of it, where the platform cuts it
  const made = element("button", about, art || null, words);
  made.addEventListener("click", () => tap({ quick_reply: { title, payload } }));
  return made;
}

function look({ message, reaction, edited, unsent }) {
  return JSON.stringify([message, reaction, edited, unsent]);
}

function joined(one, other) {
  return one?.author === other?.author && Boolean(one) && !apart(one, other);
}

function apart(one, other) {
  return !one || new Date(other.at) - new Date(one.at) > PAUSE;
}

function when({ at }) {
  const moment = new Date(at);
  const words = moment.toLocaleString(locale, {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
  });
  return element("li", { class: "when" }, element("time", { datetime: at }, words));
}

function mark({ status }) {
  const about = { class: "note", "data-testid": "read-mark", "data-status": status, "aria-live": "off" };
  return element("span", about, icon(status, 14), word(MARKS[status]));
}

function picture(url) {
  const image = element("img", { class: "picture", src: url, alt: word("A picture"), loading: "lazy" });
  const bubble = plain(image);
  image.addEventListener("error", () => {
    bubble.replaceChildren(chip("image", word("This picture could not be loaded"), safe(url)));
  });
  return bubble;
}

// An address in a text can be tapped; the full stop after it is not part of it.
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((piece, number) => (
    number % 2 ? element("a", { href: piece, target: "_blank", rel: "noopener" }, piece) : piece));
}

function said(content) {
  return element("div", { class: "bubble said" }, content);
}

function plain(content) {
  return element("div", { class: "bubble plain" }, content);
}

function chip(name, words, url = null) {
  const about = { class: "attached", href: url, target: url && "_blank", rel: url && "noopener" };
  const text = element("span", { dir: "auto" }, words);
  return said(element(url ? "a" : "span", about, icon(name), text));
}

function place(coordinates) {
  const { lat, long } = coordinates ?? {};
  return lat == null ? word("A place") : `${lat}, ${long}`;
}

// Messenger names no file: its address may end in a name, or in a number that says nothing.
function fileName(url) {
  const [last] = (url ?? "").split(/[?#]/)[0].split("/").slice(-1);
  return /.\.\w+$/.test(last) ? decodeURIComponent(last) : null;
}

// A stranger's message may name addresses that we must not follow.
function safe(url) {
  return /^(https?:|tel:)/i.test(url ?? "") ? url : null;
}
