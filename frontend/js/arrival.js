// At the gate of a shelter (<form data-tags="1-100,201-300">): after each arrival the next number of this phone stands in
// the form, whether it was sent or kept, and a family keeps the number of its head. The number given last is remembered,
// for what is kept here the server does not know yet; it tells nothing of a person, and goes when one signs out.
import { told } from "./notice.js";

const form = document.querySelector("form[data-tags]");
if (form) {
  // A form that was refused is drawn anew.
  const field = (name) => document.querySelector("form[data-tags]").elements.namedItem(name);
  const ranges = form.dataset.tags.split(",").map((range) => range.split("-").map(Number));
  const shelf = `serasi-tag-${form.dataset.gathering}`;
  const following = (tag) => {
    const range = ranges.find(([first, last]) => tag + 1 <= last);
    return range && Math.max(range[0], tag + 1);
  };
  const remember = (tag) => {
    try {
      localStorage.setItem(shelf, tag);
    } catch {
      // Without storage the server's own next number stands.
    }
  };
  const recalled = () => {
    try {
      return Number(localStorage.getItem(shelf));
    } catch {
      return 0;
    }
  };
  const given = recalled();
  const shown = Number(field("tag").value);
  if (given >= shown && ranges.some(([first, last]) => given >= first && given <= last)) {
    field("tag").value = following(given) ?? "";
  }
  let typed = {};
  document.addEventListener("submit", ({ target, submitter }) => {
    if (!target.matches("[data-tags]")) return;
    const [tag, group] = [Number(field("tag").value), field("group_tag").value];
    typed = { tag, group: submitter?.value === "family" ? group || tag : "", origin: field("origin").value };
  });
  const ready = ({ detail }) => {
    const next = following(typed.tag);
    remember(typed.tag);
    if (!next && navigator.onLine) return location.reload(); // the server has set more aside
    field("tag").value = next ?? "";
    field("group_tag").value = typed.group;
    if (typed.group) field("origin").value = typed.origin;
    told(detail.messages[0] ?? detail.label);
    window.scrollTo(0, 0);
    field("age").focus({ preventScroll: true });
  };
  document.addEventListener("serasi:sent", ready);
  document.addEventListener("serasi:kept", ready);
}
