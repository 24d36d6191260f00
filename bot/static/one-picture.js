// The picture of an answer: chosen, pasted or dropped. The field of the form takes it to
// the server at once, which gives back the field with what it made of it.

const $ = (id) => document.getElementById(id);
const place = () => $("pictured");
const TAKEN = ["image/png", "image/jpeg", "image/gif"];
const LONGEST = 2048; // pixels: as large as Messenger shows one

function tell(problem) {
  const said = place().querySelector("[role=alert]");
  said.textContent = problem;
  said.hidden = !problem;
}

// What is too large for Messenger, or of a kind that it does not take, is drawn anew;
// what can't be drawn goes as it is, and the server says what is wrong with it.
async function fitting(file) {
  if (TAKEN.includes(file.type) && file.size <= place().dataset.largest) return file;
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return file;
  const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, bitmap.width * scale);
  canvas.height = Math.max(1, bitmap.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  return drawn ? new File([drawn], "picture.jpg", { type: "image/jpeg" }) : file;
}

function give(files) {
  const file = [...files].find(({ type }) => type.startsWith("image/")) ?? files[0];
  if (!file) return;
  const holder = new DataTransfer();
  holder.items.add(file);
  $("picture").files = holder.files;
  $("picture").dispatchEvent(new Event("change", { bubbles: true }));
}

// Before the field sends what it holds, that is made fit; the field holds what is sent.
document.addEventListener("change", async (event) => {
  const field = event.target;
  if (field.id !== "picture" || !field.files.length || "fits" in field.dataset) return;
  event.stopImmediatePropagation();
  tell("");
  const holder = new DataTransfer();
  holder.items.add(await fitting(field.files[0]));
  field.files = holder.files;
  field.dataset.fits = "";
  field.dispatchEvent(new Event("change", { bubbles: true }));
}, true);

for (const lost of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(lost, ({ target }) => {
    if (!place()?.contains(target)) return;
    if (target.files) {
      delete target.dataset.fits;
      target.value = "";
    }
    tell(place().dataset.lost);
  });
}

// The form has changed, the preview shows it, and whoever hears the page is told.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "pictured") return;
  const field = place().querySelector("[name=kept-picture]");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (place().dataset.news) $("announcer").textContent = place().dataset.news;
  if (document.activeElement === document.body) $("picture").focus();
});

document.addEventListener("paste", (event) => {
  const found = event.clipboardData;
  // A table or a text is copied with a picture of itself: its words are meant.
  if (!place() || !found?.files.length || found.types.includes("text/plain")) return;
  event.preventDefault();
  place().scrollIntoView({ block: "nearest" });
  give(found.files);
});

const isFile = (event) => place() && event.dataTransfer?.types.includes("Files");
const mark = (isOver) => place()?.classList.toggle("dropping", isOver);

document.addEventListener("dragover", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  mark(true);
});
document.addEventListener("dragleave", (event) => event.relatedTarget ?? mark(false));
document.addEventListener("drop", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  mark(false);
  place().scrollIntoView({ block: "nearest" });
  give(event.dataTransfer.files);
});
