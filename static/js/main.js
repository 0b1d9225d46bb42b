// What every page loads: the folding header, and the modules that the page's hooks ask for.
// Each module improves something that already works without it.

// « coming » until the modules of the page are there.
document.documentElement.dataset.js = "coming";

const HOOKS = {
  "[data-follow]": () => import("./follow.js"),
  "[data-share]": () => import("./share.js"),
  "[data-writing]": () => import("./writing.js"),
  "[data-copy-code], [data-mailbox]": () => import("./mailbox.js"),
  "a.term[data-term]": () => import("./terms.js"),
  "[data-assess]": () => import("./assess.js"),
  "[data-private]": () => import("./private.js"),
  "[data-binder-form]": () => import("./binder-page.js"),
  "[data-passkey]": () => import("./account.js"),
};

const coming = [];
for (const [hook, load] of Object.entries(HOOKS)) {
  if (document.querySelector(hook)) coming.push(load());
}

// Coming from a list, its breadcrumb leads back to it with its filters and its page.
if (document.referrer.startsWith(`${location.origin}/`)) {
  const list = new URL(document.referrer);
  for (const link of document.querySelectorAll(".crumbs a")) {
    if (link.pathname === list.pathname) link.search = list.search;
  }
}

// Suggestions are fetched when someone comes to the search box, not before.
for (const form of document.querySelectorAll("[data-suggest]")) {
  form.addEventListener("focusin", () => import("./suggest.js"), { once: true });
}

// « Ajouter à mon classeur » is fetched at the first press, or at once where a binder was begun.
const binder = () => import("./binder.js");
if (document.querySelector("[data-keep]")) {
  let begun = false;
  try {
    begun = localStorage.getItem("classeur") !== null;
  } catch {
    // No storage in this browser: the buttons never know what was kept, and still work.
  }
  if (begun) coming.push(binder().then((module) => module.mark()));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-keep]")) return;
    event.preventDefault();
    binder().then((module) => module.keep(form), () => form.submit());
  });
}

// The question under a sheet is answered in place; what does that is fetched by the first answer.
// Whatever goes wrong, the form is sent as it would be without.
document.addEventListener("submit", (event) => {
  const [form, button] = [event.target, event.submitter];
  const part = form.closest("[data-useful]");
  if (!part || event.defaultPrevented) return;
  event.preventDefault();
  const send = () => {
    // form.submit() leaves out the button that was pressed.
    if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
    HTMLFormElement.prototype.submit.call(form);
  };
  import("./useful.js").then((module) => module.answer(part, form, button, send), send);
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// On a narrow screen, the search and the menu fold behind two buttons.
const folds = [];
for (const button of document.querySelectorAll("[data-toggle]")) {
  const part = document.getElementById(button.getAttribute("aria-controls"));
  if (!part) continue;
  const show = (open) => {
    if (open) for (const other of folds) other(false);
    part.classList.toggle("folded", !open);
    button.setAttribute("aria-expanded", String(open));
  };
  show(false);
  folds.push(show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    show(open);
    if (open) part.querySelector("input, a")?.focus();
  });
  part.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || getComputedStyle(button).display === "none") return;
    show(false);
    button.focus();
  });
  // A skip link leads to a part that is folded: unfold it first.
  document.querySelector(`.skip a[href="#${part.parentElement.id}"]`)?.addEventListener("click", () => show(true));
}

// A form in error: its summary comes first, for the eyes and for the ears.
document.querySelector("[data-errors]")?.focus();

// A double click sends once; the button stays reachable for a screen reader.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

Promise.all(coming).finally(() => {
  document.documentElement.dataset.js = "";
});
