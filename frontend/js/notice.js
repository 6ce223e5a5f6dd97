// Words for what happened between the browser and us, put where screen readers listen.
const say = (message, tone) => {
  const region = document.getElementById("messages");
  if (!region) return;
  const notice = document.createElement("p");
  notice.className = `notice notice-${tone}`;
  notice.textContent = message;
  region.replaceChildren(notice);
};
export const troubled = (message) => say(message, "bad");
export const told = (message) => say(message, "good");
