"""What a person saves over a file of ours is never lost, whatever the moment."""

import shutil
from pathlib import Path

import pytest

from bilingual.workspace.aside import now_at, put_over, restore


def put(path: Path, text: str, is_ours: object) -> list[Path]:
    fresh = path.with_name("fresh")
    fresh.write_text(text, encoding="utf-8")
    return put_over(path, fresh, is_ours)  # type: ignore[arg-type]


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_ours_gives_way_and_theirs_is_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    assert put(path, "one", lambda _: False) == []
    assert put(path, "two", lambda found: found.read_text() == "one") == []
    path.write_text("a hand was here")
    assert put(path, "three", lambda found: found.read_text() == "two") == [tmp_path / "pairs.edited-1.csv"]
    assert texts(tmp_path) == {"pairs.csv": "three", "pairs.edited-1.csv": "a hand was here"}


def test_a_save_between_the_look_and_the_replacement_is_put_aside_too(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("ours")

    def is_ours(found: Path) -> bool:
        if found.read_text() == "ours":
            path.write_text("saved just now")
            return True
        return False

    assert put(path, "new", is_ours) == [tmp_path / "pairs.edited-1.csv"]
    assert texts(tmp_path) == {"pairs.csv": "new", "pairs.edited-1.csv": "saved just now"}


def test_a_disk_without_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    path = tmp_path / "pairs.csv"
    path.write_text("a hand was here")
    assert put(path, "new", lambda _: False) == [tmp_path / "pairs.edited-1.csv"]
    assert texts(tmp_path) == {"pairs.csv": "new", "pairs.edited-1.csv": "a hand was here"}


@pytest.mark.parametrize("saved", [True, False])
def test_a_kill_before_the_look_leaves_what_stood_there(tmp_path: Path, saved: bool) -> None:  # noqa: FBT001
    path = tmp_path / "pairs.csv"
    path.write_text("a hand was here")

    def die(_: Path) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(path, "new", die)
    (tmp_path / "fresh").unlink()
    if saved:
        path.write_text("saved after the kill")
    restore(tmp_path)
    now = {"pairs.csv": "saved after the kill", "pairs.edited-1.csv": "a hand was here"}
    assert texts(tmp_path) == (now if saved else {"pairs.csv": "a hand was here"})


def test_a_kill_before_or_after_the_link_leaves_a_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("ours")

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("os.link", die)
        with pytest.raises(KeyboardInterrupt):
            put(path, "new", lambda _: True)
    after = shutil.copytree(tmp_path, tmp_path / "after")
    (after / "fresh").rename(after / "pairs.csv")  # the link was made, and no more
    for folder, text in ((tmp_path, "ours"), (after, "new")):
        restore(folder)
        left = {
            path.name: path.read_text()
            for path in folder.iterdir()
            if path.is_file() and path.name != "fresh"
        }
        assert left == {"pairs.csv": text}


def test_a_file_that_was_put_aside_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    aside = [tmp_path / "out" / "terms.edited-1.csv", tmp_path / "out" / "pairs.edited-12.csv"]
    assert now_at(Path("out/pairs.csv"), aside) == aside[1]
    assert now_at(Path("out/pairs.xlsx"), aside) == Path("out/pairs.xlsx")
