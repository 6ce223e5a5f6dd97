// htmx, pinned exactly. Only fragments that the server meant for the page are put into it: an answer of 4xx is one
// (a form with its errors), an answer of 5xx is not. Back loads the page anew; no snapshot is kept.
import htmx from "htmx.org/dist/htmx.esm.min.js";
import { troubled } from "./notice.js";

Object.assign(htmx.config, {
  noSwap: [204, 304, "5xx"],
  history: "reload",
  includeIndicatorCSS: false,
  mode: "same-origin",
});

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500 && !event.target.closest?.("[data-quiet]")) troubled(document.body.dataset.troubled);
});
// Numbers that are asked for again and again (data-quiet) may fail in silence.
document.addEventListener("htmx:error", (event) => {
  if (!event.target.closest?.("[data-quiet]")) troubled(document.body.dataset.offline);
});
document.addEventListener("htmx:before:request", () => {
  document.querySelector("#messages .notice-bad:not([role])")?.remove();
});
// A form that comes back with errors, as a page or as a fragment: the summary takes the focus, once.
const announce = () => {
  const summary = document.querySelector(".error-summary:not([data-seen])");
  if (!summary) return;
  summary.dataset.seen = "";
  summary.focus();
};
document.addEventListener("htmx:after:swap", announce);
announce();
