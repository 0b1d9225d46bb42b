// A rich text editor is named after the label of its field, and described by its hint and its error.

export function nameEditor(label, editor) {
  if (!label || !editor || editor.hasAttribute("aria-labelledby")) return;
  label.id ||= `${label.htmlFor}-nom`;
  editor.setAttribute("aria-labelledby", label.id);
  const said = ["helptext", "error"].map((end) => `${label.htmlFor}_${end}`).filter((id) => document.getElementById(id));
  if (said.length) editor.setAttribute("aria-describedby", said.join(" "));
  label.addEventListener("click", () => editor.focus());
}
