// An ordinary form of the site, drawn by the server as on its own page: typed here, kept as a draft until it is finished,
// sealed, and handed to that page when it arrives (access/handing.py). What it refuses waits for the person who typed it, as every sending does.
import "../reveal.js";
import { h } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { serverNow } from "./clock.js";
import { handOnPage, keepTyped, typedOf } from "./drafts.js";
import { empty, notice } from "./screen.js";
import { uuid7 } from "../uuid7.js";

const two = (number) => String(number).padStart(2, "0");
const set = (form, name, value) => {
  const box = form.elements.namedItem(name);
  if (box instanceof HTMLInputElement) box.value = value;
};
// What the page would have filled in by itself: the id of the record, and the moment.
const fillIn = (form, now, at) => {
  set(form, "id", uuid7());
  const day = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  const hour = `${two(at.getHours())}.${two(at.getMinutes())}`;
  for (const name of now) {
    set(form, name, day);
    set(form, `${name}_day`, day);
    set(form, `${name}_time`, hour);
  }
};
const SETTLING = 600; // ms after the last key
const fieldsOf = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");
// What was typed before stands again, also where nothing was chosen any more.
const fillAgain = (form, typed) => {
  if (!typed.length) return;
  const left = [...typed];
  const take = (name, value) => {
    const place = left.findIndex((one) => one[0] === name && (value === undefined || one[1] === value));
    return place < 0 ? undefined : left.splice(place, 1)[0][1];
  };
  for (const box of form.elements) {
    if (!box.name || box.type === "file") continue;
    if (box.type === "radio" || box.type === "checkbox") box.checked = take(box.name, box.value) !== undefined;
    else if (box.type === "select-multiple") for (const option of box.options) option.selected = take(box.name, option.value) !== undefined;
    else box.value = take(box.name) ?? box.value;
  }
};
const nameOf = (form, box) => form.querySelector(`label[for="${box.id}"]`)?.textContent.trim() || box.closest("fieldset")?.querySelector("legend")?.textContent.trim() || box.name;
// What the page would refuse for being left out; the rest is for the server to say.
const missing = (form, needed) => {
  const values = new FormData(form);
  return needed.map((name) => [...form.elements].filter((box) => [name, `${name}_day`].includes(box.name))).filter((boxes) => boxes.length && !boxes.some((box) => (values.get(box.name) ?? "").trim()));
};

export const errand = async (app, { id }) => {
  const [caseId, kind, address] = id.split(" ");
  const one = app.pocket?.cases.find((each) => each.id === caseId);
  const given = app.pocket?.errands[kind];
  const back = { label: one?.name ?? say("clients"), act: () => app.go({ view: "client", id: caseId }) };
  if (!one || !given) return { title: say("notHere"), back, body: [empty(say("notHere"), say("notHereWhat"))] };
  const drawn = new DOMParser().parseFromString(given.html, "text/html");
  const complaint = h("div");
  const form = h("form", { novalidate: true, class: "field-errand" }, complaint, [...drawn.body.childNodes].map((node) => document.importNode(node, true)), h("div", { class: "actions" }, h("button", { type: "submit", class: "btn btn-primary" }, given.button)));
  fillIn(form, given.now, serverNow(app.contact));
  const typed = await typedOf(app, id);
  fillAgain(form, typed);
  if (typed.length) setTimeout(() => form.elements[0].dispatchEvent(new Event("change", { bubbles: true }))); // for what is shown by it
  const whom = `${one.name} (${one.number})`;
  let isTyped = false; // and not kept yet
  let keeping = Promise.resolve();
  let timer = 0;
  // Says whether all that was typed is kept; where there is no room it says so, and is tried again with the next key.
  const keep = () => {
    clearTimeout(timer);
    keeping = keeping.then(async () => {
      if (!isTyped) return true;
      isTyped = false;
      try {
        await keepTyped(app, { id, title: given.title, whom, typed: fieldsOf(form) }, app.words);
      } catch (error) {
        isTyped = true;
        complaint.replaceChildren(notice("bad", h("p", { role: "alert" }, error.message)));
        return false;
      }
      await app.count();
      return true;
    });
    return keeping;
  };
  form.addEventListener("input", () => {
    isTyped = true;
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLING);
  });
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lacking = missing(form, given.needed);
    if (lacking.length) {
      const lines = lacking.map(([box]) => h("li", {}, say("fillIn", { label: nameOf(form, box) })));
      complaint.replaceChildren(h("div", { class: "error-summary", role: "alert", tabindex: -1 }, h("ul", {}, lines)));
      lacking[0][0].focus();
      return;
    }
    clearTimeout(timer);
    await keeping;
    isTyped = false; // nothing of it is kept again once it is handed on
    try {
      await handOnPage(app, { draft: id, address, label: given.title, whom }, new FormData(form), { user: app.user, serverKey: app.device.key, words: app.words });
    } catch (error) {
      isTyped = true;
      complaint.replaceChildren(notice("bad", h("p", { role: "alert" }, error.message)));
      return;
    }
    await app.handedOn();
    await app.go({ view: "client", id: caseId, notice: say("keptHere") }, { replace: true });
  });
  const stay = (event) => isTyped && event.preventDefault();
  window.addEventListener("beforeunload", stay);
  app.leaving(async () => {
    if (!(await keep())) return false;
    window.removeEventListener("beforeunload", stay);
  });
  return { title: given.title, caption: `${one.name} · ${one.number}`, back, body: [h("section", { class: "card" }, h("div", { class: "card-body" }, form))] };
};
