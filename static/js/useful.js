// The question under a sheet is answered on the spot: the page that would come next is read, and
// its part put in place of the question. Whatever goes wrong, the form is sent as it would be without.

const ID = "utile";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const part = form.closest(`#${ID}[data-useful]`);
  if (!part || event.defaultPrevented) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(ID);
    if (!next) return leave(page);
    const errors = page.querySelector("[data-errors]");
    if (errors) next.prepend(errors);
    next.classList.add(...part.classList);
    part.replaceWith(next);
    (errors ?? next.querySelector("h2"))?.focus();
  } catch {
    part.removeAttribute("aria-busy");
    HTMLFormElement.prototype.submit.call(withAnswer(form, event.submitter));
  }
});

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

// form.submit() leaves out the button that was pressed.
function withAnswer(form, button) {
  if (button?.name) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  return form;
}
