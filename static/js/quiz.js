// The quiz, a little quicker. Without this module every step is a link or a button of the page.

// All on one page: choosing an answer opens what there is to say about it.
for (const item of document.querySelectorAll("[data-quiz-item]")) {
  item.addEventListener("change", () => {
    item.querySelector("details")?.setAttribute("open", "");
  });
}

// In a meeting: the arrows and the page keys of a remote control follow « next » and « previous ».
const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev" };

if (document.querySelector("[data-quiz-keys]")) {
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (typing || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = KEYS[event.key];
    const link = way && document.querySelector(`[data-quiz-keys] a[rel="${way}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
