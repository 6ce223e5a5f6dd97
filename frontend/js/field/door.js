// Before the pocket: choosing a PIN with signal, typing it without.
import { button, h, icon } from "../fill/dom.js";
import { say } from "../fill/words.js";
import { uuid7 } from "../uuid7.js";
import { openDevice, whoIsSignedIn } from "./contact.js";
import { note, openOf, people, read, write } from "./database.js";
import { choosePin, DIGITS, hasLock, tryPin } from "./lock.js";
import { doorway, notice } from "./screen.js";

const PIN = new RegExp(`^\\d{${DIGITS}}$`);
const isEasy = (pin) => new Set(pin).size === 1 || "01234567890".includes(pin) || "09876543210".includes(pin);

const pinField = (id, label, hint) =>
  h("div", { class: "field" },
    h("label", { for: id }, label),
    hint && h("p", { class: "hint", id: `${id}-petunjuk` }, hint),
    h("input", { id, name: id, type: "password", class: "form-control field-pin", inputmode: "numeric", autocomplete: "off", maxlength: DIGITS, required: true, "aria-describedby": hint ? `${id}-petunjuk` : null }));
const formOf = (content, label, act) => {
  const complaint = h("div", { role: "alert" });
  const submit = h("button", { type: "submit", class: "btn btn-primary" }, label);
  const form = h("form", { novalidate: true }, complaint, content, h("div", { class: "actions" }, submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    complaint.replaceChildren();
    const words = await act(Object.fromEntries(new FormData(form))).catch((error) => {
      console.error(error);
      return error.name === "QuotaExceededError" ? say("noRoom") : say("trouble");
    });
    submit.disabled = false;
    if (!words) return;
    complaint.replaceChildren(notice("bad", h("p", {}, words)));
    form.querySelector("input").select();
  });
  return form;
};

// `why` it is locked is said above; `user` is who was there.
export const door = async (root, app, { user = "", why = "" }) => {
  if (why === "unsupported") return doorway(root, app, say("cannot"), notice("bad", h("p", {}, say("unsupported"))));
  const known = await people();
  const person = known.find((one) => one.user === user) ?? known[0];
  if (!person) return setUp(root, app, why);
  const database = await openOf(person.user);
  const isLocked = await hasLock(database);
  database.close();
  return isLocked ? unlock(root, app, person, known, why) : setUp(root, app, why || "wiped");
};

const reasons = (why) => (why ? [notice(why === "idle" || why === "signedOut" ? "info" : "warn", h("p", {}, say(`why_${why}`)))] : []);

const unlock = (root, app, person, known, why) => {
  const form = formOf([pinField("pin", say("pin"))], say("open"), async ({ pin }) => {
    if (!PIN.test(pin)) return say("pinShape", { n: DIGITS });
    const database = await openOf(person.user);
    const { key, left } = await tryPin(database, pin);
    if (!key) {
      database.close();
      if (left === 0) return door(root, app, { user: person.user, why: "wiped" });
      return say("wrongPin", { n: left });
    }
    await note(person);
    await app.unlocked({ ...person, database, key });
    return "";
  });
  const others = known.filter((one) => one !== person);
  doorway(root, app, say("unlock"),
    reasons(why),
    h("p", {}, icon("user"), ` ${person.name}`),
    form,
    h("div", { class: "actions" },
      others.map((one) => button(one.name, { look: "btn-quiet", sign: "user", onclick: () => unlock(root, app, one, known, "") })),
      button(say("someoneElse"), { look: "btn-quiet", onclick: () => setUp(root, app) }),
      button(say("forgot"), { look: "btn-quiet", onclick: () => setUp(root, app, "forgot") })));
  root.querySelector("input").focus();
};

const setUp = async (root, app, why = "") => {
  doorway(root, app, say("prepare"), h("p", {}, say("asking")));
  const who = await whoIsSignedIn(app.addresses);
  const known = await people();
  const again = () => setUp(root, app, why);
  const back = known.length > 0 && button(say("back"), { look: "btn-quiet", onclick: () => door(root, app, {}) });
  if (who.outcome !== "ok") {
    const words = { away: say("firstSignal"), door: say("signInFirst"), refused: who.message }[who.outcome];
    const sign = who.outcome === "door" && h("a", { class: "btn btn-primary", href: app.addresses.signIn }, say("signIn"));
    doorway(root, app, say("prepare"), reasons(why), h("p", {}, words), h("div", { class: "actions" }, sign, who.outcome !== "door" && button(say("again"), { look: "btn-primary", onclick: again }), back));
    return;
  }
  const hadOne = known.some(({ user }) => user === who.user);
  const content = [
    pinField("pin", say("newPin", { n: DIGITS }), say("newPinHint")),
    pinField("again", say("pinAgain")),
  ];
  const form = formOf(content, say("prepareDo"), async ({ pin, again: second }) => {
    if (!PIN.test(pin)) return say("pinShape", { n: DIGITS });
    if (isEasy(pin)) return say("pinEasy");
    if (pin !== second) return say("pinDiffers");
    const database = await openOf(who.user);
    let device = await read(database, "facts", "device");
    if (!device || !who.devices.includes(device.id)) {
      const made = await openDevice(app.addresses, { id: uuid7(), name: phoneName(), csrf: who.csrf });
      if (made.outcome !== "ok") {
        database.close();
        return made.message || say("firstSignal");
      }
      device = { id: made.id, token: made.token, name: made.name };
    }
    await write(database, "facts", { ...device, key: who.key }, "device");
    const key = await choosePin(database, pin);
    await note({ user: who.user, name: who.name });
    await navigator.storage?.persist?.();
    await app.unlocked({ user: who.user, name: who.name, database, key });
    return "";
  });
  doorway(root, app, say("prepare"), reasons(why), h("p", {}, icon("user"), ` ${who.name}`), hadOne && notice("warn", h("p", {}, say("startsAnew"))), h("p", { class: "muted" }, say("honest")), form, back);
};

const phoneName = () => {
  const { userAgentData: told, userAgent } = navigator;
  return told?.platform || /Android|iPhone|iPad|Windows|Mac|Linux/.exec(userAgent)?.[0] || say("phone");
};
