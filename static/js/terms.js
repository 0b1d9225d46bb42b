// A word of the lexicon in a text: its link becomes a button that opens the definition on the spot.

let open = null;

for (const link of document.querySelectorAll("a.term[data-term]")) {
  // Not a <button>: that one never breaks across lines, and what follows it would start a line.
  const button = document.createElement("span");
  button.setAttribute("role", "button");
  button.tabIndex = 0;
  button.className = "term";
  button.dataset.href = link.getAttribute("href");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-haspopup", "dialog");
  button.append(...link.childNodes);
  link.replaceWith(button);
  button.addEventListener("click", () => (open?.button === button ? close(true) : show(button)));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    button.click();
  });
}

async function show(button) {
  close(false);
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${button.dataset.href}?extrait=1`);
    if (!answer.ok) throw new Error(answer.status);
    display(button, await answer.text());
  } catch {
    location.assign(button.dataset.href);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function display(button, html) {
  close(false);
  const box = document.createElement("div");
  box.className = "popover";
  box.setAttribute("role", "dialog");
  box.innerHTML = html; // our own page, cleaned when it was saved
  const heading = box.querySelector("h2");
  if (heading) {
    heading.id = "definition-ouverte";
    heading.tabIndex = -1;
    box.setAttribute("aria-labelledby", heading.id);
  }
  const cross = document.createElement("button");
  cross.type = "button";
  cross.className = "popover-close";
  cross.innerHTML = '<span class="icon icon-cross"></span><span class="visually-hidden">Fermer la définition</span>';
  cross.addEventListener("click", () => close(true));
  box.append(cross);
  document.body.append(box);
  place(box, button);
  button.setAttribute("aria-expanded", "true");
  open = { box, button };
  (heading ?? cross).focus({ preventScroll: true });
}

// Under the word, or above it when there is more room there; inside the window's sides.
function place(box, button) {
  const [word] = button.getClientRects();
  const side = Math.max(16, Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - 16));
  const above = word.bottom + box.offsetHeight + 12 > innerHeight && word.top > box.offsetHeight + 12;
  const top = above ? word.top - box.offsetHeight - 8 : word.bottom + 8;
  box.style.left = `${side + scrollX}px`;
  box.style.top = `${top + scrollY}px`;
}

function close(focus) {
  if (!open) return;
  const { box, button } = open;
  open = null;
  box.remove();
  button.setAttribute("aria-expanded", "false");
  if (focus) button.focus();
}

document.addEventListener("keydown", (event) => {
  if (!open) return;
  if (event.key === "Escape") {
    event.preventDefault();
    close(true);
  } else if (event.key === "Tab") {
    // The definition stands at the end of the document: leaving it goes back into the text.
    const stops = [...open.box.querySelectorAll("a[href], button, summary")];
    const at = stops.indexOf(document.activeElement);
    if (event.shiftKey ? at <= 0 : at === stops.length - 1) {
      if (event.shiftKey) event.preventDefault();
      close(true);
    }
  }
});

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.button.contains(event.target)) close(false);
});
