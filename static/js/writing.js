// The forms of the desk: the rich text editors are named after their labels, and what was
// written is not left by mistake.

const unsaved = new Set();

function name(field) {
  const label = field.querySelector("label");
  const editor = field.querySelector("[contenteditable]");
  if (!label || !editor || editor.hasAttribute("aria-labelledby")) return;
  label.id ||= `${label.htmlFor}-nom`;
  editor.setAttribute("aria-labelledby", label.id);
  const said = ["helptext", "error"].map((end) => `${label.htmlFor}_${end}`).filter((id) => document.getElementById(id));
  if (said.length) editor.setAttribute("aria-describedby", said.join(" "));
  label.addEventListener("click", () => editor.focus());
}

for (const form of document.querySelectorAll("[data-writing]")) {
  const mark = (event) => {
    if (event.isTrusted !== false) unsaved.add(form);
  };
  const look = () => form.querySelectorAll(".field").forEach(name);
  look();
  // The editors come a moment after the page.
  new MutationObserver(look).observe(form, { childList: true, subtree: true });
  form.addEventListener("input", mark);
  form.addEventListener("submit", () => unsaved.clear());
}

addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});
