"""Whether a page that was open all the time is what a fresh load of it would be."""

import difflib

from playwright.sync_api import Page

SOON = 9_000  # ms; numbers of lists are asked for every six seconds, not all at once
ENOUGH = 100  # elements, or it was not the inbox
#: The inbox as it is in the document, without what is of this load alone: the number of
#: its form, what our script put in, where it asks for news, until when one may snooze.
#: And without how many minutes ago something was: that goes on every half minute.
PARTS = """() => {
  const desk = document.getElementById("desk").cloneNode(true);
  const form = desk.querySelector("#form")?.value;
  const ours = ["data-shown", "open", "aria-activedescendant", "style"];
  const busy = ["request", "swapping", "settling", "added"].map((one) => `htmx-${one}`);
  for (const one of desk.querySelectorAll("[data-ours]")) one.replaceChildren();
  for (const one of desk.querySelectorAll(".news, form[action*=snooze]")) one.remove();
  for (const one of desk.querySelectorAll("*")) {
    for (const name of ours) one.removeAttribute(name);
    one.classList.remove(...busy);
    if (!one.classList.length) one.removeAttribute("class");
  }
  let html = desk.outerHTML.replaceAll("><", "> <").replace(/\\s+/g, " ");
  html = html.replace(/\\b(\\d+ min|now)\\b/g, "AGO");
  if (form) html = html.replaceAll(form, "FORM");
  return [document.title, ...html.split(/(?<=>) (?=<)/)];
}"""


def equals_a_fresh_load(page: Page) -> None:
    """Hold the page, a moment from now, against another tab with the same address."""
    page.wait_for_timeout(SOON)
    shown, fresh = page.evaluate(PARTS), _fresh(page)
    assert len(fresh) > ENOUGH
    differs = [*difflib.unified_diff(shown, fresh, "shown", "fresh", n=1, lineterm="")]
    assert not differs, "\n".join(differs)


def _fresh(page: Page) -> list[str]:
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.wait_for_function("document.body && window.htmx")
    fresh: list[str] = tab.evaluate(PARTS)
    tab.close()
    return fresh
