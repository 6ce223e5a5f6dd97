// After sign-out (<body data-signed-out>) nothing of the person's work that can be read stays in this browser. What is
// sealed stays: the outbox, which has not been sent yet, and the pocket of work without signal (field/), which is locked;
// it opens with its PIN in plane mode the next morning, and is emptied on its own page.
const SEALED = /^serasi-(outbox|field)/;
if ("signedOut" in document.body.dataset) {
  try {
    new BroadcastChannel("serasi-field").postMessage("lock");
    sessionStorage.clear();
    localStorage.clear();
    globalThis.caches?.keys().then((names) => names.filter((name) => !SEALED.test(name)).forEach((name) => caches.delete(name)));
    indexedDB.databases?.().then((all) => {
      for (const { name } of all) if (!SEALED.test(name)) indexedDB.deleteDatabase(name);
    });
  } catch {
    // A browser without storage has nothing to clear.
  }
  // "Back" must not show the page that was left.
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
}
