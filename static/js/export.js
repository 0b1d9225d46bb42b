// The page of a document in preparation: asks how far it is, stops when it is done or not looked at.
// Without this script the page has a link to refresh it.

const FIRST = 1500;
const SLOWEST = 15_000;

for (const place of document.querySelectorAll("[data-export]")) follow(place);

function follow(place) {
  let wait = FIRST;
  let timer = 0;

  const over = () => place.querySelector("[data-over]") !== null;
  const plan = () => {
    clearTimeout(timer);
    if (!over() && !document.hidden) timer = setTimeout(ask, wait);
  };

  async function ask() {
    try {
      const answer = await fetch(place.dataset.export, { headers: { Accept: "text/html" } });
      // Signed out, gone, or being restarted: an answer that is not this part is not shown.
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      wait = FIRST;
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
    plan();
  }

  // While it goes on only words and bar change, in place: what is read aloud is the new words.
  function show(fresh) {
    const [bar, newBar] = [place, fresh].map((part) => part.querySelector("progress"));
    if (!bar || !newBar) return place.replaceChildren(...fresh.body.childNodes);
    const [words, newWords] = [place, fresh].map((part) => part.querySelector("[role=status]"));
    if (words.textContent !== newWords.textContent) words.textContent = newWords.textContent;
    for (const name of ["value", "max"]) {
      if (newBar.hasAttribute(name)) bar.setAttribute(name, newBar.getAttribute(name));
      else bar.removeAttribute(name);
    }
  }

  document.addEventListener("visibilitychange", () => {
    wait = FIRST;
    if (document.hidden) clearTimeout(timer);
    else if (!over()) ask();
  });
  plan();
}
