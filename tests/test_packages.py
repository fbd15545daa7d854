"""Finding packages and choosing among them."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bilingual.engines.choice import choose_package
from bilingual.engines.folders import own_cache
from bilingual.engines.packages import installed_candidates
from bilingual.errors import PackageError

Tiny = Callable[..., Path]


def names(source: str, target: str, **options: str) -> list[tuple[str, str]]:
    return [(package.name, package.origin) for package in choose_package(source, target, **options)]


def test_the_bundled_package_is_used_when_nothing_is_installed(argos: Path) -> None:
    (package,) = choose_package("en", "ko")
    assert (package.from_code, package.to_code, package.origin) == ("en", "ko", "bundled")
    assert package.size == sum(path.stat().st_size for path in package.folder.rglob("*") if path.is_file())
    assert list(argos.iterdir()) == []


@pytest.mark.parametrize("tokenizer", ["bpe", "sentencepiece"])
def test_an_installed_package_comes_before_the_bundled_one(
    argos: Path, tiny_package: Tiny, tokenizer: str
) -> None:
    folder = tiny_package(argos, tokenizer=tokenizer, target_prefix=">>ko<<", version="0.0.9")
    (package,) = choose_package("en", "ko")
    assert (package.folder, package.origin, package.tokenizer) == (folder, "installed", tokenizer)
    assert (package.version, package.target_prefix) == ("0.0.9", ">>ko<<")


def test_the_higher_version_is_taken_and_versions_are_numbers(argos: Path, tiny_package: Tiny) -> None:
    for version in ("1.9", "1.10", "1.2"):
        tiny_package(argos, version=version)
    assert names("en", "ko") == [("translate-en_ko-1_10", "installed")]


def test_a_name_a_path_or_bundled_overrides_the_choice(
    argos: Path, tmp_path: Path, tiny_package: Tiny, packed: Callable[[Path], Path]
) -> None:
    for version in ("1.0", "2.0"):
        tiny_package(argos, version=version)
    folder = tiny_package(tmp_path, version="3.0")
    archive = packed(tiny_package(tmp_path, version="4.0"))
    assert names("en", "ko", name="translate-en_ko-1_0") == [("translate-en_ko-1_0", "installed")]
    assert names("en", "ko", name="bundled")[0][1] == "bundled"
    assert names("en", "ko", name=str(folder)) == [("translate-en_ko-3_0", "file")]
    assert names("en", "ko", name=str(archive)) == [("translate-en_ko-4_0", "file")]


def test_a_chain_is_the_shortest_way_and_a_direct_package_is_shorter(argos: Path, tiny_package: Tiny) -> None:
    for source, target in (("en", "es"), ("es", "ko"), ("fr", "de"), ("de", "es"), ("es", "en")):
        tiny_package(argos, from_code=source, to_code=target)
    assert names("en", "ko")[0][1] == "bundled"
    assert [name for name, _ in names("fr", "ko")] == [
        "translate-fr_de-1_0",
        "translate-de_es-1_0",
        "translate-es_ko-1_0",
    ]


def test_packages_in_a_circle_lead_nowhere_and_that_is_said(argos: Path, tiny_package: Tiny) -> None:
    for source, target in (("en", "es"), ("es", "en"), ("es", "fr"), ("fr", "en")):
        tiny_package(argos, from_code=source, to_code=target)
    with pytest.raises(PackageError, match="no package translates en → ja"):
        choose_package("en", "ja")


def test_a_chain_may_end_in_the_bundled_package(argos: Path, tiny_package: Tiny) -> None:
    tiny_package(argos, from_code="es", to_code="en")
    assert [origin for _, origin in names("es", "ko")] == ["installed", "bundled"]


@pytest.mark.usefixtures("argos")
@pytest.mark.parametrize(
    ("source", "target", "name", "said"),
    [
        ("ja", "ko", None, "no package translates ja → ko; bilingual models install ja ko"),
        ("ja", "ko", "bundled", "translates en → ko, not ja → ko"),
        ("en", "ko", "nothing", "no such package"),
        ("en", "ko", "no/where.argosmodel", "no such file"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(
    source: str, target: str, name: str | None, said: str
) -> None:
    with pytest.raises(PackageError, match=said):
        choose_package(source, target, name=name)


def test_argos_package_folder_is_taken_from_the_environment(
    argos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_package: Tiny
) -> None:
    tiny_package(argos, version="1.0")
    tiny_package(tmp_path / "elsewhere", version="2.0")
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "elsewhere"))
    assert names("en", "ko") == [("translate-en_ko-2_0", "installed")]


def test_a_folder_that_is_no_package_is_reported_and_hides_nothing(argos: Path, tiny_package: Tiny) -> None:
    tiny_package(argos)
    (argos / "empty").mkdir(parents=True)
    for name, text in (("list", "[]"), ("binary", "\x00\x01"), ("codes", '{"from_code": "../x"}')):
        (argos / name).mkdir()
        (argos / name / "metadata.json").write_text(text, encoding="utf-8")
    (argos / "sbd").mkdir()
    (argos / "sbd" / "metadata.json").write_text(json.dumps({"type": "sbd"}), encoding="utf-8")
    good, bad = installed_candidates()
    assert [candidate.name for candidate in good] == ["translate-en_ko-1_0"]
    assert [Path(error.where).name for error in bad] == ["binary", "codes", "empty", "list"]


def test_an_installed_package_that_lost_its_model_is_not_passed_over(argos: Path, tiny_package: Tiny) -> None:
    (tiny_package(argos) / "model" / "model.bin").unlink()
    with pytest.raises(PackageError, match=r"model/model\.bin is missing"):
        choose_package("en", "ko")


def test_the_checksum_is_of_the_contents_and_not_of_the_place(
    argos: Path, tmp_path: Path, tiny_package: Tiny, packed: Callable[[Path], Path]
) -> None:
    folder = tiny_package(argos)
    copy = shutil.copytree(folder, tmp_path / folder.name)
    (copy / "README.md").write_text("A note.", encoding="utf-8")
    checksums = {choose_package("en", "ko", name=str(place))[0].checksum for place in (copy, packed(copy))}
    assert checksums == {choose_package("en", "ko")[0].checksum}
    with (folder / "model" / "model.bin").open("ab") as model:
        model.write(b"x")
    assert choose_package("en", "ko")[0].checksum not in checksums


@pytest.mark.usefixtures("argos")
def test_a_damaged_cache_is_made_again() -> None:
    before = choose_package("en", "ko", name="bundled")[0]
    model = before.folder / "model" / "model.bin"
    whole = model.read_bytes()
    model.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert choose_package("en", "ko", name="bundled") == (before,)
    assert model.read_bytes() == whole


@pytest.mark.usefixtures("argos")
def test_a_cache_that_cannot_be_written_is_replaced_for_this_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    package = choose_package("en", "ko", name="bundled")[0]
    assert not package.folder.is_relative_to(own_cache())
    assert package.folder.joinpath("model", "model.bin").is_file()
    assert package == choose_package("en", "ko", name="bundled")[0]


UNPACK = """
import os, sys
from bilingual.engines import unpacked
from bilingual.engines.choice import choose_package
if "die" in sys.argv:
    unpacked.put = lambda *_: os.kill(os.getpid(), 9)
print(choose_package("en", "ko", name="bundled")[0].folder)
"""


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", UNPACK, *words], stdout=subprocess.PIPE, text=True)


@pytest.mark.usefixtures("argos")
def test_processes_that_start_at_once_or_die_leave_one_whole_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with start("die") as dying:
        dying.communicate()
    assert dying.returncode == -signal.SIGKILL
    assert list((tmp_path / "bilingual" / "models").iterdir()) == []
    started = [start() for _ in range(3)]
    folders = {process.communicate()[0].strip() for process in started}
    (package,) = choose_package("en", "ko", name="bundled")
    assert folders == {str(package.folder)}
    assert {process.returncode for process in started} == {0}
    assert [path.name for path in (tmp_path / "bilingual" / "staging").iterdir() if path.is_dir()] in (
        [],
        ["aside"],
    )
