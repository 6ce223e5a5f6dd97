// What stands around every screen: the bar, how it stands with the phone, the four places, and where the screen goes.
import { button, h, icon } from "../fill/dom.js";
import { day, hour, say } from "../fill/words.js";
import { isOld } from "./clock.js";

const PLACES = [
  { view: "today", sign: "calendar" },
  { view: "clients", sign: "users" },
  { view: "forms", sign: "clipboard-text" },
  { view: "queue", sign: "upload" },
];
const WITHIN = { client: "clients", errand: "clients", fill: "forms" };

export const notice = (tone, ...content) => h("div", { class: `notice notice-${tone}` }, icon(tone === "good" ? "circle-check" : tone === "info" ? "info-circle" : "alert-triangle"), h("div", {}, content));
export const empty = (title, words) => h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), words && h("p", {}, words));
export const moment = (iso) => `${day(new Date(iso))} ${hour(new Date(iso))}`;
export const dayOf = (iso) => (iso ? day(new Date(`${iso}T00:00`)) : "");
export const card = (title, ...content) => h("section", { class: "card" }, h("div", { class: "card-body" }, title && h("div", { class: "card-title" }, h("h2", {}, title)), content));
// An act that asks once more.
export const confirmed = (label, question, yes, act, look = "") => {
  const panel = h("div", { class: "confirm-panel" }, h("p", {}, question), h("div", { class: "actions" }, button(yes, { look: "btn-danger", onclick: act })));
  return h("details", { class: "confirm" }, h("summary", { class: `btn ${look}` }, label), panel);
};
export const failed = (error) => ({ title: say("trouble"), body: [notice("bad", h("p", {}, error.message || say("trouble")))] });

const bar = (app) =>
  h("header", { class: "bar" },
    h("div", { class: "bar-inner" },
      h("span", { class: "brand" }, icon("serasi"), ` ${say("brand")}`),
      h("div", { class: "bar-end" }, app.key && h("button", { type: "button", class: "bar-button", onclick: () => app.lock() }, icon("lock"), say("lock")))));
const banner = (app) => {
  const { counts, notice: told, trouble, contact, pocket } = app;
  const lines = [];
  if (trouble) lines.push(notice("bad", h("p", { role: "alert" }, trouble)));
  if (told) lines.push(notice("good", h("p", { role: "status" }, told)));
  if (counts.oldest && isOld(counts.oldest)) lines.push(notice("bad", h("p", { class: "notice-title" }, say("old")), h("p", {}, say("oldWhat"))));
  if (counts.failed) lines.push(notice("warn", h("p", {}, say("someFailed", { n: counts.failed }))));
  if (!pocket) lines.push(notice("warn", h("p", {}, say(app.isBusy ? "fetching" : contact ? "stale" : "noPocket"))));
  return lines;
};
const asOf = (app) => {
  const words = app.pocket ? say("asOf", { at: moment(new Date(app.contact.at).toISOString()) }) : "";
  const status = (tone, sign, text) => h("span", { class: `status tone-${tone}` }, sign && icon(sign), text);
  return h("p", { class: "field-as-of" }, words,
    app.isBusy ? status("neutral", "", say("fetching")) : app.isAway && status("neutral", "wifi-off", say("noSignal")),
    app.isReady && status("good", "check", say("ready")));
};

// A screen is {title, caption, lead, body, back, actions}.
export const chrome = (root, app, step, { title, caption, lead, body, back, isBare = false }, { isQuiet }) => {
  const place = WITHIN[step.view] ?? step.view;
  const scroll = scrollY;
  const marked = (view) => (view === "queue" ? app.counts.waiting + app.counts.failed + app.counts.drafts : 0);
  const tab = ({ view, sign }) =>
    h("li", {},
      h("button", { type: "button", class: "nav-tab", "aria-current": view === place ? "page" : null, onclick: () => app.go({ view }) },
        icon(sign), h("span", {}, say(view), marked(view) > 0 && h("span", { class: "field-count" }, ` ${marked(view)}`))));
  const heading = h("h1", { tabindex: -1 }, title);
  const { id: focused, selectionStart, selectionEnd } = document.activeElement ?? {};
  const main = h("main", { class: "main", id: "main" },
    back && h("p", { class: "field-back" }, button(back.label, { look: "btn-quiet", sign: "arrow-left", onclick: back.act })),
    !isBare && banner(app),
    h("div", { class: "page-header" }, h("div", {}, caption && h("p", { class: "caption" }, caption), heading, lead && h("p", { class: "lead" }, lead))),
    body,
    asOf(app));
  root.replaceChildren(bar(app), h("nav", { class: "field-nav", "aria-label": say("places") }, h("ul", {}, PLACES.map(tab))), main);
  document.title = `${title} — Serasi`;
  if (isQuiet) {
    scrollTo(0, scroll);
    const again = focused && document.getElementById(focused);
    again?.focus?.({ preventScroll: true });
    if (Number.isInteger(selectionStart)) again?.setSelectionRange?.(selectionStart, selectionEnd); // somebody is typing
  } else {
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  }
};
export const doorway = (root, app, title, ...content) => {
  const heading = h("h1", { tabindex: -1 }, title);
  root.replaceChildren(h("div", { class: "bare" }, h("header", {}, h("span", { class: "brand" }, icon("serasi"), ` ${say("brand")}`)), h("main", { id: "main" }, heading, content.flat())));
  document.title = `${title} — Serasi`;
  return heading;
};
