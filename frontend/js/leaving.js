// After sign-out (<body data-signed-out>) nothing of the person's work stays in this browser, except the sealed
// outbox of field work that has not been sent yet: throwing that away would lose what people told us.
if ("signedOut" in document.body.dataset) {
  try {
    sessionStorage.clear();
    localStorage.clear();
    globalThis.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
    indexedDB.databases?.().then((all) => {
      for (const { name } of all) if (!name.startsWith("serasi-outbox")) indexedDB.deleteDatabase(name);
    });
  } catch {
    // A browser without storage has nothing to clear.
  }
  // "Back" must not show the page that was left.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
