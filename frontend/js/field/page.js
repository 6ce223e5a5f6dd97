// The page for work without signal (docs/adr/0017): the shell that the service worker keeps, and what it shows of the
// pocket while it is unlocked. Nothing of a person is in the shell, in an address or in a cache.
import { useIcons } from "../fill/dom.js";
import { learn, say } from "../fill/words.js";
import { canSeal } from "../sealing.js";
import { contacted, isStale, touched } from "./clock.js";
import { fetchOwn } from "./contact.js";
import { asked, erase, read, readAll, remove, within, write } from "./database.js";
import { door } from "./door.js";
import { dropForms, keepForm } from "./drafts.js";
import { hideFacts, showFacts, wipe } from "./lock.js";
import { chrome, failed } from "./screen.js";
import { deliverAll, SYNC } from "./sending.js";
import { views } from "./views.js";

const root = document.getElementById("field");
const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const IDLE = 10; // minutes without a touch: then it is locked
const channel = new BroadcastChannel("serasi-field");

// What the page knows while it is unlocked; nothing of it is written anywhere in the clear.
const app = {
  addresses: { ...root.dataset },
  words: JSON.parse(document.getElementById("field-words").textContent),
  user: "",
  name: "",
  database: null,
  key: null,
  device: null,
  contact: null,
  pocket: null,
  counts: { drafts: 0, waiting: 0, failed: 0, oldest: "" },
  isBusy: false,
  isAway: false,
  isReady: false, // everything for work without signal is on the phone
  notice: "",
  trouble: "", // what was pressed and could not be done
};
learn(app.words);
useIcons(app.addresses.icons);

// --- Where one is ----------------------------------------------------------------------------------------------------
// A step is {view, id}: kept in the history of the tab, not in the address.
let leave = null;
let step = { view: "today" };
const draw = async ({ isQuiet = false } = {}) => {
  if (!app.key) return;
  const view = views[step.view] ?? views.today;
  const drawing = step;
  try {
    const drawn = await view(app, step);
    if (drawing !== step || !app.key) return;
    chrome(root, app, step, drawn, { isQuiet });
  } catch (error) {
    console.error(error);
    if (drawing === step && app.key) chrome(root, app, step, failed(error), { isQuiet });
  }
};
// What was typed last is kept before the screen goes; where it cannot be kept (a full phone), the screen stays.
const left = async () => {
  if ((await leave?.()) === false) return false;
  leave = null;
  return true;
};
app.go = async (next, { replace = false } = {}) => {
  if (!(await left())) return;
  step = next;
  app.notice = next.notice ?? "";
  app.trouble = "";
  history[replace ? "replaceState" : "pushState"]({ view: next.view, id: next.id }, "", location.pathname);
  await draw();
};
app.leaving = (act) => (leave = act);
// What was pressed and cannot be done (on a full phone) is said above the screen, which stays as it is.
app.tried = async (act) => {
  try {
    await act();
  } catch (error) {
    console.error(error);
    app.trouble = error.name === "QuotaExceededError" ? say("noRoom") : error.message || say("trouble");
    await app.redraw();
    root.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
  }
};
// What somebody types into is never drawn anew, whoever asks.
const isMoving = () => !["fill", "errand"].includes(step.view);
app.redraw = async () => {
  if (isMoving()) await draw({ isQuiet: true });
};
window.addEventListener("popstate", async ({ state }) => {
  if (!(await left())) return history.pushState({ view: step.view, id: step.id }, "", location.pathname);
  step = state?.view ? state : { view: "today" };
  app.notice = "";
  app.trouble = "";
  draw();
});

