// The public engine as a stranger's client: opens a form as it was served, with the files of its manifest, answers its
// questions one after the other, and gives what it would send.
import { loadForm } from "@getodk/xforms-engine";

const PUT = {
  select: (node, value) => node.selectValues(value.split(" ")),
  input: (node, value) => node.setValue(value),
  trigger: (node, value) => node.setValue(value === "OK"),
  upload: (node, value) => node.setValue(new File([Uint8Array.from(atob(value), (one) => one.charCodeAt(0))], "foto.jpg", { type: "image/jpeg" })),
};
const leaves = (node) => (node.currentState.children ?? []).flatMap((child) => [child, ...leaves(child)]);

window.fill = async (form, media, answers) => {
  const fetchFormAttachment = async (address) => {
    const name = address.href.split("/").pop();
    if (!(name in media)) throw new Error(`asks for ${name}`);
    return new Response(media[name], { headers: { "Content-Type": "text/csv" } });
  };
  const loaded = await loadForm(form, { fetchFormAttachment });
  if (loaded.status === "failure") throw loaded.error;
  const { root } = loaded.createInstance();
  for (const [path, value] of Object.entries(answers)) {
    const node = leaves(root).find((one) => one.currentState.reference === path);
    if (!node) throw new Error(`no question at ${path}`);
    PUT[node.nodeType](node, value);
  }
  const payload = await root.prepareInstancePayload({ payloadType: "monolithic" });
  const sent = [];
  for (const data of payload.data) {
    for (const [name, file] of data.entries()) sent.push([name, file.name, btoa(String.fromCharCode(...new Uint8Array(await file.arrayBuffer())))]);
  }
  return { status: payload.status, violations: (payload.violations ?? []).map((one) => one.reference), sent };
};
