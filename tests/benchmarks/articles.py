"""How well articles are found: `uv run python tests/benchmarks/articles.py [page ...]`.

Measured over every page in seeds/pages with its gold, and the plain articles in seeds/articles, which must
stay whole. An article is found if its title is the gold title and its paragraphs agree with the gold (F1 of
0.9 or more). A paragraph is right if it stands in its article; junk is kept if a junk line of the gold is in
an article. Pages named on the command line have no gold: their articles are listed.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from bilingual.formats.documents import read_document
from bilingual.records import Article
from bilingual.text.articles import find_articles

ROOT = Path(__file__).parent.parent.parent
BLIND = {"page19", "page20"}  # measured once as they were written; nothing was changed for them


class Gold(NamedTuple):
    articles: list[tuple[str, list[str]]]
    junk: Counter[str]


class Score(NamedTuple):
    expected: int = 0
    given: int = 0
    found: int = 0
    paragraphs: int = 0
    right: int = 0
    extra: int = 0
    junk: int = 0
    kept: int = 0

    def plus(self, other: "Score") -> "Score":
        return Score(*(a + b for a, b in zip(self, other, strict=True)))


def line_of(text: str) -> str:
    return " ".join(text.split())


def paragraphs(article: Article) -> list[str]:
    body = article.blocks[1:] if article.title else article.blocks
    return [line_of(block.text) for block in body]


def bare(text: str) -> str:
    """A gold paragraph without the bullet that stands before it on the page."""
    return line_of(text.lstrip("•-*0123456789. ") if text[:1] in "•-*" else text)


def read_gold(path: Path) -> Gold:
    gold = json.loads(path.read_text(encoding="utf-8"))
    articles = [(line_of(a["title"]), [bare(p) for p in a["paragraphs"]]) for a in gold["articles"]]
    return Gold(articles, Counter(line_of(line) for line in gold["junk"]))


def plain_gold(path: Path) -> Gold:
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return Gold([(lines[0], lines[1:])], Counter())


def agree(gold: list[str], given: list[str]) -> float:
    common = (Counter(gold) & Counter(given)).total()
    return 2 * common / (len(gold) + len(given)) if gold or given else 1.0


def score(articles: tuple[Article, ...], gold: Gold) -> Score:
    given = {line_of(article.title): paragraphs(article) for article in articles}
    found = sum(title in given and agree(body, given[title]) >= 0.9 for title, body in gold.articles)
    right = sum((Counter(body) & Counter(given.get(title, []))).total() for title, body in gold.articles)
    expected = sum(len(body) for _, body in gold.articles)
    total = sum(map(len, given.values()))
    everything = Counter(p for body in given.values() for p in body) + Counter(given.keys())
    real = Counter(p for title, body in gold.articles for p in (title, *body))
    kept = ((everything - real) & gold.junk).total()
    counts = (
        len(gold.articles),
        len(articles),
        found,
        expected,
        right,
        total - right,
        gold.junk.total(),
        kept,
    )
    return Score(*counts)


def measure(page: Path, gold: Gold) -> Score:
    document = read_document(str(page))
    return score(find_articles(document.text, document.markup, document.name).articles, gold)


def show(name: str, s: Score) -> None:
    precision, recall = s.found / max(1, s.given), s.found / max(1, s.expected)
    print(
        f"{name:<16} articles {s.found}/{s.expected} (given {s.given}, precision {precision:.3f},"
        f" recall {recall:.3f})"
        f"  paragraphs right {s.right}/{s.paragraphs}, extra {s.extra}  junk kept {s.kept}/{s.junk}"
    )


def report_all() -> None:
    seen, blind, plain = Score(), Score(), Score()
    for path in sorted(
        (ROOT / "tests" / "gold").glob("page*.gold.json"), key=lambda p: (len(p.name), p.name)
    ):
        name = path.name.partition(".")[0]
        result = measure(next((ROOT / "seeds" / "pages").glob(f"{name}.*")), read_gold(path))
        show(name, result)
        if name in BLIND:
            blind = blind.plus(result)
        else:
            seen = seen.plus(result)
    for article in sorted((ROOT / "seeds" / "articles").glob("*.txt")):
        plain = plain.plus(measure(article, plain_gold(article)))
    for name, total in (("pages", seen), ("blind pages", blind), ("plain articles", plain)):
        show(name, total)


def main() -> None:
    report_all()
    for name in sys.argv[1:]:
        document = read_document(name)
        for article in find_articles(document.text, document.markup, name).articles:
            print(f"{name}: {article.number}. {article.title!r}, {len(article.blocks)} blocks")


if __name__ == "__main__":
    main()
