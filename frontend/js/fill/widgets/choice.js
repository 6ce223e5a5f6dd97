// One of several, or several: rows for a thumb; a short answer beside the other; a scale across a desk and down a phone;
// a long list as the list of the phone itself, with a box to find in it.
import { beside, button, h, redraw, written } from "../dom.js";
import { textOf } from "../engine.js";
import { say } from "../words.js";

const MANY = 12;
const ENDLESS = 30;
const SHORT = 14; // letters

const arrangement = (question, choices) => {
  if (question.appearances.has("likert")) return "fill-scale";
  const isShort = choices.every(({ label }) => textOf(label).length <= SHORT);
  return isShort && choices.length <= 4 ? "fill-row" : "";
};
const keyOf = (choices) => JSON.stringify(choices.map(({ value, label, picture, sound }) => [value, label, picture, sound]));
const isIllustrated = ({ choices }) => choices.some(({ picture, sound }) => picture || sound);

const marks = (question, field, type) => {
  const rows = h("div");
  const clear = button(say("clear"), { look: "btn-quiet fill-clear", sign: "x" });
  const chosen = () => new Set(question.value.split(" ").filter(Boolean));
  const inputs = () => [...rows.querySelectorAll("input")];
  rows.addEventListener("change", () => {
    const given = inputs().filter(({ checked }) => checked).map(({ value }) => value);
    field.commit(given.join(" "), false);
  });
  clear.addEventListener("click", () => {
    field.commit("", false);
    inputs()[0]?.focus();
  });
  const draw = (choices) =>
    choices.map(({ value, label, picture, sound }, place) => {
      const input = h("input", { type, class: "form-check-input", name: field.id, id: place ? null : field.id, value });
      const seen = beside({ picture }, field.media, "");
      const row = h("label", { class: "choice" }, input, h("span", {}, seen, written(label)));
      const heard = beside({ sound }, field.media, textOf(label));
      return heard.length ? h("div", { class: "fill-heard" }, row, heard) : row; // what is played is no part of what is pressed
    });
  return {
    parts: [rows, clear],
    isGroup: true,
    focus: () => (inputs().find(({ checked }) => checked) ?? inputs()[0])?.focus(),
    refresh() {
      const { choices } = question;
      rows.className = `choices fill-choices ${arrangement(question, choices)}`.trim();
      redraw(rows, keyOf(choices), () => draw(choices));
      const given = chosen();
      for (const input of inputs()) {
        input.checked = given.has(input.value);
        input.disabled = question.isReadonly;
      }
      clear.hidden = type !== "radio" || question.isReadonly || !given.size;
    },
  };
};

// The list as the phone knows it; above thirty there is a box that leaves only what it finds.
const list = (question, field) => {
  const select = h("select", { id: field.id, class: "form-select", ...field.described });
  const search = h("input", { type: "search", class: "form-control fill-search", autocomplete: "off", placeholder: say("find"), "aria-label": say("find") });
  const found = h("p", { class: "hint", role: "status" });
  const fitting = () => {
    const wanted = search.value.trim().toLowerCase();
    return question.choices.filter(({ value, label }) => !wanted || value === question.value || textOf(label).toLowerCase().includes(wanted));
  };
  const draw = (choices) => [h("option", { value: "" }, say("choose")), ...choices.map(({ value, label }) => h("option", { value }, textOf(label)))];
  const refresh = () => {
    const choices = fitting();
    search.hidden = question.choices.length <= ENDLESS || question.isReadonly;
    found.textContent = search.value ? say("found", { n: choices.length }) : "";
    found.hidden = !search.value;
    redraw(select, keyOf(choices), () => draw(choices));
    select.value = question.value;
    select.disabled = question.isReadonly;
  };
  select.addEventListener("change", () => field.commit(select.value, false));
  search.addEventListener("input", refresh);
  return { parts: [search, found, select], focus: () => select.focus(), refresh };
};

export const one = (question, field) => {
  const isPlain = question.appearances.has("minimal") || question.appearances.has("autocomplete");
  const { length } = question.choices; // none yet: another answer decides which, and there may be many
  const isList = !length || length > ENDLESS || (!isIllustrated(question) && (length > MANY || isPlain));
  return isList ? list(question, field) : marks(question, field, "radio");
};
export const many = (question, field) => marks(question, field, "checkbox");
