// Words for what went wrong between the browser and us, put where screen readers listen.
export const troubled = (message) => {
  const region = document.getElementById("messages");
  if (!region) return;
  const notice = document.createElement("p");
  notice.className = "notice notice-bad";
  notice.textContent = message;
  region.replaceChildren(notice);
};
