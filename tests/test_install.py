"""Installing from a server, from a file, and what must be refused."""

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bilingual.engines.archives import Limits, unpack
from bilingual.engines.choice import choose_package
from bilingual.engines.download import Bounds, fetch
from bilingual.engines.folders import argos_folders
from bilingual.engines.index import read_index
from bilingual.engines.install import install_file, install_pair, remove_package
from bilingual.engines.packages import bundled_candidates, open_package
from bilingual.engines.receipts import read_receipt
from bilingual.engines.staging import put
from bilingual.engines.trial import SENTENCE, verify_package
from bilingual.errors import PackageError

Tiny = Callable[..., Path]
NAME = "translate-en_ko-1_0"
OTHER_DISK = Path("/dev/shm")  # noqa: S108 - a folder with a name of its own is made in it


class Notes:
    def __init__(self) -> None:
        self.told: list[str] = []
        self.done: list[tuple[int, int | None]] = []

    def advance(self, done: int, total: int | None) -> None:
        self.done.append((done, total))

    def note(self, text: str) -> None:
        self.told.append(text)


@pytest.fixture
def archive(tmp_path: Path, tiny_package: Tiny, packed: Callable[[Path], Path]) -> Path:
    return packed(tiny_package(tmp_path / "made", tokenizer="sentencepiece"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def leftovers(packages: Path) -> list[str]:
    """What lies in or beside the packages that is neither a package nor a lock."""
    staging = [
        p for p in packages.parent.glob(".bilingual-staging/*") if p.name != "lock" and any(p.iterdir())
    ]
    return [p.name for p in [*staging, *packages.iterdir()] if not (p / "metadata.json").is_file()]


def zipped(path: Path, entries: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return path


@pytest.mark.parametrize("tokenizer", ["bpe", "sentencepiece"])
def test_what_is_installed_argos_lists_and_can_run(
    argos: Path, tmp_path: Path, tiny_package: Tiny, packed: Callable[[Path], Path], tokenizer: str
) -> None:
    package = install_file(packed(tiny_package(tmp_path, tokenizer=tokenizer)))
    from argostranslate.package import get_installed_packages
    from ctranslate2 import Translator

    (theirs,) = get_installed_packages()
    assert (theirs.package_path, theirs.from_code, theirs.to_code) == (argos / NAME, "en", "ko")
    said = "the trade talks went well on monday"
    result = Translator(str(theirs.package_path / "model")).translate_batch([theirs.tokenizer.encode(said)])
    assert theirs.tokenizer.decode(result[0].hypotheses[0]).strip() == said
    assert package == choose_package("en", "ko")[0]


def test_a_package_is_fetched_from_the_first_link_that_works(argos: Path, web: Any, archive: Path) -> None:
    web.offer({"links": [f"{web.address}/gone", "ipfs://x", f"{web.address}/good"]})
    web.pages["/good"] = archive.read_bytes()
    notes = Notes()
    package = install_pair("en", "ko", progress=notes)
    assert package.folder == argos / NAME
    assert notes.told == [
        f"{web.address}/gone: the server answered 404",
        "ipfs://x: only http and https links are used",
    ]
    assert notes.done[-1] == (archive.stat().st_size,) * 2
    assert read_receipt(package.folder).came_from == f"{web.address}/good"
    assert leftovers(argos) == []


def test_argos_reads_the_index_that_was_fetched(web: Any) -> None:
    web.offer({"links": []}, {"to_code": "es"}, {"type": "sbd", "from_code": None})
    index = read_index(argos_folders())
    from argostranslate.package import get_available_packages

    assert [(p.from_code, p.to_code) for p in index.packages] == [("en", "ko"), ("en", "es")]
    assert [p.to_code for p in get_available_packages()] == ["ko", "es", "ko"]


def test_the_highest_version_on_offer_is_taken(web: Any, archive: Path) -> None:
    web.offer(*({"package_version": v, "links": [f"{web.address}/{v}"]} for v in ("1.9", "1.10", "1.2")))
    web.pages["/1.10"] = archive.read_bytes()
    assert install_pair("en", "ko").name == NAME
    assert web.asked == ["/index.json", "/1.10"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (404, "the server answered 404"),
        (500, "the server answered 500"),
        (b"", "it gave nothing"),
        (b"<html>not here</html>", "not a whole zip file"),
        ("short", "it broke off: 100 of 200 bytes came"),
        ("huge", "more than the 4,295 MB allowed"),
        ("endless", "not a whole zip file"),
        ("slow", "timed out"),
        ("redirect", "the server answered 302"),
        ("hangs up", "closed connection"),
    ],
)
def test_a_failed_download_names_the_link_and_leaves_nothing(
    argos: Path, web: Any, page: int | bytes | str, said: str
) -> None:
    odd = {
        "short": lambda handler: web.send(handler, b"x" * 100, 200),
        "huge": lambda handler: web.send(handler, b"x", 10**12),
        "endless": lambda handler: web.send(handler, b"x" * 5_000_000, None),
        "slow": lambda handler: (web.send(handler, b"x", 200), web.done.wait(10)),
        "hangs up": lambda handler: handler.connection.close(),
        "redirect": lambda handler: redirect(handler, "file:///etc/hostname"),
    }
    web.offer({"links": [f"{web.address}/it"]})
    web.pages["/it"] = odd.get(page, page)
    with pytest.raises(PackageError, match=said) as caught:
        install_pair("en", "ko", patience=0.3)
    assert "/it" in str(caught.value) or "zip" in said
    assert list(argos.iterdir()) == leftovers(argos) == []


def redirect(handler: object, place: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", place)
    handler.end_headers()


def test_what_broke_off_is_not_left_where_the_whole_was_wanted(web: Any, tmp_path: Path) -> None:
    web.pages["/it"] = lambda handler: web.send(handler, b"x" * 100, 200)
    with pytest.raises(PackageError, match="it broke off"):
        fetch([f"{web.address}/it"], tmp_path / "it", progress=Notes(), bounds=Bounds())
    assert not (tmp_path / "it").exists()


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (b"<html>", "the index is not JSON"),
        (b"{}", "the index must be a list of packages"),
        (b"[1]", "the index must be a list of packages"),
        (b'[{"from_code": "en", "to_code": "../../x"}]', "entry 1: to_code is no language code"),
        (
            b'[{"from_code": "en", "to_code": "ko", "links": "http://x"}]',
            "links in the metadata must be a list",
        ),
        (b'[{"from_code": "en", "to_code": "ko", "to_name": "\\u001b[2J"}]', "control characters"),
        (b"[" * 100_000, "the index is not JSON"),
        (404, "the server answered 404"),
    ],
)
def test_an_index_of_rubbish_is_refused_and_not_kept(web: Any, index: bytes | int, said: str) -> None:
    web.pages["/index.json"] = index
    with pytest.raises(PackageError, match=said):
        install_pair("en", "ko")
    assert not argos_folders().index.exists()


def test_without_a_network_the_index_kept_before_is_used_and_that_is_said(web: Any) -> None:
    web.offer({"links": []})
    read_index(argos_folders())
    web.pages["/index.json"] = 503
    index = read_index(argos_folders())
    assert [p.to_code for p in index.packages] == ["ko"]
    assert "the server answered 503" in index.note


def test_an_index_without_the_pair_says_what_to_do(web: Any) -> None:
    web.offer({"to_code": "es"})
    with pytest.raises(PackageError, match=r"no package en → ko; .*install an \.argosmodel file"):
        install_pair("en", "ko")


def test_files_of_this_machine_are_links_only_for_an_index_of_this_machine(
    argos: Path, web: Any, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.offer({"links": [archive.as_uri()]})
    with pytest.raises(PackageError, match="only http and https links are used"):
        install_pair("en", "ko")
    (tmp_path / "index.json").write_bytes(web.pages["/index.json"])
    from argostranslate import settings

    monkeypatch.setattr(settings, "package_index", tmp_path.as_uri())
    assert install_pair("en", "ko").folder == argos / NAME


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/evil",
        "p/../../evil",
        "p\\..\\evil",
        "C:/evil",
        "p/C:evil",
        "p/./x",
        "p//x",
        "p/nu\x00l",
        "p/...",
    ],
)
def test_paths_that_escape_are_refused(tmp_path: Path, name: str) -> None:
    # zipfile cleans what it writes, so the name is put in afterwards, in the same length
    place = zipped(tmp_path / "a.argosmodel", {"p/metadata.json": "{}", "x" * len(name): "evil"})
    place.write_bytes(place.read_bytes().replace(b"x" * len(name), name.encode()))
    (tmp_path / "out").mkdir()
    with pytest.raises(PackageError, match="unsafe path"):
        unpack(place, tmp_path / "out")
    assert files(tmp_path / "out") == {}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    entry = zipfile.ZipInfo("p/model/model.bin")
    entry.external_attr = (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.argosmodel", "w") as file:
        file.writestr(entry, "/etc/passwd")
    with pytest.raises(PackageError, match="is a link or a device"):
        unpack(tmp_path / "a.argosmodel", tmp_path)


def test_bombs_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.argosmodel", "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("p/model/model.bin", "p/metadata.json", "p/bpe.model"):
            file.writestr(name, bytes(1_000_000))
    for limits, said in (
        (Limits(small=1_000_000), "a zip bomb"),
        (Limits(size=2_000_000), "more than the 2 MB allowed"),
        (Limits(entries=2), "3 files inside"),
    ):
        with pytest.raises(PackageError, match=said):
            unpack(tmp_path / "a.argosmodel", tmp_path / "out", limits)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({}, "all files must lie in one folder"),
        ({"notes.txt": "A zip of notes."}, "all files must lie in one folder"),
        ({"a/metadata.json": "{}", "b/x": ""}, "all files must lie in one folder"),
        ({"p/notes.txt": "A zip of notes."}, r"metadata\.json is missing"),
        ({"p/metadata.json": "{}"}, r"model/model\.bin is missing"),
        (
            {"p/metadata.json": "{}", "p/model/model.bin": ""},
            "bpe.model is missing",
        ),
        (
            {"p/metadata.json": "{}", "p/model/model.bin": "", "p/bpe.model": ""},
            "from_code is no language code",
        ),
        ({"p/metadata.json": "[", "p/model/model.bin": "", "p/bpe.model": ""}, r"metadata\.json is not JSON"),
        ({"p/x": "", "P/X": "", "p/metadata.json": ""}, "inside more than once"),
    ],
)
def test_a_zip_that_is_no_package_is_refused(
    argos: Path, tmp_path: Path, entries: dict[str, str], said: str
) -> None:
    with pytest.raises(PackageError, match=said):
        install_file(zipped(tmp_path / "a.argosmodel", entries))
    assert not argos.exists()