// --- What is on the phone --------------------------------------------------------------------------------------------
app.count = async () => {
  if (!app.database) return;
  const [drafts, entries] = await Promise.all([readAll(app.database, "drafts"), readAll(app.database, "outbox")]);
  const groups = new Map(entries.map((entry) => [entry.of, entry]));
  const refused = [...groups.values()].filter(({ problem }) => problem === "refused");
  const oldest = [...entries.map(({ at }) => at), ...drafts.map(({ at }) => at)].sort()[0] ?? "";
  app.counts = { drafts: drafts.length, waiting: groups.size - refused.length, failed: refused.length, oldest };
};
let seen = ""; // how it stood when it was drawn last: what has not changed stays as it is, a fold that was opened too
const changed = async () => {
  await app.count();
  const { counts, isBusy, isAway, isReady, notice, trouble, contact, pocket, install } = app;
  const stands = JSON.stringify([counts, isBusy, isAway, isReady, notice, trouble, contact?.at, Boolean(pocket), Boolean(install)]);
  if (!app.key || stands === seen) return;
  seen = stands;
  await app.redraw();
};

// --- Sending ---------------------------------------------------------------------------------------------------------
let sending = null;
app.send = () => {
  sending ??= deliverAll(({ outcome, closed }) => {
    app.isAway = outcome === "away";
    if (closed) channel.postMessage("closed");
    if (closed && app.key) app.lock("closed");
  })
    .catch((error) => console.error(error))
    .finally(async () => {
      sending = null;
      channel.postMessage("outbox");
      await changed();
    });
  return sending;
};
// Asked for when something was sealed: the browser wakes the service worker when there is signal, also when we are closed.
app.handedOn = async () => {
  const worker = await navigator.serviceWorker?.getRegistration(app.addresses.scope);
  await worker?.sync?.register(SYNC).catch(() => {}); // not every browser can; the page sends then
  await app.count();
  app.send();
};

// What was refused is tried once more, when whoever typed it says so.
app.retry = (of) =>
  app.tried(async () => {
    await within(app.database, ["outbox"], "readwrite", async ({ outbox }) => {
      for (const entry of await asked(outbox.getAll())) if (entry.of === of) outbox.put({ ...entry, problem: "", message: "" });
    });
    await app.send();
  });

// --- The pocket ------------------------------------------------------------------------------------------------------
const look = async () => {
  const contact = await read(app.database, "facts", "contact");
  app.contact = contact ? touched(contact) : null;
  if (app.contact) await write(app.database, "facts", app.contact, "contact");
  const found = await read(app.database, "pocket", "pocket");
  if (found && isStale(app.contact)) await erase(app.database, "pocket", "pocket");
  app.pocket = found && !isStale(app.contact) ? await showFacts(app.key, found.box) : null;
};
const heard = async (at) => {
  app.contact = contacted(at);
  await write(app.database, "facts", app.contact, "contact");
};
const fetchForms = async () => {
  const wanted = app.pocket.forms;
  const had = new Map((await readAll(app.database, "forms")).map(({ id, md5, at }) => [id, { md5, at }]));
  for (const form of wanted) {
    const kept = had.get(form.id);
    if (kept?.md5 === form.md5 && Date.now() - kept.at < WEEK) continue; // what it brings along may be new
    const got = await fetchOwn(form.url, app.device.token);
    if (got.outcome === "gone") continue;
    if (got.outcome !== "new") return;
    const brought = [];
    for (const name of got.media) {
      const one = await fetchOwn(`${form.url}${name}`, app.device.token);
      if (one.outcome !== "new") return;
      brought.push({ name: decodeURIComponent(name), type: one.type, content: one.body });
    }
    if (!app.key) return;
    await keepForm(app, { ...form, xform: new TextDecoder().decode(got.body), media: brought });
  }
  await dropForms(app, wanted.map(({ id }) => id));
};
// Whether a reload without signal would find the shell, and every form its place.
const lookWhetherReady = async () => {
  const worker = await navigator.serviceWorker.getRegistration(app.addresses.scope);
  const had = new Set((await within(app.database, ["forms"], "readonly", ({ forms }) => asked(forms.getAllKeys()))));
  app.isReady = Boolean(worker?.active && app.pocket) && app.pocket.forms.every(({ id }) => had.has(id));
};
let fetching = null;
app.refresh = () => {
  fetching ??= (async () => {
    app.isBusy = true;
    try {
      const kept = await read(app.database, "pocket", "pocket");
      const got = await fetchOwn(app.addresses.pocket, app.device.token, kept?.etag);
      if (!app.key) return;
      app.isAway = got.outcome === "away";
      if (got.outcome === "closed") return await app.lock("closed", { wiped: true });
      if (got.outcome === "away" || got.outcome === "gone") return;
      await heard(got.at);
      if (got.outcome === "new") {
        const facts = JSON.parse(new TextDecoder().decode(got.body));
        await write(app.database, "pocket", { etag: got.etag, box: await hideFacts(app.key, facts) }, "pocket");
        app.pocket = facts;
      }
      await fetchForms();
    } catch (error) {
      console.error(error);
      app.trouble = error.name === "QuotaExceededError" ? say("noRoom") : app.trouble;
    } finally {
      app.isBusy = false;
      fetching = null;
      if (app.key) await navigator.serviceWorker.ready.then(lookWhetherReady).catch(() => {});
      await changed();
    }
  })();
  return fetching;
};

