// Suggestions while typing, on every form[data-suggest]: the combobox pattern of the ARIA guide.
// The form works without them. Arrows choose, Enter goes, Escape closes, Tab leaves.

const WAIT = 150; // milliseconds without a key before asking
const LETTERS = 2;
let count = 0;

class Suggest {
  constructor(form, input) {
    this.form = form;
    this.input = input;
    this.links = [];
    this.active = -1;
    this.id = `suggestions-${++count}`;
    this.build();
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    input.addEventListener("focus", () => this.show());
  }

  build() {
    this.list = document.createElement("ul");
    this.list.id = this.id;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    // A press on the list must not take the focus from the input before the click comes.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(this.links[[...this.list.children].indexOf(option)]);
    });
    this.said = document.createElement("span");
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    // The input stays where it is: moving it would take the focus away.
    this.input.parentElement.classList.add("suggest-anchor");
    this.input.after(this.list, this.said);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.id,
      autocomplete: "off",
    })) this.input.setAttribute(name, value);
  }

  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.choose(-1);
    if (this.input.value.trim().length < LETTERS) {
      this.links = [];
      return this.close();
    }
    this.awaited = true;
    this.timer = setTimeout(() => this.ask(this.input.value.trim()), WAIT);
  }

  async ask(text) {
    const { signal } = (this.request = new AbortController());
    const address = new URL("suggestions/", this.form.action);
    address.searchParams.set("q", text.slice(0, 200));
    try {
      const answer = await fetch(address, { signal });
      if (!answer.ok) return this.close();
      this.links = (await answer.json()).suggestions;
    } catch {
      // Another letter came, or the network is away: the form still works.
      return signal.aborted || this.close();
    }
    this.fill();
  }

  fill() {
    this.list.replaceChildren(
      ...this.links.map((link, place) => {
        const option = document.createElement("li");
        option.id = `${this.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const title = document.createElement("span");
        title.textContent = link.alias ? `${link.alias} : voir ${link.title}` : link.title;
        option.append(title);
        if (link.kind) {
          const kind = document.createElement("span");
          kind.className = "suggestion-kind";
          kind.textContent = link.kind;
          option.append(" ", kind);
        }
        return option;
      }),
    );
    const number = this.links.length;
    this.said.textContent = number
      ? `${number} suggestion${number > 1 ? "s" : ""}, flèches haut et bas pour choisir.`
      : "Aucune suggestion. Entrée pour chercher.";
    this.show();
  }

  show() {
    if (!this.links.length || document.activeElement !== this.input) return this.close(false);
    this.awaited = false;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.choose(-1);
  }

  close(silent = true) {
    this.awaited = false;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.choose(-1);
    if (silent) this.said.textContent = "";
  }

  choose(place) {
    this.active = place;
    for (const [at, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(at === place));
      if (at === place) option.scrollIntoView({ block: "nearest" });
    }
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${place}`);
  }

  pressed(event) {
    const open = !this.list.hidden;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.links.length) return;
      event.preventDefault();
      // Who chooses in this list wants this one: a later answer must not take it away.
      clearTimeout(this.timer);
      this.request?.abort();
      if (!open) this.show();
      // One place more than there are options: the text itself, between last and first.
      const places = this.links.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.active + 1 + step + places) % places) - 1);
    } else if (event.key === "Escape" && (open || this.awaited)) {
      // Once closes the list, or gives it up, and nothing else: neither the words nor a folded
      // header. A second Escape is the browser's.
      event.preventDefault();
      event.stopPropagation();
      clearTimeout(this.timer);
      this.request?.abort();
      this.close();
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.go(this.links[this.active]);
    }
  }

  go(link) {
    location.assign(new URL(link.url, location.href));
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const input = form.querySelector("input[type=search]");
  if (!input || input.getAttribute("role") === "combobox") continue;
  const suggest = new Suggest(form, input);
  // Letters may have come before this module.
  if (document.activeElement === input && input.value !== input.defaultValue) suggest.typed();
}
