// Where we stand. The phone says it with how far off it may be; where it cannot, two numbers are typed.
import { button, h } from "../dom.js";
import { say } from "../words.js";

const PATIENCE = 30_000; // ms
const numberIn = (text) => Number(text.trim().replace(",", ".").replace("−", "-"));
const spoken = (number) => String(Math.round(number * 1e5) / 1e5).replace(".", ",");

export const geopoint = (question, field) => {
  const take = button(say("takePlace"), { sign: "map-pin", id: field.id });
  const clear = button(say("clear"), { look: "btn-quiet", sign: "x" });
  const told = h("p", { class: "fill-told", role: "status" });
  const box = (key) => h("input", { id: `${field.id}-${key}`, type: "text", inputmode: "text", class: "form-control width-medium", autocomplete: "off" });
  const [north, east] = [box("lat"), box("lon")];
  const part = (label, input) => h("div", {}, h("label", { for: input.id }, label), input);
  const typed = h("details", { class: "more" }, h("summary", {}, say("typePlace")), h("div", { class: "parts" }, part(say("latitude"), north), part(say("longitude"), east)));
  let latest = null;

  take.addEventListener("click", () => {
    if (!navigator.geolocation) return field.complain(say("noPlace"));
    take.disabled = true;
    told.textContent = say("seeking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        take.disabled = false;
        field.commit([coords.latitude, coords.longitude, coords.altitude ?? 0, coords.accuracy].map((number) => Math.round(number * 1e7) / 1e7).join(" "), false);
        take.focus();
      },
      ({ code }) => {
        take.disabled = false;
        latest = null;
        refresh();
        field.complain(say(code === 1 ? "placeDenied" : "noPlace"));
        typed.open = true;
        take.focus();
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  });
  const read = () => {
    const texts = [north.value, east.value];
    if (texts.every((text) => !text.trim())) return field.commit("", false);
    if (!texts.every((text) => text.trim())) return;
    const [latitude, longitude] = texts.map(numberIn);
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return field.commit(`${latitude} ${longitude} 0 0`, false);
    field.commit("", false);
    field.complain(say("wrongPlace"));
  };
  for (const input of [north, east]) input.addEventListener("change", read);
  clear.addEventListener("click", () => {
    field.commit("", false);
    take.focus();
  });
  const refresh = () => {
    take.hidden = typed.hidden = question.isReadonly;
    clear.hidden = question.isReadonly || !question.value;
    if (question.value === latest) return;
    latest = question.value;
    const [latitude, longitude, , accuracy] = latest.split(" ").map(Number);
    const isKnown = latest !== "";
    told.textContent = isKnown ? say(accuracy ? "placeWithin" : "place", { latitude: spoken(latitude), longitude: spoken(longitude), n: Math.round(accuracy) }) : "";
    north.value = isKnown ? spoken(latitude) : "";
    east.value = isKnown ? spoken(longitude) : "";
  };
  return { parts: [told, h("div", { class: "actions" }, take, clear), typed], isGroup: true, focus: () => take.focus(), refresh };
};
