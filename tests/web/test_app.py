"""The server's side: who is let in, what is answered, what is refused."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from bilingual.errors import WorkspaceError
from bilingual.records import Pair
from bilingual.web.app import make_app
from bilingual.web.desk import Desk
from bilingual.web.guard import LIMIT, Door
from bilingual.web.requests import LONGEST

DOOR = Door("secret", 8123)
HOST = "http://127.0.0.1:8123"
KEY = {"X-Key": "secret"}


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(make_app(desk, DOOR), base_url=HOST, cookies={DOOR.cookie: "secret"}) as client:
        yield client


def rows(client: TestClient, **asked: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/rows", params=asked).json()["rows"]
    return found


def decide(client: TestClient, pair_id: str, version: str, **said: object) -> Any:
    body = {"decisions": [{"id": pair_id, "version": version, **said}]}
    return client.post("/api/decide", json=body, headers=KEY)


def test_the_address_of_the_terminal_opens_the_page_and_leaves_the_key_behind(desk: Desk) -> None:
    client = TestClient(make_app(desk, DOOR), base_url=HOST)
    assert client.get("/").status_code == 403
    assert client.get("/?key=wrong").status_code == 403
    opened = client.get("/?key=secret")
    assert (opened.status_code, opened.url.query) == (200, b"")
    cookie = client.get("/?key=secret", follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert client.get("/api/rows").status_code == 200


@pytest.mark.parametrize(
    "path", ["/api/rows", "/api/near?id=p0", "/api/articles", "/static/main.js", "/nothing"]
)
def test_without_the_cookie_nothing_is_shown(desk: Desk, path: str) -> None:
    assert TestClient(make_app(desk, DOOR), base_url=HOST).get(path).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:8123"}, 200),
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1:9"}, 400),
        ({"Host": "127.0.0.1:8123.evil.example"}, 400),
        ({"Origin": "http://127.0.0.1:8123"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://127.0.0.1:8123"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_our_own_host_and_origin_are_answered(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/api/rows", headers=headers).status_code == status


@pytest.mark.parametrize("key", [None, "", "wrong", "Secret"])
@pytest.mark.parametrize("path", ["decide", "undo", "preview", "replace"])
def test_a_write_needs_the_key_besides_the_cookie(client: TestClient, path: str, key: str | None) -> None:
    assert (
        client.post(f"/api/{path}", json={}, headers={"X-Key": key} if key is not None else {}).status_code
        == 403
    )


def test_a_write_is_a_post(client: TestClient) -> None:
    assert client.get("/api/decide").status_code == 405


def test_every_answer_has_a_strict_policy(client: TestClient) -> None:
    answers = [client.get(path) for path in ("/", "/api/rows", "/static/main.js", "/nothing")]
    answers.append(client.get("/", headers={"Host": "evil.example"}))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_the_page_has_no_inline_script_or_style_and_asks_for_nothing_elsewhere(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", page)
    files = re.findall(r'(?:src|href)="(?!#)([^"]+)"', page)
    assert files
    assert [name for name in files if not name.startswith("/static/")] == []
    assert all(client.get(name).status_code == 200 for name in files)


def test_the_reviewers_key_is_escaped_in_the_page(desk: Desk) -> None:
    door = Door('"><script>', 8123)
    client = TestClient(make_app(desk, door), base_url=HOST)
    client.headers["Cookie"] = f'{door.cookie}="\\"><script>"'
    page = client.get("/", params={"key": door.key}, follow_redirects=False)
    assert page.status_code == 303
    assert '"><script>' not in client.get("/").text


def test_a_decision_is_kept_and_shown(client: TestClient, kept: list[Pair]) -> None:
    row = rows(client)[0]
    answer = decide(client, row["id"], row["version"], status="accepted")
    assert answer.json()["rows"][0]["state"] == "승인"
    assert [(pair.pair_id, pair.reviewer) for pair in kept] == [("p0", "kim")]
    assert rows(client)[0]["version"] != row["version"]


def test_two_tabs_do_not_overwrite_each_other(client: TestClient, kept: list[Pair]) -> None:
    seen = rows(client)[0]["version"]
    assert decide(client, "p0", seen, target="첫째 창.", status="edited").status_code == 200
    late = decide(client, "p0", seen, target="둘째 창.", status="edited")
    assert late.status_code == 409
    assert late.json()["rows"][0]["target"] == "첫째 창."
    assert [pair.target for pair in kept] == ["첫째 창."]


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"target": " \n "}, "비어"),
        ({"target": "가" * (LONGEST + 1)}, "너무 길"),
        ({"target": 7}, "글이 아닙니다"),
        ({"status": "perhaps"}, "읽을 수 없습니다"),
        ({"id": "p999"}, "이제 없습니다"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(
    client: TestClient, kept: list[Pair], said: dict[str, object], word: str
) -> None:
    body = {"decisions": [{"id": "p0", "version": rows(client)[0]["version"], **said}]}
    answer = client.post("/api/decide", json=body, headers=KEY)
    assert (answer.status_code, word in answer.json()["error"]) == (400, True)
    assert kept == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b"{}",
        b'{"decisions": []}',
        b'{"decisions": [1]}',
        b'{"decisions": {}}',
    ],
)
def test_a_broken_body_is_refused(client: TestClient, body: bytes) -> None:
    assert client.post("/api/decide", content=body, headers=KEY).status_code == 400


def test_lone_surrogates_are_refused(client: TestClient) -> None:
    body = b'{"decisions": [{"id": "p0", "version": "", "target": "\\ud800"}]}'
    assert client.post("/api/decide", content=body, headers=KEY).status_code == 400


def test_a_body_beyond_the_limit_is_refused_whether_it_says_its_length_or_not(client: TestClient) -> None:
    long = b" " * (LIMIT + 1)
    assert client.post("/api/decide", content=long, headers=KEY).status_code == 413
    assert client.post("/api/decide", content=iter([long]), headers=KEY).status_code == 413


@pytest.mark.parametrize(
    "asked", [{"after": "x"}, {"before": "1e9"}, {"after": "9" * 30}, {"search": "a" * 501}]
)
def test_a_question_that_makes_no_sense_is_refused(client: TestClient, asked: dict[str, str]) -> None:
    assert client.get("/api/rows", params=asked).status_code == 400


def test_what_cannot_be_kept_is_not_shown_as_saved(client: TestClient, desk: Desk) -> None:
    def full(_: object) -> None:
        raise WorkspaceError("out", "the disk is full")

    desk.keep = full
    row = rows(client)[0]
    answer = decide(client, row["id"], row["version"], status="accepted")
    assert (answer.status_code, "the disk is full" in answer.json()["error"]) == (507, True)
    assert rows(client)[0] == row


def test_terms_stand_cut_out_with_their_korean_and_state(client: TestClient) -> None:
    row = rows(client)[1]
    assert row["source"] == [["Rutte", 0], [" met the ", -1], ["EU", 1], [".", -1]]
    assert row["parts"] == [["뤼터", 0], ["는 만났다.", -1]]
    assert [(term["target"], term["type"], term["honoured"]) for term in row["terms"]] == [
        ("뤼터", "인명", True),
        ("유럽연합", "기관", False),
    ]
    assert [issue["text"] for issue in row["issues"]] == ["용어집의 번역이 빠졌습니다: EU → 유럽연합"]


def test_an_edit_is_checked_anew(client: TestClient) -> None:
    row = rows(client)[1]
    done = decide(client, "p1", row["version"], target="뤼터는 유럽연합과 만났다.", status="edited").json()[
        "rows"
    ][0]
    assert done["issues"] == []
    assert all(term["honoured"] for term in done["terms"])


def test_replacing_is_previewed_made_at_once_and_undone_at_once(client: TestClient, kept: list[Pair]) -> None:
    words = {"find": "미국", "put": "나토", "article": ""}
    found = client.post("/api/preview", json=words, headers=KEY).json()
    assert found["total"] == 2
    assert found["samples"][0] == {"before": "미국은 0번.", "after": "나토는 0번."}
    done = client.post("/api/replace", json=words | {"stamp": found["stamp"]}, headers=KEY).json()
    assert [row["target"] for row in rows(client, search="나토")] == ["나토는 0번.", "나토는 100번."]
    client.post("/api/undo", json={"batch": done["batch"]}, headers=KEY)
    assert [row["status"] for row in rows(client, search="미국")] == ["draft", "draft"]
    assert len(kept) == 4


def test_replacing_what_has_changed_since_the_preview_is_refused(client: TestClient) -> None:
    words = {"find": "미국", "put": "나토"}
    stamp = client.post("/api/preview", json=words, headers=KEY).json()["stamp"]
    row = rows(client)[0]
    decide(client, "p0", row["version"], status="accepted")
    assert client.post("/api/replace", json=words | {"stamp": stamp}, headers=KEY).status_code == 409


def test_undoing_what_another_tab_has_changed_is_refused(client: TestClient) -> None:
    row = rows(client)[0]
    first = decide(client, "p0", row["version"], target="하나.", status="edited").json()
    decide(client, "p0", first["rows"][0]["version"], target="둘.", status="edited")
    assert client.post("/api/undo", json={"batch": first["batch"]}, headers=KEY).status_code == 409
    assert client.post("/api/undo", json={"batch": 99}, headers=KEY).status_code == 400


def test_near_matches_of_a_missing_memory_are_none(client: TestClient) -> None:
    assert client.get("/api/near", params={"id": "p0"}).json() == {"matches": []}
    assert client.get("/api/near", params={"id": "p999"}).status_code == 400
