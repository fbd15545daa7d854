"""bilingual models, as it is typed."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bilingual.cli import main

Tiny = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type `bilingual models ...`; gives the exit code and what was written to both outputs."""

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bilingual", "models", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        return end.value.code or 0, out, err

    return run


@pytest.fixture
def archive(tmp_path: Path, tiny_package: Tiny, packed: Callable[[Path], Path]) -> Path:
    return packed(tiny_package(tmp_path / "made", tokenizer="sentencepiece"))


def test_list_shows_every_model_in_columns_and_names_what_is_damaged(
    argos: Path, tiny_package: Tiny, run: Run
) -> None:
    tiny_package(argos, to_code="es")
    (tiny_package(argos, to_code="fr") / "model" / "model.bin").unlink()
    (argos / "empty").mkdir()
    code, out, err = run("list")
    rows = [line.split() for line in out.splitlines()]
    assert code == 0
    assert rows[0] == ["name", "languages", "version", "size", "origin", "checksum"]
    assert rows[1][:7] == ["translate-en_es-1_0", "en", "→", "es", "1.0", "0.4", "MB"]
    assert (rows[2][0][:15], rows[2][-2]) == ("translate-en_ko", "bundled")
    assert max(len(line.rstrip()) for line in out.splitlines()) <= 80
    assert [line.split(": ")[2].split(" is ")[0] for line in err.splitlines()] == [
        "no package",
        "model/model.bin",
    ]
    assert "\x1b" not in out + err


def test_available_lists_the_index_and_what_is_here(
    argos: Path, web: Any, tiny_package: Tiny, run: Run
) -> None:
    web.offer({"to_name": "Korean"}, {"package_version": "1.1"}, {"to_code": "es"}, {"from_code": "ja"})
    tiny_package(argos)
    assert [line.split() for line in run("available", "en", "ko")[1].splitlines()] == [
        ["from", "to", "version", "source", "target"],
        ["en", "ko", "1.0", "English", "Korean", "here"],
        ["en", "ko", "1.1", "English"],
    ]
    web.pages.clear()
    code, out, err = run("available")
    assert (code, len(out.splitlines())) == (0, 5)
    assert "is the one kept before" in err


def test_install_from_the_index_says_where_and_what(argos: Path, web: Any, archive: Path, run: Run) -> None:
    web.offer({"links": [f"{web.address}/gone", f"{web.address}/good"]})
    web.pages["/good"] = archive.read_bytes()
    code, out, err = run("install", "en", "ko")
    assert (code, err) == (0, f"bilingual: {web.address}/gone: the server answered 404\n")
    assert out.startswith("installed translate-en_ko-1_0 1.0 (en → ko, 0.6 MB)\nin " + str(argos))
    assert f"came from      {web.address}/good" in run("info", "translate-en_ko-1_0")[1]


@pytest.mark.usefixtures("argos")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("install", "en", "ko"),
            1,
            "index.json: No such file or directory; check the network, or install an",
        ),
        (
            ("install", "no.argosmodel"),
            1,
            "no.argosmodel: no such file; give the path of an .argosmodel file",
        ),
        (("install", "a", "b", "c"), 2, "give two language codes (en ko) or one .argosmodel file"),
        (("remove", "bundled"), 1, "bundled: ships with the program and stays; installed are: none"),
        (("info", "nothing"), 1, "nothing: no such package; there are: translate-en_ko"),
        (("verify", "nothing"), 1, "nothing: no such package; there are: translate-en_ko"),
    ],
)
def test_what_cannot_be_done_is_one_plain_line(
    run: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    ended, out, err = run(*words)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert code == 2 or err.count("\n") == 1


def test_a_home_that_cannot_be_written_is_one_plain_line_and_the_shipped_model_still_works(
    tmp_path: Path, argos: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOME", str(tmp_path / "file" / "home"))
    code, out, err = run("list")
    assert (code, out, err.count("\n"), argos.exists()) == (1, "", 1, False)
    assert err.startswith("bilingual: Argos: its folders and settings cannot be used")
    assert "XDG_DATA_HOME" in err
    assert run("info")[0] == 0


def test_settings_of_argos_that_are_wrong_are_one_plain_line(
    argos: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("ARGOS_BEAM_SIZE", "many")
    code, _, err = run("list")
    assert (code, err.count("\n"), argos.is_dir()) == (1, 1, True)
    assert "invalid literal" in err


def test_info_shows_licence_and_readme_without_control_characters(
    argos: Path, tiny_package: Tiny, run: Run
) -> None:
    folder = tiny_package(argos, target_prefix=">>ko<<")
    (folder / "README.md").write_bytes("# 작은 모델\n\x1b[31mred\n".encode() + b"\xff" + b"line\n" * 99)
    (folder / "LICENSE").write_text("CC0", encoding="utf-8")
    code, out, _ = run("info", folder.name)
    assert code == 0
    assert "target prefix  >>ko<<\n" in out
    assert "\nLICENSE\nCC0\n\nREADME.md\n# 작은 모델\n [31mred\n\ufffdline\n" in out
    assert out.count("line") == 10


def test_verify_tells_the_good_from_the_broken_and_ends_with_1(
    argos: Path, tiny_package: Tiny, run: Run
) -> None:
    (tiny_package(argos, to_code="es", tokenizer="sentencepiece") / "model" / "model.bin").write_bytes(b"x")
    code, out, err = run("verify")
    assert (code, out.count("ok "), out[:3]) == (1, 1, "ok ")
    assert err.startswith(
        "bilingual: translate-en_es-1_0: the package does not work: the package does not load"
    )
    assert run("verify", "bundled")[0] == 0


def test_remove_asks_first_unless_told(
    argos: Path, tiny_package: Tiny, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_package(argos)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: (_ for _ in ()).throw(SystemExit(1)))
    assert run("remove", folder.name)[0] == 1
    assert folder.is_dir()
    assert run("remove", folder.name, "--yes") == (0, f"removed {folder}\n", "")
    assert list(argos.iterdir()) == []
