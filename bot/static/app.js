// What every page does: say that somebody is here, and be light or dark as the system
// wishes, until somebody chooses.

import { stay } from "./here.js";

const root = document.documentElement;
const button = document.getElementById("theme");

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `frontdesk-theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
  });
}

// Where one is stands in sight, also where the bar has to be scrolled.
document.querySelector(".bar nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

stay();
