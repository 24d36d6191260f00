// Pictures that go with an answer: chosen, pasted or dropped, and taken out again.
// The field of the form holds them; what stands under the text is only their list.

import { words } from "./words.js";

const $ = (id) => document.getElementById(id);
const field = () => $("reply")?.elements.picture;

function set(files) {
  const holder = new DataTransfer();
  for (const file of files) holder.items.add(file);
  field().files = holder.files;
  showPictures();
}

function add(files) {
  if (field()) set([...field().files, ...[...files].filter(({ type }) => type.startsWith("image/"))]);
}

const size = (bytes) => (bytes < 100_000 ? words("kilobytes", { size: Math.ceil(bytes / 1000) }) : words("megabytes", { size: (bytes / 1_000_000).toFixed(1) }));

// Drawn, not linked: a page of ours shows nothing but what comes from us.
async function draw(canvas, file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return;
  const scale = Math.min(1, 96 / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, bitmap.width * scale);
  canvas.height = Math.max(1, bitmap.height * scale);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

function line(file, number) {
  const [item, canvas, name, button] = ["li", "canvas", "span", "button"].map((tag) => document.createElement(tag));
  const isLarge = file.size > field().dataset.largest || number >= field().dataset.most;
  canvas.setAttribute("aria-hidden", "true");
  draw(canvas, file);
  name.textContent = words(isLarge ? "refused_picture" : "picture", { name: file.name, size: size(file.size) });
  name.classList.toggle("over", isLarge);
  Object.assign(button, { type: "button", className: "link off", textContent: "×", title: words("take_out", { name: file.name }) });
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", () => set([...field().files].filter((other) => other !== file)));
  item.append(canvas, name, button);
  return item;
}

// The picture of a canned reply goes with the answer as one that was chosen.
export async function addFrom(url) {
  const told = await fetch(url).catch(() => null);
  if (!told?.ok) return;
  const content = await told.blob();
  add([new File([content], words("its_picture"), { type: content.type })]);
}

export function showPictures() {
  const files = [...(field()?.files ?? [])];
  if (files.length || $("attaching")?.childElementCount) $("attaching").replaceChildren(...files.map(line));
}

document.addEventListener("change", ({ target }) => target === field() && showPictures());

document.addEventListener("paste", (event) => {
  const files = event.clipboardData?.files ?? [];
  if (!files.length || !event.target.closest?.("#reply")) return;
  event.preventDefault();
  add(files);
});

const isOver = (event) => field() && event.target.closest?.(".talk") && event.dataTransfer?.types.includes("Files");

document.addEventListener("dragover", (event) => isOver(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!isOver(event)) return;
  event.preventDefault();
  add(event.dataTransfer.files);
});
