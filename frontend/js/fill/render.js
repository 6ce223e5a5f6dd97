// Draws a section: its questions, groups and repeats, and again after every change of the form, leaving in place what did
// not change. It knows nothing of where answers are kept; `context` (page.js) does.
import { button, h, icon, redraw, written } from "./dom.js";
import { textOf } from "./engine.js";
import { differenceOf, fieldOf, noteOf } from "./field.js";
import { say, when } from "./words.js";

const viewOf = (item, context) => {
  if (item.kind === "repeat") return repeatOf(item, context);
  if (item.kind === "group") return groupOf(item, context);
  return item.kind === "note" ? noteOf(item, context) : fieldOf(item, context);
};

// What is not asked leaves the page first, so that whatever stays, and the focus in it, is never moved.
const listOf = (itemsOf, context, draw = viewOf) => {
  const element = h("div", { class: "fill-list" });
  const views = new Map();
  const refresh = () => {
    const items = itemsOf();
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, view] of views) {
      if (ids.has(id)) continue;
      view.element.remove();
      views.delete(id);
    }
    let at = element.firstElementChild;
    for (const [place, item] of items.entries()) {
      if (!views.has(item.id)) views.set(item.id, draw(item, context));
      const view = views.get(item.id);
      if (view.element === at) at = at.nextElementSibling;
      else element.insertBefore(view.element, at);
      view.refresh(place);
    }
  };
  const focus = (id) => {
    for (const [own, view] of views) {
      if (own === id) return view.focus(), true;
      if (view.focusWithin?.(id)) return true;
    }
    return false;
  };
  return { element, refresh, focus };
};

const groupOf = (item, context) => {
  const list = listOf(() => item.items, context);
  const legend = h("legend");
  const element = item.label ? h("fieldset", { class: "group fill-group" }, legend, list.element) : list.element;
  return {
    element,
    focus: () => {},
    focusWithin: list.focus,
    refresh() {
      const { label } = item;
      redraw(legend, JSON.stringify(label), () => written(label));
      list.refresh();
    },
  };
};

const repeatOf = (item, context) => {
  const name = () => textOf(item.label) || item.name;
  const title = h("h3", { class: "fill-repeat-title" });
  const empty = h("p", { class: "muted" });
  const undo = h("div", { class: "notice fill-undo", role: "status", hidden: true });
  const add = button("", { sign: "plus" });
  const news = h("p", { class: "fill-by" });
  const difference = h("div");
  let removed = null;

  const instanceOf = (instance) => {
    const list = listOf(() => instance.items, context);
    const legend = h("legend");
    const place = () => item.instances.findIndex(({ id }) => id === instance.id);
    const ask = button(say("removeOne"), { look: "btn-quiet", sign: "trash" });
    const sure = h("div", { class: "actions fill-sure", hidden: true });
    const yes = button(say("removeYes"), { look: "btn-danger" });
    const no = button(say("cancel"), { look: "btn-quiet" });
    sure.append(h("span", {}, say("removeSure")), yes, no);
    ask.addEventListener("click", () => {
      sure.hidden = false;
      ask.hidden = true;
      no.focus();
    });
    no.addEventListener("click", () => {
      sure.hidden = true;
      ask.hidden = false;
      ask.focus();
    });
    yes.addEventListener("click", () => {
      removed = { place: place(), xml: item.xmlAt(place()) };
      item.remove(removed.place);
      refresh();
      undo.querySelector("button").focus();
    });
    return {
      element: h("fieldset", { class: "fill-instance" }, legend, list.element, h("div", { class: "actions fill-remove" }, ask, sure)),
      focus: () => {},
      focusWithin: list.focus,
      refresh(at) {
        redraw(legend, `${name()} ${at}`, () => [say("instance", { label: name(), n: at + 1 })]);
        list.refresh();
        const mayRemove = item.isCountable && !item.isReadonly;
        ask.parentElement.hidden = !mayRemove;
      },
    };
  };
  const list = listOf(() => item.instances, context, instanceOf);
  add.addEventListener("click", () => {
    removed = null;
    item.add();
    refresh();
    const latest = list.element.lastElementChild;
    latest.scrollIntoView({ block: "nearest" });
    latest.querySelector("input, select, textarea, button")?.focus();
  });
  const restore = button(say("undoRemove"), { look: "btn-link" });
  restore.addEventListener("click", () => {
    item.restore(removed.place, removed.xml);
    const { place } = removed;
    removed = null;
    refresh();
    list.element.children[place]?.querySelector("input, select, textarea, button")?.focus();
  });
  undo.append(h("span", {}, say("removed")), restore);
  const element = h("section", { class: "fill-repeat" }, title, difference, news, list.element, empty, undo, h("div", { class: "actions" }, add));

  const refresh = () => {
    const words = item.label;
    title.hidden = !words || JSON.stringify(words) === JSON.stringify(item.section.label); // said above already
    redraw(title, JSON.stringify(words), () => written(words));
    list.refresh();
    empty.hidden = item.instances.length > 0;
    empty.textContent = say("noneYet");
    undo.hidden = !removed;
    add.hidden = !item.isCountable || item.isReadonly;
    redraw(add, name(), () => [icon("plus"), say("addOne", { label: name() })]);
    const fresh = context.newsOf(item);
    redraw(news, JSON.stringify(fresh), () => (fresh ? [icon("user"), ` ${say("justTyped", { by: fresh.by, at: when(fresh.at) })}`] : []));
    news.hidden = !fresh;
    const open = context.differenceOf(item);
    redraw(difference, JSON.stringify(open), () => (open ? [differenceOf(item, open, context.settle)] : []));
  };
  return { element, refresh, focus: () => add.focus(), focusWithin: list.focus };
};

export const sectionOf = (section, context) => {
  const list = listOf(() => section.items, context);
  return { element: list.element, refresh: list.refresh, focus: list.focus };
};
