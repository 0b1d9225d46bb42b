// « Ajouter à mon classeur » without leaving the page. Without this module the form goes to the
// binder's page; it still does whenever the answer is not the one expected.

const HINT = "classeur"; // this browser has a binder: worth asking which sheets it holds
const said = document.createElement("div");
said.className = "visually-hidden";
said.setAttribute("role", "status");
document.body.append(said);

// One after the other: two first sheets at once would start two binders.
let queue = Promise.resolve();

export function keep(form) {
  queue = queue.then(() => send(form));
}

async function send(form) {
  const button = form.querySelector("button");
  let known;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams({ fiche: button.value }),
    });
    known = await answer.json();
  } catch {
    return form.submit();
  }
  delete form.dataset.sent;
  button.removeAttribute("aria-disabled");
  if (known.message) return refuse(form, known.message);
  remember(true);
  const link = kept(form);
  link.focus();
  said.textContent = `« ${known.title} » ${known.state === "deja" ? "y était déjà" : "est ajoutée"}.`;
}

function refuse(form, message) {
  form.querySelector("[role=alert]")?.remove();
  const line = document.createElement("p");
  line.className = "small";
  line.setAttribute("role", "alert");
  form.append(line);
  line.textContent = message;
}

// The button becomes a link to where the sheet is. All the buttons of that sheet do.
function kept(form) {
  let first;
  for (const other of document.querySelectorAll(`[data-keep="${form.dataset.keep}"]`)) {
    const link = document.createElement("a");
    link.href = new URL("../", other.action).pathname;
    link.className = other.querySelector("button").className;
    const icon = document.createElement("span");
    icon.className = "icon icon-check";
    const title = other.querySelector(".visually-hidden")?.cloneNode(true);
    link.append(icon, "Dans votre classeur", ...(title ? [title] : []));
    other.replaceChildren(link);
    if (other === form) first = link;
  }
  return first;
}

// What was put aside before: asked only where something has been.
export async function mark() {
  const first = document.querySelector("[data-keep]");
  try {
    const answer = await fetch(new URL("../etat/", first.action));
    const slugs = new Set((await answer.json()).slugs);
    remember(slugs.size > 0);
    for (const form of document.querySelectorAll("[data-keep]")) {
      if (slugs.has(form.dataset.keep) && form.querySelector("button")) kept(form);
    }
  } catch {
    // The buttons stay as they are: pressing one twice is no harm.
  }
}

export function remember(yes) {
  try {
    if (yes) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // No storage in this browser: the buttons never know, and still work.
  }
}
