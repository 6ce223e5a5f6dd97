// An ordinary form of the site, drawn by the server as on its own page: typed here, sealed, and handed to that page when it
// arrives (access/handing.py). What it refuses waits for the person who typed it, as every sending does.
import "../reveal.js";
import { h } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { serverNow } from "./clock.js";
import { handOnPage } from "./drafts.js";
import { notice } from "./screen.js";
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
  if (!one || !given) return { title: say("notHere"), back, body: [] };
  const drawn = new DOMParser().parseFromString(given.html, "text/html");
  const complaint = h("div");
  const form = h("form", { novalidate: true, class: "field-errand" }, complaint, [...drawn.body.childNodes].map((node) => document.importNode(node, true)), h("div", { class: "actions" }, h("button", { type: "submit", class: "btn btn-primary" }, given.button)));
  fillIn(form, given.now, serverNow(app.contact));
  let isTyped = false;
  form.addEventListener("input", () => (isTyped = true));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const lacking = missing(form, given.needed);
    if (lacking.length) {
      const lines = lacking.map(([box]) => h("li", {}, say("fillIn", { label: nameOf(form, box) })));
      complaint.replaceChildren(h("div", { class: "error-summary", role: "alert", tabindex: -1 }, h("ul", {}, lines)));
      lacking[0][0].focus();
      return;
    }
    try {
      await handOnPage(app, { address, label: given.title, whom: `${one.name} (${one.number})` }, new FormData(form), { user: app.user, serverKey: app.device.key, words: app.words });
    } catch (error) {
      complaint.replaceChildren(notice("bad", h("p", { role: "alert" }, error.message)));
      return;
    }
    isTyped = false;
    await app.handedOn();
    await app.go({ view: "client", id: caseId, notice: say("keptHere") }, { replace: true });
  });
  const stay = (event) => isTyped && event.preventDefault();
  window.addEventListener("beforeunload", stay);
  app.leaving(() => window.removeEventListener("beforeunload", stay));
  return { title: given.title, caption: `${one.name} · ${one.number}`, back, body: [h("section", { class: "card" }, h("div", { class: "card-body" }, form))] };
};
