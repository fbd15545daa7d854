// What the memory offers for the current pair.

import { ask } from "./api.js";
import { begin } from "./editor.js";
import { current, onCurrent } from "./list.js";
import { element } from "./row.js";

let timer = 0;

onCurrent((li) => {
  clearTimeout(timer);
  if (!li.offered) timer = setTimeout(() => offer(li), 150);
});

async function offer(li) {
  try {
    const { matches } = await ask("near", { id: li.dataset.id });
    li.offered = matches;
    if (matches.length) draw(li);
  } catch (failure) {
    li.querySelector(".matches").replaceChildren(element("p", failure.message));
  }
}

function draw(li) {
  const buttons = li.offered.map((match, place) => {
    const button = element("button", element("kbd", String(place + 1)));
    const by = match.reviewer ? ` · ${match.reviewer}` : "";
    button.append(" ", element("b", `${match.percent}%`), ` ${match.target}`);
    button.append(element("small", `${match.kind}${by} · ${match.source}`));
    button.addEventListener("click", () => begin(li, match.target));
    return button;
  });
  li.querySelector(".matches").replaceChildren(element("p", "번역 메모리 — 누르면 가져옵니다"), ...buttons);
}

export function take(place) {
  const match = current()?.offered?.[place];
  if (match) begin(current(), match.target);
}
