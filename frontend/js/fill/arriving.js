// What the page asks for at once, while the engine (engine.js) is still being made ready: imported before it.
import { memoryStore, networkStore } from "./store.js";

export const arrivals = [...document.querySelectorAll("[data-fill]")].map((holder) => {
  const store = holder.dataset.save ? networkStore(holder.dataset) : memoryStore(holder.dataset);
  const arriving = Promise.all([store.form(), store.load()]);
  arriving.catch(() => {}); // told by whoever waits for it
  return { holder, store, arriving };
});
