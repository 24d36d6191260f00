// A button that copies what stands in a field: plain pages let one select it.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    document.getElementById("announcer").textContent = button.dataset.done;
  });
  field.addEventListener("focus", () => field.select());
}
