// What was typed and is not saved yet. An answer is the unit: each change becomes an entry that says what stood there
// before, so that two people who change the same answer are seen. What is on its way is never changed, only followed by
// another entry; an entry that may have arrived is sent again with the same id, and counts once.
import { uuid7 } from "../uuid7.js";
import { Away, Ended, Refused } from "./store.js";

const SETTLING = 600; // ms after the last key
const ASKING = 20_000; // how often to ask for what others typed
const PRESENT = 180_000; // ms since the last touch: then nobody is there, and the lock of an idle screen is not kept away
const LONGEST = 30_000; // between two tries
const MOST = 200; // answers in one sending

// `tell(state)` hears how it stands; `heard({news, differences, refused})` what the server said.
// `typed` names the places that somebody answered; what stands elsewhere (a default) is the form's own, not an answer.
export const saverOf = ({ form, store, typed, cursor: start, tell, heard }) => {
  const known = new Map([...form.given].filter(([path]) => path in typed)); // as the server has it, letter for letter
  const shown = new Map([...form.paths()].map((path) => [path, form.read(path)])); // as it was last looked at
  const next = new Map(); // path to entry
  const own = new Map(); // id of an entry of ours to what was typed
  const uploads = [];
  let underway = []; // entries of which no answer has come
  let cursor = start;
  let problem = "";
  let savedAt = null;
  let tries = 0;
  let running = null;
  let timer = 0;

  const count = () => new Set([...underway.map(({ path }) => path), ...next.keys(), ...uploads.map(({ path }) => path)]).size;
  const report = () => tell({ count: count(), isBusy: running !== null, problem, savedAt });

  const queue = (path, value, more = {}) => {
    const waiting = next.get(path);
    const sent = underway.filter((entry) => entry.path === path).pop();
    const before = waiting?.before ?? sent?.value ?? known.get(path) ?? "";
    const isBack = value === before && (known.has(path) || value === form.given.get(path));
    if (isBack && !more.settles) next.delete(path);
    else next.set(path, { id: waiting?.id ?? uuid7(), path, before, value, typed_at: new Date().toISOString(), ...more });
  };
  const isWaiting = (path) => next.has(path) || underway.some((entry) => entry.path === path);

  // Asked after every change of the form: which answers read otherwise than before? What does not matter at present
  // (skipped questions) is left as the server has it.
  const look = (paths) => {
    let isNew = false;
    for (const path of paths) {
      if (!shown.has(path) || !form.isRelevantAt(path) || !form.sectionOf(path)?.mayWrite) continue;
      const value = form.read(path);
      if (value === shown.get(path)) continue;
      shown.set(path, value);
      queue(path, value);
      isNew = true;
    }
    if (!isNew) return;
    report();
    clearTimeout(timer);
    timer = setTimeout(flush, problem === "away" ? Math.max(SETTLING, delay()) : SETTLING);
  };
  const apply = ({ path, value }) => {
    if (isWaiting(path)) return false; // the server will say that they differ
    if (known.get(path) === value) return false; // our own
    known.set(path, value);
    form.write(path, value);
    if (form.isRelevantAt(path)) shown.set(path, form.read(path));
    return true;
  };

  const answered = (sent, { cursor: place, taken = [], refused = [], news = [], differences }) => {
    cursor = place;
    for (const { id, path, value } of sent) {
      if (!taken.includes(id)) continue;
      known.set(path, value);
      own.set(id, value);
    }
    // What was typed on while the difference was being found belongs to our side of it.
    for (const difference of differences ?? []) {
      const waiting = next.get(difference.path);
      next.delete(difference.path);
      if (!own.has(difference.id)) continue;
      if (waiting) own.set(difference.id, waiting.value);
      difference.ours = own.get(difference.id);
      difference.mine = "";
    }
    const applied = news.filter(apply);
    heard({ news: applied, differences, refused, taken: sent.filter(({ id }) => taken.includes(id)) });
  };
  const sendAll = async () => {
    while (uploads.length) {
      const [upload] = uploads;
      try {
        const { name } = await store.upload(upload);
        uploads.shift();
        upload.done(name);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        uploads.shift();
        upload.failed(error.message);
      }
      await Promise.resolve(); // the form tells that an answer changed
    }
    if (!underway.length) {
      underway = [...next.values()].slice(0, MOST);
      for (const { path } of underway) next.delete(path);
    }
    try {
      const sent = underway;
      const answer = await store.save(cursor, sent);
      underway = [];
      answered(sent, answer);
    } catch (error) {
      if (!(error instanceof Refused) || !underway.length) throw error;
      await oneByOne(error);
    }
    if (next.size || uploads.length) await sendAll();
  };
  // Something among them is not taken: each by itself, so that one answer does not keep the others.
  const oneByOne = async (whole) => {
    while (underway.length) {
      const [entry] = underway;
      try {
        const answer = await store.save(cursor, [entry]);
        underway.shift();
        answered([entry], answer);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        underway.shift();
        heard({ news: [], taken: [], refused: [{ id: entry.id, path: entry.path, message: error.message || whole.message }] });
      }
    }
  };
  const delay = () => Math.min(LONGEST, 2000 * 2 ** tries);
  const flush = () => {
    clearTimeout(timer);
    running ??= (async () => {
      const hadAny = count() > 0;
      try {
        if (problem === "ended") await store.renew();
        if (hadAny) report();
        await sendAll();
        problem = "";
        tries = 0;
        if (hadAny) savedAt = new Date();
      } catch (error) {
        problem = error instanceof Ended ? "ended" : error instanceof Away ? "away" : error.message || "away";
        if (!(error instanceof Away || error instanceof Ended || error instanceof Refused)) console.error(error);
        if (problem === "away") timer = setTimeout(flush, delay());
        tries += 1;
      } finally {
        running = null;
        report();
      }
    })();
    return running;
  };

  let touchedAt = Date.now();
  for (const kind of ["pointerdown", "keydown"]) {
    document.addEventListener(kind, () => (touchedAt = Date.now()), { passive: true, capture: true });
  }
  setInterval(() => {
    const isPresent = document.visibilityState === "visible" && Date.now() - touchedAt < PRESENT;
    if (isPresent && !problem && !running) flush();
  }, ASKING);
  window.addEventListener("online", flush);

  return {
    look,
    flush,
    count,
    isAway: () => problem !== "",
    // Everything that can be sent is sent; says whether nothing is left.
    drain: async () => {
      await flush();
      if (count() && !problem) await flush();
      return count() === 0;
    },
    now: () => {
      if (next.size || uploads.length) flush();
    },
    attach: (upload) => {
      uploads.push({ id: uuid7(), ...upload });
      report();
      flush();
    },
    // One of two answers is chosen: both are named, so that it is seen what was settled.
    settle: ({ id, path, before }, value) => {
      next.delete(path);
      known.set(path, before);
      form.write(path, value);
      shown.set(path, form.read(path));
      queue(path, value, { settles: id });
      report();
      flush();
    },
  };
};
