// A widget is made of (question, field) and gives {parts, focus, refresh, isGroup?}: `parts` are elements, `isGroup` says that
// they are several controls under one question. Of `field` it uses
//   id, described (attributes of its control)   commit(value, isTyping)   complain(words)
//   attach(file, {done, failed})   address(name)   words() (the question as a sentence)
import { acknowledge } from "./acknowledge.js";
import { many, one } from "./choice.js";
import { drawing } from "./drawing.js";
import { file, photo } from "./file.js";
import { geopoint } from "./geopoint.js";
import { date, datetime, time } from "./moment.js";
import { range } from "./range.js";
import { rank } from "./rank.js";
import { text } from "./text.js";

export const widgets = {
  text, multiline: text, integer: text, decimal: text, date, time, datetime, one, many, range, rank, acknowledge, photo, file, drawing, geopoint,
};
