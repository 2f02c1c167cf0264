"""The documents say what the code says, and lead where they point."""

import ast
import json
import re
from pathlib import Path

import psycopg
import pytest

from infrastructure.catalogue import events_page
from infrastructure.cli import app
from infrastructure.settings import Settings
from tests.proofs import known

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEADINGS = ["Context", "Decision", "Why", "Consequences", "Enforced by"]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())


def commands() -> set[str]:
    """What the command line knows."""
    return {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}


def test_the_catalogue_of_events_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "events.md").read_text() == events_page(), "run `make events`"


@each_page
def test_links_lead_to_something_that_is_there(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


@each_page
def test_only_commands_that_exist_are_told(page: Path) -> None:
    text = page.read_text()
    told = set(re.findall(r"`(?:docker compose run --rm migrate )?ledgerdesk ([a-z]+)", text))
    made = set(re.findall(r"`make ([a-z]+)", text))
    assert told <= commands()
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert made <= set(targets)


def test_make_uses_commands_that_exist() -> None:
    text = (ROOT / "Makefile").read_text()
    assert set(re.findall(r"\$\(BIN\)/ledgerdesk ([a-z]+)", text)) <= commands()


def test_operations_explains_every_setting_and_no_other() -> None:
    text = (ROOT / "docs" / "operations.md").read_text()
    settings = {f"LEDGERDESK_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bLEDGERDESK_[A-Z_]+", text)) == settings


def statements() -> list[str]:
    """The SQL that operations.md tells people to run."""
    text = (ROOT / "docs" / "operations.md").read_text()
    blocks = re.findall(r"```sql\n(.+?)```", text, re.DOTALL)
    return blocks + re.findall(r"`((?:SELECT|UPDATE) [^`]+)`", text)


@pytest.mark.parametrize("statement", statements())
def test_the_sql_that_people_are_told_runs(statement: str, shared_database: str) -> None:
    with psycopg.connect(shared_database) as connection:
        connection.execute(statement.encode())
        connection.rollback()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(page.name.partition("-")[0]) for page in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_one_page_of_five_headings(page: Path) -> None:
    lines = page.read_text().splitlines()
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == HEADINGS
    assert 20 <= len(lines) <= 45


def test_the_page_of_proofs_claims_no_test_that_is_gone() -> None:
    proved = json.loads((ROOT / "docs" / "proofs.json").read_text())
    assert set(proved) <= known()
    marked = {test: numbers for file in proof_files() for test, numbers in marks(file).items()}
    stale = {
        (number, test)
        for number, listed in proved.items()
        for test in listed
        if number not in marked.get(test, ())
    }
    assert stale == set(), "run `make proofs`"


def proof_files() -> list[Path]:
    return sorted((ROOT / "tests").rglob("test_*.py"))


def marks(file: Path) -> dict[str, set[str]]:
    """By test: the numbers that its decorators and its module claim."""
    tree = ast.parse(file.read_text())
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    whole = [node.value for node in assigned if ast.unparse(node.targets[0]) == "pytestmark"]
    return {
        f"{file.relative_to(ROOT).as_posix()}::{node.name}": numbers([*node.decorator_list, *whole])
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def numbers(marked: list[ast.expr]) -> set[str]:
    """The arguments of every `proves(...)` among these expressions."""
    return {
        str(told.value)
        for expression in marked
        for call in ast.walk(expression)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.proves")
        for argument in call.args
        for told in ast.walk(argument)
        if isinstance(told, ast.Constant)
    }
