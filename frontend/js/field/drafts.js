// What is being filled on this phone. A draft keeps the form and version it was begun with, its answers and its files, each change
// written at once under the key of the PIN. Finished, it is sealed for the server and leaves the drafts in the same
// transaction in which it enters the outbox: never in both, never in neither.
import { sealedForm } from "../sealing.js";
import { uuid7 } from "../uuid7.js";
import { compose } from "./compose.js";
import { asked, read, readAll, within, write } from "./database.js";
import { hide, hideFacts, show, showFacts } from "./lock.js";
import { ADDRESS } from "./sending.js";

const PART = 1_500_000; // bytes of files in one sending: at 400 kbit/s half a minute
const SUFFIX = { "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf", "audio/mpeg": ".mp3", "audio/webm": ".webm" };
const FULL = "QuotaExceededError";

// A full phone says so in words and keeps on screen what was typed; it is tried again with the next key, or by button.
const kept = async (words, work) => {
  try {
    return await work();
  } catch (error) {
    if (error.name === FULL) throw new Error(words.full);
    throw error;
  }
};

// --- Forms -----------------------------------------------------------------------------------------------------------
// {id, md5, title, xform, sections, media: [{name, type, content}]}, or undefined where it is not on the phone.
export const formOf = async ({ database, key }, id) => {
  const form = await read(database, "forms", id);
  if (!form) return undefined;
  const { media, ...facts } = await showFacts(key, form.box);
  const brought = await Promise.all(media.map(async ({ name, type }, place) => ({ name, type, content: await show(key, form.media[place]) })));
  return { ...facts, media: brought };
};
export const keepForm = async ({ database, key }, { media, ...facts }) => {
  const box = await hideFacts(key, { ...facts, media: media.map(({ name, type }) => ({ name, type })) });
  const boxes = await Promise.all(media.map(({ content }) => hide(key, content)));
  await write(database, "forms", { id: facts.id, md5: facts.md5, at: Date.now(), box, media: boxes });
};
// A form stays as long as the pocket names it or a draft is being filled with it.
export const dropForms = ({ database }, wanted) =>
  within(database, ["forms", "drafts"], "readwrite", async ({ forms, drafts }) => {
    const used = new Set([...wanted, ...(await asked(drafts.getAll())).map(({ form }) => form)]);
    for (const id of await asked(forms.getAllKeys())) if (!used.has(id)) forms.delete(id);
  });

// --- Drafts ----------------------------------------------------------------------------------------------------------
export const begin = async ({ database, key }, { form, title, about = "", whom = "" }) => {
  const draft = { id: uuid7(), form, title, about, whom, answers: {}, startedAt: new Date().toISOString() };
  await put({ database, key }, draft, { isNew: true });
  return draft;
};
// Neither under a key that another tab has thrown away, nor a draft again that has been finished.
const put = async ({ database, key }, draft, { isNew = false } = {}) => {
  const box = await hideFacts(key, draft);
  await within(database, ["facts", "drafts"], "readwrite", async ({ facts, drafts }) => {
    if (!(await asked(facts.get("lock")))) throw new DOMException("the key is gone", "InvalidAccessError");
    if (isNew || (await asked(drafts.get(draft.id)))) drafts.put({ id: draft.id, form: draft.form, at: new Date().toISOString(), box });
  });
};
// What is typed into an ordinary page and not finished: `typed` are its fields. There is one of each page of a case.
export const keepTyped = (pocket, { id, title, whom, typed }, words) => kept(words, () => put(pocket, { id, title, whom, typed, isPage: true }, { isNew: true }));
export const typedOf = async ({ database, key }, id) => {
  const found = await read(database, "drafts", id);
  return found ? (await showFacts(key, found.box)).typed : [];
};
export const draftsOf = async ({ database, key }) => {
  const found = await readAll(database, "drafts");
  const drafts = await Promise.all(found.map(async ({ at, box }) => ({ ...(await showFacts(key, box)), at })));
  return drafts.sort((one, other) => other.at.localeCompare(one.at));
};
export const dropDraft = ({ database }, id) =>
  within(database, ["drafts", "files"], "readwrite", async ({ drafts, files }) => {
    drafts.delete(id);
    files.delete(IDBKeyRange.bound([id], [id, []]));
    await asked(drafts.count());
  });
const filesOf = ({ database }, id) => within(database, ["files"], "readonly", ({ files }) => asked(files.getAll(IDBKeyRange.bound([id], [id, []]))));

