// How long ago the phone heard from the server, and what time it is there. The clock of a phone may be days wrong and may
// be set while we look away: time that passes is added up, and a clock that goes backwards takes nothing off.
const LONGEST = 7 * 24 * 3600_000; // ms without contact: then the pocket is not read any more
const HOUR = 3600_000;

// `at` is the server's time (ms) at the contact, `elapsed` what has passed since, `seen` our clock when last looked at.
export const contacted = (at, now = Date.now()) => ({ at, elapsed: 0, seen: now });
export const touched = (contact, now = Date.now()) => ({ ...contact, elapsed: contact.elapsed + Math.max(0, now - contact.seen), seen: now });
export const isStale = (contact) => !contact || contact.elapsed > LONGEST;
// The moment by the server's clock, as far as we can tell.
export const serverNow = (contact) => new Date(contact ? contact.at + touched(contact).elapsed : Date.now());
export const isOld = (iso) => Date.now() - Date.parse(iso) > 24 * HOUR;
