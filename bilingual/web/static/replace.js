// Find and replace: looked at first, then made in all the pairs that are asked for.

import { send } from "./api.js";
import { filter, toldAsked } from "./asked.js";
import { composing } from "./editor.js";
import { reload } from "./list.js";
import { element } from "./row.js";
import { newEntry, record } from "./saving.js";
import { say } from "./say.js";

const byId = (id) => document.getElementById(id);
const told = byId("replace-total");
let stamp = "";

const words = () => ({
  ...filter,
  find: byId("find").value,
  put: byId("put").value,
  particles: byId("particles").checked,
});

export function openReplace() {
  byId("replace-scope").textContent = `범위: ${toldAsked()} 번역문. 반려한 문장은 바꾸지 않습니다.`;
  forget();
  byId("replace").showModal();
  byId("find").select();
}

function forget() {
  stamp = "";
  told.textContent = "";
  byId("samples").replaceChildren();
  byId("replace-do").disabled = true;
}

async function look() {
  try {
    const found = await send("preview", words());
    stamp = found.stamp;
    told.textContent = found.total ? `${found.total.toLocaleString()}문장이 바뀝니다.` : "바뀔 문장이 없습니다.";
    byId("samples").replaceChildren(...found.samples.map(sample));
    byId("replace-do").disabled = !found.total;
  } catch (failure) {
    forget();
    told.textContent = failure.message;
  }
}

function sample({ before, after }) {
  const li = element("li", element("del", before));
  li.append(element("ins", after));
  return li;
}

async function replaceAll() {
  byId("replace-do").disabled = true;
  told.textContent = "바꾸는 중입니다…";
  try {
    const { batch, total } = await send("replace", { ...words(), stamp });
    record(newEntry(""), batch);
    byId("replace").close();
    say(`${total.toLocaleString()}문장을 바꾸었습니다. 되돌리기로 한 번에 되돌릴 수 있습니다.`);
    await reload();
  } catch (failure) {
    const changed = failure.status === 409;
    forget();
    told.textContent = changed ? "그 사이에 문장이 바뀌었습니다. 다시 찾아 보십시오." : failure.message;
  }
}

export function start() {
  byId("replace-open").addEventListener("click", openReplace);
  byId("replace-close").addEventListener("click", () => byId("replace").close());
  byId("replace-look").addEventListener("click", look);
  byId("replace-do").addEventListener("click", replaceAll);
  byId("replace-form").addEventListener("input", forget);
  byId("replace-form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    event.preventDefault();
    if (!composing(event)) look();
  });
}
