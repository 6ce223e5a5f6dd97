// Files, and pictures as a phone takes them: drawn anew before they are sent, at most 1,600 pixels wide, which also
// leaves behind where they were taken.
import { button, h, icon } from "../dom.js";
import { say } from "../words.js";

const WIDEST = 1600; // pixels
const LARGEST = 15; // MB, of a file that is not a picture

const shrunk = async (file) => {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.82));
    return { file: new File([small], "foto.jpg", { type: "image/jpeg" }), preview: canvas.toDataURL("image/jpeg", 0.5) };
  } catch {
    return { file, preview: "" };
  }
};

// The button to choose with, what was chosen, and how far it got.
export const chooser = (question, field, { accept, capture, label, again = say("replaceFile"), sign, prepare, isPicture }) => {
  const input = h("input", { id: field.id, type: "file", class: "visually-hidden", accept, capture, ...field.described });
  const caption = h("span", {}, label);
  const choose = h("label", { class: "btn fill-choose", for: field.id }, icon(sign), caption);
  const remove = button(say("removeFile"), { look: "btn-quiet", sign: "trash" });
  const state = h("p", { class: "hint", role: "status" });
  const picture = h("img", { class: "fill-picture", alt: "" });
  const name = h("a", { class: "file", target: "_blank", rel: "noopener" });
  let preview = "";
  let isSending = false;
  let latest = null;

  const send = (file, drawn = "") => {
    preview = drawn;
    isSending = true;
    refresh();
    field.attach(file, {
      done: (stored) => {
        isSending = false;
        latest = stored; // it is still the picture in sight
        field.commit(stored, false);
        refresh();
      },
      failed: (message) => {
        isSending = false;
        preview = "";
        field.complain(message || say("fileRefused"));
        refresh();
      },
    });
  };
  input.addEventListener("change", async () => {
    const [chosen] = input.files;
    if (!chosen) return;
    input.value = "";
    const { file, preview: drawn } = await prepare(chosen);
    if (file.size > LARGEST * 1024 * 1024) return field.complain(say("fileTooLarge", { n: LARGEST }));
    send(file, drawn);
  });
  remove.addEventListener("click", () => {
    preview = "";
    latest = null;
    field.commit("", false);
    input.focus();
  });
  const refresh = () => {
    const { value, isReadonly } = question;
    if (value !== latest && !isSending) {
      latest = value;
      preview = "";
    }
    const address = preview || (value && isPicture ? field.address(value) : "");
    picture.hidden = !address;
    if (address && picture.getAttribute("src") !== address) picture.src = address;
    picture.alt = address ? say("pictureOf", { label: field.words() }) : "";
    name.hidden = !value || isPicture;
    if (value) name.href = field.address(value);
    name.replaceChildren(icon("paperclip"), h("strong", {}, value));
    state.textContent = isSending ? say("sendingFile") : "";
    state.hidden = !isSending;
    caption.textContent = value || isSending ? again : label;
    input.disabled = isReadonly;
    choose.hidden = isReadonly;
    remove.hidden = isReadonly || !value || isSending;
  };
  return { parts: [picture, name, state, h("div", { class: "actions fill-file" }, input, choose, remove)], send, focus: () => input.focus(), refresh };
};

export const photo = (question, field) =>
  chooser(question, field, {
    accept: "image/*",
    capture: question.appearances.has("new") ? "environment" : null,
    label: say("takePhoto"),
    sign: "camera",
    prepare: shrunk,
    isPicture: true,
  });
export const file = (question, field) =>
  chooser(question, field, {
    accept: question.accept && question.accept !== "*" ? question.accept : null,
    label: say("chooseFile"),
    sign: "upload",
    prepare: async (chosen) => ({ file: chosen }),
    isPicture: false,
  });
