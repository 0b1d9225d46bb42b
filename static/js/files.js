// Files at the desk: a picture goes to the editor that asked for it; a file that is too large is
// told before it is sent.

const choice = document.querySelector("[data-pictures]");
const editor = window.opener?.CKEDITOR?.tools;
if (choice?.dataset.pictures && editor) {
  for (const button of choice.querySelectorAll("[data-pick]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const told = { alternative_text: button.dataset.alternative, caption: "" };
      editor.callFunction(choice.dataset.pictures, button.dataset.pick, told);
      window.close();
    });
  }
}

for (const field of document.querySelectorAll("input[type=file][data-max-bytes]")) {
  field.addEventListener("change", () => {
    const large = [...field.files].some((file) => file.size > Number(field.dataset.maxBytes));
    field.setCustomValidity(large ? field.dataset.tooLarge : "");
    if (large) field.reportValidity();
  });
  field.form.addEventListener("submit", (event) => {
    if (field.validity.customError) {
      event.preventDefault();
      event.stopImmediatePropagation();
      field.reportValidity();
    }
  }, { capture: true });
}
