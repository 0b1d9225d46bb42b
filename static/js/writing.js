// The forms of the desk: the rich text editors are named after their labels, and what was
// written is not left by mistake.

import { nameEditor } from "./editors.js";

const unsaved = new Set();

for (const form of document.querySelectorAll("[data-writing]")) {
  const mark = (event) => {
    if (event.isTrusted !== false) unsaved.add(form);
  };
  const look = () => {
    for (const field of form.querySelectorAll(".field")) nameEditor(field.querySelector("label"), field.querySelector("[contenteditable]"));
  };
  look();
  // The editors come a moment after the page.
  new MutationObserver(look).observe(form, { childList: true, subtree: true });
  form.addEventListener("input", mark);
  form.addEventListener("submit", () => unsaved.clear());
}

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
