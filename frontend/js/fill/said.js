// An answer in words, for a person who compares: the label of a choice, a day as it is written here.
import { textOf } from "./engine.js";
import { day, hour, say } from "./words.js";

const labels = (question, value) =>
  value.split(" ").map((one) => {
    const choice = question.choices.find((other) => other.value === one);
    return choice ? textOf(choice.label) : one;
  });

const SAYINGS = {
  one: (question, value) => labels(question, value).join(", "),
  many: (question, value) => labels(question, value).join(", "),
  rank: (question, value) => labels(question, value).map((words, place) => `${place + 1}. ${words}`).join(", "),
  decimal: (_question, value) => String(Number(value)).replace(".", ","),
  date: (_question, value) => day(new Date(`${value}T00:00`)),
  time: (_question, value) => hour(new Date(`1970-01-01T${value}`)),
  datetime: (_question, value) => `${day(new Date(value))} ${hour(new Date(value))}`,
  acknowledge: () => say("acknowledged"),
  // The texts of each repetition, one after another.
  repeat: (_question, value) => {
    const read = new DOMParser().parseFromString(`<r>${value}</r>`, "text/xml").documentElement;
    const texts = [...read.children].map((one) => [...one.querySelectorAll("*")].filter((inner) => !inner.children.length && inner.textContent).map((inner) => inner.textContent).join(", "));
    return texts.map((words, place) => `${place + 1}. ${words || say("blank")}`).join("; ");
  },
};
export const saidOf = (unit, value) => SAYINGS[unit.kind]?.(unit, value) ?? value;
