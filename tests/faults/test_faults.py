"""A share of the two harnesses that is small enough for every change; their own commands run the rest."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
JOBS = ("review apply", "memory import", "glossary import", "export elsewhere")


def counts(name: str, *arguments: str) -> tuple[str, list[int]]:
    """What a harness printed, and the numbers of its last line."""
    command = [sys.executable, str(HERE / name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=280)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, [int(number) for number in re.findall(r"\d+", done.stdout.splitlines()[-1])]


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="the harness takes over orphans, as Linux lets it"
)
def test_small_jobs_outlast_faults() -> None:
    scenes = [word for job in JOBS for word in ("--scene", job)]
    faults = ("SIGKILL", "SIGINT", "killed at a step", "refused a step", "reviewer saves in mid-apply")
    chosen = [word for fault in faults for word in ("--fault", fault)]
    seed = os.environ.get("FAULTS_SEED", "3")
    said, (runs, before, within, after, late, recovered, failures, *_) = counts(
        "run.py", "--runs", "6", "--seed", seed, *scenes, *chosen
    )
    assert (runs, recovered, failures) == (6, 6, 0), said
    assert before + within + after + late == runs
    assert within > 0, said


def test_readers_outlast_damaged_files() -> None:
    said, (cases, read, refused, bad, *_) = counts("fuzz.py", "--cases", "340", "--no-nasties")
    assert (cases, bad) == (340, 0), said
    assert read > 0, said
    assert refused > 0, said