@pytest.mark.parametrize("harm", ["missing", "empty", "text", "cut", "flipped"])
def test_a_damaged_file_is_refused(argos: Path, archive: Path, harm: str) -> None:
    whole = archive.read_bytes()
    middle = len(whole) // 2
    harms = {
        "empty": b"",
        "text": b"This is no model.",
        "cut": whole[:middle],
        "flipped": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
    }
    archive.write_bytes(harms.get(harm, b""))
    if harm == "missing":
        archive.unlink()
    with pytest.raises(PackageError, match=r"no such file|the file is empty|not a whole zip file"):
        install_file(archive)
    assert not argos.exists() or list(argos.iterdir()) == leftovers(argos) == []


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (("model/model.bin", b"no model"), "does not work: the package does not load"),
        (("bpe.model", b"#version: 0.2\nnot two words here\n"), "BPE codes are damaged"),
        (("sentencepiece.model", b"\xff\xfe\x00"), "does not work"),
        (("model/shared_vocabulary.json", b"[]"), "does not work"),
    ],
)
def test_a_package_that_does_not_run_is_refused_and_the_one_before_stays(
    argos: Path, tmp_path: Path, tiny_package: Tiny, harm: tuple[str, bytes], said: str
) -> None:
    tiny_package(argos, tokenizer="sentencepiece")
    before = files(argos)
    bad = {f"{NAME}/{path}": data for path, data in files(argos / NAME).items()}
    if harm[0] == "bpe.model":
        del bad[f"{NAME}/sentencepiece.model"]
    bad[f"{NAME}/{harm[0]}"] = harm[1]
    with pytest.raises(PackageError, match=said):
        install_file(zipped(tmp_path / "bad.argosmodel", bad))
    assert files(argos) == before
    assert leftovers(argos) == []


