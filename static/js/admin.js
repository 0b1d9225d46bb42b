// Django's admin for who listens to it: what its scripts build takes the name of the field.

import { nameEditor } from "./editors.js";

const content = document.getElementById("content-main");

function names() {
  for (const editor of content.querySelectorAll(".prose-editor [contenteditable]")) {
    nameEditor(editor.closest(".form-row")?.querySelector("label"), editor);
  }
  for (const box of content.querySelectorAll("select + .select2-container")) choice(box, box.previousElementSibling);
  // « Date » and « Heure » are two fields; the legend around them says of what.
  for (const [kind, name] of [[".vDateField", "Date"], [".vTimeField", "Heure"]]) {
    for (const field of content.querySelectorAll(`fieldset ${kind}`)) if (!field.labels.length) field.setAttribute("aria-label", name);
  }
}

// A choice with a search (Select2): its box, its value and its search field are unnamed.
function choice(box, select) {
  const [label] = select.labels;
  if (!label) return;
  label.id ||= `${select.id}-nom`;
  const named = (part, ...more) => part?.setAttribute("aria-labelledby", [label.id, ...more].join(" "));
  const value = box.querySelector(".select2-selection__rendered");
  named(box.querySelector(".select2-selection"), ...(value?.id ? [value.id] : []));
  named(box.querySelector(".select2-search__field"));
  if (value?.localName === "span") named(value);
  // Its list holds the search field too, which no list may.
  if (value?.localName === "ul") for (const part of [value, ...value.children]) if (part.localName !== "span") part.setAttribute("role", "presentation");
}

if (content) {
  names();
  // They come a moment after the page, and with each row that is added.
  new MutationObserver(names).observe(content, { childList: true, subtree: true });
}
