// What comes first, second, third: each line has two buttons. Nothing is answered until the order was touched or confirmed.
import { button, h, hidden, redraw, written } from "../dom.js";
import { textOf } from "../engine.js";
import { say } from "../words.js";

export const rank = (question, field) => {
  const lines = h("ol", { class: "fill-rank" });
  const confirm = button(say("orderIsRight"), { sign: "check" });
  const clear = button(say("clear"), { look: "btn-quiet fill-clear", sign: "x" });
  const state = h("p", { class: "hint" }, say("notRanked"));
  const ordered = () => {
    const { choices } = question;
    const given = question.value.split(" ").filter(Boolean);
    const placed = given.flatMap((value) => choices.filter((choice) => choice.value === value));
    return [...placed, ...choices.filter(({ value }) => !given.includes(value))];
  };
  const commit = (choices) => field.commit(choices.map(({ value }) => value).join(" "), false);
  const move = (place, by) => {
    const choices = ordered();
    const [moved] = choices.splice(place, 1);
    choices.splice(place + by, 0, moved);
    commit(choices);
    // The finger stays on the line that was moved.
    const again = lines.children[place + by].querySelectorAll("button");
    (again[by < 0 ? 0 : 1].disabled ? again[by < 0 ? 1 : 0] : again[by < 0 ? 0 : 1]).focus();
  };
  const draw = (choices) =>
    choices.map(({ label }, place) => {
      const words = textOf(label);
      const up = button(hidden(say("up", { label: words })), { sign: "chevron-up", onclick: () => move(place, -1), class: "btn btn-quiet", disabled: question.isReadonly || place === 0 });
      const down = button(hidden(say("down", { label: words })), { sign: "chevron-down", onclick: () => move(place, 1), class: "btn btn-quiet", disabled: question.isReadonly || place === choices.length - 1 });
      return h("li", {}, h("span", { class: "fill-rank-label" }, written(label)), up, down);
    });
  confirm.addEventListener("click", () => {
    commit(ordered());
    lines.querySelector("button:not([disabled])")?.focus();
  });
  clear.addEventListener("click", () => {
    field.commit("", false);
    confirm.focus();
  });
  return {
    parts: [state, lines, h("div", { class: "actions" }, confirm, clear)],
    isGroup: true,
    focus: () => lines.querySelector("button:not([disabled])")?.focus(),
    refresh() {
      const choices = ordered();
      redraw(lines, JSON.stringify([choices.map(({ value, label }) => [value, label]), question.isReadonly]), () => draw(choices));
      const isEmpty = question.value === "";
      lines.classList.toggle("is-empty", isEmpty);
      state.hidden = !isEmpty;
      confirm.hidden = question.isReadonly || !isEmpty;
      clear.hidden = question.isReadonly || isEmpty;
    },
  };
};
