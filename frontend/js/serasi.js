// The whole script of Serasi. Every page works without it; it makes pages quicker and safer on shared computers.
// It keeps nothing readable in browser storage: what is typed about people stays on the page, or is sealed (outbox.js).
import "./htmx.js";
import "./once.js";
import "./reveal.js";
import "./dialog.js";
import "./idle.js";
import "./leaving.js";
import "./outbox.js";
import "./arrival.js";
import "./passkey.js";
import "./tabs.js";
