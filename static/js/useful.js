// The page that would come after an answer under a sheet is read, and its part put in place of
// the question.

const ID = "utile";

// « send » sends the form as it would be without this module.
export async function answer(part, form, button, send) {
  const data = new FormData(form, button);
  part.setAttribute("aria-busy", "true");
  try {
    const got = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
    const page = new DOMParser().parseFromString(await got.text(), "text/html");
    const next = page.getElementById(ID);
    if (!next) return leave(page);
    const errors = page.querySelector("[data-errors]");
    if (errors) next.prepend(errors);
    next.classList.add(...part.classList);
    part.replaceWith(next);
    (errors ?? next.querySelector("h2"))?.focus();
  } catch {
    part.removeAttribute("aria-busy");
    send();
  }
}

// A refusal has its own page (too many, another site): what it says is shown in place.
function leave(page) {
  const part = document.getElementById(ID);
  const words = page.querySelector("main h1, h1")?.textContent ?? "";
  const text = page.querySelector("main .prose")?.textContent.trim() ?? "";
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.className = "stack";
  for (const [tag, content] of [["h2", words], ["p", text]]) {
    const element = document.createElement(tag);
    element.textContent = content;
    if (tag === "h2") element.className = "h3";
    box.append(element);
  }
  part.removeAttribute("aria-busy");
  part.querySelector("[role=alert]")?.remove();
  part.prepend(box);
  for (const form of part.querySelectorAll("form")) delete form.dataset.sent;
}
