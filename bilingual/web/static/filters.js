// The side of the page: statuses, doubts, words and articles to choose from.

import { ask } from "./api.js";
import { filter } from "./asked.js";
import { load } from "./list.js";
import { element } from "./row.js";
import { warn } from "./say.js";

const byId = (id) => document.getElementById(id);
const files = { search: "", shown: 0 };
let asking = 0;

export async function refreshCounts() {
  const mine = ++asking;
  try {
    const counts = await ask("counts", filter);
    if (mine === asking) showCounts(counts);
  } catch (failure) {
    warn(failure.message);
  }
}

function showCounts({ status, issue }) {
  for (const place of document.querySelectorAll("[data-count]")) {
    place.textContent = (status[place.dataset.count.split(":")[1]] || 0).toLocaleString();
  }
  for (const option of byId("issue").options) {
    const count = issue[option.value] || 0;
    option.textContent = option.value ? `${option.dataset.name} (${count.toLocaleString()})` : option.dataset.name;
    option.hidden = Boolean(option.value) && !count && option.value !== filter.issue;
  }
  const total = status[""] || 0;
  const done = total - (status.draft || 0);
  byId("progress").value = total ? done / total : 0;
  byId("done").textContent = `${done.toLocaleString()} / ${total.toLocaleString()}`;
}

export async function refreshArticles(more = false) {
  const search = files.search;
  try {
    const { total, articles } = await ask("articles", { search, start: more ? files.shown : 0 });
    if (search !== files.search) return;
    const items = articles.map(articleItem);
    if (more) byId("articles").append(...items);
    else byId("articles").replaceChildren(articleItem({ article: "", title: "모든 기사" }), ...items);
    files.shown = (more ? files.shown : 0) + articles.length;
    byId("articles-total").textContent = total.toLocaleString();
    byId("articles-more").hidden = files.shown >= total;
    markArticle();
  } catch (failure) {
    warn(failure.message);
  }
}

function articleItem({ article, title, total, open, doubtful }) {
  const button = element("button", element("span", title, { className: "name", lang: article ? "en" : "ko" }));
  if (article) {
    const counts = [`${total.toLocaleString()}문장`, open ? `초안 ${open.toLocaleString()}` : "다 봄"];
    if (doubtful) counts.push(`확인 ${doubtful.toLocaleString()}`);
    button.append(element("small", counts.join(" · ")));
  }
  button.dataset.article = article;
  button.title = article;
  button.addEventListener("click", () => choose({ article }));
  return element("li", button);
}

function markArticle() {
  for (const button of byId("articles").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(button.dataset.article === filter.article));
  }
}

function choose(change) {
  Object.assign(filter, change);
  byId("side").classList.remove("open");
  byId("menu").setAttribute("aria-expanded", "false");
  markArticle();
  load();
  refreshCounts();
}

function showChosen() {
  byId("search").value = filter.search;
  byId("issue").value = filter.issue;
  for (const radio of document.getElementsByName("status")) radio.checked = radio.value === filter.status;
}

// Call after a pause in typing, and not in the midst of a syllable.
function onTyped(input, call) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => call(input.value.trim()), 300);
  };
  input.addEventListener("input", (event) => event.isComposing || later());
  input.addEventListener("compositionend", later);
}

export function start() {
  showChosen();
  onTyped(byId("search"), (search) => search === filter.search || choose({ search }));
  onTyped(byId("article-search"), (search) => {
    files.search = search;
    refreshArticles();
  });
  byId("issue").addEventListener("change", (event) => choose({ issue: event.target.value }));
  byId("statuses").addEventListener("change", (event) => choose({ status: event.target.value }));
  byId("articles-more").addEventListener("click", () => refreshArticles(true));
  byId("clear").addEventListener("click", () => {
    choose({ article: "", status: "", issue: "", search: "" });
    showChosen();
  });
  byId("menu").addEventListener("click", () => {
    const open = byId("side").classList.toggle("open");
    byId("menu").setAttribute("aria-expanded", String(open));
  });
  refreshCounts();
  refreshArticles();
}
