// The binder's own page: sheets move without a new page, the focus follows, and the change is said.
// Without this module each button is a form that comes back to the page.

import { remember } from "./binder.js";

const PARTS = [".page-head", ".page-body"];
const said = document.createElement("div");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);
let busy = false;

prepare();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-binder-form]")) return;
  event.preventDefault();
  if (!busy) send(form, event.submitter ?? form.querySelector("button:not([disabled])"));
});

// Alt and an arrow move the sheet on which one is.
document.addEventListener("keydown", (event) => {
  const way = { ArrowUp: "monter", ArrowDown: "descendre" }[event.key];
  if (!way || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const button = event.target.closest?.(".binder-line")?.querySelector(`[value=${way}]`);
  if (!button) return;
  event.preventDefault();
  if (!button.disabled && !busy) send(button.form, button);
});

for (const button of document.querySelectorAll("[data-binder-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form));
  if (button.name) fields.set(button.name, button.value);
  const place = spot(form);
  busy = true;
  let answer;
  try {
    answer = await fetch(button.getAttribute("formaction") || form.action, { method: "POST", body: fields });
    if (!answer.ok) throw new Error(answer.status);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url, place);
  } catch {
    // Whatever it is, the page itself says it best.
    if (!answer) location.reload();
    else location.assign(answer.redirected ? answer.url : location.pathname);
  } finally {
    busy = false;
    delete form.dataset.sent;
  }
}

// The line and the control where the person is.
function spot(form) {
  const line = form.closest(".binder-line");
  return { id: line?.id, control: line?.contains(document.activeElement) ? document.activeElement.value ?? "" : "" };
}

function show(page, address, place) {
  const same = PARTS.every((part) => page.querySelector(part)) &&
    !page.querySelector(".page-aside") === !document.querySelector(".page-aside");
  if (!same) return location.assign(address);
  for (const part of PARTS) document.querySelector(part).replaceWith(page.querySelector(part));
  document.title = page.title;
  history.replaceState(null, "", new URL(address).pathname);
  prepare();
  focus(place);
  const notice = document.querySelector("[data-binder-said]");
  notice.removeAttribute("role");
  said.textContent = notice.querySelector("p")?.innerText.trim() ?? "";
}

// To the same button of the same sheet; its neighbour when it has nothing left to do; else the notice.
function focus({ id, control }) {
  const line = id && document.getElementById(id);
  const own = line && [...line.querySelectorAll("button")].find((button) => button.value === control);
  const target = own && !own.disabled ? own
    : line?.querySelector(own ? "button:not([disabled])" : "a, button:not([disabled])")
      ?? document.querySelector("[data-binder-said] button") ?? document.querySelector("h1");
  if (target?.tagName === "H1") target.tabIndex = -1;
  target?.focus();
}

function prepare() {
  for (const hint of document.querySelectorAll("[data-binder-keys]")) hint.hidden = false;
  remember(document.querySelector("[data-binder-lines]") !== null);
}
