# ruff: noqa: E501, ISC004 - hostile text and tables of it read best as they are
"""Hostile files: whole ones damaged at random, and those that are known to hurt."""

import io
import random
import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence

TOKENS = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\xc0\x80",
    "\u202e\u2066\u200f".encode(), "\u2028\u2029\x85".encode(), "e\u0301\u0301\u0301".encode(), "＝1+1".encode(),
    b"=cmd|' /C calc'!A0", b"@SUM(1)", b"+1", b"-1", b"\t=1", b'"', b"'", b'""', b"\r", b"\n", b"\r\n", b",", b";", b"\t", b"|",
    b"sep=;\n", b"9" * 400, b"-9223372036854775809", b"1e999", b"NaN", b"Infinity", b"1E-999", b"%s%n", b"../../../etc/passwd",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&amp;", b"&#0;", b"&#xD800;", b"&#99999999;", b"<![CDATA[", b"]]>", b"<!--", b"-->",
    b"<?xml version='1.0' encoding='utf-7'?>", b"<?php", b"<a>", b"</a>", b"<a b='", b"xmlns:x='y'", b"xml:lang='ko'",
    b"<script>", b"<plaintext>", b"<table>", b"<svg><foreignObject>", b"<base href='http://127.0.0.1'>", b"<template>",
    b"msgid ", b"msgstr[99999999999]", b"#, fuzzy\n", b"#~ ", b"\\", b"\\x", b'msgctxt "', b"\nPlural-Forms: nplurals=9999; plural=n\\n",
    b"{", b"}", b"[", b"]", b":", b"null", b"true", b"\\ud800", b"[[a]]", b'"""', b"\x1b]0;a\x07", b"# ", b"- ", b"> ", b"***",
    b"PK\x03\x04", b"%PDF", b"charset=utf-7", b"charset=hz", b"charset=unicode_escape", b"charset=punycode", b"charset=zlib", b"charset=idna",
)  # fmt: skip


def mutated(seeds: Sequence[bytes], chance: random.Random, *, zipped: bool) -> bytes:
    """A damaged copy of one of the seeds; of an archive mostly what is inside it."""
    seed = chance.choice(seeds)
    if zipped and chance.random() < 0.75:
        return _rezipped(seed, chance)
    if chance.random() < 0.05:
        return _recoded(seed, chance)
    for _ in range(min(chance.choice((1, 1, 2, 3, 6, 12)), 12)):
        seed = chance.choice(_DAMAGES)(seed, chance, seeds)
    return seed[: 1 << 20]


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 1, 2, 4, 16, 64, 512)))


def _flip(data: bytes, chance: random.Random, _: object) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 32))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _random(data: bytes, chance: random.Random, _: object) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + chance.randbytes(end - start) + data[end:]


def _cut(data: bytes, chance: random.Random, _: object) -> bytes:
    return (
        data[: chance.randint(0, len(data))]
        if chance.random() < 0.5
        else data[chance.randint(0, len(data)) :]
    )


def _drop(data: bytes, chance: random.Random, _: object) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: random.Random, _: object) -> bytes:
    start, end = _place(data, chance)
    piece = data[start:end]
    return (
        data[:start]
        + piece * min(chance.choice((2, 9, 300, 5000)), 1 + 200_000 // (len(piece) or 1))
        + data[start:]
    )


def _splice(data: bytes, chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    start, end = sorted((chance.randint(0, len(other)), chance.randint(0, len(other))))
    place = chance.randint(0, len(data))
    return data[:place] + other[start:end] + data[place:]


def _insert(data: bytes, chance: random.Random, _: object) -> bytes:
    place = chance.randint(0, len(data))
    return data[:place] + chance.choice(TOKENS) * chance.choice((1, 1, 1, 2, 50)) + data[place:]


def _number(data: bytes, chance: random.Random, _: object) -> bytes:
    digits = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte <= 57]
    if not digits:
        return data
    at = chance.choice(digits)
    return (
        data[:at]
        + chance.choice((b"0", b"-1", b"99999999999999999999", b"1e9", b"\xd9\xa3", b""))
        + data[at + 1 :]
    )


def _swap(data: bytes, chance: random.Random, _: object) -> bytes:
    lines = data.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


_DAMAGES = (_flip, _random, _cut, _drop, _repeat, _splice, _insert, _insert, _number, _swap)


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949", "latin-1", "utf-7", "cp037", "shift_jis")
    )
    return text.encode(encoding, "replace")


