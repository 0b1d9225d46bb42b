// Waiting for the others, and the wheel that is redrawn as one answers. Without this script a
// button refreshes the page, and « Dessiner ma roue » redraws it.

const EVERY = 2000;
const SLOWEST = 20_000;

for (const place of document.querySelectorAll("[data-poll]")) follow(place);

// Asks every other second how many have sent; stops when the page is not looked at, or done.
function follow(place) {
  let wait = EVERY;
  let timer = 0;
  let etag = `"${place.querySelector("[data-step]")?.dataset.step ?? ""}"`;
  const over = () => place.querySelector("[data-over]") !== null;
  const plan = () => {
    clearTimeout(timer);
    if (!over() && !document.hidden) timer = setTimeout(ask, wait);
  };

  async function ask() {
    try {
      const answer = await fetch(place.dataset.poll, { headers: { "If-None-Match": etag }, cache: "no-store" });
      if (answer.status === 410) return location.reload();
      if (answer.status !== 304) {
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        etag = answer.headers.get("ETag") ?? etag;
        show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    }
    plan();
  }

  function show(fresh) {
    const part = place.dataset.pollPart;
    if (part) return redraw(location.href, part);
    const turned = fresh.querySelector("[data-over]") !== null;
    // The turn is a page of its own: everybody's screen goes there together.
    if (turned) return location.reload();
    place.replaceChildren(...fresh.body.childNodes);
  }

  document.addEventListener("visibilitychange", () => {
    wait = EVERY;
    if (document.hidden) clearTimeout(timer);
    else if (!over()) ask();
  });
  plan();
}

async function redraw(address, part, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(part);
  const old = document.querySelector(part);
  if (fresh && old) old.replaceChildren(...fresh.childNodes);
}

// Each answer is kept as it is given, and the wheel follows.
for (const form of document.querySelectorAll("[data-assess]")) {
  const button = form.querySelector("[data-redraw]");
  button.hidden = true;
  let running = Promise.resolve();
  form.addEventListener("change", () => {
    running = running.then(async () => {
      const data = new FormData(form);
      data.set("dessiner", "1");
      try {
        await redraw(form.action || location.href, "#roue-vue", { method: "POST", body: data });
      } catch {
        button.hidden = false; // no network for a moment: nothing typed is lost
      }
    });
  });
}