def test_installing_again_replaces_and_removes_nothing_else(
    argos: Path, tmp_path: Path, archive: Path, tiny_package: Tiny, packed: Callable[[Path], Path]
) -> None:
    other = tiny_package(argos, to_code="es")
    install_file(archive)
    (argos / NAME / "old").touch()
    install_file(packed(tiny_package(tmp_path / "new")))
    assert sorted(path.name for path in (argos / NAME).iterdir()) == [
        *(".bilingual.json", "bpe.model", "metadata.json", "model")
    ]
    assert other.is_dir()
    assert leftovers(argos) == []


def test_where_the_folder_above_cannot_be_used_the_work_is_done_inside(argos: Path, archive: Path) -> None:
    argos.mkdir(parents=True)
    (argos.parent / ".bilingual-staging").touch()
    package = install_file(archive)
    from argostranslate.package import get_installed_packages

    assert choose_package("en", "ko") == (package,)
    assert sorted(theirs.type for theirs in get_installed_packages()) == ["staging", "translate"]


def test_where_the_packages_are_on_another_disk_the_work_is_done_there(
    argos: Path, archive: Path, tmp_path: Path
) -> None:
    if not OTHER_DISK.is_mount() or OTHER_DISK.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second disk here to install on")
    with tempfile.TemporaryDirectory(dir=OTHER_DISK) as disk:
        argos.parent.mkdir(parents=True)
        argos.symlink_to(disk)
        install_file(archive)
        assert sorted(path.name for path in Path(disk).iterdir()) == [".bilingual-staging", NAME]


def test_a_replacement_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "old").touch()
    with pytest.raises(FileNotFoundError):
        put(tmp_path / "missing", tmp_path / "place", tmp_path)
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["old"]


