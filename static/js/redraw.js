// Parts of this page, taken from another answer of the site and put in their place.
// Fails with the status of an answer that is none of the page's.
export async function redraw(address, parts, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let found = false;
  for (const part of parts) {
    const [fresh, old] = [page.querySelector(part), document.querySelector(part)];
    if (!fresh || !old) continue;
    const held = document.activeElement;
    become(old, fresh);
    // What was held is no more: the keyboard stays at the place where it was.
    if (!held.isConnected) Object.assign(old, { tabIndex: -1 }).focus({ preventScroll: true });
    found = true;
  }
  // Sent or turned over from another screen: the page to be on is another one.
  if (!found && answer.redirected) location.assign(answer.url);
}

// Node by node: what says the same stays as it is, with the focus, what is selected, an open fold.
function become(old, fresh) {
  let at = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    const same = alike(at, child);
    if (!same) {
      old.insertBefore(child, at);
      continue;
    }
    while (at !== same) at = dropped(at);
    at = same.nextSibling;
    if (!same.isEqualNode(child)) say(same, child);
  }
  while (at) at = dropped(at);
}

function say(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = fresh.nodeValue;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (name !== "open" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  become(old, fresh);
}

// From this one on, the one that the new one is; what has a name is not passed for what has none.
function alike(at, fresh) {
  for (let one = at; one; one = one.nextSibling) {
    if (one.nodeName === fresh.nodeName && named(one) === named(fresh)) return one;
    if (named(one) && !named(fresh)) return null;
  }
  return null;
}

const named = (node) => node.id || node.getAttribute?.("aria-labelledby") || "";

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
