// A second click on "Simpan" sends nothing. The record's id would make it harmless; this saves the wait.
const sent = new WeakSet();

// In the capture phase, so that forms sent by htmx are guarded as well.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (sent.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  sent.add(form);
  form.setAttribute("aria-busy", "true");
  // A page may stay (a download, a fragment): let the form be sent again after a while.
  setTimeout(() => release(form), 8000);
}, { capture: true });

export const release = (form) => {
  sent.delete(form);
  form.removeAttribute("aria-busy");
};
document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
// Back from the next page: the browser may show this one as it was left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach(release);
});
