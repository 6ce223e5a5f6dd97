// Fields that only matter after a certain answer: <div data-shown-when="reason=other|unknown">.
// Without script they are always there, and the server decides.
const read = (form, name) => {
  const values = [];
  for (const control of form.elements) {
    if (control.name !== name) continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    values.push(control.value);
  }
  return values;
};

const arrange = (root) => {
  for (const part of root.querySelectorAll("[data-shown-when]")) {
    const form = part.closest("form");
    if (!form) continue;
    const [name, wanted] = part.dataset.shownWhen.split("=");
    const shown = read(form, name).some((value) => wanted.split("|").includes(value));
    // A field with an error is never hidden from the one who must mend it.
    part.hidden = !shown && !part.querySelector("[aria-invalid]");
  }
};

document.addEventListener("change", (event) => {
  if (event.target.form) arrange(event.target.form);
});
document.addEventListener("htmx:after:swap", () => arrange(document));
window.addEventListener("pageshow", () => arrange(document));
arrange(document);

// Menus made of <details>: Escape closes and gives the focus back; a click elsewhere closes.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = event.target.closest?.("details[data-menu][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A form of filters in a list sends itself when an answer is chosen; its button stays for everyone.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-send-on-change]") && event.target.matches("select")) form.requestSubmit();
});
