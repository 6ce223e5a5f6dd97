// A screen left alone in the office of a panti locks itself. The page says after how long (data-idle-seconds on <body>)
// and holds the form that locks (#idle-form). The last minute is announced in a dialog (#idle-dialog).
// Work in another tab of the same browser counts; the tabs tell each other, nothing is stored.
const seconds = Number(document.body.dataset.idleSeconds || 0);

if (seconds > 0) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("serasi-activity") : null;
  const dialog = document.getElementById("idle-dialog");
  const form = document.getElementById("idle-form");
  let latest = Date.now();
  let told = 0;

  const active = () => {
    latest = Date.now();
    if (dialog?.open) dialog.close();
    if (latest - told > 5000) {
      told = latest;
      channel?.postMessage("active");
    }
  };
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, active, { passive: true, capture: true });
  }
  if (channel) {
    channel.onmessage = () => {
      latest = Date.now();
      if (dialog?.open) dialog.close();
    };
  }
  setInterval(() => {
    const idle = (Date.now() - latest) / 1000;
    if (idle >= seconds) {
      if (document.dispatchEvent(new CustomEvent("serasi:idle", { cancelable: true }))) form?.requestSubmit();
      latest = Date.now();
    } else if (idle >= seconds - 60 && dialog && !dialog.open) {
      dialog.showModal();
    }
  }, 1000);
}
