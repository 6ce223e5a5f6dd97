// Forms without a case, drafts, and filling one with the engine that the desk uses too (js/fill).
import { button, h } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { begin, draftsOf, dropDraft, formOf, storeOf } from "./drafts.js";
import { card, confirmed, empty, moment, notice } from "./screen.js";

export const draftRows = (app, drafts) =>
  h("ul", { class: "tasks" }, drafts.map(({ id, title, whom, at, isPage }) =>
    h("li", {},
      h("span", {}, title, h("span", { class: "task-hint" }, [whom, say("typedAt", { at: moment(at) })].filter(Boolean).join(" · "))),
      h("div", { class: "actions" },
        button(say("goOn"), { sign: "edit", onclick: () => app.go({ view: isPage ? "errand" : "fill", id }) }),
        confirmed(say("drop"), say("dropDraft"), say("dropYes"), async () => {
          await dropDraft(app, id);
          await app.count();
          await app.redraw();
        }, "btn-quiet")))));

export const forms = async (app) => {
  const title = say("forms");
  if (!app.pocket) return { title, body: [] };
  const standing = app.pocket.standing.map((one) => ({ ...one, form: app.pocket.forms.find(({ id }) => id === one.form) })).filter(({ form }) => form);
  const start = ({ title: name, form }) =>
    app.tried(async () => {
      const draft = await begin(app, { form: form.id, title: name });
      await app.go({ view: "fill", id: draft.id });
    });
  const drafts = await draftsOf(app);
  return {
    title,
    body: [
      drafts.length > 0 && card(say("drafts"), draftRows(app, drafts)),
      standing.length
        ? card(say("standing"), h("ul", { class: "tasks" }, standing.map((one) => h("li", {}, h("span", {}, one.title, one.about && h("span", { class: "task-hint" }, one.about)), button(say("fillIt"), { sign: "plus", "aria-label": `${say("fillIt")}: ${one.title}`, onclick: () => start(one) })))))
        : empty(say("noStanding"), say("noStandingWhat")),
      h("p", { class: "muted" }, say("formsOfClients")),
    ],
  };
};

// One tab at a time holds a draft: two would write over each other.
const held = (id) => {
  let release;
  const lasting = new Promise((resolve) => (release = resolve));
  return new Promise((resolve) => {
    navigator.locks.request(`serasi-field-draft-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock ? release : null);
      return lock ? lasting : undefined;
    });
  });
};

export const fill = async (app, { id }) => {
  const back = { label: say("forms"), act: () => history.back() };
  const drafts = await draftsOf(app);
  const draft = drafts.find((one) => one.id === id);
  if (!draft) return { title: say("notHere"), back, body: [empty(say("draftGone"), say("draftGoneWhat"))] };
  const head = { title: draft.title, caption: draft.whom, back, isBare: true };
  const form = await formOf(app, draft.form);
  if (!form) return { ...head, body: [notice("warn", h("p", {}, say("formMissing")))] };
  const release = await held(id);
  if (!release) return { ...head, body: [notice("warn", h("p", {}, say("inOtherTab")))] };
  const ending = new AbortController();
  let saver = null;
  const done = async () => {
    await app.handedOn();
    await app.go({ view: draft.about ? "client" : "queue", id: draft.about, notice: say("keptHere") }, { replace: true });
  };
  const store = await storeOf(app, draft, form, { user: app.user, serverKey: app.device.key, klien: app.pocket?.klien ?? "", words: app.words, done });
  app.leaving(async () => {
    if (saver && !(await saver.drain())) return false; // the page of the form says why
    ending.abort();
    store.close();
    if (store.isBlank()) await dropDraft(app.database ? app : { database: openDatabase }, id).catch(() => {});
    release();
  });
  const openDatabase = app.database;
  const holder = h("section", { class: "field-fill", "data-icons": app.addresses.icons, "data-locale": document.documentElement.lang, "data-save": "1", "data-me": app.name });
  const finish = h("form", { "data-fill-finish": true, hidden: true, onsubmit: (event) => event.preventDefault() }, h("div", { class: "actions" }, h("button", { type: "submit", class: "btn btn-primary" }, say("finish"))));
  const arriving = Promise.all([store.form(), store.load()]);
  const complain = (error) => holder.prepend(notice("bad", h("p", { role: "alert" }, error.message)));
  const opened = async () => {
    const engine = await import(app.addresses.engine);
    saver = await engine.fill({ holder, store: { ...store, finish: (_form, noted) => store.finish(noted).catch(complain) }, arriving, words: app.words.fill, signal: ending.signal });
  };
  setTimeout(() => opened().catch(complain)); // once the holder stands in the page
  return { ...head, body: [holder, finish] };
};
