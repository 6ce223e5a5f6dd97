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
  const tell = () => {
    const [latitude, longitude, , accuracy] = question.value.split(" ").map(Number);
    told.textContent = question.value ? say(accuracy ? "placeWithin" : "place", { latitude: spoken(latitude), longitude: spoken(longitude), n: Math.round(accuracy) }) : "";
  };

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
        tell();
        field.complain(say(code === 1 ? "placeDenied" : "noPlace"));
        typed.open = true;
        take.focus();
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 0 },
    );
  });
  const typedValue = ([latitude, longitude]) => (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? `${latitude} ${longitude} 0 0` : null);
  // What cannot be read stays in the boxes, to be mended.
  const read = () => {
    const texts = [north.value, east.value];
    const isBlank = texts.every((text) => !text.trim());
    if (!isBlank && !texts.every((text) => text.trim())) return;
    const value = isBlank ? "" : typedValue(texts.map(numberIn));
    latest = value ?? "";
    field.commit(latest, false);
    if (value === null) field.complain(say("wrongPlace"));
    tell();
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
    tell();
    [north.value, east.value] = latest ? latest.split(" ").map((part_) => spoken(Number(part_))) : ["", ""];
  };
  return { parts: [told, h("div", { class: "actions" }, take, clear), typed], isGroup: true, focus: () => take.focus(), refresh };
};
