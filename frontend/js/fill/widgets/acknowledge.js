// "I have read this": one box.
import { h } from "../dom.js";
import { say } from "../words.js";

export const acknowledge = (question, field) => {
  const box = h("input", { id: field.id, type: "checkbox", class: "form-check-input" });
  box.addEventListener("change", () => field.commit(box.checked ? "OK" : "", false));
  return {
    parts: [h("div", { class: "choices fill-choices" }, h("label", { class: "choice" }, box, h("span", {}, say("acknowledge"))))],
    isGroup: true,
    focus: () => box.focus(),
    refresh() {
      box.checked = question.value !== "";
      box.disabled = question.isReadonly;
    },
  };
};
