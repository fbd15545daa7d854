"""What several tests need: a home of their own, and packages made in a moment."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

WORDS = (
    *("seoul", "trade", "minister", "said", "the", "talks", "went", "well", "on", "monday"),
    *("서울", "장관", "은", "회담", "이", "잘", "됐다고", "말했다"),
)


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches the user's folders: each worker has a home and cache of its own."""
    with pytest.MonkeyPatch.context() as patch:
        _set_home(patch, tmp_path_factory.mktemp("home"))
        yield


@pytest.fixture
def argos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The packages folder of an Argos that has just been installed; the shared cache of models stays."""
    cache = Path.home() / ".cache"
    _set_home(monkeypatch, tmp_path / "home")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", (tmp_path / "no index").as_uri() + "/")
    _forget_argos()
    yield tmp_path / "home" / ".local" / "share" / "argos-translate" / "packages"
    _forget_argos()


@pytest.fixture(scope="session")
def tiny_package(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a whole package in a folder, of random weights: tiny_package(folder, ...) gives its path."""
    model = _tiny_model(tmp_path_factory.mktemp("tiny"))

    def tiny_package(
        folder: Path,
        *,
        tokenizer: str = "bpe",
        from_code: str = "en",
        to_code: str = "ko",
        target_prefix: str = "",
        version: str = "1.0",
    ) -> Path:
        place = folder / f"translate-{from_code}_{to_code}-{version.replace('.', '_')}"
        shutil.copytree(model, place / "model")
        source = model.parent / ("codes" if tokenizer == "bpe" else "pieces")
        shutil.copy(source, place / f"{tokenizer}.model")
        metadata = {"package_version": version, "from_code": from_code, "to_code": to_code}
        if target_prefix:
            metadata["target_prefix"] = target_prefix
        (place / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        return place

    return tiny_package


@pytest.fixture(scope="session")
def packed() -> Callable[[Path], Path]:
    """Pack the folder of a package as an .argosmodel file beside it."""

    def pack(folder: Path) -> Path:
        archive = folder.parent / f"{folder.name}.argosmodel"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for path in sorted(folder.rglob("*")):
                file.write(path, path.relative_to(folder.parent))
        return archive

    return pack


def _set_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "SNAP"):
        patch.delenv(name, raising=False)
    for name in ("ARGOS_PACKAGES_DIR", "ARGOS_PACKAGE_INDEX"):
        patch.delenv(name, raising=False)
    home.mkdir(exist_ok=True)
    patch.setenv("HOME", str(home))
    patch.setenv("USERPROFILE", str(home))


def _forget_argos() -> None:
    """Argos reads its environment once, when it is imported."""
    for name in [name for name in sys.modules if name.split(".")[0] == "argostranslate"]:
        del sys.modules[name]


def _tiny_model(folder: Path) -> Path:
    """A CTranslate2 Transformer of one layer and random weights, with the files of both tokenizers beside."""
    from ctranslate2.specs import TransformerSpec

    tokens = ["<unk>", "<s>", "</s>", ">>ko<<", *dict.fromkeys(_write_codes(folder) + _write_pieces(folder))]
    spec = TransformerSpec.from_config((1, 1), 2, pre_norm=True)
    _fill(spec, len(tokens))
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.add_source_eos = True
    spec.validate()
    (folder / "model").mkdir()
    spec.save(str(folder / "model"))
    return folder / "model"


def _fill(spec: object, vocabulary: int, width: int = 8, seed: int = 7) -> None:
    """Give each weight that is still missing random numbers in the shape that its name asks for."""
    import numpy as np
    from ctranslate2.specs.model_spec import visit_spec

    numbers = np.random.default_rng(seed)
    rows = {"embeddings": vocabulary, "projection": vocabulary}
    rows |= {"self_attention/linear_0": 3 * width, "layer_0/attention/linear_1": 2 * width}

    def fill(part: object, name: str, value: object) -> None:
        if value is not None:
            return
        shape = [next((n for key, n in rows.items() if key in name), width), width]
        is_norm = name.endswith(("gamma", "beta"))
        filled = np.full(width, float(name.endswith("gamma"))) if is_norm else numbers.normal(size=shape)
        setattr(part, name.rsplit("/", maxsplit=1)[-1], filled.astype("float32"))

    visit_spec(spec, fill)


def _write_codes(folder: Path) -> list[str]:
    """Write BPE codes that build each word from its beginning; give the pieces that can come of them."""
    ends = [(word, end) for word in WORDS for end in range(1, len(word))]
    lines = [f"{word[:end]} {word[end]}{'</w>' if end == len(word) - 1 else ''}" for word, end in ends]
    (folder / "codes").write_text("\n".join(["#version: 0.2", *lines, ""]), encoding="utf-8")
    letters = sorted(set("".join(WORDS)))
    return [*WORDS, *letters, *(f"{part}@@" for part in letters + [word[:end] for word, end in ends])]


def _write_pieces(folder: Path) -> list[str]:
    """Train a SentencePiece model of single characters; give its pieces."""
    from sentencepiece import SentencePieceProcessor, SentencePieceTrainer

    SentencePieceTrainer.train(
        sentence_iterator=iter(WORDS),
        model_prefix=str(folder / "pieces"),
        model_type="char",
        vocab_size=100,
        hard_vocab_limit=False,
        character_coverage=1.0,
        minloglevel=2,
    )
    (folder / "pieces.model").rename(folder / "pieces")
    processor = SentencePieceProcessor(model_file=str(folder / "pieces"))
    return [processor.id_to_piece(number) for number in range(3, processor.get_piece_size())]
