// « Écouter »: the browser's own French voice reads the page, with pause and stop.

const READ = "h1, h2, h3, h4, p, li, th, td, dt, dd, figcaption";
const SKIP = "[hidden], .noprint, .visually-hidden, svg, .popover, nav";
// Some browsers fall silent after fifteen seconds of one utterance: a sentence or two at a time.
const LONGEST = 220;

// Begins to read at once; the button then pauses and goes on, its neighbour stops.
export function reader(bar, say) {
  const button = bar.querySelector("[data-listen]");
  const source = document.getElementById(button.dataset.listen);
  const stop = bar.querySelector("[data-listen-stop]");
  const label = button.querySelector("[data-listen-label]");
  const voice = window.speechSynthesis;
  let queue = [];
  let state = "still";

  const show = (next) => {
    state = next;
    label.textContent = { still: "Écouter", reading: "Mettre en pause", paused: "Reprendre la lecture" }[next];
    stop.hidden = next === "still";
  };

  const next = () => {
    const text = queue.shift();
    if (!text) return show("still");
    const words = new SpeechSynthesisUtterance(text);
    words.lang = "fr-FR";
    // A voice of the device first: another sends the page's words to its maker.
    const voices = voice.getVoices().filter((one) => one.lang.startsWith("fr"));
    const french = voices.find((one) => one.localService) ?? voices[0];
    if (french) words.voice = french;
    words.onend = () => { if (state === "reading") next(); };
    words.onerror = (event) => {
      if (["canceled", "interrupted"].includes(event.error)) return;
      show("still");
      say("La lecture à voix haute n’est pas disponible sur cet appareil.");
    };
    voice.speak(words);
  };

  const press = () => {
    if (state === "reading") { voice.pause(); show("paused"); return; }
    if (state === "paused") { voice.resume(); show("reading"); return; }
    voice.cancel();
    queue = sentences(source);
    show("reading");
    next();
  };
  const end = () => { queue = []; show("still"); voice.cancel(); };
  stop.addEventListener("click", () => { end(); button.focus(); });
  addEventListener("pagehide", end);
  button.addEventListener("click", press);
  press();
}

function sentences(source) {
  const parts = [];
  for (const element of source.querySelectorAll(READ)) {
    if (element.closest(SKIP) || element.querySelector(READ)) continue;
    const text = element.textContent.replace(/\s+/g, " ").trim();
    for (const sentence of text.match(/[^.!?…]+[.!?…]*/g) ?? []) parts.push(...cut(sentence.trim()));
  }
  return parts.filter(Boolean);
}

function cut(text) {
  if (text.length <= LONGEST) return [text];
  const at = text.lastIndexOf(" ", LONGEST);
  if (at < 1) return [text];
  return [text.slice(0, at), ...cut(text.slice(at + 1))];
}
