// What is on the phone, what waits, what failed and why, what has come; and how the phone stands.
import { button, h, icon } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { isOld } from "./clock.js";
import { readAll } from "./database.js";
import { draftsOf, dropEntries } from "./drafts.js";
import { draftRows } from "./filling.js";
import { showFacts } from "./lock.js";
import { card, confirmed, moment } from "./screen.js";

const MEGABYTE = 1024 * 1024;
const MINUTE = 60_000;
const comma = (number) => number.toFixed(1).replace(".", ",");
const size = (bytes) => {
  if (bytes < MEGABYTE) return `${Math.ceil(bytes / 1024)} KB`;
  return bytes < 1024 * MEGABYTE ? `${comma(bytes / MEGABYTE)} MB` : `${comma(bytes / 1024 / MEGABYTE)} GB`;
};

// The sendings of one form are one line; it is as far as the one that is least far.
const grouped = async (app, entries) => {
  const groups = new Map();
  for (const entry of entries) groups.set(entry.of, [...(groups.get(entry.of) ?? []), entry]);
  return Promise.all(
    [...groups.values()].map(async (parts) => {
      const [first] = parts;
      const bad = parts.find(({ problem }) => problem === "refused") ?? parts.find(({ problem }) => problem) ?? first;
      const whom = first.box ? (await showFacts(app.key, first.box).catch(() => ({ whom: "" }))).whom : "";
      return { ...bad, whom, parts, at: first.at, bytes: parts.reduce((sum, { sealed }) => sum + (sealed?.byteLength ?? 0), 0) };
    }),
  );
};
const why = (entry) => {
  if (entry.problem === "refused") return say("refusedWhy", { why: entry.message });
  if (entry.problem === "stranger") return say("strangerWhy");
  if (entry.problem === "away") return say("awayWhy", { n: entry.attempts, at: moment(entry.triedAt) });
  return say("notTried");
};
const save = (entry) => {
  for (const { sealed, id } of entry.parts) {
    const link = h("a", { href: URL.createObjectURL(new Blob([sealed])), download: `serasi-${id}.amplop` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), MINUTE);
  }
};
const waitingRow = (app, entry) =>
  h("li", {},
    h("span", {}, entry.label, h("span", { class: "task-hint" }, [entry.whom, moment(entry.at), size(entry.bytes)].filter(Boolean).join(" · ")), h("span", { class: "field-why" }, why(entry))),
    h("span", { class: "field-states" }, isOld(entry.at) && h("span", { class: "status tone-bad" }, icon("clock"), say("olderThanADay"))),
    entry.problem === "refused" &&
      h("div", { class: "actions" },
        button(say("retry"), { sign: "refresh", onclick: () => app.retry(entry.of) }),
        button(say("export"), { look: "btn-quiet", sign: "download", onclick: () => save(entry) }),
        confirmed(say("drop"), say("dropEntry"), say("dropYes"), async () => {
          await dropEntries(app, entry.of);
          await app.count();
          await app.redraw();
        }, "btn-quiet")));
const OUTCOMES = { taken: ["good", "check"], held: ["warn", "alert-triangle"], waiting: ["warn", "clock"] };
const deliveredRow = ({ label, whom, deliveredAt, outcome, to }) => {
  const [tone, sign] = OUTCOMES[outcome];
  const link = outcome === "held" && to && h("a", { href: to }, say("lookThere"));
  return h("li", {}, h("span", {}, label, h("span", { class: "task-hint" }, [whom, moment(deliveredAt)].filter(Boolean).join(" · ")), link), h("span", { class: `status tone-${tone}` }, icon(sign), say(`outcome_${outcome}`)));
};
const list = (rows) => h("ul", { class: "tasks" }, rows);

const phone = async (app) => {
  const isKept = (await navigator.storage?.persisted?.()) ?? false;
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const ask = async () => {
    await navigator.storage?.persist?.();
    await app.redraw();
  };
  return card(say("thisPhone"),
    h("dl", { class: "facts" },
      [[say("usage"), say("usageOf", { n: size(usage), m: size(quota) })], [say("kept"), isKept ? say("keptYes") : say("keptNo")]].map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value)))),
    h("div", { class: "actions" },
      !isKept && button(say("keepIt"), { onclick: ask }),
      app.install && button(say("install"), { sign: "download", onclick: () => app.install.prompt() }),
      h("a", { class: "btn btn-quiet", href: app.addresses.home }, say("toSite")),
      confirmed(say("empty"), say("emptySure"), say("emptyYes"), () => app.empty(), "btn-quiet")),
    !app.install && h("p", { class: "muted" }, say("installHint")));
};

export const queue = async (app) => {
  const entries = await grouped(app, await readAll(app.database, "outbox"));
  const waiting = entries.filter(({ problem }) => problem !== "refused");
  const refused = entries.filter(({ problem }) => problem === "refused");
  const drafts = await draftsOf(app);
  const delivered = await grouped(app, await readAll(app.database, "delivered"));
  delivered.sort((one, other) => other.deliveredAt.localeCompare(one.deliveredAt));
  const send = button(say("sendNow"), { look: "btn-primary", sign: "upload", onclick: () => Promise.all([app.send(), app.refresh()]).then(app.redraw) });
  return {
    title: say("queue"),
    lead: say("queueLead"),
    body: [
      h("div", { class: "actions" }, send),
      refused.length > 0 && card(say("failed", { n: refused.length }), list(refused.map((entry) => waitingRow(app, entry)))),
      card(say("waiting", { n: waiting.length }), waiting.length ? list(waiting.map((entry) => waitingRow(app, entry))) : h("p", { class: "muted" }, say("nothingWaits"))),
      card(say("draftsHere", { n: drafts.length }), drafts.length ? draftRows(app, drafts) : h("p", { class: "muted" }, say("noDrafts"))),
      card(say("delivered"), delivered.length ? list(delivered.map(deliveredRow)) : h("p", { class: "muted" }, say("nothingDelivered"))),
      await phone(app),
    ],
  };
};
