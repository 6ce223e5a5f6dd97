// Days and times, never month first. The box takes what people type (31/12/2026, 31-12-2026, 31122026, 31 Des 2026);
// the button beside it opens the calendar of the phone.
import { button, h, hidden } from "../dom.js";
import { day, hour, say } from "../words.js";

const MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"];
const OTHER_MONTHS = { peb: 2, mrt: 3, may: 5, ags: 8, agt: 8, aug: 8, oct: 10, nop: 11, dec: 12 };
const two = (number) => String(number).padStart(2, "0");

export const readDay = (typed) => {
  const text = typed.trim().toLowerCase().replace(/\s*([/.-])\s*/g, "$1").replace(/\s+/g, " ");
  const parts =
    text.match(/^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/)?.slice(1) ??
    text.match(/^(\d{2})(\d{2})(\d{4})$/)?.slice(1) ??
    text.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/)?.slice(1).reverse() ??
    text.match(/^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})$/)?.slice(1);
  if (!parts) return null;
  const month = Number(parts[1]) || MONTHS.indexOf(parts[1]) + 1 || OTHER_MONTHS[parts[1]] || 0;
  const [date, year] = [Number(parts[0]), Number(parts[2])];
  const found = new Date(year, month - 1, date);
  const exists = month >= 1 && found.getMonth() === month - 1 && found.getDate() === date && year >= 1880;
  return exists ? `${year}-${two(month)}-${two(date)}` : null;
};
export const readHour = (typed) => {
  const found = typed.trim().toLowerCase().replace(/\s*(wib|wita|wit)$/, "").match(/^(\d{1,2})(?:[.: ]?(\d{2}))?$/);
  if (!found || Number(found[1]) > 23 || Number(found[2] ?? 0) > 59) return null;
  return `${two(found[1])}:${found[2] ?? "00"}`;
};
const offset = () => {
  const minutes = -new Date().getTimezoneOffset();
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
};
const shownDay = (iso) => iso.replace(/^(\d{4})-(\d{2})-(\d{2}).*$/, "$3/$2/$1");

// Without the slashes on the numeric pad of a phone: they come by themselves.
const slashed = (box, event) => {
  const atEnd = box.selectionStart === box.value.length;
  if (event.inputType === "insertText" && atEnd && /^\d{2}$|^\d{2}\/\d{2}$/.test(box.value)) box.value += "/";
};
const dayBox = (id, described, onday) => {
  const box = h("input", { id, type: "text", inputmode: "numeric", class: "form-control width-day", autocomplete: "off", maxlength: 30, placeholder: say("dayPattern"), ...described });
  const calendar = h("input", { type: "date", class: "fill-native", tabindex: -1, "aria-hidden": "true" });
  const open = button(hidden(say("calendar")), { sign: "calendar", class: "btn fill-calendar" });
  open.addEventListener("click", () => {
    calendar.value = readDay(box.value) ?? "";
    calendar.showPicker();
  });
  calendar.addEventListener("change", () => {
    box.value = shownDay(calendar.value);
    onday();
    open.focus();
  });
  box.addEventListener("input", (event) => slashed(box, event));
  return { box, open, whole: h("div", { class: "fill-day" }, box, "showPicker" in calendar ? [open, calendar] : []) };
};
const hourBox = (id, described) => h("input", { id, type: "text", inputmode: "decimal", class: "form-control width-time", autocomplete: "off", maxlength: 12, placeholder: say("hourPattern"), ...described });

// `join` makes the value of what was read, `part` finds each box's part in a value.
const boxes = (question, field, given) => {
  let latest = null;
  let isTaking = false; // what cannot be read stays in the box, to be mended
  const take = () => {
    isTaking = true;
    const read = given.map(({ box, read: reading }) => (box.value.trim() ? reading(box.value) : ""));
    const isEmpty = read.every((part) => part === "");
    const wrong = read.findIndex((part) => part === null);
    if (isEmpty || (wrong < 0 && read.every(Boolean))) {
      field.commit(isEmpty ? "" : given.join(read), false);
    } else {
      field.commit("", false);
      field.complain(say(wrong < 0 ? given[read.indexOf("")].missing : given[wrong].words));
    }
    latest = question.value;
    isTaking = false;
    if (question.value) show();
  };
  const show = () => {
    for (const { box, part } of given) box.value = question.value ? part(question.value) : "";
  };
  for (const { box } of given) box.addEventListener("change", take);
  return {
    take,
    focus: () => given[0].box.focus(),
    refresh() {
      for (const { box, open } of given) {
        box.readOnly = question.isReadonly;
        if (open) open.disabled = question.isReadonly;
      }
      if (isTaking || question.value === latest) return;
      latest = question.value;
      show();
    },
  };
};
const ofDay = { read: readDay, words: "wrongDay", missing: "missingDay", part: (value) => shownDay(value.slice(0, 10)) };
const localised = (value) => new Date(value.includes("T") ? value : `1970-01-01T${value}`);
const ofHour = { read: readHour, words: "wrongHour", missing: "missingHour", part: (value) => hour(localised(value)) };

export const date = (question, field) => {
  const { box, open, whole } = dayBox(field.id, field.described, () => widget.take());
  const given = Object.assign([{ ...ofDay, box, open }], { join: ([value]) => value });
  const widget = boxes(question, field, given);
  return { parts: [whole], ...widget };
};
export const time = (question, field) => {
  const box = hourBox(field.id, field.described);
  const given = Object.assign([{ ...ofHour, box }], { join: ([value]) => `${value}:00.000${offset()}` });
  return { parts: [box], ...boxes(question, field, given) };
};
export const datetime = (question, field) => {
  const { box, open, whole } = dayBox(field.id, field.described, () => widget.take());
  const clock = hourBox(`${field.id}-pukul`, field.described);
  const moment = { ...ofDay, part: (value) => day(localised(value)) };
  const given = Object.assign([{ ...moment, box, open }, { ...ofHour, box: clock }], { join: ([date_, time_]) => `${date_}T${time_}:00.000${offset()}` });
  const widget = boxes(question, field, given);
  const part = (label, id, content) => h("div", {}, h("label", { for: id }, label), content);
  return { parts: [h("div", { class: "parts" }, part(say("day"), box.id, whole), part(say("hour"), clock.id, clock))], isGroup: true, ...widget };
};
