// Passkeys work with script alone, and only where browser and address know them (HTTPS, or this machine): a button for
// one stands `hidden` on the page until then. Its data-passkey holds the words for a device that gave no key; the
// ceremony itself is in the scripts of allauth, which tell of every failure with `allauth.error`.
import { troubled } from "./notice.js";

const button = document.querySelector("[data-passkey]");
if (button && window.PublicKeyCredential) {
  button.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    troubled(button.dataset.passkey);
  });
}
