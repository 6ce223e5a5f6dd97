// The screens, by name: each answers what is to be drawn (screen.js) for where one is.
import { client, clients, today } from "./caseload.js";
import { errand } from "./errand.js";
import { fill, forms } from "./filling.js";
import { queue } from "./queue.js";

export const views = { today, clients, client, errand, forms, fill, queue };
