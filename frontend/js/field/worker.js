// The service worker of the page for work without signal. It keeps the shell (page, style, script, icons: nothing of a
// person) and serves it without asking the network; a new edition of the shell replaces the old whole. It sends what is
// sealed when there is signal again, also while no page is open. Drafts and outbox are not its: no edition touches them.
//
// The server writes `self.SHELL = {name, page, files}` above this (fieldwork/views/page.py).
import { deliverAll, SYNC } from "./sending.js";

const { name, page, files } = self.SHELL;
const PREFIX = "serasi-field-";

const fresh = async (address) => {
  const response = await fetch(address, { cache: "reload", credentials: "omit", redirect: "error" });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
};
const keep = async () => {
  const cache = await caches.open(name);
  await Promise.all([page, ...files].map(async (address) => cache.put(address, await fresh(address))));
};
const tidy = async () => {
  for (const other of await caches.keys()) if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
  await self.clients.claim();
};
const tell = async (what) => {
  for (const client of await self.clients.matchAll()) client.postMessage(what);
};
const send = async () => {
  const isAll = await deliverAll(({ closed }) => tell(closed ? "closed" : "outbox"));
  if (!isAll) throw new Error("something waits still"); // the browser tries again by itself
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("sync", (event) => {
  if (event.tag === SYNC) event.waitUntil(send());
});
self.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== self.location.origin) return;
  const wanted = mode === "navigate" && pathname === page ? page : files.includes(pathname) ? pathname : "";
  if (wanted) event.respondWith(caches.match(wanted, { cacheName: name }).then((kept) => kept ?? fetch(event.request)));
});
