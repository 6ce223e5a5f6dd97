// Words and numbers. Numbers are read as people write them here: 36,5 and 1.250.000.
import { h } from "../dom.js";
import { say } from "../words.js";

const NUMBERS = {
  integer: { mode: "numeric", width: "width-small", words: "wrongInteger", read: (text) => (/^-?\d+$/.test(text) ? text : null) },
  decimal: { mode: "decimal", width: "width-small", words: "wrongDecimal", read: (text) => (/^-?\d+(?:[.,]\d+)?$/.test(text) ? text.replace(",", ".") : null) },
};
const numberIn = ({ read }, typed) => {
  const text = typed.replace(/\s/g, "");
  const hasThousands = /^-?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(text);
  return text === "" ? "" : read(hasThousands ? text.replaceAll(".", "") : text);
};

export const text = (question, field) => {
  const number = NUMBERS[question.kind];
  const shape = { id: field.id, class: `form-control ${number?.width ?? ""}`.trim(), autocomplete: "off", ...field.described };
  const box = question.kind === "multiline" ? h("textarea", { ...shape, rows: 4 }) : h("input", { ...shape, type: "text", inputmode: number?.mode ?? (question.appearances.has("numbers") ? "numeric" : null) });
  const shown = () => (question.kind === "decimal" && question.value ? String(Number(question.value)).replace(".", ",") : question.value);
  let latest = null;
  let isTaking = false; // what is being typed stays as it is typed
  const take = (isDone) => {
    isTaking = true;
    const value = number ? numberIn(number, box.value) : box.value;
    if (value !== null) {
      field.commit(value, !isDone);
      // What the form cannot hold (a number too large) is not kept.
      if (value && question.value === "") field.complain(say("tooLarge"));
    } else if (isDone) {
      field.commit("", false);
      field.complain(say(number.words));
    }
    latest = question.value;
    isTaking = false;
  };
  box.addEventListener("input", () => take(false));
  box.addEventListener("change", () => {
    take(true);
    if (question.value) box.value = shown();
  });
  return {
    parts: [box],
    focus: () => box.focus(),
    refresh() {
      box.readOnly = question.isReadonly;
      if (isTaking || question.value === latest) return;
      latest = question.value;
      box.value = shown();
    },
  };
};
