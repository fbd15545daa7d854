// Everything joined: buttons and keys to what they do.

import { beginning } from "./asked.js";
import { begin, composing, finish, hasUnsaved, settle } from "./editor.js";
import * as filters from "./filters.js";
import { listen } from "./keys.js";
import { current, load, move, select } from "./list.js";
import { take } from "./matches.js";
import * as replace from "./replace.js";
import { isSaving, onSaved, save, undo } from "./saving.js";
import { warn } from "./say.js";

const byId = (id) => document.getElementById(id);
let timer = 0;

async function decide(li, status, said) {
  await finish();
  try {
    await save(li.dataset.id, { status });
  } catch (failure) {
    warn(failure.status === 409 ? "다른 창에서 바뀐 문장입니다. 지금 번역을 보고 다시 정하십시오." : failure.message);
    return;
  }
  if (said.next && li === current()) await move(1);
}

async function takeBack() {
  await finish();
  try {
    await undo();
  } catch (failure) {
    warn(failure.status === 409 ? "그 뒤에 다른 창에서 바뀌어 되돌릴 수 없습니다." : failure.message);
  }
}

function note(li) {
  li.classList.add("noted");
  li.querySelector(".memo").focus();
}

const acts = {
  accept: (li) => decide(li, "accepted", { next: true }),
  reject: (li) => decide(li, "rejected", { next: true }),
  draft: (li) => decide(li, "draft", { next: false }),
  edit: begin,
  note,
  mine: (li) => settle(li, "mine"),
  theirs: (li) => settle(li, "theirs"),
};
const onCurrentRow = (name) => () => acts[name](current());

listen({
  j: () => move(1),
  ArrowDown: () => move(1),
  k: () => move(-1),
  ArrowUp: () => move(-1),
  a: onCurrentRow("accept"),
  e: onCurrentRow("edit"),
  Enter: onCurrentRow("edit"),
  r: onCurrentRow("reject"),
  d: onCurrentRow("draft"),
  n: onCurrentRow("note"),
  u: takeBack,
  h: replace.openReplace,
  1: () => take(0),
  2: () => take(1),
  3: () => take(2),
  "/": () => byId("search").focus(),
  "?": () => byId("help").showModal(),
});

byId("rows").addEventListener("click", (event) => {
  const li = event.target.closest(".row");
  if (!li) return;
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (li !== current()) select(li, false);
  if (name) acts[name](li);
  else if (event.target.closest(".text") && !String(getSelection())) begin(li);
});
byId("rows").addEventListener("change", async (event) => {
  if (!event.target.matches(".memo")) return;
  const li = event.target.closest(".row");
  try {
    await save(li.dataset.id, { note: event.target.value.trim() });
  } catch (failure) {
    warn(failure.message);
  }
});
byId("rows").addEventListener("keydown", (event) => {
  if (!event.target.matches(".memo") || composing(event)) return;
  if (event.key === "Enter" || event.key === "Escape") current().focus();
});
byId("search").addEventListener("keydown", (event) => {
  if (!composing(event) && event.key === "Enter") current()?.focus();
});
byId("undo").addEventListener("click", takeBack);
byId("help-open").addEventListener("click", () => byId("help").showModal());
window.addEventListener("beforeunload", (event) => {
  if (isSaving() || hasUnsaved()) event.preventDefault();
});
onSaved(() => {
  clearTimeout(timer);
  timer = setTimeout(filters.refreshCounts, 300);
});

replace.start();
filters.start();
load({ after: beginning - 1 });
