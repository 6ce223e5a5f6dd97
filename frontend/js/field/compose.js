// From single answers to the instance that says them, as the server composes it too (src/serasi/xforms/instance.py): an
// answer stands under the path of its question; that of an outermost repeat is the XML of all its rows. What is not
// answered keeps the form's default; what is calculated stays blank, for the server works it out, but for what the form
// took from the caseload of the phone.
const JAVAROSA = "http://openrosa.org/javarosa";
const ORX = "http://openrosa.org/xforms";
const childrenOf = (element, name) => [...element.children].filter(({ localName }) => localName === name);

const parsed = (text) => {
  const read = new DOMParser().parseFromString(text, "text/xml");
  if (read.querySelector("parsererror")) throw new SyntaxError("not XML");
  return read;
};
// What a client notes by itself: start, end and today of a workbook.
const preloaded = (definition, { startedAt, endedAt }) => {
  const told = new Map();
  for (const bind of definition.querySelectorAll("bind")) {
    const kind = `${bind.getAttributeNS(JAVAROSA, "preload")} ${bind.getAttributeNS(JAVAROSA, "preloadParams")}`;
    const value = { "timestamp start": startedAt, "timestamp end": endedAt, "date today": startedAt.slice(0, 10) }[kind];
    if (value) told.set(bind.getAttribute("nodeset"), value);
  }
  return told;
};
const adopted = (owner, row, namespace) => {
  const made = owner.createElementNS(namespace, row.localName);
  for (const child of row.children) made.append(adopted(owner, child, namespace));
  if (!row.children.length) made.textContent = row.textContent;
  return made;
};

// `about` is the case it is filled for: where the form asks for it, that is answered; else it stands first in what is
// finished (`endedAt`), as in the forms that other clients are served.
export const compose = (xform, answers, { instanceId, startedAt, endedAt, about = "" }) => {
  const definition = parsed(xform);
  const template = definition.querySelector("model > instance").firstElementChild;
  const made = document.implementation.createDocument(null, null);
  const root = made.importNode(template, true);
  made.append(root);
  for (const inner of [...root.querySelectorAll("*")]) if (inner.hasAttributeNS(JAVAROSA, "template")) inner.remove();
  const rows = new Map([...preloaded(definition, { startedAt, endedAt }), ...Object.entries(answers)]);
  for (const [path, value] of rows) {
    const steps = path.split("/").slice(2);
    const last = steps.pop();
    const parent = steps.reduce((at, step) => at && childrenOf(at, step)[0], root);
    if (!parent) continue;
    const standing = childrenOf(parent, last);
    const isRepeat = definition.querySelector(`repeat[nodeset="${path}"]`);
    if (!isRepeat) {
      if (standing[0]) standing[0].textContent = value;
      continue;
    }
    const following = standing.at(-1)?.nextSibling ?? null;
    for (const old of standing) old.remove();
    for (const row of parsed(`<r>${value}</r>`).documentElement.children) parent.insertBefore(adopted(made, row, parent.namespaceURI), following);
  }
  let meta = childrenOf(root, "meta")[0];
  if (!meta) root.append((meta = made.createElementNS(ORX, "meta")));
  let id = childrenOf(meta, "instanceID")[0];
  if (!id) meta.append((id = made.createElementNS(meta.namespaceURI, "instanceID")));
  id.textContent = `uuid:${instanceId}`;
  let kasus = about && childrenOf(root, "kasus")[0];
  if (about && !kasus && endedAt) root.prepend((kasus = made.createElementNS(root.namespaceURI, "kasus")));
  if (kasus) kasus.textContent = about;
  return new XMLSerializer().serializeToString(made);
};
