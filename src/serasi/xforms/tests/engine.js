// The public engine as the page uses it: opens a form, resumes instances as drafts, and says what each then is.
import { loadForm } from "@getodk/xforms-engine";

const NAME = "xml_submission_file";

window.recompute = async (form, instances, lists) => {
  const fetchFormAttachment = async (address) =>
    new Response(lists[address.href.split("/").pop()] ?? "", { headers: { "Content-Type": "text/csv" } });
  const loaded = await loadForm(form, { fetchFormAttachment });
  if (loaded.status === "failure") throw loaded.error;
  const found = [];
  for (const instance of instances) {
    const data = new FormData();
    data.set(NAME, new File([instance], NAME, { type: "text/xml" }));
    const { root } = await loaded.restoreInstance({ data: [data] });
    const { data: sent } = await root.prepareInstancePayload({ payloadType: "monolithic" });
    found.push(await sent[0].get(NAME).text());
  }
  return found;
};
