// My visits by place, my clients, and one of them: what a visit needs.
import { button, h, icon } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { serverNow } from "./clock.js";
import { card, dayOf, empty, moment } from "./screen.js";
import { begin } from "./drafts.js";

const isoDay = (at) => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
const todayOf = (app) => isoDay(serverNow(app.contact));
const AHEAD = 7; // days

const dueStatus = (day, now) => {
  if (!day) return h("span", { class: "status tone-neutral" }, say("noDay"));
  if (day < now) return h("span", { class: "status tone-bad" }, icon("clock"), say("overdue", { day: dayOf(day) }));
  return h("span", { class: `status tone-${day === now ? "warn" : "neutral"}` }, day === now ? say("dueToday") : dayOf(day));
};
const byPlace = (rows) => {
  const places = new Map();
  for (const row of rows) places.set(row.one.area, [...(places.get(row.one.area) ?? []), row]);
  return [...places].sort(([one], [other]) => (one === "") - (other === "") || one.localeCompare(other));
};
const line = (app, one, ...more) =>
  h("li", {},
    h("span", {}, h("a", { href: "#", onclick: (event) => open(app, one, event) }, one.name), h("span", { class: "task-hint" }, [one.age, one.address || one.area, one.number].filter(Boolean).join(" · "))),
    more);
const open = (app, one, event) => {
  event.preventDefault();
  app.go({ view: "client", id: one.id });
};

// A visit is to one person at one place, however much is due there.
export const today = async (app) => {
  const title = say("today");
  if (!app.pocket) return { title, body: [] };
  const now = todayOf(app);
  const last = isoDay(new Date(serverNow(app.contact).getTime() + AHEAD * 24 * 3600_000));
  const rows = app.pocket.cases
    .map((one) => ({ one, due: one.due.filter(({ day }) => !day || day <= last) }))
    .filter(({ due }) => due.length)
    .sort((a, b) => (a.due[0].day ?? "9").localeCompare(b.due[0].day ?? "9"));
  const what = ({ label, text, day }) => h("span", { class: "field-due" }, `${label}${text ? `: ${text}` : ""} `, dueStatus(day, now));
  const body = byPlace(rows).map(([place, here]) => card(`${place || say("nowhere")} (${here.length})`, h("ul", { class: "tasks" }, here.map(({ one, due }) => line(app, one, h("span", { class: "field-dues" }, due.map(what)))))));
  return { title, lead: say("todayLead"), body: body.length ? body : [empty(say("nothingDue"), say("nothingDueWhat"))] };
};

let searched = "";
const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const matches = (one, words) => {
  const text = folded([one.name, one.number, one.area, one.address, one.phone, ...one.kinds].join(" "));
  return words.every((word) => text.includes(word));
};
export const clients = async (app) => {
  const title = say("clients");
  if (!app.pocket) return { title, body: [] };
  const list = h("ul", { class: "tasks" });
  const told = h("p", { class: "muted", role: "status" });
  const show = () => {
    const words = folded(searched).split(/\s+/).filter(Boolean);
    const found = app.pocket.cases.filter((one) => matches(one, words)).sort((a, b) => a.name.localeCompare(b.name));
    list.replaceChildren(...found.map((one) => line(app, one, one.next_on && dueStatus(one.next_on, todayOf(app)))));
    told.textContent = found.length ? say("found", { n: found.length, m: app.pocket.total }) : say("noneFound");
  };
  const search = h("input", { type: "search", id: "field-search", class: "form-control", autocomplete: "off", value: searched });
  search.addEventListener("input", () => {
    searched = search.value;
    show();
  });
  show();
  return { title, body: [h("div", { class: "field" }, h("label", { for: "field-search" }, say("searchClients")), search), told, list, app.pocket.total > app.pocket.cases.length && h("p", { class: "muted" }, say("onlySome", { n: app.pocket.cases.length, m: app.pocket.total }))] };
};

const facts = (rows) => h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
const start = (app, one, form) =>
  app.tried(async () => {
    const draft = await begin(app, { form: form.id, title: form.title, about: one.id, whom: `${one.name} (${one.number})` });
    await app.go({ view: "fill", id: draft.id });
  });
