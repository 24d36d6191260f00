// Make what is on the page like what came, and touch nothing that is alike already:
// focus, scroll, selection and half-typed words stay where they are. What is marked
// data-ours is filled by our own script, and stays. What is marked data-kept has its value
// from the answer to what was pressed; news know nothing of it.

export function morph(old, fresh, added) {
  if (old.isEqualNode(fresh) || old.hasAttribute("data-ours")) return;
  syncAttributes(old, fresh);
  syncChildren(old, fresh, added);
}

function syncAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isOurs(old, name) && !(name === "class" && isAsking(old))) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    const wanted = name === "class" && isAsking(old) ? `${value} htmx-request` : value;
    if (old.getAttribute(name) !== wanted && !isOurs(old, name)) old.setAttribute(name, wanted);
  }
}

// What was pressed to come here; htmx takes that class away again.
const isAsking = (element) => element.classList.contains("htmx-request");

// What the reader, or our own script, has set.
function isOurs(element, name) {
  return name === "open" && element.nodeName === "DETAILS"
    || name === "data-shown"
    || name === "value" && element.hasAttribute("data-kept")
    || name === "dir" && element.hasAttribute("data-picks")
    || name === "aria-activedescendant"
    || name === "hidden" && element.hasAttribute("data-shown");
}

// What is kept is not moved unless its neighbours changed places: an element that is
// taken out and put back loses the focus.
function syncChildren(old, fresh, added) {
  const byId = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  const wanted = new Set([...fresh.children].map((child) => child.id));
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const kept = child.id ? byId.get(child.id) : alike(place, child);
    if (!kept || kept.nodeName !== child.nodeName) {
      old.insertBefore(child, place);
      if (child.nodeType === Node.ELEMENT_NODE) added.push(child);
      continue;
    }
    while (place !== kept && place && !wanted.has(place.id || null)) place = dropped(place);
    if (kept === place) place = place.nextSibling;
    else old.insertBefore(kept, place);
    if (kept.nodeType === Node.ELEMENT_NODE) morph(kept, child, added);
    else if (kept.data !== child.data) kept.data = child.data;
  }
  while (place) place = dropped(place);
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

// An element without an id is the one at its place, if it is of its kind.
function alike(place, child) {
  return place && !place.id && place.nodeName === child.nodeName ? place : null;
}
