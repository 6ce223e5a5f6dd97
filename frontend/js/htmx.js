// htmx, pinned exactly. Only fragments that the server meant for the page are put into it: an answer of 4xx is one
// (a form with its errors), an answer of 5xx is not. Back loads the page anew; no snapshot is kept.
import htmx from "htmx.org/dist/htmx.esm.min.js";

Object.assign(htmx.config, {
  noSwap: [204, 304, "5xx"],
  history: "reload",
  includeIndicatorCSS: false,
  mode: "same-origin",
});

const troubled = (message) => {
  const region = document.getElementById("messages");
  if (!region) return;
  const notice = document.createElement("p");
  notice.className = "notice notice-bad";
  notice.textContent = message;
  region.replaceChildren(notice);
};

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.status >= 500) troubled(document.body.dataset.troubled);
});
document.addEventListener("htmx:error", () => troubled(document.body.dataset.offline));
document.addEventListener("htmx:before:request", () => {
  document.querySelector("#messages .notice-bad:not([role])")?.remove();
});
// After a form comes back with errors, the summary takes the focus, as on a full page.
document.addEventListener("htmx:after:swap", () => {
  document.querySelector(".error-summary:not([data-seen])")?.focus();
});
