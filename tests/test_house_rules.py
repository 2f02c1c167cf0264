"""The rules of the house that a linter does not know (CONTRIBUTING.md says why)."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

from application.desk import Command
from application.policy import Policy
from domain.aggregate import Aggregate, Refused
from domain.events import catalogue
from infrastructure.catalogue import meaning

ROOT = Path(__file__).parent.parent
LAYERS = ("domain", "application", "projections", "interfaces", "infrastructure")
GENERATED = ("interfaces/telegram/client/",)  # by `make client`

LONGEST = 250
LONGER = {  # file: how long it may be: one aggregate each, whose life is read in one place
    "domain/deals.py": 410,
    "domain/executors.py": 310,
    "domain/offers.py": 380,
    "domain/pipelines.py": 390,
    "domain/tickets.py": 380,
}
SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|CREATE\s+TABLE)\b",
    re.DOTALL | re.IGNORECASE,
)
REGISTRIES = re.compile(  # hosts that hand out packages, written so that this file names none
    r"py(pi|thonhosted)\.org|registr(y)\.(npmjs|yarnpkg|npmmirror)|(deb|security)\.debia(n)\.org"
    r"|cond(a)\.anaconda|/opt/(pypi|wheels)|/tmp/bash_job(s)|\.librar(y)/|/wor(k)/"
)
NOUNS = {"interfaces/sandbox/service.py"}  # service messages: Telegram's own word
PARTICIPLES = {
    "Begun", "Bound", "Chosen", "Forgone", "Found", "Held", "Left", "Lost",
    "Rewritten", "Seen", "Sent", "Set", "Shown", "Taken", "Withdrawn", "Won",
    "Written",
}  # fmt: skip
PARTICIPLE_FIRST = {"BecameReachable", "BecameUnreachable", "GivenBack", "MovedToStage"}


def files(*layers: str) -> list[Path]:
    """The Python files of these folders that people write."""
    found = [path for layer in layers for path in sorted((ROOT / layer).rglob("*.py"))]
    return [path for path in found if not name_of(path).startswith(GENERATED)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each(*layers: str) -> pytest.MarkDecorator:
    """The test runs for each file."""
    return pytest.mark.parametrize("path", files(*layers), ids=name_of)


def tracked() -> list[Path]:
    """Every file that is, or would be, committed."""
    answer = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


@each(*LAYERS, "tests")
def test_a_file_is_read_on_few_screens(path: Path) -> None:
    lines = path.read_text().count("\n")
    assert lines <= LONGER.get(name_of(path), LONGEST), "split it by noun"


def test_no_exception_outlives_its_reason() -> None:
    for name in LONGER:
        assert (ROOT / name).read_text().count("\n") > LONGEST


@each(*LAYERS, "tests")
def test_a_module_says_what_it_is_about(path: Path) -> None:
    tree = ast.parse(path.read_text())
    if tree.body and not name_of(path).startswith("tests/"):
        assert ast.get_docstring(tree)


@each(*LAYERS)
def test_a_module_is_named_by_its_noun(path: Path) -> None:
    vague = r"utils?|helpers?|managers?|services?|common|misc|handlers?|dtos?"
    if name_of(path) in NOUNS:
        return
    assert not re.search(rf"(^|[_/])({vague})(_|$|\.py)", name_of(path).removesuffix(".py"))


@pytest.mark.parametrize("event", catalogue().values(), ids=list(catalogue()))
def test_an_event_is_a_documented_past_participle(event: type[Aggregate.Event]) -> None:
    last = re.findall(r"[A-Z][a-z]+", event.__name__)[-1]
    assert last.endswith("ed") or last in PARTICIPLES or event.__name__ in PARTICIPLE_FIRST
    assert meaning(event).endswith(".")


def below(kind: type) -> list[type]:
    """All classes of domain and application under one."""
    for path in files("domain", "application"):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    children = [child for child in kind.__subclasses__() if inside(child)]
    return [*children, *(grandchild for child in children for grandchild in below(child))]


def inside(kind: type) -> bool:
    return kind.__module__.partition(".")[0] in ("domain", "application")


@pytest.mark.parametrize("refusal", below(Refused), ids=lambda kind: kind.__qualname__)
def test_a_refusal_says_what_a_person_reads(refusal: type[Refused]) -> None:
    told = vars(refusal).get("__doc__") or ""
    assert re.fullmatch(r"[A-Z][^\n]+[.!?]", told)


@pytest.mark.parametrize("command", [*below(Command), *below(Policy)], ids=lambda k: k.__name__)
def test_a_command_or_policy_is_documented(command: type) -> None:
    assert vars(command).get("__doc__", "").partition("(")[0] != command.__name__


@each("domain", "application", "interfaces")
def test_sql_stands_only_in_projections_and_adapters(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not SQL.search(node.value)


@each("domain", "application", "projections")
def test_nothing_is_swallowed_inside(path: Path) -> None:
    """An `except Exception` inside needs a comment that says why."""
    for line in path.read_text().splitlines():
        if re.search(r"except (Base)?Exception\b|except:", line):
            assert "#" in line


def test_no_committed_file_names_a_registry_or_this_workplace() -> None:
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in tracked()
        if (match := REGISTRIES.search(path.read_bytes().decode("utf-8", "ignore")))
    ]
    assert found == []


def test_nothing_is_left_to_do() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    found = [name_of(path) for path in files(*LAYERS, "tests") if mark.search(path.read_text())]
    assert found == []
