// A signature or a drawing, with finger, pen or mouse; it is saved as a picture shortly after the last stroke. Who cannot
// draw here chooses a picture instead.
import { button, h } from "../dom.js";
import { say } from "../words.js";
import { chooser } from "./file.js";

const PAUSE = 1200; // ms after the last stroke
const SCALE = 2; // pixels of the picture to one of the screen

export const drawing = (question, field) => {
  const isSignature = question.appearances.has("signature");
  const canvas = h("canvas", { class: `fill-canvas${isSignature ? "" : " fill-canvas-tall"}`, role: "img", "aria-label": say(isSignature ? "signHere" : "drawHere") });
  const undo = button(say("undo"), { look: "btn-quiet", sign: "arrow-back-up" });
  const clear = button(say("wipe"), { look: "btn-quiet", sign: "trash" });
  const prepare = async (chosen) => ({ file: chosen });
  const chosen = chooser(question, field, { accept: "image/*", label: say("choosePicture"), again: say("choosePicture"), sign: "upload", prepare, isPicture: true });
  const [picture, name, state, actions] = chosen.parts;
  let strokes = [];
  let timer = 0;
  let isDrawn = false; // by hand, on this page: the canvas stays

  const paint = () => {
    const { width, height } = canvas.getBoundingClientRect();
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 2.5 * SCALE, lineCap: "round", lineJoin: "round", strokeStyle: "#14232d" });
    for (const stroke of strokes) {
      pen.beginPath();
      for (const [x, y] of stroke) pen.lineTo(x * width * SCALE, y * width * SCALE);
      if (stroke.length === 1) pen.lineTo(stroke[0][0] * width * SCALE + 1, stroke[0][1] * width * SCALE);
      pen.stroke();
    }
  };
  const save = () => {
    clearTimeout(timer);
    timer = 0;
    if (!strokes.length) return field.commit("", false);
    canvas.toBlob((image) => chosen.send(new File([image], isSignature ? "tanda-tangan.png" : "gambar.png", { type: "image/png" })), "image/png");
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
    refresh();
  };
  // Measured along the width, so that a phone that is turned keeps the shape.
  const pointOf = ({ clientX, clientY }) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / width];
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (question.isReadonly) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    clearTimeout(timer);
    isDrawn = true;
    strokes.push([pointOf(event)]);
    paint();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1).push(...(event.getCoalescedEvents?.() ?? [event]).map(pointOf));
    paint();
  });
  canvas.addEventListener("lostpointercapture", soon);
  undo.addEventListener("click", () => {
    strokes.pop();
    paint();
    soon();
  });
  clear.addEventListener("click", () => {
    strokes = [];
    isDrawn = false;
    paint();
    save();
    refresh();
  });
  const refresh = () => {
    chosen.refresh();
    const isStored = question.value !== "" && !isDrawn;
    canvas.hidden = question.isReadonly || isStored;
    picture.hidden ||= !canvas.hidden;
    undo.hidden = canvas.hidden || !strokes.length;
    clear.hidden = canvas.hidden || !strokes.length;
    actions.lastChild.hidden ||= !isStored; // "hapus" of the file: on the canvas there is a word of its own
    if (!canvas.hidden && canvas.isConnected && !isDrawn && canvas.painted !== canvas.clientWidth) {
      canvas.painted = canvas.clientWidth;
      paint();
    }
  };
  new ResizeObserver(() => canvas.hidden || paint()).observe(canvas);
  actions.prepend(undo, clear);
  return { parts: [canvas, picture, name, state, actions], isGroup: true, focus: chosen.focus, refresh };
};
