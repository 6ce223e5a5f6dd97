// What is finished goes out: from the page and from the service worker alike, one at a time over the whole browser, in
// the order it was typed, with the token of the device and without PIN or session. An entry leaves the phone in the same
// transaction that notes what became of it; whether the server had it already is for its id to say.
//
// The server answers {outcome, message, closed}. "taken": done. "held": its page refused it, and keeps it for the person.
// "waiting": taken in, and waits for the head of the unit. "refused": nothing was kept there, so it is kept here.
// Anything else is no answer of ours: no signal, or a door in between. `closed` says that the device is ended.
import { asked, erase, openOf, people, read, readAll, within } from "./database.js";
import { wipe } from "./lock.js";

export const ADDRESS = "/lapangan/kirim/";
export const SYNC = "serasi-field";
const PATIENCE = 20_000; // ms
const DONE = new Set(["taken", "held", "waiting"]);
const REMEMBERED = 60; // what was delivered, for the list

const send = async (device, entry) => {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), PATIENCE + entry.sealed.byteLength / 10); // 10 KB a second
  try {
    const response = await fetch(ADDRESS, {
      method: "POST",
      body: entry.sealed,
      credentials: "omit",
      redirect: "manual",
      signal: stop.signal,
      headers: { "Content-Type": "application/octet-stream", "X-Serasi-Device": device.token, "X-Serasi-Clock": new Date().toISOString() },
    });
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs || response.status >= 500 || response.status === 429) return { outcome: "away" };
    const answer = await response.json();
    return DONE.has(answer.outcome) || answer.outcome === "refused" || answer.outcome === "stranger" ? answer : { outcome: "away" };
  } catch {
    return { outcome: "away" };
  } finally {
    clearTimeout(alarm);
  }
};

const settle = (database, id, answer) =>
  noted(database, id, answer).catch(async (error) => {
    // A full phone makes room by what has come, though its list cannot tell of it.
    if (error.name !== "QuotaExceededError") throw error;
    if (DONE.has(answer.outcome)) await erase(database, "outbox", id);
  });
const noted = (database, id, { outcome, message = "", to = "" }) =>
  within(database, ["outbox", "delivered"], "readwrite", async ({ outbox, delivered }) => {
    const entry = await asked(outbox.get(id));
    if (!entry) return;
    const tried = { ...entry, attempts: entry.attempts + 1, triedAt: new Date().toISOString() };
    if (!DONE.has(outcome)) {
      await asked(outbox.put({ ...tried, problem: outcome, message }));
      return;
    }
    await asked(outbox.delete(id));
    const { of, label, at, box } = entry;
    await asked(delivered.put({ id, of, label, at, box, deliveredAt: new Date().toISOString(), outcome, to }));
    const all = await asked(delivered.getAll());
    for (const one of all.sort((a, b) => b.deliveredAt.localeCompare(a.deliveredAt)).slice(REMEMBERED)) delivered.delete(one.id);
  });

const inOrder = (one, other) => one.at.localeCompare(other.at) || one.place - other.place;
const deliver = async (database, told) => {
  const tried = new Set();
  for (;;) {
    const device = await read(database, "facts", "device");
    const waiting = (await readAll(database, "outbox")).sort(inOrder);
    const entry = waiting.find(({ id, problem }) => problem !== "refused" && !tried.has(id));
    if (!entry || !device) return waiting.length === 0;
    tried.add(entry.id);
    const answer = await send(device, entry);
    await settle(database, entry.id, answer);
    if (answer.closed) await wipe(database);
    told({ ...answer, id: entry.id });
    if (answer.outcome === "away" || answer.outcome === "stranger") return false;
  }
};

// Everything of everybody on this phone; says whether nothing waits any more.
export const deliverAll = (told = () => {}) =>
  navigator.locks.request("serasi-field-sending", async () => {
    let isAll = true;
    for (const { user } of await people()) {
      const database = await openOf(user);
      try {
        isAll = (await deliver(database, told)) && isAll;
      } finally {
        database.close();
      }
    }
    return isAll;
  });
