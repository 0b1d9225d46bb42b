// « Réutiliser nos contenus »: each address of the API can be tried in the page.
const place = document.querySelector("[data-api-docs]");

// Swagger UI's own layout has a head that repeats the page's, and a second <main>.
const operationsAlone = (system) => ({
  components: {
    OperationsAlone: ({ getComponent, specSelectors }) => {
      const make = system.React.createElement;
      if (specSelectors.loadingStatus() !== "success") return null;
      return make(
        "div",
        { className: "swagger-ui" },
        make(getComponent("SvgAssets")),
        make(getComponent("operations", true)),
      );
    },
  },
});

// What it leaves without a name, or out of reach of the keyboard.
const mend = () => {
  for (const select of place.querySelectorAll("select:not([aria-label])")) {
    const row = select.closest("[data-param-name]");
    select.setAttribute("aria-label", row ? row.dataset.paramName : "Exemple");
  }
  for (const code of place.querySelectorAll(".microlight:not([tabindex])")) code.tabIndex = 0;
};

if (place && window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: place.dataset.apiDocs,
    domNode: place,
    plugins: [operationsAlone],
    layout: "OperationsAlone",
    docExpansion: "list",
    defaultModelsExpandDepth: -1,
    supportedSubmitMethods: ["get"],
    tryItOutEnabled: true,
    validatorUrl: null,
  });
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
  document.querySelector(".js-off")?.remove();
}
