// A small list of emoji, by name, for the mouse and for the keyboard.

import { insert } from "./typing.js";

const COLUMNS = 8;
const ALL = `😀 grinning|😃 happy|😄 laughing eyes|😁 beaming|😅 relieved sweat|😂 tears of joy|🙂 smiling|🙃 upside down
😉 wink|😊 blushing|😇 angel|🥰 loving|😍 heart eyes|😘 kiss|😋 yummy|😎 cool sunglasses
🤗 hug|🤔 thinking|🤨 doubtful|😐 neutral|😏 smirk|🙄 rolling eyes|😌 relieved|😴 asleep
😕 confused|🙁 frowning|😟 worried|😢 crying|😭 sobbing|😮 surprised|😳 flushed|😱 shocked
😤 huffing|😠 angry|🥳 party|🤩 amazed|🤝 handshake|👍 thumbs up|👎 thumbs down|👌 ok
👋 waving hello|🙏 thank you please|👏 clapping|🙌 hooray|💪 strong|✌️ peace|🤞 fingers crossed|👉 pointing
❤️ red heart|🧡 orange heart|💛 yellow heart|💚 green heart|💙 blue heart|💜 purple heart|🖤 black heart|💔 broken heart
✨ sparkles|⭐ star|🔥 fire|🎉 celebration|🎁 gift|🎂 birthday cake|🎈 balloon|🏆 trophy
✅ done check|❌ no cross|⚠️ warning|❗ important|❓ question|💡 idea|⏰ alarm clock|⏳ waiting hourglass
📅 calendar date|📦 parcel package|🚚 delivery truck|✈️ plane|🏠 home|🏪 shop|🛒 cart basket|🛍️ shopping bags
💳 card payment|💰 money|🧾 receipt|🎫 ticket|🎵 music|🎸 guitar|🎧 headphones|📷 camera
📞 phone call|📧 mail|💬 message|📍 place pin|🔗 link|🔒 lock|🔧 repair|♻️ recycling return
☀️ sun|🌧️ rain|❄️ snow|🌈 rainbow|🌸 blossom|🌿 leaf|☕ coffee|🍕 pizza`.split(/[|\n]/).map((line) => {
  const [sign, ...name] = line.split(" ");
  return { sign, name: name.join(" ") };
});

const pickers = () => document.querySelectorAll(".emoji");
const signs = (picker) => [...picker.querySelectorAll(".sign:not([hidden])")];

function fill(picker) {
  const grid = picker.querySelector(".signs");
  if (grid.childElementCount) return;
  grid.append(...ALL.map(({ sign, name }) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "sign", textContent: sign, title: name, tabIndex: -1 });
    button.setAttribute("aria-label", name);
    return button;
  }));
  signs(picker)[0].tabIndex = 0;
}

function search(picker, wanted) {
  for (const button of picker.querySelectorAll(".sign")) button.hidden = !button.title.includes(wanted.trim().toLowerCase());
  signs(picker).forEach((button, number) => (button.tabIndex = number ? -1 : 0));
}

function put(picker, button) {
  if (!button) return;
  picker.open = false;
  insert(picker.closest("form").elements.text, button.textContent);
}

function step(event, picker) {
  const all = signs(picker);
  const at = all.indexOf(event.target);
  const aside = getComputedStyle(picker).direction === "rtl" ? -1 : 1;
  const by = { ArrowRight: aside, ArrowLeft: -aside, ArrowDown: at < 0 ? 1 : COLUMNS, ArrowUp: -COLUMNS }[event.key];
  // In the field left and right move the cursor.
  if (!by || (at < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  if (at < 0 || all[at + by]) (at < 0 ? all[0] : all[at + by])?.focus();
  else if (event.key === "ArrowUp") picker.querySelector("input").focus();
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

document.addEventListener("keydown", (event) => {
  const picker = event.target.closest?.(".emoji[open]");
  if (!picker) return;
  if (event.key === "Enter" && event.target.matches("input")) {
    event.preventDefault(); // it would send the answer
    put(picker, signs(picker)[0]);
  } else step(event, picker);
});
