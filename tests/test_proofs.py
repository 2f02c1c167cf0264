"""The numbers of proofs are the right ones, and a mark cannot claim what is not there."""

import subprocess
import sys
from pathlib import Path

from tests.proofs import known, page, titles

ROOT = Path(__file__).parent.parent


def run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """How a run ends that has this one test file."""
    (folder / "test_it.py").write_text(f"import pytest\n\n{code}\n")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.proofs", "-c", "/dev/null"]
    words += [f"--rootdir={folder}", "-p", "no:cacheprovider", str(folder)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_every_capability_edge_case_and_promise_is_listed() -> None:
    capabilities = {"S0": (18, 13), "S1": (33, 13), "S2": (19, 10), "S3": (19, 7), "S4": (11, 8)}
    expected = {f"P{n}" for n in range(1, 53)}
    for system, (plain, edges) in capabilities.items():
        expected |= {f"{system}-{n:02d}" for n in range(1, plain + 1)}
        expected |= {f"{system}-E{n}" for n in range(1, edges + 1)}
    assert known() == expected


def test_every_number_says_what_it_is_in_words_of_its_own() -> None:
    told = [title for section in titles().values() for title in section.values()]
    assert len(told) == len(set(told)) == len(known())


def test_a_known_number_may_be_claimed(tmp_path: Path) -> None:
    ended = run(tmp_path, '@pytest.mark.proves("S1-14", "P7")\ndef test_it():\n    pass')
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_an_unknown_number_ends_the_run(tmp_path: Path) -> None:
    ended = run(tmp_path, '@pytest.mark.proves("P99")\ndef test_it():\n    pass')
    assert ended.returncode != 0
    assert "proves unknown ['P99']" in ended.stdout + ended.stderr


def test_what_nothing_proves_is_shown_as_open() -> None:
    shown = page({"P7": ["tests/tickets/test_numbers.py::test_dense"]}).splitlines()
    assert sum(line.endswith("| open |") for line in shown) == len(known()) - 1
    proved = next(line for line in shown if line.startswith("| P7 |"))
    assert proved.endswith("| `tickets/test_numbers.py::test_dense` |")
