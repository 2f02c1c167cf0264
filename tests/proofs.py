"""Proofs by number: which capabilities and promises have a test that passes.

`@pytest.mark.proves("S1-14", "P7")` is a claim that a reader can check: the test fails when the
capability is broken. Numbers are those of docs/proofs-list.toml; an unknown one is an error.
`pytest --proofs` runs the marked tests alone and writes docs/proofs.json and docs/proofs.md.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

PLUGIN = "ledgerdesk-proofs"
DOCS = Path(__file__).parent.parent / "docs"


def titles() -> dict[str, dict[str, str]]:
    """By section title: each number and what it says."""
    listed = tomllib.loads((DOCS / "proofs-list.toml").read_text())
    return {
        f"{key}. {section['title']}": {
            f"{key}{'' if key == 'P' else '-'}{number}": title
            for number, title in section.items()
            if number != "title"
        }
        for key, section in listed.items()
    }


def known() -> set[str]:
    """Every number that a test may name."""
    return {number for section in titles().values() for number in section}


def claimed(item: pytest.Item) -> Iterator[str]:
    """The numbers that a test claims to prove."""
    for mark in item.iter_markers("proves"):
        yield from mark.args


class Proofs:
    """Collects the marked tests, remembers how they ended, and writes the two pages."""

    def __init__(self, *, only: bool, write: bool) -> None:
        self.only = only
        self.write = write
        self.numbers: dict[str, set[str]] = {}
        self.failed: set[str] = set()
        self.passed: set[str] = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Refuse unknown numbers; with --proofs keep the marked tests only."""
        numbers = known()
        for item in items:
            told = set(claimed(item))
            if unknown := told - numbers:
                raise pytest.UsageError(f"{item.nodeid} proves unknown {sorted(unknown)}")
            if told:
                item.user_properties.append(("proves", sorted(told)))
        if self.only:
            config.hook.pytest_deselected(items=[i for i in items if not set(claimed(i))])
            items[:] = [i for i in items if set(claimed(i))]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test counts when every case of it passed in every phase."""
        test = report.nodeid.partition("[")[0]
        for name, numbers in report.user_properties:
            if name == "proves":
                self.numbers[test] = set(cast("list[str]", numbers))
        if report.failed or report.skipped:
            self.failed.add(test)
        elif report.when == "call":
            self.passed.add(test)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write what was proved, if the run came to its end."""
        if self.write and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            proved = self.proved()
            (DOCS / "proofs.json").write_text(json.dumps(proved, indent=2) + "\n")
            (DOCS / "proofs.md").write_text(page(proved))

    def proved(self) -> dict[str, list[str]]:
        """By number: the tests that passed."""
        held = self.passed - self.failed
        return {
            number: sorted(test for test in held if number in self.numbers.get(test, ()))
            for section in titles().values()
            for number in section
            if any(number in self.numbers.get(test, ()) for test in held)
        }


def page(proved: dict[str, list[str]]) -> str:
    """The list for people: proved numbers with their tests, the others as open."""
    numbers = known()
    lines = [
        "# Proofs",
        "",
        f"{len(proved)} of {len(numbers)} numbers have a test that passes; the others are open.",
        "`make proofs` runs the tests and writes this page and `proofs.json`.",
    ]
    for section, listed in titles().items():
        lines += ["", f"## {section}", "", "| Number | What | Proved by |", "|---|---|---|"]
        for number, title in listed.items():
            tests = "<br>".join(f"`{t.removeprefix('tests/')}`" for t in proved.get(number, []))
            lines.append(f"| {number} | {title} | {tests or 'open'} |")
    return "\n".join(lines) + "\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --proofs."""
    parser.addoption(
        "--proofs", action="store_true", help="run the marked tests and write docs/proofs.*"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin to collect."""
    proving = bool(config.getoption("--proofs"))
    shares = hasattr(config, "workerinput")  # a process of xdist: the first one writes
    config.pluginmanager.register(Proofs(only=proving, write=proving and not shares), PLUGIN)
