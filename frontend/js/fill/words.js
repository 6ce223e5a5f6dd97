// The words of the page (<script type="application/json"> within it), in the language of the reader.
let words = {};

export const learn = (given) => {
  words = given;
};
export const say = (key, values = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

const two = (number) => String(number).padStart(2, "0");
export const hour = (moment) => `${two(moment.getHours())}.${two(moment.getMinutes())}`;
export const day = (moment) => `${two(moment.getDate())}/${two(moment.getMonth() + 1)}/${moment.getFullYear()}`;
// When something was: the hour alone if it was today.
export const when = (iso) => {
  const moment = new Date(iso);
  return day(moment) === day(new Date()) ? hour(moment) : `${day(moment)} ${hour(moment)}`;
};
