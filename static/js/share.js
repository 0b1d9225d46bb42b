// « Copier le lien », « Écouter ». The mail link needs none of this.

for (const bar of document.querySelectorAll("[data-share]")) {
  const said = bar.querySelector("[data-share-said]");
  const say = (text) => { said.textContent = text; };

  const copy = bar.querySelector("[data-copy]");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    say((await copied(bar.dataset.url || location.href)) ? "Lien copié." : "La copie n’a pas marché : copiez l’adresse en haut de la fenêtre.");
  });

  const listen = bar.querySelector("[data-listen]");
  if (listen && document.getElementById(listen.dataset.listen) && "speechSynthesis" in window) {
    listen.hidden = false;
    // The reading voice is fetched by the first person who asks for it.
    listen.addEventListener("click", async () => (await import("./listen.js")).reader(bar, say), { once: true });
  }
}

export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Old browsers, and pages that are not served over https.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
