// Filling a form (<section data-fill>): one section on the screen, the list of sections beside it, and a line that says
// whether everything is saved. The page stays as it was drawn, with words for those without script, until the form is open.
// Another page may fill a form within itself (field/filling.js): it brings store and words, and a signal to end with.
import { arrivals } from "./arriving.js";
import { button, h, icon, redraw, useIcons, written } from "./dom.js";
import { open, textOf } from "./engine.js";
import { sectionOf } from "./render.js";
import { saverOf } from "./saver.js";
import { Ended } from "./store.js";
import { hour, learn, say } from "./words.js";

const FRESH = 8000; // ms that an answer of somebody else is marked

const start = async ({ holder, store, arriving, words: given, signal }) => {
  const { dataset } = holder;
  learn(given ?? JSON.parse(holder.querySelector("script[type='application/json']").textContent));
  useIcons(dataset.icons);
  const status = h("div", { class: "fill-status" }, say("opening"));
  const heardStatus = h("p", { class: "visually-hidden", role: "status" }); // not every key is told, only what it came to
  holder.append(status);

  const [xform, answers] = await arriving;
  const form = await open({ xform, instance: answers.instance, locale: dataset.locale, attachment: store.attachment });
  for (const { name, may_read: mayRead = true, may_write: mayWrite, who } of answers.sections ?? []) {
    for (const section of form.sections) if (section.name === name) Object.assign(section, { mayRead, mayWrite, who });
  }

  // --- What is said about answers ------------------------------------------------------------------------------------
  const refusals = new Map(); // path to words
  const fresh = new Map(); // path to {by, at}, for a while
  let differences = []; // that nobody decided on: nobody writes there until then
  let isAsked = false;
  const differ = (given) => {
    differences = given;
    form.locked.clear();
    for (const { path } of differences) form.locked.add(path);
  };
  differ(answers.differences ?? []);
  const heard = ({ news, differences: given, refused, taken }) => {
    for (const { path } of taken) refusals.delete(path);
    for (const { path, message } of refused) refusals.set(path, message);
    for (const one of news) {
      fresh.set(one.path, one);
      setTimeout(() => {
        if (fresh.get(one.path) === one) fresh.delete(one.path);
        refresh();
      }, FRESH);
    }
    if (given) differ(given);
    refresh();
  };
  const saver = saverOf({ form, store, typed: answers.typed ?? {}, cursor: answers.cursor, heard, tell: (state) => sayState(state), signal });
  const sayState = ({ count, isBusy, problem, savedAt }) => {
    const words = () => {
      if (!dataset.save) return say("notKept");
      if (problem === "ended") return say("ended", { n: count });
      if (count && problem) return say("unsaved", { n: count, why: problem === "away" ? say("away") : problem });
      if (problem) return problem === "away" ? say("away") : problem;
      if (count) return isBusy ? say("saving") : say("notYet");
      return savedAt ? say("saved", { time: hour(savedAt) }) : say("allSaved");
    };
    const isBad = Boolean(problem);
    redraw(status, words(), () => [icon(isBad ? "wifi-off" : count ? "refresh" : "check"), h("span", {}, words()), isBad && button(say("again"), { look: "btn-small", onclick: saver.flush })]);
    status.classList.toggle("fill-status-bad", isBad);
    if ((!count || isBad) && heardStatus.textContent !== words()) heardStatus.textContent = words();
  };
  const context = {
    isAsked: () => isAsked,
    commit(question, value) {
      refusals.delete(question.path);
      fresh.delete(question.path);
      question.set(value);
    },
    attach: (question, file, { done, failed }) => saver.attach({ path: question.path, file, done, failed }),
    address: store.address,
    media: store.media,
    refusalOf: ({ path }) => refusals.get(path) ?? "",
    newsOf: ({ path, nodeset }) => (path === nodeset ? fresh.get(path) ?? null : null),
    differenceOf: ({ path, nodeset }) => (path === nodeset ? differences.find((one) => one.path === path) ?? null : null),
    settle(difference, value) {
      differ(differences.filter(({ id }) => id !== difference.id));
      saver.settle(difference, value);
      refresh();
    },
  };

  // --- The screen ----------------------------------------------------------------------------------------------------
  const title = h("h2", { class: "fill-title", tabindex: -1 });
  const about = h("div", { class: "fill-about" });
  const summary = h("div");
  const body = h("div", { class: "fill-body" });
  const back = button(say("back"), { sign: "arrow-left" });
  const onward = button("", { look: "btn-primary" });
  const rows = h("ol", { class: "fill-sections" });
  const toggle = button("", { class: "btn fill-toggle", "aria-expanded": "false", "aria-controls": "fill-sections" });
  const nav = h("nav", { class: "fill-nav", "aria-label": say("sections") }, toggle, h("div", { id: "fill-sections", class: "fill-nav-body" }, rows));
  const finish = document.querySelector("[data-fill-finish]");
  const main = h("div", { class: "fill-main" }, title, about, summary, body, h("div", { class: "actions fill-turn" }, back, onward));
  let current = null;
  let view = null;

  const sections = () => form.sections.filter((section) => section.isRelevant);
  const nameOf = (section) => textOf(section.label) || (section.name ? section.name : say("questions"));
  const asked = (section) => form.within(section.items).filter(({ kind }) => kind !== "note" && kind !== "unsupported");
  const countOf = (section) => {
    const questions = asked(section);
    return { n: questions.filter(({ value }) => value !== "").length, m: questions.length };
  };
  const drawRows = () =>
    sections().map((section) => {
      const { n, m } = countOf(section);
      const isDone = m > 0 && n === m;
      const open_ = differences.filter(({ path }) => form.sectionOf(path) === section).length;
      const line = h(
        "button",
        { type: "button", class: "fill-section", "aria-current": section === current ? "step" : null, onclick: () => show(section) },
        h("span", { class: "fill-section-name" }, nameOf(section), section.mayWrite ? null : h("span", { class: "fill-lock" }, icon("lock"), say(section.mayRead ? "readOnly" : "closed"))),
        h("span", { class: `fill-count${isDone ? " is-done" : ""}` }, isDone && icon("check"), m > 0 && h("span", {}, say("answered", { n, m })), section.who && h("span", { class: "fill-who" }, section.who)),
        open_ > 0 && h("span", { class: "status tone-warn" }, say("differences", { n: open_ })),
      );
      return h("li", {}, line);
    });
  const typers = (section) => {
    const names = new Map();
    for (const [path, { by }] of Object.entries(answers.typed ?? {})) if (form.sectionOf(path) === section && by && by !== dataset.me) names.set(by, (names.get(by) ?? 0) + 1);
    return [...names].map(([by, n]) => `${by} (${n})`).join(", ");
  };
  const drawAbout = () => {
    const others = typers(current);
    if (!current.mayRead) return [h("div", { class: "notice" }, icon("lock"), h("p", {}, say("closedTo", { who: current.who })))];
    return [
      current.who && h("p", { class: "muted" }, say("filledBy", { who: current.who })),
      others && h("p", { class: "muted" }, say("typedBy", { who: others })),
      !current.mayWrite && h("div", { class: "notice" }, icon("lock"), h("p", {}, current.who ? say("notYours", { who: current.who }) : say("notWritable"))),
    ];
  };
  const refresh = () => {
    if (!current) return;
    const listed = sections();
    const at = listed.indexOf(current);
    if (at < 0) return show(listed[0]);
    view.refresh();
    redraw(title, JSON.stringify(current.label ?? nameOf(current)), () => (current.label ? written(current.label) : [nameOf(current)]));
    redraw(about, JSON.stringify([current.id, form.language]), drawAbout);
    redraw(rows, JSON.stringify([form.language, current.id, differences.map(({ id }) => id), listed.map((section) => [section.id, countOf(section)])]), drawRows);
    redraw(toggle, JSON.stringify([at, listed.length, nameOf(current)]), () => [h("span", {}, say("sectionOf", { n: at + 1, m: listed.length })), icon("chevron-down")]);
    const isAlone = listed.length < 2;
    nav.hidden = isAlone;
    holder.classList.toggle("fill-single", isAlone);
    title.classList.toggle("visually-hidden", isAlone && !current.label);
    back.hidden = at === 0;
    onward.hidden = at === listed.length - 1;
    if (!onward.hidden) redraw(onward, nameOf(listed[at + 1]), () => [h("span", {}, say("next", { label: nameOf(listed[at + 1]) })), icon("arrow-right")]);
    if (finish) finish.hidden = at < listed.length - 1;
    if (isAsked) drawMissing();
  };
  const fold = (isOpen) => {
    nav.classList.toggle("is-open", isOpen);
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  const show = (section, { isQuiet = false } = {}) => {
    saver.now();
    fold(false);
    current = section;
    view = sectionOf(section, context);
    body.replaceChildren(view.element);
    refresh();
    history.replaceState(history.state, "", `#${section.id}`);
    if (isQuiet) return;
    title.focus({ preventScroll: true });
    holder.scrollIntoView();
  };
  const turn = (by) => {
    const listed = sections();
    show(listed[listed.indexOf(current) + by]);
  };
  back.addEventListener("click", () => turn(-1));
  onward.addEventListener("click", () => turn(1));
  toggle.addEventListener("click", () => fold(!nav.classList.contains("is-open")));

  // --- What is missing -----------------------------------------------------------------------------------------------
  const goTo = (question) => {
    if (question.section !== current) show(question.section, { isQuiet: true });
    const place = document.getElementById(`${question.id}-isian`);
    view.focus(question.id);
    place?.scrollIntoView({ block: "center" });
  };
  const drawMissing = () => {
    const missing = form.missing();
    redraw(summary, JSON.stringify(missing.map(({ id, violation, label }) => [id, violation, label])), () => {
      if (!missing.length) return [];
      const lines = missing.map((question) => {
        const words = question.violation.message || say(question.violation.condition === "required" ? "needed" : "notAllowed");
        const link = h("a", { href: `#${question.id}-isian` }, `${textOf(question.label) || question.name}: ${words}`);
        link.addEventListener("click", (event) => {
          event.preventDefault();
          goTo(question);
        });
        const elsewhere = question.section === current ? "" : ` (${nameOf(question.section)})`;
        return h("li", {}, link, elsewhere);
      });
      return [h("div", { class: "error-summary", role: "alert", tabindex: -1, "aria-labelledby": "fill-missing" }, h("h2", { id: "fill-missing" }, say("missing", { n: missing.length })), h("ul", {}, lines))];
    });
    return missing.length;
  };
  // Before the window's other listeners (once.js): what is not sent here must not count as sent.
  window.addEventListener(
    "submit",
    async (event) => {
      if (event.target !== finish) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const isSaved = await saver.drain();
      isAsked = true;
      refresh();
      const panel = summary.querySelector(".error-summary");
      if (panel) {
        panel.focus();
        panel.scrollIntoView({ block: "nearest" });
      } else if (differences.length) {
        show(form.sectionOf(differences[0].path));
        body.querySelector(".fill-difference button")?.focus();
      } else if (isSaved) {
        store.finish(finish, form.noted());
      } else {
        status.scrollIntoView({ block: "center" });
      }
    },
    { capture: true, signal },
  );

  // --- Leaving -------------------------------------------------------------------------------------------------------
  holder.addEventListener("focusout", () => saver.now());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saver.now(), { signal });
  window.addEventListener("beforeunload", (event) => saver.count() && event.preventDefault(), { signal });
  // A screen that would lock itself while answers cannot be saved waits: to lock it, the server is needed as well.
  document.addEventListener(
    "serasi:idle",
    (event) => {
      if (saver.count() && saver.isAway()) event.preventDefault();
      else saver.now();
    },
    { signal },
  );

  const aside = h("div", { class: "fill-aside" }, nav);
  if (form.languages.length > 1) {
    const select = h("select", { class: "form-select", id: "fill-language" }, form.languages.map(({ code, label }) => h("option", { value: code }, label)));
    select.value = form.language;
    select.addEventListener("change", () => form.setLanguage(select.value));
    aside.append(h("div", { class: "fill-language" }, icon("language"), h("label", { class: "visually-hidden", for: "fill-language" }, say("language")), select));
  }
  form.onChange((paths) => {
    saver.look(paths);
    refresh();
  });
  if (finish) main.querySelector(".fill-turn").append(finish);
  holder.replaceChildren(h("div", { class: "fill-head" }, status, heardStatus), h("div", { class: "fill-columns" }, aside, main));
  holder.classList.add("fill");
  sayState({ count: 0, isBusy: false, problem: "", savedAt: null });
  const wanted = decodeURIComponent(location.hash.slice(1));
  const listed = sections();
  show(listed.find(({ id }) => id === wanted) ?? listed.find(({ mayWrite }) => mayWrite) ?? listed[0], { isQuiet: true });
  holder.dataset.ready = "";
  return saver;
};

// Answers the saver, or nothing where the form cannot be opened and the page says so.
export const fill = (arrival) =>
  start(arrival).catch((error) => {
    const { holder } = arrival;
    console.error(error);
    const words = say(error instanceof Ended ? "ended" : "cannotOpen", { n: 0 });
    holder.querySelector(".fill-status")?.remove();
    holder.prepend(h("div", { class: "notice notice-bad", role: "alert" }, icon("alert-circle"), h("p", {}, words)));
  });
for (const arrival of arrivals) fill(arrival);
