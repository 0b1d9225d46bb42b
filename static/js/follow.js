// Parts of a page that follow what happens elsewhere: a document being prepared, the others who
// answer. htmx asks every other second and puts the answer in place; here is when it is silent,
// and how it lets a site that restarts come back. Without scripts a button refreshes the page.

import { redraw } from "./redraw.js";

const SLOWEST = 20_000;

for (const place of document.querySelectorAll("[data-follow]")) follow(place);

function follow(place) {
  const address = new URL(place.getAttribute("hx-get"), location.href).pathname;
  let step = `"${place.querySelector("[data-step]")?.dataset.step ?? ""}"`;
  let wait = 0;
  let silence = 0;
  const over = () => place.querySelector("[data-over]") !== null;
  const again = () => ([wait, silence] = [0, 0]);
  const later = () => {
    wait = Math.min((wait || 2000) * 2, SLOWEST);
    silence = Date.now() + wait;
  };

  place.addEventListener("htmx:beforeRequest", (event) => {
    if (over() || document.hidden || Date.now() < silence) event.preventDefault();
  });
  place.addEventListener("htmx:configRequest", ({ detail }) => {
    detail.headers["If-None-Match"] = step;
    // The address of a secret page goes nowhere that it need not.
    delete detail.headers["HX-Current-URL"];
  });
  place.addEventListener("htmx:sendError", later);
  place.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { status, responseURL, responseText } = detail.xhr;
    const swap = detail.shouldSwap;
    detail.shouldSwap = false;
    if (status === 410) return location.reload();
    if (status === 304) return again();
    // Signed out, gone, or being restarted: an answer that is not this part is not shown.
    if (status !== 200 || new URL(responseURL).pathname !== address) return later();
    again();
    const shown = () => (step = detail.xhr.getResponseHeader("ETag") ?? step);
    const part = place.dataset.follow;
    // What could not be shown is asked for again.
    if (part) return redraw(location.href, [part]).then(shown, later);
    const fresh = new DOMParser().parseFromString(responseText, "text/html");
    // The turn is a page of its own: everybody's screen goes there together.
    if (fresh.querySelector("[data-step][data-over]")) return location.reload();
    detail.shouldSwap = swap && !inPlace(place, fresh);
    shown();
  });

  document.addEventListener("visibilitychange", () => {
    again();
    if (!document.hidden) window.htmx?.trigger(place, "regard");
  });
}

// While it goes on only words and bar change, in place: what is read aloud is the new words.
function inPlace(place, fresh) {
  const [bar, newBar] = [place, fresh].map((part) => part.querySelector("progress"));
  if (!bar || !newBar) return false;
  const [words, newWords] = [place, fresh].map((part) => part.querySelector("[role=status]"));
  if (words.textContent !== newWords.textContent) words.textContent = newWords.textContent;
  for (const name of ["value", "max"]) {
    if (newBar.hasAttribute(name)) bar.setAttribute(name, newBar.getAttribute(name));
    else bar.removeAttribute(name);
  }
  return true;
}
