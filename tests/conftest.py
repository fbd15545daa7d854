"""What several tests need: a home of their own, and packages made in a moment."""

import json
import shutil
import signal
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", deadline=None)  # a slow machine is no fault of the code
settings.load_profile("steady")

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


@pytest.fixture(autouse=True)
def _interruptible() -> None:
    """A shell that starts the tests in the background has them ignore Ctrl-C, and so would all they start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


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


class Web:
    """A server on this machine: each page is a function that answers, a status, or the bytes of a body."""

    def __init__(self) -> None:
        self.pages: dict[str, Callable[[BaseHTTPRequestHandler], None] | int | bytes] = {}
        self.asked: list[str] = []
        self.done = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append(self.path)
                web.answer(self, web.pages.get(self.path, 404))

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that goes away is what some tests want
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def answer(
        self, handler: BaseHTTPRequestHandler, page: Callable[[BaseHTTPRequestHandler], None] | int | bytes
    ) -> None:
        if callable(page):
            page(handler)
        elif isinstance(page, int):
            handler.send_error(page)
        else:
            self.send(handler, page, len(page))

    def send(self, handler: BaseHTTPRequestHandler, body: bytes, announced: int | None) -> None:
        handler.send_response(200)
        if announced is not None:
            handler.send_header("Content-Length", str(announced))
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()

    def offer(self, *entries: dict[str, object]) -> None:
        """Put up an index of en → ko packages, changed by each entry."""
        usual = {"package_version": "1.0", "from_code": "en", "to_code": "ko", "from_name": "English"}
        self.pages["/index.json"] = json.dumps([usual | entry for entry in entries]).encode()


@pytest.fixture
def web(argos: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A server, and an Argos that takes its index from it."""
    assert not argos.exists()
    web = Web()
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{web.address}/")
    monkeypatch.setenv("no_proxy", "*")
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield web
    web.done.set()
    web.server.shutdown()
    web.server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def tiny_package(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a whole package in a folder: tiny_package(folder, ...) gives its path.

    What it writes is its source, token by token; a target prefix stands in for the first token.
    """
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
    """A CTranslate2 Transformer of one layer that copies, with the files of both tokenizers beside."""
    from ctranslate2.specs import TransformerSpec

    tokens = ["<unk>", "<s>", "</s>", ">>ko<<", *dict.fromkeys(_write_codes(folder) + _write_pieces(folder))]
    spec = TransformerSpec.from_config((1, 1), 1, pre_norm=True)
    _fill(spec, len(tokens))
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.add_source_eos = True
    spec.validate()
    (folder / "model").mkdir()
    spec.save(str(folder / "model"))
    return folder / "model"


def _fill(spec: object, vocabulary: int, width: int = 64, seed: int = 7) -> None:
    """Give the model weights that copy: the decoder looks at its own position of the source and writes that.

    The quickest waves of the position are what it looks with, less the slowest, which stay at zero and so
    show what the norm took away; the rest holds a code of the token, half ones and half minus ones.
    """
    import numpy as np
    from ctranslate2.specs.model_spec import visit_spec

    half = width // 2
    quick, slow = np.r_[0:8, half : half + 8], np.r_[half - 6 : half]
    rest = np.setdiff1d(np.arange(width), np.r_[quick, slow])
    signs = np.resize([1.0, -1.0], (vocabulary, rest.size))
    codes = np.zeros((vocabulary, width))
    codes[:, rest] = np.random.default_rng(seed).permuted(signs, axis=1)
    look, take = np.zeros((width, width)), np.zeros((width, width))
    look[quick, quick] = 80
    look[np.ix_(quick, slow)] = -80 / slow.size
    take[rest, rest] = 8
    weights = {
        "embeddings": codes,
        "projection": codes,
        "self_attention/linear_0": np.zeros((3 * width, width)),
        "layer_0/attention/linear_0": look,
        "layer_0/attention/linear_1": np.vstack([look, take]),
        "layer_0/attention/linear_2": take,
        "gamma": np.ones(width),
        "beta": np.zeros(width),
    }

    def fill(part: object, name: str, value: object) -> None:
        if value is None:
            filled = next((w for key, w in weights.items() if key in name), np.zeros((width, width)))
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
