// Sealing with the public key of the installation (src/serasi/common/envelopes.py): whoever seals cannot read it again.
const subtle = globalThis.crypto?.subtle;
export const canSeal = Boolean(subtle && globalThis.indexedDB);

const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...new Uint8Array(part)]));
const encoded = (text) => new TextEncoder().encode(text);

// `content` is bytes, `to` the public point in base64.
const seal = async (content, to) => {
  const point = Uint8Array.from(atob(to), (letter) => letter.charCodeAt(0));
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await subtle.importKey("raw", point, curve, false, []);
  const own = await subtle.generateKey(curve, false, ["deriveBits"]);
  const id = (await subtle.digest("SHA-256", point)).slice(0, 8);
  const head = joined([1], id, await subtle.exportKey("raw", own.publicKey));
  const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const key = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: head, info: encoded("serasi-outbox") },
    await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]),
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return new Blob([head, iv, await subtle.encrypt({ name: "AES-GCM", iv, additionalData: head }, key, content)]).arrayBuffer();
};

// A form (FormData) as the server reads it from an envelope (access/handing.py): a line that tells
// {id, user, address, label, at}, then the body. Answers the same facts, with `sealed` beside them.
export const sealedForm = async (told, typed, to) => {
  const body = new Response(typed);
  const line = JSON.stringify({ ...told, type: body.headers.get("Content-Type") });
  const content = new Blob([`${line}\n`, await body.arrayBuffer()]);
  return { ...told, sealed: await seal(await content.arrayBuffer(), to) };
};
