// What lies on the phone. Each person has a database of their own; a register beside them says whose there are.
//
//   facts      "lock" (the wrapped key and the tries, lock.js), "device" ({id, token, name, key}), "contact" (clock.js)
//   pocket     "pocket" {etag, box}: the dated copy, under the key of the PIN
//   forms      {id, md5, at, box, media}: a form and version as it is filled, with what it brings along, under the key
//   drafts     {id, form, at, box}: what is being filled, under the key
//   files      [draft, name] {box}: photos, drawings and signatures of a draft, under the key
//   outbox     {id, of, user, label, at, sealed, attempts, …, box}: finished and sealed for the server; `box` tells the
//              person who typed it about whom, under the key
//   delivered  {id, of, label, at, deliveredAt, outcome}: what has come, for the list
//
// A box is {iv, text}. What is sealed for the server and the token to send it with need no PIN: the service worker sends.
const REGISTER = "serasi-field";
const VERSION = 1;
export const PRIVATE = ["pocket", "forms", "drafts", "files"]; // thrown away with the key
const STORES = { facts: null, pocket: null, forms: "id", drafts: "id", files: ["draft", "name"], outbox: "id", delivered: "id" };

const asking = (name, upgrade) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, VERSION);
    opening.onupgradeneeded = () => upgrade(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      opening.result.onversionchange = () => opening.result.close();
      resolve(opening.result);
    };
  });
export const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
// All of it or nothing, also when the phone goes off in between: `work` gets the stores and awaits nothing but them.
export const within = async (database, names, mode, work) => {
  const transaction = database.transaction(names, mode, { durability: "strict" });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  ended.catch(() => {});
  try {
    const result = await work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
    await ended;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it had ended by itself
    }
    throw error;
  }
};
export const read = (database, name, key) => within(database, [name], "readonly", (stores) => asked(stores[name].get(key)));
export const readAll = (database, name) => within(database, [name], "readonly", (stores) => asked(stores[name].getAll()));
export const write = (database, name, value, key) => within(database, [name], "readwrite", (stores) => asked(stores[name].put(value, key)));
export const erase = (database, name, key) => within(database, [name], "readwrite", (stores) => asked(stores[name].delete(key)));

const register = () => asking(REGISTER, (database) => database.createObjectStore("people", { keyPath: "user" }));
export const openOf = (user) =>
  asking(`${REGISTER}-${user}`, (database) => {
    for (const [name, keyPath] of Object.entries(STORES)) database.createObjectStore(name, keyPath ? { keyPath } : undefined);
  });
// Whose pockets are on this phone: {user, name, usedAt}, the latest first.
export const people = async () => {
  const database = await register();
  try {
    return (await readAll(database, "people")).sort((one, other) => other.usedAt - one.usedAt);
  } finally {
    database.close();
  }
};
export const note = async (person) => {
  const database = await register();
  try {
    await write(database, "people", { ...person, usedAt: Date.now() });
  } finally {
    database.close();
  }
};
// Nothing of this person stays on the phone; what waits in the outbox as well.
export const remove = async (user) => {
  const database = await register();
  await erase(database, "people", user);
  database.close();
  await asked(indexedDB.deleteDatabase(`${REGISTER}-${user}`));
};
