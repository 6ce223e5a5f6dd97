// A number between two ends. Up to eleven steps each is a button to touch; more are a slider, empty until it is moved.
import { button, h } from "../dom.js";
import { say } from "../words.js";

const STEPS = 10;
const shown = (number) => String(Math.round(number * 1e6) / 1e6);
const spoken = (number) => shown(number).replace(".", ",");

const numbered = (question, field, { start, end, step }) => {
  const numbers = Array.from({ length: Math.round((end - start) / step) + 1 }, (_none, place) => shown(start + place * step));
  const rows = h(
    "div",
    { class: "choices fill-choices fill-numbers" },
    numbers.map((value, place) => h("label", { class: "choice" }, h("input", { type: "radio", class: "form-check-input", name: field.id, id: place ? null : field.id, value }), h("span", {}, spoken(value)))),
  );
  const inputs = [...rows.querySelectorAll("input")];
  const clear = button(say("clear"), { look: "btn-quiet fill-clear", sign: "x" });
  rows.addEventListener("change", ({ target }) => field.commit(target.value, false));
  clear.addEventListener("click", () => {
    field.commit("", false);
    inputs[0].focus();
  });
  return {
    parts: [rows, clear],
    isGroup: true,
    focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0]).focus(),
    refresh() {
      for (const input of inputs) {
        input.checked = question.value !== "" && Number(question.value) === Number(input.value);
        input.disabled = question.isReadonly;
      }
      clear.hidden = question.isReadonly || question.value === "";
    },
  };
};

const slider = (question, field, { start, end, step }) => {
  const box = h("input", { id: field.id, type: "range", class: "fill-slider", min: start, max: end, step, ...field.described });
  const told = h("output", { class: "fill-told", for: field.id });
  const clear = button(say("clear"), { look: "btn-quiet fill-clear", sign: "x" });
  const take = () => field.commit(box.value, false);
  box.addEventListener("input", take);
  // A touch on the middle, where it stands while nothing is answered, is an answer too.
  box.addEventListener("click", take);
  box.addEventListener("keydown", ({ key }) => key === "Enter" && take());
  clear.addEventListener("click", () => {
    field.commit("", false);
    box.focus();
  });
  return {
    parts: [h("div", { class: "fill-track" }, h("span", {}, spoken(start)), box, h("span", {}, spoken(end))), told, clear],
    focus: () => box.focus(),
    refresh() {
      const isEmpty = question.value === "";
      box.value = isEmpty ? (start + end) / 2 : question.value;
      box.classList.toggle("is-empty", isEmpty);
      box.disabled = question.isReadonly;
      told.textContent = isEmpty ? say("unanswered") : spoken(Number(question.value));
      box.setAttribute("aria-valuetext", told.textContent);
      clear.hidden = question.isReadonly || isEmpty;
    },
  };
};

export const range = (question, field) => {
  const { start, end } = question.bounds;
  const bounds = { start, end, step: Math.abs(question.bounds.step) || 1 };
  return (end - start) / bounds.step <= STEPS ? numbered(question, field, bounds) : slider(question, field, bounds);
};
