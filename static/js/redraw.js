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
    old.replaceChildren(...fresh.childNodes);
    found = true;
  }
  // Sent or turned over from another screen: the page to be on is another one.
  if (!found && answer.redirected) location.assign(answer.url);
}
