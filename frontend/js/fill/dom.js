// Elements, built without a line of HTML as text.
let sprite = "";

export const useIcons = (address) => {
  sprite = address;
};
export const h = (tag, properties = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
};
const SVG = "http://www.w3.org/2000/svg";
export const icon = (name) => {
  const drawn = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  drawn.append(use);
  return drawn;
};
export const button = (label, { look = "", sign, ...properties } = {}) =>
  h("button", { type: "button", class: `btn ${look}`.trim(), ...properties }, sign && icon(sign), label);
export const hidden = (text) => h("span", { class: "visually-hidden" }, text);

// What the author of a form wrote (engine.js): bold, italics, line breaks and links to the web.
export const written = (parts) =>
  (parts ?? []).map((part) => {
    if (typeof part === "string") return part;
    if (part.tag === "br") return h("br");
    if (part.tag === "block" || part.tag === "line") return h("span", { class: `fill-${part.tag}` }, written(part.parts));
    const properties = part.tag === "a" ? { href: part.href, rel: "noopener noreferrer", target: "_blank" } : {};
    return h(part.tag, properties, written(part.parts));
  });
// The picture and the sound that a form brings along for words; `media` says where a file is, or nothing.
export const beside = ({ picture, sound }, media, words) => {
  const [seen, heard] = [media(picture), media(sound)];
  return [
    seen && h("img", { class: "fill-picture", src: seen, alt: words, loading: "lazy" }),
    heard && h("audio", { class: "fill-sound", src: heard, controls: true, preload: "none", "aria-label": words }),
  ].filter(Boolean);
};
// Draws anew only what reads otherwise than before.
export const redraw = (holder, key, draw) => {
  if (holder.drawn === key) return;
  holder.drawn = key;
  holder.replaceChildren(...draw().filter((child) => child !== null && child !== undefined && child !== false));
};