def _rezipped(seed: bytes, chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    damaged = chance.randrange(len(parts))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(parts):
            if number != damaged:
                archive.writestr(name, data)
            elif chance.random() > 0.1:
                hurt = chance.choice(_DAMAGES)(data, chance, [other for _, other in parts])
                archive.writestr(_renamed(name, chance), hurt)
    return stream.getvalue()


def _renamed(name: str, chance: random.Random) -> str:
    """Mostly the same name."""
    others = (f"{name}\u202e", f"../{name}", f"/{name}", name.upper(), name.replace("/", "\\"), "a" * 300)
    return chance.choice(others) if chance.random() < 0.1 else name


def nasties(kind: str, canary: str, secret: str) -> Iterator[tuple[str, bytes]]:
    """Files of a kind (the name of a reader) that are known to hurt, with their names.

    canary: an address that nothing may ask for; secret: a file that nothing may show.
    """
    if kind in _XML:
        yield from _nasty_xml(_XML[kind], canary, secret)
    if kind in ("text", "markdown", "page"):
        yield from _nasty_texts()
    if kind == "page":
        yield from _nasty_pages(canary, secret)
    if "csv" in kind:
        yield from _nasty_tables()
    if "xlsx" in kind:
        yield from _nasty_workbooks(canary, secret)
    if kind == "argosmodel":
        yield from _nasty_packages()
    if kind in ("index json", "page request"):
        yield from _nasty_json()
    if kind == "po":
        yield from _nasty_po()
    if kind == "recipe toml":
        yield "deep", b"a = " + b"[" * 100_000
        yield "deep keys", b"[" + b".".join([b"a"] * 50_000) + b"]"
        yield "large number", b"version = " + b"9" * 1_000_000
    yield from (
        ("empty", b""),
        ("one zero", b"\0"),
        ("zeros", bytes(1 << 20)),
        ("random", random.Random(7).randbytes(1 << 20)),
    )


_UNIT = '<tu><tuv xml:lang="en"><seg>{0}</seg></tuv><tuv xml:lang="ko"><seg>{0}</seg></tuv></tu>'
_XML = {
    "tmx": ("tmx", f'<tmx version="1.4"><header/><body>{_UNIT}</body></tmx>'),
    "xliff 1.2": (
        "xliff",
        '<xliff version="1.2"><file source-language="en" target-language="ko"><body><trans-unit id="1"><source>{0}'
        "</source><target>{0}</target></trans-unit></body></file></xliff>",
    ),
    "xliff 2": (
        "xliff",
        '<xliff version="2.0" srcLang="en" trgLang="ko"><file id="f"><unit id="1"><segment><source>{0}</source>'
        "<target>{0}</target></segment></unit></file></xliff>",
    ),
    "glossary tbx": (
        "tbx",
        '<tbx><text><body><conceptEntry><langSec xml:lang="en"><termSec><term>{0}</term></termSec></langSec>'
        '<langSec xml:lang="ko"><termSec><term>{0}</term></termSec></langSec></conceptEntry></body></text></tbx>',
    ),
}


def _nasty_xml(shape: tuple[str, str], canary: str, secret: str) -> Iterator[tuple[str, bytes]]:
    root, whole = shape
    head = '<?xml version="1.0"?>\n'

    def made(declared: str, text: str) -> bytes:
        return (head + declared + whole.format(text)).encode()

    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "billion laughs", made(f'<!DOCTYPE {root} [<!ENTITY l0 "lol">{laughs}]>', "&l11;")
    yield "quadratic entity", made(f'<!DOCTYPE {root} [<!ENTITY a "{"a" * 100_000}">]>', "&a;" * 5_000)
    yield (
        "entity in an attribute",
        made(f'<!DOCTYPE {root} [<!ENTITY a "{"a" * 50_000}">]>', f"<x y='{'&a;' * 9000}'/>"),
    )
    yield "external file", made(f'<!DOCTYPE {root} [<!ENTITY a SYSTEM "file://{secret}">]>', "&a;")
    yield "external address", made(f'<!DOCTYPE {root} [<!ENTITY a SYSTEM "{canary}/a">]>', "&a;")
    yield "external parameter", made(f'<!DOCTYPE {root} [<!ENTITY % a SYSTEM "{canary}/b"> %a;]>', "a")
    yield "external dtd", made(f'<!DOCTYPE {root} SYSTEM "{canary}/c.dtd">', "a")
    yield (
        "inclusion",
        made(
            "", f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file://{secret}" parse="text"/>'
        ),
    )
    yield "style sheet", made(f'<?xml-stylesheet href="{canary}/d.xsl" type="text/xsl"?>', "a")
    yield (
        "schema place",
        made("", f'<a xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="a {canary}/e"/>'),
    )
    yield "deep", made("", "<a>" * 100_000 + "</a>" * 100_000)
    yield "deep enough", made("", "<a>" * 240 + "</a>" * 240)
    yield "many attributes", made("", "<a " + " ".join(f"b{n}='1'" for n in range(100_000)) + "/>")
    yield "many names", made("", "<a " + " ".join(f"xmlns:n{n}='u{n}'" for n in range(50_000)) + "/>")
    yield "long name", made("", f"<{'a' * 1_000_000}/>")
    yield "long attribute", made("", f"<a b='{'a' * 9_000_000}'/>")
    yield "long text", made("", "가" * 2_000_000)
    yield "many elements", made("", "<a/>" * 300_000)
    yield "many comments", made("", "<!---->" * 300_000)
    yield "many instructions", made("", "<?a b?>" * 200_000)
    yield "characters", made("", "&#x202e;&#xfffd;" * 10_000)
    for encoding in ("utf-7", "cp037", "idna", "unicode_escape", "utf-16", "zip", "hex"):
        yield (
            f"says {encoding}",
            whole.format("a").join((f'<?xml version="1.0" encoding="{encoding}"?>', "")).encode(),
        )


def _nasty_texts() -> Iterator[tuple[str, bytes]]:
    """Long lines of what a pattern might try again and again."""
    head = "Ships sail again\n\n"
    pieces = {
        "letters": "a", "spaces": " ", "stops": ". ", "names": "Mr. Kim ", "initials": "J. ", "dotted": "A.B.C.", "dots": ".",
        "quotes": '"', "curly": "“", "open": "(", "brackets": "[", "images": "![", "links": "[a](", "digits": "1", "numbers": "1,000 ",
        "dashes": "—", "hyphens": "-a", "stars": "*", "underscores": "_", "hashes": "#", "tags": "<", "ampersands": "&", "ats": "@a",
        "addresses": "http://", "mails": "a@b.", "accents": "\u0301", "turned": "\u202e", "hangul": "가", "jamo": "ᄀ", "wide": "𝕏",
        "tabs": "\t", "sentences": "He met Mr. Lee in the U.S. on Jan. 5. ", "money": "$1.5 billion ", "capitals": "Kim Lee ", "slashes": "/",
        "colons": "a: ", "semicolons": "; ", "apostrophes": "'s ", "ellipses": "… ", "bullets": "• ", "questions": "?! ", "ties": "\u2060",
    }  # fmt: skip
    for name, piece in pieces.items():
        for size in (30_000, 1_000_000):
            text = piece * (size // len(piece))
            yield f"{name}, {size:,} on a line", (head + text + " said the minister.\n").encode()
    for name, line in {"lines": "a\n", "titles": "# a\n", "blank": "\n", "short": "One ship left.\n\n", "bars": "|a|\n", "quoted": "> a\n",
                       "nested": "> " * 200 + "a\n", "items": "- a\n", "hours": "12:00\n", "ages": "3 hours ago\n\n"}.items():  # fmt: skip
        yield f"{name}, many", (head + line * (600_000 // len(line))).encode()
    yield "deep quotes", (head + "> " * 300_000).encode()
    yield "surrogates", head.encode() + b"\xed\xa0\x80" * 10_000


def _nasty_pages(canary: str, secret: str) -> Iterator[tuple[str, bytes]]:
    words = "<p>The ships sailed on Monday, said the minister, and nobody was hurt in the harbour of the town.</p>"
    frame = "<!doctype html><html><head><title>Ships</title></head><body>{}</body></html>"
    deep = {"divs": ("<div>", "</div>"), "lists": ("<ul><li>", ""), "tables": ("<table><tr><td>", ""), "spans": ("<b><i>", ""),
            "articles": ("<article><p>a</p>", "</article>"), "fonts": ("<font>", ""), "quotes": ("<blockquote>", "")}  # fmt: skip
    for name, (start, end) in deep.items():
        for times in (200, 240, 2_000, 100_000):
            yield f"deep {name}, {times}", frame.format(start * times + words * 5 + end * times).encode()
    many = {"paragraphs": words, "breaks": "<br>", "anchors": "<a href=x>a</a>", "articles": f"<article><h1>A</h1>{words * 3}</article>",
            "comments": "<!-- a -->", "open": "<", "entities": "&amp", "scripts": "<script>", "cells": "<td>a", "styles": "<p style='display:none'>a</p>"}  # fmt: skip
    for name, piece in many.items():
        yield f"many {name}", frame.format(words * 5 + piece * (1_000_000 // len(piece))).encode()
    yield (
        "long attribute",
        frame.format(f"<p class='{'a ' * 500_000}' style='{'a' * 500_000}'>a</p>" + words * 5).encode(),
    )
    yield (
        "many attributes",
        frame.format("<p " + " ".join(f"a{n}" for n in range(100_000)) + ">a</p>" + words * 5).encode(),
    )
    asks = f"<base href='{canary}/'><link rel=stylesheet href=a.css><script src='{canary}/a.js'></script><img src='{canary}/a.png'>"
    frames = f"<iframe src='{canary}/b'></iframe><object data='file://{secret}'></object><meta http-equiv=refresh content='0;url={canary}/c'>"
    yield "asks", frame.format(asks + frames + words * 5).encode()
    dtd = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file://{secret}">]>'
    yield "xhtml entity", (dtd + f"<html><body><p>&a;</p>{words * 5}</body></html>").encode()


def _nasty_tables() -> Iterator[tuple[str, bytes]]:
    for head in ("id,source,target,edit,status", "source,target,type,status", "source,target,unit_id"):
        yield f"long cell ({head[:9]})", f"{head}\n{'a' * 2_000_000},b\n".encode()
        yield f"long header ({head[:9]})", f"{head},{'a' * 2_000_000}\nb,c\n".encode()
        yield f"open quote ({head[:9]})", f'{head}\n"{"a,b" * 500_000}\n'.encode()
        yield (
            f"many columns ({head[:9]})",
            f"{head},{','.join(str(n) for n in range(20_000))}\n{'a,' * 20_000}\n".encode(),
        )
        yield f"many rows ({head[:9]})", f"{head}\n{'a,b' + chr(10)}".encode() + b"a,b\n" * 50_000
        yield f"zeros ({head[:9]})", f"{head}\n\0,\0\n".encode()
        yield f"zero in the header ({head[:9]})", f"\0{head}\na,b\n".encode()
        yield f"commas ({head[:9]})", head.encode() + b"\n" + b"," * 1_000_000
        yield f"quotes ({head[:9]})", head.encode() + b"\n" + b'""' * 500_000
        yield f"returns ({head[:9]})", head.encode() + b"\r" * 1_000_000
    for sign in ('"', "\n", "\0", "가", "\\", " ", "\ud7ff", "a"):
        yield f"separator {sign!r}", f"sep={sign}\nsource{sign}target\na{sign}b\n".encode()


def _nasty_workbooks(canary: str, secret: str) -> Iterator[tuple[str, bytes]]:
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="B{0}" t="inlineStr"><is><t>{2}</t></is></c></row>'
    whole = sheet.format(row.format(1, "source", "target") + row.format(2, "a", "나"))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "whole", workbook({"xl/worksheets/sheet1.xml": whole})
    declared = {
        "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "lol">{laughs}]>',
        "external file": f'<!DOCTYPE a [<!ENTITY l11 SYSTEM "file://{secret}">]>',
        "external address": f'<!DOCTYPE a [<!ENTITY l11 SYSTEM "{canary}/x">]>',
        "quadratic": f'<!DOCTYPE a [<!ENTITY l11 "{"a" * 60_000}">]>',
    }
    for name, doctype in declared.items():
        hurt = sheet.format(row.format(1, "source", "target") + row.format(2, "&l11;" * 900, "나"))
        yield f"{name} in the sheet", workbook({"xl/worksheets/sheet1.xml": doctype + hurt})
        strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"&l11;" * 900}</t></si></sst>'
        yield (
            f"{name} in the strings",
            workbook({"xl/worksheets/sheet1.xml": whole, "xl/sharedStrings.xml": doctype + strings}),
        )
    strings = "<si><t>a</t></si>" * 6_000_000
    many = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{strings}</sst>'
    yield "many strings", workbook({"xl/worksheets/sheet1.xml": whole, "xl/sharedStrings.xml": many})
    yield "bomb", workbook({"xl/worksheets/sheet1.xml": whole, "xl/media/a.bin": bytes(600 << 20)})
    yield (
        "far cell",
        workbook(
            {
                "xl/worksheets/sheet1.xml": sheet.format(
                    row.format(1048576, "source", "target") + row.format(99999999, "a", "나")
                )
            }
        ),
    )
    wide = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>source</t></is></c><c r="ZZZZZZ1" t="inlineStr"><is><t>target</t></is></c></row>'
    yield "wide cell", workbook({"xl/worksheets/sheet1.xml": sheet.format(wide)})
    yield (
        "no such string",
        workbook(
            {"xl/worksheets/sheet1.xml": sheet.format('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')}
        ),
    )
    yield (
        "date",
        workbook(
            {"xl/worksheets/sheet1.xml": sheet.format('<row r="1"><c r="A1" s="1"><v>1e308</v></c></row>')}
        ),
    )
    yield "deep", workbook({"xl/worksheets/sheet1.xml": sheet.format("<row>" * 100_000)})
    yield "rows of nothing", workbook({"xl/worksheets/sheet1.xml": sheet.format("<row/>" * 1_500_000)})


def workbook(parts: Mapping[str, str | bytes]) -> bytes:
    """A workbook of these parts and what else it must have."""
    base = "http://schemas.openxmlformats.org"
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("xl/workbook.xml", "sheet.main"),
            ("xl/worksheets/sheet1.xml", "worksheet"),
            ("xl/sharedStrings.xml", "sharedStrings"),
        )
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{base}/package/2006/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="a/b"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="r1" Type='
        f'"{base}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{base}/spreadsheetml/2006/main" xmlns:r="{base}/officeDocument/2006/relationships">'
        '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{base}/package/2006/relationships"><Relationship Id="r1" Type='
        f'"{base}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type='
        f'"{base}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        **parts,
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in whole.items():
            file.writestr(name, data)
    return stream.getvalue()


_MANIFEST = b'{"package_version": "1.0", "from_code": "en", "to_code": "ko"}'


def _nasty_packages() -> Iterator[tuple[str, bytes]]:
    whole = {"p/metadata.json": _MANIFEST, "p/model/model.bin": b"model", "p/sentencepiece.model": b"pieces"}
    names = (
        "../evil",
        "p/../../evil",
        "/evil",
        "p/..\\..\\evil",
        "C:\\evil",
        "p/a\0b",
        "p//evil",
        "p/./evil",
        "p/con",
        "p/a\nb",
        "p/ ",
        "p/\u202egpj.exe",
    )
    for name in names:
        yield f"slip {name!r}", archive({**whole, name: b"evil"})
    for target in ("/etc/passwd", "../../evil", "p/model"):
        yield f"link to {target}", archive(whole, links={"p/link": target, "p/link/evil": "x"})
    yield "device", archive(whole, links={"p/link": "x"}, kind=stat.S_IFBLK)
    yield "bomb", archive({**whole, "p/model/big": bytes(400 << 20)})
    yield "many files", archive({**whole, **{f"p/{n}": b"" for n in range(10_500)}})
    yield "large metadata", archive({**whole, "p/metadata.json": b"[" + b"{}," * 20_000_000 + b"{}]"})
    yield "deep metadata", archive({**whole, "p/metadata.json": b"[" * 1_000_000})
    yield "long number", archive({**whole, "p/metadata.json": b"9" * 1_000_000})
    yield "metadata is a folder", archive({**whole, "p/metadata.json/a": b""})
    good = archive(whole)
    yield (
        "sizes that lie",
        good.replace(struct.pack("<II", len(b"model"), len(b"model")), struct.pack("<II", 5, 0xFFFFFFFF)),
    )
    yield "prefixed", b"#!/bin/sh\n" * 100 + good
    yield "twice", good + good
    yield "comment", good[:-2] + struct.pack("<H", 65535) + b"a" * 65535
    yield (
        "encrypted",
        good.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    )


def archive(
    parts: Mapping[str, bytes], links: Mapping[str, str] | None = None, kind: int = stat.S_IFLNK
) -> bytes:
    """A zip of these parts and links."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16
            file.writestr(entry, target)
        for name, data in parts.items():
            file.writestr(
                zipfile.ZipInfo(name) if "\0" not in name else _raw(name), data, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()


def _raw(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = name
    return entry


def _nasty_json() -> Iterator[tuple[str, bytes]]:
    yield "deep list", b"[" * 1_000_000
    yield "deep object", b'{"a":' * 200_000
    yield "long number", b"[" + b"9" * 1_000_000 + b"]"
    yield "large exponent", b'[{"package_version": 1e400}]'
    yield "many", b"[" + b"{}," * 300_000 + b"{}]"
    yield "same keys", b"{" + b'"a":1,' * 200_000 + b'"a":1}'
    yield "surrogates", b'{"find": "\\ud800", "put": "b", "decisions": [{"id": "\\udfff"}]}'
    yield "wrong kinds", b'{"decisions": [{"id": 1, "version": [], "status": {}, "target": true}]}'
    yield "false kinds", b'[{"package_version": [], "from_code": 7, "to_code": null, "links": "a"}]'


def _nasty_po() -> Iterator[tuple[str, bytes]]:
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={}\\n"\n"Plural-Forms: {}\\n"\n"Language: {}\\n"\n\n'
    body = 'msgid "a"\nmsgstr "나"\n'
    for charset, plural, language in (
        ("utf-7", "nplurals=1; plural=0;", "ko"), ("zip", "nplurals=1; plural=0;", "ko"), ("utf-8", "nplurals=99999999; plural=n;", "ko"),
        ("utf-8", "nplurals=1; plural=__import__('os');", "ko"), ("utf-8", "nplurals=x; plural=" + "(" * 5000, "ko"),
        ("utf-8", "nplurals=1; plural=0;", "xx_YY"), ("utf-8", "nplurals=1; plural=0;", "../../etc"), ("utf-8", "nplurals=1; plural=0;", "ko" * 9999),
        ("unicode_escape", "nplurals=1; plural=0;", "ko"), ("idna", "", "ko"), ("utf-8", "", "-"), ("utf-8", "", "ko_KR.UTF-8@x"),
    ):  # fmt: skip
        yield (
            f"says {charset}, {plural[:30]}, {language[:12]}",
            (head.format(charset, plural, language) + body).encode(),
        )
    whole = head.format("utf-8", "nplurals=1; plural=0;", "ko")
    yield (
        "plural number",
        (whole + 'msgid "a"\nmsgid_plural "b"\nmsgstr[99999999999999999999] "c"\n').encode(),
    )
    yield "long string", (whole + f'msgid "a"\nmsgstr "{"나" * 700_000}"\n').encode()
    yield "many strings", (whole + 'msgid "a"\nmsgstr ""\n' + '"나"\n' * 100_000).encode()
    yield "slashes", (whole + 'msgid "a"\nmsgstr "' + "\\" * 100_000 + '"\n').encode()
    yield "open quote", (whole + 'msgid "' + "\\a" * 200_000).encode()
    yield (
        "dates",
        (
            whole.replace("Language", 'POT-Creation-Date: 99999-99-99 99:99+9999\\n"\n"Language') + body
        ).encode(),
    )
