"""Does a package work? Tried in a process of its own, which a damaged model may take down with it."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.checksums import hash_files
from bilingual.engines.packages import InstalledPackage, PackageOrigin, package_files
from bilingual.engines.receipts import read_receipt
from bilingual.errors import PackageError

SENTENCE = "The minister met the president in Seoul on Monday."
_PATIENCE = 300.0


def verify_package(package: InstalledPackage) -> str:
    """Hash every file again, load the package and give its translation of a sentence; raises PackageError."""
    now = hash_files(package.folder, package_files(package.folder))
    receipt = read_receipt(package.folder)
    if now != package.checksum or (receipt and receipt.checksum != now):
        raise _broken(package, "its files are not those that were installed")
    return try_package(package, SENTENCE)


def try_package(package: InstalledPackage, sentence: str) -> str:
    """Load a package and translate a sentence, in another process; raises PackageError if that fails."""
    command = [sys.executable, "-m", "bilingual.engines.trial", sentence]
    try:
        done = subprocess.run(
            command, input=_written(package), capture_output=True, check=False, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise _broken(package, f"it wrote nothing in {_PATIENCE:.0f} seconds") from error
    if done.returncode < 0:
        raise _broken(package, f"it crashes (signal {-done.returncode})")
    if done.returncode:
        raise _broken(package, done.stderr.decode("utf-8", "replace").strip().rsplit("\n", maxsplit=1)[-1])
    return done.stdout.decode("utf-8")


def _broken(package: InstalledPackage, what: str) -> PackageError:
    return PackageError(package.name, f"the package does not work: {what}", "take another copy of it")


def _written(package: InstalledPackage) -> bytes:
    """A package as JSON; surrogates stand for the bytes of a path that are no UTF-8."""
    return json.dumps(asdict(package), default=str).encode()


def _read(data: bytes) -> InstalledPackage:
    values = json.loads(data)
    values["folder"], values["origin"] = Path(values["folder"]), PackageOrigin(values["origin"])
    return InstalledPackage(**values | {"dependencies": tuple(values["dependencies"])})


def _translate_one() -> None:
    """Be the other process: a package on standard input, a sentence as argument, its translation out."""
    package = _read(sys.stdin.buffer.read())
    try:
        with ArgosTranslator([package], Decoding(beam=1, threads=1)) as translator:
            text = translator.translate([sys.argv[1]])[0].text
    except PackageError as error:
        sys.exit(error.what)
    except Exception as error:  # noqa: BLE001 - whatever a damaged package does is the answer
        sys.exit(f"{type(error).__name__}: {error}")
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    _translate_one()
