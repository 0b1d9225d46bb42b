// The wheel that is redrawn as one answers. Without this script « Dessiner ma roue » redraws it.

import { redraw } from "./redraw.js";
import { answerOn } from "./wheel.js";

const AGAIN = 2000;
const SLOWEST = 20_000;
const COUNTS = ["#avancement", "#fait-1", "#fait-2", "#fait-3", "#fait-4"];

// Each answer is kept as it is given, and the wheel follows.
for (const form of document.querySelectorAll("[data-assess]")) {
  const button = form.querySelector("[data-redraw]");
  const wheel = document.querySelector("[data-wheel]");
  button.hidden = true;
  if (wheel) answerOn(wheel, form);
  let running = Promise.resolve();
  let wait = AGAIN;
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    running = running.then(save);
  };

  async function save() {
    const data = new FormData(form);
    data.set("dessiner", "1");
    try {
      await redraw(form.action || location.href, COUNTS, { method: "POST", body: data });
      // What this screen has just said is what it was last told: see AnswersForm.
      for (const [name, value] of data) {
        const seen = form.elements[`vu-${name}`];
        if (seen) seen.value = value;
      }
      button.hidden = true;
      wait = AGAIN;
    } catch (error) {
      button.hidden = false; // nothing chosen is lost: it stays on the screen
      const state = document.querySelector("[data-progress]");
      if (state) state.textContent = "Pas encore enregistré. Vos choix restent à l’écran.";
      if (Number(error.message) < 500) return; // the button shows what is wrong
      timer = setTimeout(keep, wait);
      wait = Math.min(wait * 2, SLOWEST);
    }
  }

  form.addEventListener("change", keep);
  // What was answered before this script came is kept too. Not on the way back, when a browser
  // puts into the form what it held then.
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.type !== "back_forward" && answered(form)) keep();
}

// Whether a field says something else than what this screen was told of it.
function answered(form) {
  return [...new FormData(form)].some(([name, value]) => {
    const seen = form.elements[`vu-${name}`];
    return seen && seen.value !== value;
  });
}
