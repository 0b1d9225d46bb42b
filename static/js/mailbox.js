// /courriels/: a code is copied by its button, and a new mail shows by itself.

import { copied } from "./share.js";

const PERIOD = 1500;
const said = document.querySelector("[data-mail-said]");
const list = document.querySelector("[data-mailbox]");

const ready = () => {
  for (const button of document.querySelectorAll("[data-copy-code]")) button.hidden = false;
};
ready();

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-code]");
  if (!button) return;
  const done = await copied(button.dataset.copyCode);
  said.textContent = done ? "Code copié." : "La copie n’a pas marché : sélectionnez le code.";
});

async function look() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-mailbox]");
  const before = new Set([...list.querySelectorAll("h2 a")].map((link) => link.href));
  const news = [...fresh.querySelectorAll("h2 a")].filter((link) => !before.has(link.href));
  if (!news.length) return;
  // Focus stays where it is: on the same link of the new list.
  const held = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  list.replaceChildren(...fresh.childNodes);
  ready();
  if (held) list.querySelector(`a[href="${CSS.escape(held)}"]`)?.focus();
  said.textContent = news.length > 1 ? `${news.length} nouveaux courriels.` : `Nouveau courriel : ${news[0].textContent}`;
}

if (list) {
  setInterval(() => { if (!document.hidden) look(); }, PERIOD);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
}