// The store of a draft, as the page of a form asks for one (fill/store.js); `done` is told when it was sealed.
export const storeOf = async (pocket, draft, form, { user, serverKey, klien, words, done }) => {
  const { database, key } = pocket;
  const shown = new Map(); // name to the address of what the phone has
  const addressOf = (content, type) => URL.createObjectURL(new Blob([content], { type }));
  for (const { name, type, box } of await filesOf(pocket, draft.id)) shown.set(name, addressOf(await show(key, box), type));
  const caseload = { type: "text/csv", content: klien };
  const brought = new Map([["klien.csv", caseload], ...form.media.map(({ name, type, content }) => [name, { type, content }])]);
  const shownFrom = new Map([...brought].filter(([, { type }]) => /^(image|audio)\//.test(type)).map(([name, { type, content }]) => [name, addressOf(content, type)]));
  let { answers } = draft;
  const instance = () => compose(form.xform, answers, { instanceId: draft.id, startedAt: draft.startedAt, about: draft.about });

  return {
    form: async () => form.xform,
    attachment: async (name) => {
      const found = brought.get(decodeURIComponent(name));
      return found ? new Response(found.content, { headers: { "Content-Type": found.type } }) : new Response("", { status: 404 });
    },
    load: async () => ({ instance: instance(), sections: form.sections, typed: Object.fromEntries(Object.keys(answers).map((path) => [path, {}])), differences: [], cursor: 0 }),
    save: async (cursor, entries) => {
      if (entries.length) {
        const next = { ...answers, ...Object.fromEntries(entries.map(({ path, value }) => [path, value])) };
        await kept(words, () => put(pocket, { ...draft, answers: next }));
        answers = next;
      }
      return { cursor, taken: entries.map(({ id }) => id) };
    },
    upload: ({ id, file }) =>
      kept(words, async () => {
        const suffix = SUFFIX[file.type] ?? (/\.\w{1,8}$/.exec(file.name)?.[0].toLowerCase() || "");
        const name = `${id}${suffix}`;
        const content = await file.arrayBuffer();
        await write(database, "files", { draft: draft.id, name, type: file.type, box: await hide(key, content) });
        shown.set(name, addressOf(content, file.type));
        return { name };
      }),
    address: (name) => shown.get(name) ?? "",
    media: (name) => shownFrom.get(name) ?? "",
    renew: async () => {},
    finish: async (noted) => {
      const entries = await sealed(pocket, { ...draft, answers: { ...answers, ...noted } }, form, { user, serverKey });
      await kept(words, () => handOn(pocket, draft.id, entries));
      done();
    },
    close: () => {
      for (const address of [...shown.values(), ...shownFrom.values()]) URL.revokeObjectURL(address);
    },
    isBlank: () => Object.keys(answers).length === 0,
  };
};

// --- Finished --------------------------------------------------------------------------------------------------------
// The instance with its files, in as many sendings as its files need; each repeats the same instance, as OpenRosa does,
// and all but the last say that more comes.
const sealed = async ({ database, key }, draft, form, { user, serverKey }) => {
  const endedAt = new Date().toISOString();
  const instance = compose(form.xform, draft.answers, { instanceId: draft.id, startedAt: draft.startedAt, endedAt, about: draft.about });
  const parts = [[]];
  let size = 0;
  for (const { name, type, box } of await filesOf({ database }, draft.id)) {
    if (!instance.includes(name)) continue; // replaced since
    const content = await show(key, box);
    if (size && size + content.byteLength > PART) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1).push(new File([content], name, { type }));
    size += content.byteLength;
  }
  const box = await hideFacts(key, { whom: draft.whom });
  return Promise.all(
    parts.map(async (files, place) => {
      const typed = new FormData();
      typed.set("xml_submission_file", new File([instance], "isian.xml", { type: "text/xml" }));
      for (const file of files) typed.append(file.name, file, file.name);
      if (place < parts.length - 1) typed.set("*isIncomplete*", "yes");
      const entry = await sealedForm({ id: uuid7(), user, address: ADDRESS, label: draft.title, at: endedAt }, typed, serverKey);
      return { ...entry, of: draft.id, place, box, attempts: 0 };
    }),
  );
};
const handOn = ({ database }, id, entries) =>
  within(database, ["drafts", "files", "outbox"], "readwrite", async ({ drafts, files, outbox }) => {
    if (!(await asked(drafts.get(id)))) return; // finished in another tab
    drafts.delete(id);
    files.delete(IDBKeyRange.bound([id], [id, []]));
    for (const entry of entries) await asked(outbox.put(entry));
  });
// An ordinary page of the site, filled here and sealed as the outbox of the site does it; `draft` is what was kept of it.
export const handOnPage = async ({ database, key }, { draft, address, label, whom }, typed, { user, serverKey, words }) => {
  const entry = await sealedForm({ id: uuid7(), user, address, label, at: new Date().toISOString() }, typed, serverKey);
  const box = await hideFacts(key, { whom });
  await kept(words, () =>
    within(database, ["drafts", "outbox"], "readwrite", async ({ drafts, outbox }) => {
      drafts.delete(draft);
      await asked(outbox.put({ ...entry, of: entry.id, place: 0, box, attempts: 0 }));
    }),
  );
};
export const dropEntries = ({ database }, of) =>
  within(database, ["outbox"], "readwrite", async ({ outbox }) => {
    for (const entry of await asked(outbox.getAll())) if (entry.of === of) outbox.delete(entry.id);
  });
