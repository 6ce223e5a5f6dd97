// What the page asks of the server: who is signed in, a device, the pocket, forms. Every answer tells the server's time.
const PATIENCE = 30_000; // ms

const ask = async (address, options = {}) => {
  const stop = new AbortController();
  const alarm = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, { cache: "no-store", redirect: "manual", ...options, signal: stop.signal });
    const body = response.status === 200 ? await response.arrayBuffer() : null; // within the patience
    return { response, body };
  } catch {
    return null;
  } finally {
    clearTimeout(alarm);
  }
};
const factsOf = (body) => JSON.parse(new TextDecoder().decode(body));
const isOurs = (response) => response.headers.get("Content-Type")?.startsWith("application/json");
const refusalOf = async (response) => (isOurs(response) ? await response.json().catch(() => ({})) : {});

// {outcome: "ok", …}, "door" (sign in first), "refused" (with words), or "away".
export const whoIsSignedIn = async (addresses) => {
  const got = await ask(addresses.who, { headers: { Accept: "application/json" } });
  if (!got) return { outcome: "away" };
  const { response, body } = got;
  if (response.type === "opaqueredirect" || response.status === 423) return { outcome: "door" };
  if (!isOurs(response)) return { outcome: "away" };
  return body ? { outcome: "ok", ...factsOf(body) } : { outcome: "refused", ...(await refusalOf(response)) };
};
export const openDevice = async (addresses, { id, name, csrf }) => {
  const typed = new URLSearchParams({ id, name });
  const got = await ask(addresses.open, { method: "POST", body: typed, headers: { Accept: "application/json", "X-CSRFToken": csrf } });
  if (!got || !isOurs(got.response)) return { outcome: "away" };
  return got.body ? { outcome: "ok", ...factsOf(got.body) } : { outcome: "refused", ...(await refusalOf(got.response)) };
};

// With the token alone: {outcome: "new", at, etag, body}, "same", "closed" (the device is ended), "gone", or "away".
export const fetchOwn = async (address, token, etag = "") => {
  const headers = { Accept: "*/*", "X-Serasi-Device": token, ...(etag && { "If-None-Match": etag }) };
  const got = await ask(address, { credentials: "omit", headers });
  if (!got) return { outcome: "away" };
  const { response, body } = got;
  const at = Date.parse(response.headers.get("X-Serasi-Time") ?? "");
  if (Number.isNaN(at)) return { outcome: "away" }; // not from us
  if (response.status === 304) return { outcome: "same", at };
  if (response.status === 403) return { outcome: "closed", at };
  if (!body) return { outcome: response.status === 404 ? "gone" : "away", at };
  const media = (response.headers.get("X-Serasi-Media") ?? "").split(" ").filter(Boolean);
  return { outcome: "new", at, media, etag: response.headers.get("ETag") ?? "", type: response.headers.get("Content-Type") ?? "", body };
};
