// One pair as an element. Texts are put in as text, never as markup.

const template = document.getElementById("row");

export function element(tag, text, properties = {}) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(text);
  return made;
}

export function makeRow(row) {
  const li = template.content.firstElementChild.cloneNode(true);
  li.dataset.id = row.id;
  drawRow(li, row);
  return li;
}

export function drawRow(li, row) {
  const at = (name) => li.querySelector(`.${name}`);
  li.row = row;
  li.dataset.status = row.status;
  li.setAttribute("aria-label", label(row));
  at("number").textContent = (row.number + 1).toLocaleString();
  at("state").textContent = row.state;
  at("origin").textContent = row.reviewer ? `${row.origin} · ${row.reviewer}` : row.origin;
  at("source").replaceChildren(...marked(row.source, row.terms));
  at("text").replaceChildren(...marked(row.parts, row.terms));
  at("terms").replaceChildren(...row.terms.map(term));
  at("issues").replaceChildren(...row.issues.map((issue) => element("li", issue.text)));
  li.classList.toggle("noted", Boolean(row.note) || li.contains(document.activeElement) && document.activeElement.matches(".memo"));
  if (document.activeElement !== at("memo")) at("memo").value = row.note;
}

function label(row) {
  const doubts = row.issues.length ? `, 확인할 점 ${row.issues.length}개` : "";
  return `${row.number + 1}번 문장, ${row.state}${doubts}`;
}

function marked(parts, terms) {
  return parts.map(([text, number]) => {
    if (number < 0) return document.createTextNode(text);
    const { source, target, honoured } = terms[number];
    const className = honoured ? "" : "missing";
    return element("mark", text, { className, title: `${source} → ${target} (${honoured ? "반영됨" : "빠짐"})` });
  });
}

function term({ source, target, type, honoured }) {
  const li = document.createElement("li");
  const original = element("span", source, { lang: "en" });
  const korean = element("span", target, { className: "korean", lang: "ko" });
  const state = element("span", honoured ? "✓ 반영됨" : "빠짐", { className: honoured ? "honoured" : "lost" });
  li.append(original, " → ", korean, ` ${type} `, state);
  return li;
}
