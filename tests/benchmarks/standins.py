"""How often a model copies each stand-in: uv run python tests/benchmarks/standins.py [FILE.argosmodel].

A word of STAND_INS stands for an address in short sentences and, in brackets, in the middle of long ones
of the articles; counted is how often it stands in the output exactly once.
"""

import random
import sys
import tempfile
import zipfile
from pathlib import Path

import ctranslate2
import sentencepiece

from bilingual.text.protect import STAND_INS

ROOT = Path(__file__).parent.parent.parent
SHORT = """Visit {} for details.|Send comments to {} by Friday.|Follow {} for more news.|More at {}
{} wrote on Monday that the deal was dead.|The post by {} was shared 3,000 times.
Contact {} or call the office.
Fans used {} to share photos of the concert.|The report is available at {}.|The agency ({}) said exports rose.
The ministry published the list at {} on Tuesday.|Run {} before you start the server.
The file is stored in {}, the company said.|We won the game {} and celebrated all night.
Tickets cost 30,000 won at {}, and the show starts at 8 p.m.|The hashtag {} trended for two days.
Reporters asked {} about the video, but got no answer.|"Please see {}," the spokesperson said.
Prime Minister Han thanked {} online.|Investors sold {} after the earnings report."""
OTHERS = (
    "X1",
    "URL1",
    "[1]",
    "{1}",
    "<1>",
    "__1__",
    "7301",
    "①",
    "※",
    "현대",
    "기사",
    "자료",
    "아시아",
    "서울",
)


def long() -> list[str]:
    chance, found = random.Random(1), []
    for path in sorted((ROOT / "tests" / "gold").glob("*.pairs.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[3:7]:
            words = line.split("\t")[0].split()
            words.insert(chance.randrange(1, len(words)), "({})")
            found.append(" ".join(words))
    return found


def main() -> None:
    models = sys.argv[1:] or [str(next((ROOT / "bilingual" / "data" / "models").glob("*.argosmodel")))]
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(models[0]).extractall(folder)
        root = next(Path(folder).glob("*/sentencepiece.model")).parent
        pieces = sentencepiece.SentencePieceProcessor(str(root / "sentencepiece.model"))
        translator = ctranslate2.Translator(str(root / "model"), compute_type="int8")
        sets = {"short": SHORT.replace("\n", "|").split("|"), "long": long()}
        for word in (*STAND_INS, *OTHERS):
            for name, templates in sets.items():
                sources = [pieces.encode(text.replace("{}", word), out_type=str) for text in templates]
                results = translator.translate_batch(sources, beam_size=2, max_decoding_length=200)
                kept = sum(pieces.decode(result.hypotheses[0]).count(word) == 1 for result in results)
                print(f"{word:8} {name:5} {kept:3} of {len(templates)}", end="   ")
            print()


main()
