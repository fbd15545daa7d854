from itertools import islice
from pathlib import Path

import polars as pl
import pytest
from sentencepiece import SentencePieceProcessor

from bilingual.training import batches, prepare
from bilingual.training.recipe import Augment, Data, Group, Recipe, Shape

ROOT = Path(__file__).parents[2]
OURS = Group("ours", ("seeds/bitext/society.tsv",), 2.0, marked=True)
NAMES = Group("names", ("names.tsv",), 1.0, copy=1.0)
POLITE = Group("polite", ("polite.tsv",), 1.0)
TOKENS = 300


@pytest.fixture(scope="module")
def bitext() -> batches.Bitext:
    rows = [
        line.split("\t") for line in (ROOT / OURS.files[0]).read_text(encoding="utf-8").splitlines()[:300]
    ]
    frame = pl.DataFrame(
        [{"group": "ours", "source": source, "target": target} for source, target in rows]
        + [{"group": "names", "source": "Oslo", "target": "오슬로"}]
        + [{"group": "polite", "source": "Please come.", "target": "오세요."}]
    )
    return batches.gather(frame, Data((OURS, NAMES, POLITE)))


def drawn(
    bitext: batches.Bitext, tokenizer: SentencePieceProcessor, seed: int, only: str = ""
) -> list[list[tuple[list[int], list[int]]]]:
    stream = batches.stream(
        bitext, tokenizer, tokens=TOKENS, chances=Augment(), seed=seed, only=frozenset({only} - {""})
    )
    return list(islice(stream, 30))


def test_a_batch_fills_its_tokens_and_no_more(
    bitext: batches.Bitext, tokenizer: SentencePieceProcessor
) -> None:
    padded = [
        len(batch) * (max(len(side) for pair in batch for side in pair) + 1)
        for batch in drawn(bitext, tokenizer, 1)
    ]
    assert max(padded) <= TOKENS
    assert sum(padded) / len(padded) > TOKENS * 0.6


def test_the_same_seed_gives_the_same_batches(
    bitext: batches.Bitext, tokenizer: SentencePieceProcessor
) -> None:
    assert drawn(bitext, tokenizer, 5) == drawn(bitext, tokenizer, 5)
    assert drawn(bitext, tokenizer, 5) != drawn(bitext, tokenizer, 6)


def test_copied_pairs_have_korean_on_both_sides(
    bitext: batches.Bitext, tokenizer: SentencePieceProcessor
) -> None:
    assert {
        (tokenizer.decode(s), tokenizer.decode(t)) for b in drawn(bitext, tokenizer, 1, "names") for s, t in b
    } == {("오슬로", "오슬로")}


def test_a_polite_translation_is_tagged_and_ours_never(
    bitext: batches.Bitext, tokenizer: SentencePieceProcessor
) -> None:
    tag = tokenizer.piece_to_id("<0x01>")
    assert {source[0] for batch in drawn(bitext, tokenizer, 1, "polite") for source, _ in batch} == {tag}
    assert all(source[0] != tag for batch in drawn(bitext, tokenizer, 1, "ours") for source, _ in batch)


def test_shares_count_characters_not_pairs(bitext: batches.Bitext) -> None:
    length = {name: len(rows[0][1]) + 3 for name, rows in bitext.pairs.items() if name != "ours"}
    assert bitext.shares["names"] * length["names"] == pytest.approx(
        bitext.shares["polite"] * length["polite"]
    )


def test_preparing_writes_clean_bitext_pieces_and_a_report(tmp_path: Path) -> None:
    rows = (ROOT / "seeds" / "bitext" / "general.tsv").read_text(encoding="utf-8").splitlines()[:400]
    (tmp_path / "ours.tsv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "open.tsv").write_text("Norway voted.\t노르웨이가 투표했다.\n?\t\n", encoding="utf-8")
    kept_apart = [row for row in rows if len(row) > 60][::20]
    (tmp_path / "dev.tsv").write_text("\n".join(f"general\t{row}" for row in kept_apart), encoding="utf-8")
    (tmp_path / "terms.csv").write_text("source,target,type\nNorway,노르웨이,place\n", encoding="utf-8")
    groups = (
        Group("ours", ("corpora/ours.tsv",), 1.0, marked=True),
        Group("open", ("corpora/open.tsv",), 1.0),
    )
    data = Data(groups, ("corpora/dev.tsv",), (str(tmp_path / "terms.csv"),))
    prepared = prepare.prepare(data, tmp_path)
    assert len(prepared.bitext.filter(group="ours")) == len(rows) - len(kept_apart)
    assert not {row.split("\t")[1] for row in kept_apart} & set(prepared.bitext["target"])
    assert prepared.bitext.filter(group="open")["source"].to_list() == ["{L:Norway|노르웨이} voted."]
    prepare.write(prepared, Recipe("1", data, shape=Shape(vocabulary=1200)), tmp_path / "run")
    assert batches.load_tokenizer(tmp_path / "run" / prepare.PIECES).get_piece_size() == 1200
    assert {path.name for path in (tmp_path / "run").iterdir()} >= {prepare.BITEXT, prepare.REPORT}
