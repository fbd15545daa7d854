"""Files appear whole, and what killed processes left is swept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bilingual.atomic import replacing, sweep


def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    block = replacing(path)
    block.__enter__().write(b"half of the")
    block.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == {"a.csv": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="no signals to kill with")
def test_what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    path = tmp_path / "[a].csv"
    code = (
        "import os, signal, sys; from pathlib import Path; from bilingual.atomic import replacing\n"
        "with replacing(Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 1
    with replacing(path) as file:
        sweep(path)
        file.write(b"whole")
    assert {place.name: place.read_bytes() for place in tmp_path.iterdir()} == {"[a].csv": b"whole"}
