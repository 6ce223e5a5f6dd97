// The sealed outbox (docs/adr/0015). A form with `data-outbox` is sent from here: what cannot be sent now is kept and
// sent later, in the order it was typed. What is kept is sealed with the public key of the installation
// (sealing.js): this browser cannot read it again. Beside it stand who typed it, when, and the
// label from `data-outbox` ("Kedatangan {tag}": a field in braces gives its value), which names no person.
// With `data-outbox-stay` the page stays where it is after sending, ready for the next one.
// What is refused while its form is still in sight is shown there, as any form's errors are; what is sent later is held.
// A browser that cannot seal or keep sends the form as any other.
import htmx from "htmx.org/dist/htmx.esm.min.js";
import { troubled } from "./notice.js";
import { release } from "./once.js";
import { canSeal, sealedForm } from "./sealing.js";
import { uuid7 } from "./uuid7.js";

const bar = document.getElementById("outbox");
const LARGEST = 4 * 1024 * 1024; // as the server takes it (access/views/outbox.py)
const WIDEST = 1280; // pixels: enough to know a face
const PATIENCE = 12_000; // ms: then there is no signal
const AGAIN = 20_000;

// --- What is kept --------------------------------------------------------------------------------------------------
const shelf = () =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("serasi-outbox", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("entries", { keyPath: "id" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
const ask = async (mode, act) => {
  const database = await shelf();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction("entries", mode);
      const request = act(transaction.objectStore("entries"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
};
const keep = (entry) => ask("readwrite", (entries) => entries.put(entry));
const forget = (id) => ask("readwrite", (entries) => entries.delete(id));
// Ids begin with the time, so that this is the order of typing.
const mine = async () => (await ask("readonly", (entries) => entries.getAll())).filter((e) => e.user === bar.dataset.user);

// --- Sealing -------------------------------------------------------------------------------------------------------
// A photo as the phone takes it weighs megabytes and tells where it was taken: it is drawn anew, small.
const shrunk = async (file) => {
  if (!(file instanceof File) || !file.type.startsWith("image/") || !file.size) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
    return small ? new File([small], "foto.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
};

const entryOf = async (form, submitter) => {
  const typed = new FormData();
  for (const [name, value] of new FormData(form)) typed.append(name, await shrunk(value));
  if (submitter?.name) typed.append(submitter.name, submitter.value);
  typed.delete("csrfmiddlewaretoken");
  const { pathname, search } = new URL(form.getAttribute("action") || location.href, location.href);
  const told = {
    id: uuid7(),
    user: bar.dataset.user,
    address: pathname + search,
    label: form.dataset.outbox.replace(/\{(\w+)\}/g, (_all, name) => typed.get(name) ?? "") || bar.dataset.entry,
    at: new Date().toISOString(),
  };
  const entry = await sealedForm(told, typed, bar.dataset.key);
  if (entry.sealed.byteLength > LARGEST) throw new RangeError("too large to keep");
  return { ...entry, attempts: 0 };
};

// --- Sending -------------------------------------------------------------------------------------------------------
// What became of an entry: "taken", "refused" (its page comes along, with what was wrong), "held" (refused, kept by the
// server for the person), "bad" (no server of ours can read it), "door" (sign in first), "wait" (no signal, or the server
// is away). What the page does after sending, "follow" or "stay", is said by the form that is in sight alone.
const send = async (entry, page) => {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), PATIENCE + entry.sealed.byteLength / 20); // 20 KB a second
  try {
    const response = await fetch(bar.dataset.url, {
      method: "POST",
      body: entry.sealed,
      redirect: "manual",
      signal: stop.signal,
      headers: {
        "Content-Type": "application/octet-stream",
        "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "",
        ...(page && { "X-Outbox-Page": page }),
      },
    });
    if (response.type === "opaqueredirect" || response.status === 423) return { outcome: "door" };
    const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
    if (!isOurs || response.status >= 500 || response.status === 429) return { outcome: "wait" };
    const answer = await response.json();
    return response.ok ? answer : { outcome: "bad", message: answer.message };
  } catch {
    return { outcome: "wait" };
  } finally {
    clearTimeout(alarm);
  }
};

let state = "";
let lastHeld = false;
let wasKept = false; // something typed on this page waits: said until it is through
const show = async () => {
  const entries = await mine();
  const bad = entries.filter((entry) => entry.isBad);
  const waiting = entries.length - bad.length;
  const line = (text) => Object.assign(document.createElement("span"), { textContent: text });
  const parts = [];
  wasKept &&= waiting > 0;
  if (wasKept) parts.push(line(bar.dataset.kept));
  if (waiting) parts.push(line(waiting === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", waiting)));
  if (waiting && state === "door") parts.push(line(bar.dataset.door));
  if (lastHeld) {
    const look = Object.assign(document.createElement("a"), { href: bar.dataset.heldUrl, textContent: bar.dataset.look });
    parts.push(line(bar.dataset.held), look);
  }
  if (bad.length) {
    const drop = Object.assign(document.createElement("button"), { type: "button", textContent: bar.dataset.drop });
    drop.className = "btn btn-small";
    drop.addEventListener("click", async () => {
      for (const entry of bad) await forget(entry.id);
      show();
    });
    parts.push(line(bar.dataset.bad.replace("{n}", bad.length)), drop);
  }
  bar.replaceChildren(...parts);
  bar.hidden = !parts.length;
};

// One after another, the oldest first; what waits makes the rest wait.
const sendAll = async () => {
  for (const entry of await mine()) {
    if (entry.isBad) continue;
    await keep({ ...entry, attempts: entry.attempts + 1 });
    const answer = await send(entry);
    state = answer.outcome;
    if (state === "wait" || state === "door") return;
    if (state === "bad") await keep({ ...entry, isBad: true });
    else await forget(entry.id);
    lastHeld ||= state === "held";
    document.dispatchEvent(new CustomEvent("serasi:delivered", { detail: { ...answer, label: entry.label } }));
    await show();
  }
};
let running = null;
const pump = () => {
  if (!navigator.onLine) return show();
  running ??= sendAll()
    .catch(() => {})
    .finally(() => {
      running = null;
      return show();
    });
  return running;
};

// --- The form ------------------------------------------------------------------------------------------------------
const clear = (form, name, detail) => {
  form.reset();
  const id = form.elements.namedItem("id");
  if (id instanceof HTMLInputElement) id.value = uuid7();
  form.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
};

// The page as it is drawn with what was wrong, in place of the one in sight. A chosen file is not drawn: it goes along.
const showAgain = (form, drawn) => {
  const { title, body } = new DOMParser().parseFromString(drawn, "text/html");
  const main = body.querySelector("main");
  for (const { name, files } of form.querySelectorAll("input[type=file]")) {
    const again = main.querySelector(`form[data-outbox] input[type=file][name="${name}"]`);
    if (again && files.length) again.files = files;
  }
  document.title = title;
  document.querySelector("main").replaceWith(main);
  htmx.process(main);
  htmx.trigger(main, "htmx:after:swap");
};

const submitted = async (form, submitter) => {
  let entry;
  try {
    entry = await entryOf(form, submitter);
    await keep(entry);
  } catch {
    form.submit(); // this browser cannot keep it, or it is too large: an ordinary form
    return;
  }
  const stays = "outboxStay" in form.dataset;
  const isFirst = (await mine()).filter((other) => !other.isBad).length === 1 && navigator.onLine;
  const answer = isFirst ? await send(entry, stays ? "stay" : "follow") : { outcome: "wait" };
  state = answer.outcome;
  if (state !== "wait" && state !== "door") await forget(entry.id);
  release(form);
  if (state === "refused") {
    showAgain(form, answer.page);
  } else if (state === "bad") {
    troubled(answer.message);
  } else if (state === "held" || (state === "taken" && !stays)) {
    location.assign(answer.to || location.href);
  } else {
    const isKept = state !== "taken";
    clear(form, isKept ? "serasi:kept" : "serasi:sent", { label: entry.label, messages: answer.messages ?? [] });
    wasKept ||= isKept;
    await show();
    if (isKept && !isFirst) pump();
  }
};

if (bar && canSeal) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!("outbox" in form.dataset) || event.defaultPrevented || document.querySelector("[data-held-entry]")) return;
    event.preventDefault();
    submitted(form, event.submitter);
  });
  window.addEventListener("online", pump);
  setInterval(() => bar.hidden || pump(), AGAIN);
  pump();
}