const fits = (one, form) => (one.years === null || (one.years >= (form.youngest ?? 0) && one.years <= (form.oldest ?? 999))) && (!form.clusters.length || form.clusters.includes(one.cluster_code));
const formRows = (app, one, all) =>
  h("ul", { class: "tasks" }, all.map((form) => h("li", {}, h("span", {}, form.title), button(say("fillIt"), { sign: "edit", "aria-label": `${say("fillIt")}: ${form.title}`, onclick: () => start(app, one, form) }))));

export const client = async (app, { id }) => {
  const one = app.pocket?.cases.find((each) => each.id === id);
  const back = { label: say("clients"), act: () => app.go({ view: "clients" }) };
  if (!one) return { title: say("clients"), back, body: [empty(say("notHere"), say("notHereWhat"))] };
  const now = todayOf(app);
  const ordinary = app.pocket.forms.filter(({ purpose }) => purpose === "assessment");
  const changes = app.pocket.forms.filter(({ purpose }) => purpose === "change");
  const [suited, others] = [ordinary.filter((form) => fits(one, form)), ordinary.filter((form) => !fits(one, form))];
  const errands = one.errands.map(({ kind, address }) => button(app.pocket.errands[kind].title, { sign: "note", look: kind === "note" ? "btn-primary" : "", onclick: () => app.go({ view: "errand", id: `${one.id} ${kind} ${address}` }) }));
  const due = one.due.map(({ label, text, day, errand }) =>
    h("li", {}, h("span", {}, `${label}${text ? `: ${text}` : ""}`), dueStatus(day, now), errand && button(app.pocket.errands[errand.kind].title, { onclick: () => app.go({ view: "errand", id: `${one.id} ${errand.kind} ${errand.address}` }) })));
  const notes = one.notes.map(({ kind, at, by, text }) => h("li", {}, h("p", { class: "score-head" }, h("strong", {}, kind), `${moment(at)} · ${by}`), h("p", { class: "field-text" }, text)));
  const scores = one.scores.map(({ title, scale, value, band, on }) => h("li", {}, h("p", { class: "score-head" }, h("strong", {}, scale || title), value, band && h("span", { class: "status tone-neutral" }, band)), h("p", {}, `${title} · ${dayOf(on)}`)));
  const phone = one.phone && h("a", { class: "btn", href: `tel:${one.phone.replace(/[^\d+]/g, "")}` }, icon("phone"), one.phone);
  const { promises, goals } = one.agreed;
  return {
    title: one.name,
    caption: one.number,
    back,
    body: [
      h("div", { class: "actions" }, phone, errands),
      card("", facts([[say("age"), one.age], [say("sex"), one.sex], [say("kinds"), one.kinds.join(", ")], [say("address"), [one.address, one.area].filter(Boolean).join(", ")], [say("cluster"), one.cluster], [say("manager"), one.manager], [say("nextDate"), one.next_on && dueStatus(one.next_on, now)]])),
      due.length > 0 && card(say("isDue"), h("ul", { class: "tasks" }, due)),
      card(say("fillForms"), changes.length > 0 && formRows(app, one, changes), suited.length ? formRows(app, one, suited) : h("p", { class: "muted" }, say("noForms")), others.length > 0 && h("details", { class: "more" }, h("summary", {}, icon("chevron-right"), say("otherForms")), formRows(app, one, others))),
      (promises || goals.length > 0) && card(say("agreed"), promises && h("p", { class: "field-text" }, promises), goals.length > 0 && h("ul", { class: "tasks" }, goals.map(({ statement, day }) => h("li", {}, h("span", {}, statement), h("span", { class: "muted" }, dayOf(day)))))),
      card(say("lastNotes"), notes.length ? h("ul", { class: "scores" }, notes) : h("p", { class: "muted" }, say("noNotes"))),
      card(say("lastScores"), scores.length ? h("ul", { class: "scores" }, scores) : h("p", { class: "muted" }, say("noScores"))),
    ],
  };
};
