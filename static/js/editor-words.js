// The rich text editor (django-prose-editor) in French. A classic script: it runs before the editor's
// module, which takes its sentences from window.gettext. What its code writes without asking is
// put right when it enters the page.
(() => {
  const WORDS = {
    // Its windows.
    "Update": "Mettre à jour",
    "Cancel": "Annuler",
    "Insert": "Insérer",
    "URL": "Adresse",
    "Title": "Bulle d’aide",
    "Open in new window": "Ouvrir dans une nouvelle fenêtre",
    "Edit Link": "Lien",
    "Image URL": "Adresse de l’image",
    "Browse...": "Choisir…",
    "Alternative Text": "Texte qui remplace l’image",
    "Caption": "Légende",
    "Edit Figure": "Modifier l’image et sa légende",
    "Edit Image": "Modifier l’image",
    "Insert Figure": "Insérer une image",
    "Remove caption": "Enlever la légende",
    "Add caption": "Ajouter une légende",
    "The HTML contents of the editor. Note that the allowed HTML is restricted by the editor schema.":
      "Le texte en HTML. Ce que l’éditeur ne connaît pas est enlevé.",
    "Edit HTML": "Modifier le HTML",
    "Prettify": "Mettre en forme",
    "List properties": "Réglages de la liste",
    "Toggle fullscreen": "Plein écran",
    "Decimal numbers": "Nombres",
    "Lowercase letters": "Lettres minuscules",
    "Uppercase letters": "Lettres majuscules",
    "Lowercase Roman numerals": "Chiffres romains minuscules",
    "Uppercase Roman numerals": "Chiffres romains majuscules",
    "Bullets": "Puces",
    "Start at": "Commencer à",
    "List type": "Genre de liste",
    "Rows": "Lignes",
    "Columns": "Colonnes",
    "Include header row": "Avec une ligne d’en-têtes",
    "Table Properties": "Tableau",
    "Insert Table": "Insérer le tableau",
    "Yes": "Oui",
    "No": "Non",
    // Its buttons and its list of styles.
    "Paragraph": "Paragraphe",
    "paragraph": "Paragraphe",
    "unordered list": "Liste à puces",
    "ordered list": "Liste numérotée",
    "blockquote": "Citation",
    "horizontal rule": "Trait de séparation",
    "figure": "Image",
    "Code": "Code",
    "Code block": "Bloc de code",
    "bold": "Gras",
    "italic": "Italique",
    "underline": "Souligné",
    "strike": "Barré",
    "subscript": "Indice",
    "superscript": "Exposant",
    "undo": "Annuler",
    "redo": "Rétablir",
    "edit HTML": "Modifier le HTML",
    "insert link": "Mettre un lien",
    "remove link": "Enlever le lien",
    "Insert table": "Insérer un tableau",
    "Add column": "Ajouter une colonne",
    "Delete column": "Supprimer la colonne",
    "Add row": "Ajouter une ligne",
    "Delete row": "Supprimer la ligne",
    "Merge cells": "Fusionner les cellules",
    "Split cell": "Diviser la cellule",
    "Toggle header cell": "Cellule d’en-tête, ou non",
    "Delete table": "Supprimer le tableau",
    "Block style": "Style du paragraphe",
    "Reset all classes": "Sans style",
    "left": "Aligner à gauche",
    "center": "Centrer",
    "right": "Aligner à droite",
    "justify": "Justifier",
  };
  const NAMED = ".prose-menubar :is([title], [aria-label])";
  const WRITTEN = ".prose-menubar__option > *, .prose-editor-dialog option";

  const french = (text) => WORDS[text] ?? text.replace(/^heading (\d)$/i, "Titre de niveau $1");
  const before = window.gettext; // the admin has its own
  window.gettext = (text) => WORDS[text] ?? (before ? before(text) : text);

  function name(element) {
    for (const attribute of ["title", "aria-label"]) {
      const said = element.getAttribute(attribute);
      if (said && french(said) !== said) element.setAttribute(attribute, french(said));
    }
  }

  function write(element) {
    if (french(element.textContent) === element.textContent) return;
    if (element.localName === "option") element.setAttribute("value", element.value); // what the editor reads
    element.textContent = french(element.textContent);
  }

  function each(added, selector, act) {
    if (added.matches(selector)) act(added);
    for (const element of added.querySelectorAll(selector)) act(element);
  }

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const added of addedNodes) {
        if (added.nodeType !== Node.ELEMENT_NODE) continue;
        each(added, NAMED, name);
        each(added, WRITTEN, write);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
