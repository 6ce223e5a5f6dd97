// The PIN. A random key lies on the phone wrapped by what the PIN gives (PBKDF2); under the key lie pocket, forms and
// drafts. A try is counted before it is checked, so that neither a crash nor a second tab gives one away; after the last
// the key is gone, and with it what lay under it. What is sealed for the server stays.
import { asked, PRIVATE, read, within } from "./database.js";

export const DIGITS = 6;
const MOST_TRIES = 10;
const ROUNDS = 600_000; // OWASP 2023, PBKDF2 with SHA-256
const { subtle } = crypto;

const wrapping = async (pin, salt) => {
  const typed = await subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return subtle.deriveKey(how, typed, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
};
const opened = (lock, wrapper) =>
  subtle.unwrapKey("raw", lock.wrapped, wrapper, { name: "AES-GCM", iv: lock.iv }, "AES-GCM", false, ["encrypt", "decrypt"]);

export const hasLock = async (database) => Boolean(await read(database, "facts", "lock"));

// A new key under a new PIN; what lay under an older one is gone.
export const choosePin = async (database, pin) => {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const wrapper = await wrapping(pin, salt);
  const key = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const lock = { salt, iv, wrapped: await subtle.wrapKey("raw", key, wrapper, { name: "AES-GCM", iv }), tries: 0 };
  await within(database, ["facts", ...PRIVATE], "readwrite", async (stores) => {
    for (const name of PRIVATE) stores[name].clear();
    await asked(stores.facts.put(lock, "lock"));
  });
  return opened(lock, wrapper);
};

// {key}, or {left}: how many tries there are; 0 means that it is wiped.
export const tryPin = async (database, pin) => {
  const lock = await within(database, ["facts"], "readwrite", async ({ facts }) => {
    const found = await asked(facts.get("lock"));
    if (!found || found.tries >= MOST_TRIES) return null;
    found.tries += 1;
    await asked(facts.put(found, "lock"));
    return found;
  });
  if (!lock) {
    await wipe(database);
    return { left: 0 };
  }
  try {
    const key = await opened(lock, await wrapping(pin, lock.salt));
    await within(database, ["facts"], "readwrite", async ({ facts }) => {
      const found = await asked(facts.get("lock"));
      if (found) await asked(facts.put({ ...found, tries: 0 }, "lock"));
    });
    return { key };
  } catch (error) {
    if (error.name !== "OperationError") throw error;
    if (lock.tries >= MOST_TRIES) await wipe(database);
    return { left: MOST_TRIES - lock.tries };
  }
};

// The key is thrown away with all that lay under it. The sealed outbox stays, and the token to send it with.
export const wipe = (database) =>
  within(database, ["facts", "outbox", ...PRIVATE], "readwrite", async (stores) => {
    stores.facts.delete("lock");
    for (const name of PRIVATE) stores[name].clear();
    for (const entry of await asked(stores.outbox.getAll())) stores.outbox.put({ ...entry, box: undefined });
  });

// --- Under the key ---------------------------------------------------------------------------------------------------
export const hide = async (key, bytes) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, text: await subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
};
export const show = (key, { iv, text }) => subtle.decrypt({ name: "AES-GCM", iv }, key, text);
export const hideFacts = (key, facts) => hide(key, new TextEncoder().encode(JSON.stringify(facts)));
export const showFacts = async (key, box) => JSON.parse(new TextDecoder().decode(await show(key, box)));