// --- Locked and unlocked ---------------------------------------------------------------------------------------------
app.unlocked = async ({ user, name, database, key }) => {
  Object.assign(app, { user, name, database, key, device: await read(database, "facts", "device") });
  await look();
  await app.count();
  await app.go(step.view === "fill" ? { view: "today" } : step, { replace: true });
  await Promise.all([app.send(), app.refresh()]);
};
// Whatever was on the screen is gone from it; drafts were kept with every key. What a full phone could not keep is
// nowhere else than on the screen: then neither a button nor idleness locks it, as at a desk.
app.lock = async (why = "", { wiped = false } = {}) => {
  const isLeft = await left().catch((error) => console.error(error));
  if (isLeft === false && ["", "idle"].includes(why)) return;
  leave = null;
  const { database, user } = app;
  Object.assign(app, { key: null, pocket: null, database: null, device: null, contact: null });
  step = { view: "today" };
  history.replaceState(null, "", location.pathname);
  if (wiped && database) await wipe(database);
  database?.close();
  await door(root, app, { user, why });
};

// By the person's own wish: pocket and drafts go; what waits stays until it is sent, and then the whole place goes.
app.empty = async () => {
  const { database, user } = app;
  const waits = (await readAll(database, "outbox")).length > 0;
  await app.lock("emptied", { wiped: true });
  if (waits) return;
  await remove(user);
  await door(root, app, { why: "emptied" });
};

let touchedAt = performance.now(); // not the clock, which may be set meanwhile
for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => (touchedAt = performance.now()), { passive: true, capture: true });
const tick = async () => {
  app.send(); // first: on a full phone what follows fails
  if (app.key && performance.now() - touchedAt > IDLE * MINUTE) return app.lock("idle");
  if (app.key) {
    const wasStale = !app.pocket;
    await look();
    if (wasStale !== !app.pocket) await changed();
  }
  if (app.key && (!app.pocket || app.contact.elapsed > 15 * MINUTE)) app.refresh();
};
const ticked = () => tick().catch((error) => console.error(error));
setInterval(ticked, MINUTE);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ticked());
window.addEventListener("online", () => {
  ticked();
  if (app.key) app.refresh();
});
window.addEventListener("offline", () => {
  app.isAway = true;
  if (app.key) app.redraw();
});
channel.onmessage = ({ data }) => {
  if (data === "outbox") changed();
  else if (app.key) app.lock(data === "closed" ? "closed" : "signedOut");
};
navigator.serviceWorker?.addEventListener("message", ({ data }) => {
  if (data === "outbox") changed();
  if (data === "closed" && app.key) app.lock("closed");
});

// --- Begin -----------------------------------------------------------------------------------------------------------
const begin = async () => {
  if (!canSeal || !navigator.locks || !navigator.serviceWorker) return door(root, app, { why: "unsupported" });
  navigator.serviceWorker.register(app.addresses.worker, { scope: app.addresses.scope }).catch((error) => console.error(error));
  await door(root, app, {});
  app.send();
};
window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  app.install = event;
  changed();
});
window.addEventListener("appinstalled", () => {
  app.install = null;
  changed();
});
begin();