START = "import sys; from bilingual.engines.install import install_pair; install_pair('en', 'ko')"


def start(code: str, **environ: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code], stderr=subprocess.PIPE, env={**os.environ, **environ}
    )


def wait_for(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_two_installs_at_once_do_not_meet_and_a_killed_one_leaves_nothing_that_counts(
    argos: Path, web: Any, archive: Path
) -> None:
    install_file(archive)
    before = files(argos)
    web.offer({"links": [f"{web.address}/half"]})
    half = archive.read_bytes()[:5000]
    web.pages["/half"] = lambda handler: (web.send(handler, half, 10_000), web.done.wait(20))
    process = start(START)
    try:
        wait_for(lambda: "/half" in web.asked)
        with pytest.raises(PackageError, match="another process is installing"):
            install_file(archive)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert files(argos) == before
    assert leftovers(argos) != []
    install_file(archive)
    assert files(argos) == before
    assert leftovers(argos) == []


KILL = {
    "between the two renames": """
import os, pathlib
from bilingual.engines import staging
from bilingual.engines.install import install_file
set_aside = staging.set_aside
staging.set_aside = lambda place, root: (set_aside(place, root), os.kill(os.getpid(), 9))
""",
    "before the old one is dropped": """
import os, pathlib
from bilingual.engines import staging
from bilingual.engines.install import install_file
staging.shutil.rmtree = lambda *_, **__: os.kill(os.getpid(), 9)
""",
}


def killed(code: str, archive: Path) -> None:
    process = start(code + f"install_file(pathlib.Path({str(archive)!r}))")
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_a_kill_between_the_two_renames_is_mended_by_the_next_command(argos: Path, archive: Path) -> None:
    install_file(archive)
    before = files(argos)
    killed(KILL["between the two renames"], archive)
    assert files(argos) == {}
    (argos / "other").mkdir()
    remove_package("other")
    assert files(argos) == before


@pytest.mark.parametrize("moment", KILL)
def test_a_kill_while_a_package_is_replaced_loses_neither(argos: Path, archive: Path, moment: str) -> None:
    install_file(archive)
    before = files(argos)
    killed(KILL[moment], archive)
    install_file(archive)
    assert files(argos) == before
    assert leftovers(argos) == []


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(argos: Path, archive: Path) -> None:
    full = (
        "import resource, pathlib; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "from bilingual.engines.install import install_file\n"
        f"install_file(pathlib.Path({str(archive)!r}))"
    )
    process = start(full)
    said = process.communicate()[1].decode().strip().rsplit("\n", maxsplit=1)[-1]
    assert "packages: cannot be written (File too large); free some space" in said
    assert list(argos.iterdir()) == leftovers(argos) == []


@pytest.mark.parametrize("installed_by", ["us", "argospm"])
def test_verify_finds_a_byte_that_changed_without_a_trace(
    argos: Path, archive: Path, tiny_package: Tiny, installed_by: str
) -> None:
    if installed_by == "us":
        install_file(archive)
    else:
        tiny_package(argos, tokenizer="sentencepiece")
    assert verify_package(choose_package("en", "ko")[0]) == SENTENCE
    model = argos / NAME / "model" / "model.bin"
    times = model.stat()
    data = bytearray(model.read_bytes())
    data[-1] ^= 1
    model.write_bytes(data)
    os.utime(model, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(PackageError, match="its files are not those that were installed"):
        verify_package(choose_package("en", "ko")[0])


def test_verify_finds_a_file_that_another_program_wrote(argos: Path, archive: Path) -> None:
    install_file(archive)
    (argos / NAME / "metadata.json").write_text('{"from_code": "en", "to_code": "ko"}', encoding="utf-8")
    with pytest.raises(PackageError, match="its files are not those that were installed"):
        verify_package(choose_package("en", "ko")[0])


def test_the_bundled_package_works() -> None:
    for candidate in bundled_candidates():
        assert any("가" <= letter <= "힣" for letter in verify_package(open_package(candidate)))


def test_a_package_is_removed_whole_or_damaged_and_what_ships_is_not(argos: Path, archive: Path) -> None:
    install_file(archive)
    (argos / "damaged").mkdir()
    assert remove_package(NAME) == argos / NAME
    remove_package("damaged")
    assert list(argos.iterdir()) == leftovers(argos) == []
    for name, said in (
        ("bundled", "ships with the program"),
        ("../x", "no installed package"),
        (NAME, "no installed"),
    ):
        with pytest.raises(PackageError, match=said):
            remove_package(name)


def test_the_metadata_of_an_installed_package_is_as_it_was_packed(argos: Path, archive: Path) -> None:
    install_file(archive)
    with zipfile.ZipFile(archive) as file:
        packed = json.loads(file.read(f"{NAME}/metadata.json"))
    assert json.loads((argos / NAME / "metadata.json").read_bytes()) == packed
