// Where answers come from and go to. A store offers
//   form() → the XForm as text             attachment(name) → what the form brings along, answered as by fetch
//   load() → {instance, sections, typed, differences, cursor}
//     (a section: {name, may_read, may_write, who})
//   save(cursor, entries) → {cursor, taken, refused, news, differences}: all differences that are open, news since the cursor
//     (a difference: {id, path, before, ours, mine, theirs, by, at}; its id is that of the entry that does not stand, mine
//     the name of whoever typed ours where it was somebody else)
//   upload({id, path, file}) → {name}      address(name) → where a stored file is shown from
//   renew() → after the session ended: whether there is one again
//   finish(form) → ends the assessment
// and throws Away (try again later), Ended (the session) or Refused (with words).
export class Away extends Error {}
export class Ended extends Error {}
export class Refused extends Error {}

const PATIENCE = 20_000; // ms

// Speaks with the server.
export const networkStore = ({ form, answers, save, file, media, csrf }) => {
  let token = csrf;

  const ask = async (address, options = {}, patience = PATIENCE) => {
    const stop = new AbortController();
    const alarm = setTimeout(() => stop.abort(), patience);
    let response;
    try {
      response = await fetch(address, { credentials: "same-origin", redirect: "manual", ...options, signal: stop.signal });
    } catch {
      throw new Away();
    } finally {
      clearTimeout(alarm);
    }
    // To the door, or locked: both are the end of the session.
    if (response.type === "opaqueredirect" || [401, 403, 423].includes(response.status)) throw new Ended();
    if (response.status >= 500 || response.status === 429 || response.status === 408) throw new Away();
    return response;
  };
  const answerOf = async (response) => {
    const answer = response.headers.get("Content-Type")?.startsWith("application/json") ? await response.json() : {};
    if (!response.ok) throw new Refused(answer.message ?? "");
    return answer;
  };
  const post = async (address, body, headers = {}, patience = PATIENCE) => {
    // What is small is sent to the end even if the page is closed meanwhile.
    const sent = { method: "POST", body, keepalive: body.length < 60_000, headers: { Accept: "application/json", "X-CSRFToken": token, ...headers } };
    return answerOf(await ask(address, sent, patience));
  };

  return {
    form: async () => (await ask(form)).text(),
    attachment: (name) => (media ? ask(media + encodeURIComponent(name)) : Promise.resolve(new Response("", { status: 404 }))),
    load: async () => answerOf(await ask(answers, { headers: { Accept: "application/json" } })),
    save: (cursor, entries) => post(save, JSON.stringify({ cursor, entries }), { "Content-Type": "application/json" }),
    upload: ({ id, path, file: chosen }) => {
      const body = new FormData();
      body.set("id", id);
      body.set("path", path);
      body.set("file", chosen, chosen.name);
      return post(file, body, {}, PATIENCE + chosen.size / 20); // 20 KB a second
    },
    address: (name) => `${file}${encodeURIComponent(name)}`,
    media: (name) => (media && name ? media + encodeURIComponent(name) : ""),
    // Whoever signed in again, in another tab, has a new token: this page, drawn anew, holds it.
    renew: async () => {
      const page = new DOMParser().parseFromString(await (await ask(location.href)).text(), "text/html");
      token = page.querySelector("[data-fill]")?.dataset.csrf ?? token;
    },
    finish: (page) => page.submit(),
  };
};

// To try a form out: it is opened as ever, and nothing is kept.
export const memoryStore = (addresses) => {
  const files = new Map();
  return {
    ...networkStore(addresses),
    save: async (cursor, entries) => ({ cursor, taken: entries.map(({ id }) => id) }),
    upload: async ({ id, file }) => {
      files.set(id, URL.createObjectURL(file));
      return { name: id };
    },
    address: (name) => files.get(name) ?? "",
  };
};
