// One question: its words, its widget, and what there is to say about its answer. It stands as every field of the site
// does (common/forms/field.html).
import { beside, button, h, hidden, icon, redraw, written } from "./dom.js";
import { textOf } from "./engine.js";
import { saidOf } from "./said.js";
import { widgets } from "./widgets/index.js";
import { say, when } from "./words.js";

const problem = (words) => h("p", { class: "error" }, icon("alert-circle"), h("span", {}, hidden(`${say("error")} `), words));

// The picture and the sound that the author put beside words.
const besideOf = (item, context) => {
  const element = h("div", { class: "fill-beside" });
  return {
    element,
    refresh() {
      const { picture, sound, label } = item;
      redraw(element, JSON.stringify([picture, sound, label]), () => beside({ picture, sound }, context.media, textOf(label) || item.name));
      element.hidden = !element.childElementCount;
    },
  };
};

// Two answers to the same question, with what stood there before: a person decides.
export const differenceOf = (unit, difference, settle) => {
  const said = (value) => (value === "" ? say("blank") : saidOf(unit, value));
  const line = (term, value) => h("div", {}, h("dt", {}, term), h("dd", {}, said(value)));
  const { before, ours, mine, theirs, by, at } = difference;
  const us = mine || say("you");
  const take = (whose, value) => button(say("takeAnswer", { by: whose }), { onclick: () => settle(difference, value) });
  return h(
    "div",
    { class: "notice notice-warn fill-difference", role: "group", "aria-label": say("difference") },
    icon("arrows-exchange"),
    h(
      "div",
      {},
      h("p", { class: "notice-title" }, say("difference")),
      h("dl", {}, line(say("differenceBefore"), before), line(us, ours), line(say("answerOther", { by, at: at ? when(at) : "" }), theirs)),
      h("div", { class: "actions" }, take(us, ours), take(by, theirs)),
    ),
  );
};

export const fieldOf = (question, context) => {
  const id = question.id;
  const hintId = `${id}-petunjuk`;
  const errorId = `${id}-salah`;
  let complaint = "";
  let isTouched = false;
  let isTyping = false;

  const widget = widgets[question.kind]?.(question, {
    id,
    described: { "aria-describedby": `${hintId} ${errorId}` },
    words: () => textOf(question.label),
    media: context.media,
    address: context.address,
    commit(value, typing) {
      complaint = "";
      isTyping = typing;
      isTouched ||= !typing;
      context.commit(question, value, typing);
      refresh();
    },
    complain(words) {
      complaint = words;
      refresh();
    },
    attach: (file, handlers) => context.attach(question, file, handlers),
  });
  const isGroup = Boolean(widget?.isGroup) || !widget;
  const label = h(isGroup ? "legend" : "label", isGroup ? {} : { for: id });
  const shown = besideOf(question, context);
  const hint = h("p", { class: "hint", id: hintId });
  const errors = h("div", { id: errorId });
  const news = h("p", { class: "fill-by" });
  const difference = h("div");
  const body = widget ? widget.parts : [h("p", { class: "muted" }, say("unsupported"))];
  const element = h(isGroup ? "fieldset" : "div", { class: "field fill-field", id: `${id}-isian`, "aria-describedby": isGroup ? `${hintId} ${errorId}` : null }, label, shown.element, hint, errors, body, difference, news);

  const errorWords = () => {
    if (complaint) return complaint;
    const { violation } = question;
    if (!violation || isTyping || question.isReadonly) return "";
    if (violation.condition === "required") return context.isAsked() || (isTouched && question.value === "") ? violation.message || say("needed") : "";
    return violation.message || say("notAllowed");
  };
  const refresh = () => {
    const words = question.label ?? [question.name];
    redraw(label, JSON.stringify([words, question.isRequired]), () => [...written(words), question.isRequired && h("span", { class: "fill-needed" }, ` ${say("required")}`)]);
    shown.refresh();
    const hinted = question.hint;
    redraw(hint, JSON.stringify(hinted), () => written(hinted));
    hint.hidden = !hinted;
    widget?.refresh();
    const refused = context.refusalOf(question);
    const wrong = refused || errorWords();
    redraw(errors, wrong, () => (wrong ? [problem(wrong)] : []));
    element.classList.toggle("field-error", Boolean(wrong));
    for (const control of element.querySelectorAll("input.form-control, select, textarea")) {
      if (wrong) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    const fresh = context.newsOf(question);
    redraw(news, JSON.stringify(fresh), () => (fresh ? [icon("user"), ` ${say("justTyped", { by: fresh.by, at: when(fresh.at) })}`] : []));
    news.hidden = !fresh;
    element.classList.toggle("fill-news", Boolean(fresh));
    const open = context.differenceOf(question);
    redraw(difference, JSON.stringify(open), () => (open ? [differenceOf(question, open, context.settle)] : []));
  };
  // A box that was left is read as it stands.
  element.addEventListener("focusout", () => {
    if (!isTyping) return;
    isTyping = false;
    isTouched = true;
    refresh();
  });
  return { element, refresh, focus: () => widget?.focus() };
};

// A note says something; one that prints a score says that the server's count holds.
export const noteOf = (question, context) => {
  const words = h("div", { class: "fill-note-words" });
  const hint = h("p", { class: "hint" });
  const provisional = question.isProvisional ? h("p", { class: "hint fill-provisional" }, icon("info-circle"), ` ${say("provisional")}`) : null;
  const shown = besideOf(question, context);
  const element = h("div", { class: `fill-note${question.isProvisional ? " fill-score" : ""}`, id: `${question.id}-isian` }, words, shown.element, hint, provisional);
  return {
    element,
    focus: () => {},
    refresh() {
      const { label, hint: hinted } = question;
      redraw(words, JSON.stringify(label), () => written(label));
      redraw(hint, JSON.stringify(hinted), () => written(hinted));
      hint.hidden = !hinted;
      shown.refresh();
    },
  };
};
