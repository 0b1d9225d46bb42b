// Passkeys (WebAuthn).
// A form says what it wants: data-passkey="login" (whoever holds a key), "get" (this person's
// key), "create" (a new one). The answer of the device goes into its field « credential ».

const able = Boolean(window.PublicKeyCredential && navigator.credentials);

for (const form of document.querySelectorAll("[data-passkey]")) {
  const button = form.querySelector("[data-passkey-go]");
  if (!able) continue;
  button.hidden = false;
  form.querySelector("[data-passkey-absent]").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tell(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      tell(form, words(error));
      // The guard against double clicks saw a sending that did not take place.
      delete form.dataset.sent;
      button.removeAttribute("aria-disabled");
    }
  });
}

async function ask(form) {
  const kind = form.dataset.passkey;
  const given = kind === "login" ? await fetchOptions(form.action) : readOptions(form);
  const publicKey = decoded(given.publicKey);
  if (kind !== "create") return encoded(await navigator.credentials.get({ publicKey }));
  // A passkey opens the account alone: it lives on the device, which checks who holds it.
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  };
  return encoded(await navigator.credentials.create({ publicKey }));
}

async function fetchOptions(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options;
}

function readOptions(form) {
  const found = JSON.parse(document.getElementById(form.dataset.passkeyOptions).textContent);
  return found.request_options ?? found.creation_options;
}

function decoded(options) {
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (options[list]) ready[list] = options[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return ready;
}

function encoded(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return {
    type: credential.type,
    id: credential.id,
    rawId: text(credential.rawId),
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(base64url) {
  const plain = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function tell(form, sentence) {
  const place = form.querySelector("[data-passkey-said]");
  place.hidden = !sentence;
  place.textContent = sentence;
}

function words(error) {
  if (error.name === "InvalidStateError") return "Cette clé est déjà enregistrée dans votre compte.";
  if (error.name === "NotAllowedError") return "Rien n’a été fait : vous avez refusé, ou le temps est écoulé. Recommencez quand vous voulez.";
  return "L’appareil n’a pas répondu comme prévu. Recommencez, ou entrez avec un code reçu par courriel.";
}
