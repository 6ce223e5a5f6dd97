// The one file that knows `@getodk/xforms-engine`: it opens a form and gives a small tree of our own.
//
//   form      sections, languages, language, setLanguage(code), missing(), read(path), write(path, value), given (what the
//             server had at each path), locked (paths that wait for a decision), onChange(listener of changed paths)
//   section   id, name, label, isRelevant, items, mayRead, mayWrite, who (the last three are told by the page)
//   item      kind "group" (label, items), "repeat" (label, instances, add, remove, restore, isCountable) or a question
//   question  kind, label, picture, sound (names of files beside the label), hint, value (as it stands in the instance), choices, isRequired, isReadonly, violation, set(value)
//
// Labels are "rich": strings and {tag, parts, href}, a safe part of Markdown; `textOf` makes a sentence of them.
// A path is what is saved as one answer: that of a question, or of the outermost repeat around it as a whole.
import { loadForm } from "@getodk/xforms-engine";

const FORMATTED = /[*_<`[\]#\\&\n]|^\s*(?:[-+>]|\d+[.)])\s/;
const TAGS = { em: "em", strong: "strong", u: "u", h1: "strong", h2: "strong", h3: "strong", h4: "strong", h5: "strong", h6: "strong" };
const isWeb = (address) => /^https?:\/\//i.test(address);

const partsOf = (nodes) =>
  nodes.flatMap((node) => {
    if (node.role === "child") return [node.value];
    if (node.role === "line-break") return [{ tag: "br", parts: [] }];
    if (node.role === "html") return /^<br\s*\/?>$/i.test(node.unsafeHtml.trim()) ? [{ tag: "br", parts: [] }] : [];
    const parts = partsOf(node.children);
    if (node.elementName === "a") return isWeb(node.url) ? [{ tag: "a", href: node.url, parts }] : parts;
    if (node.elementName === "p" || node.elementName === "div") return [{ tag: "block", parts }];
    if (node.elementName === "li") return [{ tag: "line", parts }];
    return node.elementName in TAGS ? [{ tag: TAGS[node.elementName], parts }] : parts;
  });
const rich = (range) => {
  if (!range) return null;
  const text = range.asString;
  if (!text.trim() || text.trim() === "-") return null; // "-" stands where a translation is missing
  return FORMATTED.test(text) ? partsOf(range.formatted) : [text];
};
export const textOf = (parts) => {
  const flat = (parts ?? []).map((part) => (typeof part === "string" ? part : part.tag === "br" ? " " : `${textOf(part.parts)} `));
  return flat.join("").replace(/\s+/g, " ").trim();
};

const fileAt = (address) => (address ? decodeURIComponent(address.href.split("/").pop()) : "");

// --- Kinds of questions ----------------------------------------------------------------------------------------------
const INPUTS = { string: "text", int: "integer", decimal: "decimal", date: "date", time: "time", dateTime: "datetime", geopoint: "geopoint", barcode: "text" };
const uploadKind = (node) => {
  if (node.nodeOptions.media.type !== "image") return "file";
  return node.appearances.signature || node.appearances.draw ? "drawing" : "photo";
};
const inputKind = (node) => {
  const kind = INPUTS[node.valueType] ?? "unsupported";
  return kind === "text" && (node.nodeOptions?.rows > 1 || node.appearances.multiline) ? "multiline" : kind;
};
const kindOf = (node) => {
  switch (node.nodeType) {
    case "input":
      return inputKind(node);
    case "select":
      return node.selectType === "select" ? "many" : "one";
    case "upload":
      return uploadKind(node);
    case "trigger":
      return "acknowledge";
    default:
      return node.nodeType; // note, range, rank
  }
};
const SETTERS = {
  select: (node, value) => node.selectValues(value ? value.split(" ") : []),
  rank: (node, value) => node.setValues(value ? value.split(" ") : []),
  trigger: (node, value) => node.setValue(value === "OK"),
  upload: (node, value) => node.setValue(value ? new File([], value) : null),
  input: (node, value) => node.setValue(value || (node.valueType === "string" ? "" : null)),
  range: (node, value) => node.setValue(value || null),
};

// --- The instance ----------------------------------------------------------------------------------------------------
const nameOf = (node) => node.definition.qualifiedName.localName;
const nodesetOf = (reference) => reference.replace(/\[\d+\]/g, "");
export const pathOf = (reference) => reference.replace(/\[.*$/, "");
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const element = (name, content) => (content ? `<${name}>${content}</${name}>` : `<${name}/>`);
const isLeaf = (node) => node.currentState.children === null;
const isRange = (node) => node.nodeType.startsWith("repeat-range");
const isOurs = (node) => node.definition.bind.calculate === null && !node.definition.bind.preload; // not what the form computes
const isFromCaseload = (node) => Boolean(node.definition.bind.calculate?.expression.includes("instance('klien')"));

// A node as XML; what is calculated is left blank, for whoever reads it calculates anew.
const xmlOf = (node) => {
  const { children, instanceValue } = node.currentState;
  if (isLeaf(node)) return element(nameOf(node), isOurs(node) ? escaped(instanceValue) : "");
  const content = children.map(xmlOf).join("");
  return isRange(node) ? content : element(nameOf(node), content);
};
const elementsOf = (xml) => {
  const read = new DOMParser().parseFromString(`<r>${xml}</r>`, "text/xml");
  if (read.querySelector("parsererror")) throw new SyntaxError("an answer that is not XML");
  return [...read.documentElement.children];
};
const canonical = (given) => element(given.localName, given.children.length ? [...given.children].map(canonical).join("") : escaped(given.textContent));

const put = (node, value) => {
  if (!(node.nodeType in SETTERS) || node.currentState.instanceValue === value) return;
  try {
    SETTERS[node.nodeType](node, value);
  } catch (error) {
    console.warn(`${node.currentState.reference} was not set`, error); // the form itself keeps it from being written
  }
};
const fill = (node, given) => {
  if (isLeaf(node)) return put(node, given?.textContent ?? "");
  for (const child of node.currentState.children) {
    const matching = given ? [...given.children].filter((inner) => inner.localName === nameOf(child)) : [];
    if (isRange(child)) fillRange(child, matching);
    else fill(child, matching[0]);
  }
};
const fillRange = (range, given) => {
  if (range.nodeType === "repeat-range:uncontrolled") {
    const surplus = range.currentState.children.length - given.length;
    if (surplus > 0) range.removeInstances(given.length, surplus);
    if (surplus < 0) range.addInstances(range.currentState.children.length - 1, -surplus);
  }
  range.currentState.children.forEach((instance, place) => fill(instance, given[place]));
};

// --- The form --------------------------------------------------------------------------------------------------------
// What a note prints of a calculate is worked out on this screen: the server's count is the one that holds. Words that are
// only put together (a name, the label of a choice) are no count.
const WORDS = /^\s*(?:concat|jr:choice-name|once|today|now|uuid|pulldata|string|substr)\b/;
const provisionalRefs = (definition) => {
  const counts = [...definition.querySelectorAll("bind[calculate]")].filter((bind) => !WORDS.test(bind.getAttribute("calculate")));
  const scores = new Set(counts.map((bind) => bind.getAttribute("nodeset")));
  const texts = new Map([...definition.querySelectorAll("translation > text")].map((text) => [text.id, text]));
  const prints = (label) => {
    const inner = label?.getAttribute("ref")?.match(/jr:itext\('(.+)'\)/)?.[1];
    const outputs = [label, texts.get(inner)].flatMap((holder) => [...(holder?.querySelectorAll("output") ?? [])]);
    return outputs.some((output) => scores.has(output.getAttribute("value")?.trim()));
  };
  const controls = [...definition.querySelectorAll("body input[ref]")];
  return new Set(controls.filter((control) => prints(control.querySelector("label"))).map((control) => control.getAttribute("ref")));
};

// A file stands in the instance as its name alone. The engine keeps a name that it was opened with even after it was
// taken away, so it is opened without, and told the names afterwards.
const withoutFiles = (definition, instance) => {
  const read = new DOMParser().parseFromString(instance, "text/xml");
  const uploads = [...definition.querySelectorAll("upload[ref]")].map((control) => control.getAttribute("ref").split("/").slice(2));
  const found = uploads.flatMap((steps) =>
    steps.reduce((at, step) => at.flatMap((parent) => [...parent.children].filter((child) => child.localName === step)), [read.documentElement]),
  );
  for (const file of found) file.textContent = "";
  return new XMLSerializer().serializeToString(read.documentElement);
};

const languagesOf = (root) => root.languages.filter((one) => !one.isSyntheticDefault).map((one) => ({ code: one.language, label: one.language.replace(/\s*\([a-z-]+\)$/i, "") }));

// `attachment(name)` answers a file that belongs to the form (a list, a picture) as fetch does.
export const open = async ({ xform, instance, locale, attachment }) => {
  const definition = new DOMParser().parseFromString(xform, "text/xml");
  const loaded = await loadForm(xform, {
    fetchFormAttachment: (address) => attachment(fileAt(address)),
    missingResourceBehavior: "BLANK",
  });
  if (loaded.status === "failure") throw loaded.error;

  let isOpen = false;
  let changed = new Set();
  const listeners = [];
  const told = () => {
    const paths = changed;
    changed = new Set();
    for (const listener of listeners) listener(paths);
  };
  const note = (reference) => {
    if (!isOpen) return;
    if (!changed.size) queueMicrotask(told);
    changed.add(reference ? pathOf(reference) : "");
  };
  const stateFactory = (state) =>
    new Proxy(state, {
      set(target, key, value) {
        const isNew = target[key] !== value;
        target[key] = value;
        if (isNew) note(target.reference);
        return true;
      },
    });
  const data = new FormData();
  const bare = withoutFiles(definition, instance);
  data.set("xml_submission_file", new File([bare], "xml_submission_file", { type: "text/xml" }));
  const { root } = await loaded.restoreInstance({ data: [data] }, { stateFactory });

  const locked = new Set(); // paths that nobody may write until two people's answers are settled
  const provisional = provisionalRefs(definition);
  const items = new WeakMap();
  const itemOf = (node, section) => {
    if (!items.has(node)) items.set(node, build(node, section));
    return items.get(node);
  };
  // The head of a table of scales is a question without an answer, for clients that draw tables.
  const isAsked = (node) => node.nodeType !== "model-value" && !(node.nodeType === "select" && node.appearances.label);
  const shown = (nodes, section) => nodes.filter((node) => isAsked(node) && node.currentState.relevant).map((node) => itemOf(node, section));
  const base = (node, section) => ({
    id: node.nodeId.replace(/\W/g, "-"),
    name: nameOf(node),
    section,
    get path() {
      return pathOf(node.currentState.reference);
    },
    get nodeset() {
      return nodesetOf(node.currentState.reference);
    },
    get label() {
      return rich(node.currentState.label);
    },
    get isRelevant() {
      return node.currentState.relevant;
    },
  });
  const extended = (start, more) => Object.defineProperties(start, Object.getOwnPropertyDescriptors(more));

  const question = (node, section) =>
    extended(base(node, section), {
      kind: kindOf(node),
      appearances: new Set(node.appearances ?? []),
      isProvisional: provisional.has(nodesetOf(node.currentState.reference)),
      bounds: node.nodeType === "range" ? Object.fromEntries(Object.entries(node.definition.bodyElement.bounds).map(([side, limit]) => [side, Number(limit)])) : null,
      accept: node.nodeType === "upload" ? node.nodeOptions.media.accept : "",
      get hint() {
        return rich(node.currentState.hint);
      },
      get value() {
        return node.currentState.instanceValue;
      },
      get choices() {
        return (node.currentState.valueOptions ?? []).map(({ value, label }) => ({ value, label: rich(label) ?? [value], picture: fileAt(label?.imageSource), sound: fileAt(label?.audioSource) }));
      },
      get picture() {
        return fileAt(node.currentState.label?.imageSource);
      },
      get sound() {
        return fileAt(node.currentState.label?.audioSource);
      },
      get isRequired() {
        return node.currentState.required;
      },
      get isReadonly() {
        return node.currentState.readonly || !isOurs(node) || !section.mayWrite || locked.has(pathOf(node.currentState.reference));
      },
      get violation() {
        const found = node.validationState.violation;
        return found ? { condition: found.condition, message: found.message?.asString ?? "" } : null;
      },
      set(value) {
        put(node, value);
      },
    });
  const group = (node, section) =>
    extended(base(node, section), {
      kind: "group",
      get items() {
        return shown(node.currentState.children, section);
      },
    });
  const repeat = (node, section) =>
    extended(base(node, section), {
      kind: "repeat",
      isCountable: node.nodeType === "repeat-range:uncontrolled",
      get isReadonly() {
        return node.currentState.readonly || !section.mayWrite || locked.has(pathOf(node.currentState.reference));
      },
      get instances() {
        return node.currentState.children.map((child) => itemOf(child, section));
      },
      add: () => node.addInstances(),
      remove: (place) => node.removeInstances(place),
      // One that was taken away, put back at its place with what stood in it.
      xmlAt: (place) => xmlOf(node.currentState.children[place]),
      restore(place, xml) {
        node.addInstances(place - 1);
        fill(node.currentState.children[place], elementsOf(xml)[0]);
      },
    });
  const build = (node, section) => {
    if (isRange(node)) return repeat(node, section);
    return isLeaf(node) ? question(node, section) : group(node, section);
  };

  // An outermost group or repeat is a section; questions that stand outside of them are one together.
  const sections = [];
  const outermost = root.currentState.children.filter((node) => node.nodeType !== "model-value" && nameOf(node) !== "meta");
  for (const node of outermost) {
    const isOwn = !isLeaf(node);
    let section = sections.at(-1);
    if (isOwn || !section || section.name) {
      const nodes = [];
      section = {
        id: isOwn ? nameOf(node) : `bagian-${sections.length + 1}`,
        name: isOwn ? nameOf(node) : "",
        mayRead: true, // else what was answered there is not told, and must not look unanswered
        mayWrite: true,
        who: "",
        nodes,
        get label() {
          return isOwn ? rich(node.currentState.label) : null;
        },
        get isRelevant() {
          return nodes.some((one) => one.currentState.relevant);
        },
        get items() {
          if (!this.mayRead) return [];
          const inner = isOwn && !isRange(node) ? node.currentState.children : nodes;
          return shown(inner, this);
        },
      };
      sections.push(section);
    }
    section.nodes.push(node);
  }

  const within = (listed) => listed.flatMap((item) => (item.kind === "group" ? within(item.items) : item.kind === "repeat" ? within(item.instances) : [item]));
  const questions = () => sections.filter((section) => section.isRelevant).flatMap((section) => within(section.items));

  // What is saved: every question outside of repeats, and every outermost repeat.
  const units = new Map();
  const fromCaseload = new Map();
  const collect = (nodes) => {
    for (const node of nodes) {
      if (isLeaf(node) ? isOurs(node) && node.nodeType !== "note" : isRange(node)) units.set(pathOf(node.currentState.reference), node);
      else if (!isLeaf(node)) collect(node.currentState.children);
      else if (isFromCaseload(node)) fromCaseload.set(pathOf(node.currentState.reference), node);
    }
  };
  collect(root.currentState.children);
  const read = (path) => {
    const node = units.get(path);
    return isRange(node) ? xmlOf(node) : node.currentState.instanceValue;
  };
  const write = (path, value) => {
    const node = units.get(path);
    if (!node) return;
    if (isRange(node)) fillRange(node, elementsOf(value));
    else put(node, value);
  };
  const sectionOf = (path) => sections.find((section) => section.nodes.some((node) => `${path}/`.startsWith(`${pathOf(node.currentState.reference)}/`)));

  // What the server says stands at each path, letter for letter: the engine may write a number or a moment otherwise.
  const given = new Map();
  const source = new DOMParser().parseFromString(instance, "text/xml").documentElement;
  for (const [path, node] of units) {
    const reached = path.split("/").slice(2).reduce((at, step) => at.flatMap((parent) => [...parent.children].filter((child) => child.localName === step)), [source]);
    given.set(path, isRange(node) ? reached.map(canonical).join("") : reached[0]?.textContent ?? "");
    const holdsFiles = [...definition.querySelectorAll("upload[ref]")].some((control) => `${control.getAttribute("ref")}/`.startsWith(`${path}/`));
    if (holdsFiles && given.get(path)) write(path, given.get(path));
  }
  const languages = languagesOf(root);
  const setLanguage = (code) => {
    const wanted = root.languages.find((one) => one.language === code);
    if (wanted) root.setLanguage(wanted);
  };
  const spoken = languages.find(({ code }) => code === locale || code.endsWith(`(${locale})`));
  if (spoken) setLanguage(spoken.code);
  isOpen = true;

  return {
    title: definition.querySelector("head > title")?.textContent ?? "",
    sections,
    languages,
    setLanguage,
    get language() {
      return root.currentState.activeLanguage.language;
    },
    given,
    locked,
    paths: () => units.keys(),
    // What the form took from the caseload of the phone: the server cannot work out what that said.
    noted: () => Object.fromEntries([...fromCaseload].map(([path, node]) => [path, node.currentState.instanceValue])),
    read,
    write,
    sectionOf,
    within,
    isRelevantAt: (path) => units.get(path)?.currentState.relevant ?? false,
    missing: () => questions().filter((one) => one.violation),
    onChange: (listener) => listeners.push(listener),
  };
};
