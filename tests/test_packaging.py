"""A clone installs and runs from what is committed: lock, image, roles, settings, targets."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from infrastructure.cli import app
from infrastructure.settings import Settings
from infrastructure.supervisor import ROLES

ROOT = Path(__file__).parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, Any] = COMPOSE["services"]
LOCKS = ["requirements.lock", "requirements-uv.lock", "requirements-codegen.lock"]
OURS = {name: one for name, one in SERVICES.items() if one["image"] == "ledgerdesk"}
MAKEFILE = (ROOT / "Makefile").read_text()


def locked(name: str) -> dict[str, str]:
    """The version of each package in a lock."""
    found = re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return dict(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text()
    assert not re.search(r"://|index-url|find-links|trusted-host|^\s*#|^-", text, re.MULTILINE)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert blocks
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def requirements() -> list[Requirement]:
    """Everything that pyproject.toml asks for."""
    project = PYPROJECT["project"]
    asked = [*project["dependencies"], *PYPROJECT["build-system"]["requires"]]
    return [Requirement(one) for one in asked + project["optional-dependencies"]["test"]]


@pytest.mark.parametrize("wanted", requirements(), ids=str)
def test_the_lock_satisfies_pyproject(wanted: Requirement) -> None:
    version = locked("requirements.lock").get(wanted.name.replace("_", "-").lower())
    assert version is not None
    assert wanted.specifier.contains(version)


def test_compose_runs_only_commands_that_exist() -> None:
    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    assert {one["command"][0] for one in OURS.values()} <= known
    checks = [one["healthcheck"].get("test", []) for one in OURS.values()]
    assert {check[2] for check in checks if check[1:2] == ["ledgerdesk"]} <= known


@pytest.mark.parametrize("role", ROLES)
def test_compose_runs_each_role_apart(role: str) -> None:
    assert OURS[role]["command"] == ["serve", role]
    assert OURS[role]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert "healthcheck" in OURS[role]


def test_compose_migrates_before_anything_serves() -> None:
    assert OURS["migrate"]["command"] == ["migrate"]
    assert OURS["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_compose_depends_only_on_services_that_it_has() -> None:
    named = {other for one in SERVICES.values() for other in one.get("depends_on", {})}
    assert named <= set(SERVICES)


def test_compose_keeps_the_data_and_takes_secrets_from_the_environment() -> None:
    mounts = [mount for one in SERVICES.values() for mount in one.get("volumes", [])]
    assert [mount.partition(":")[0] for mount in mounts] == list(COMPOSE["volumes"])
    for one in SERVICES.values():
        for name, value in one.get("environment", {}).items():
            if re.search("PASSWORD|SECRET|TOKEN", name):
                assert re.fullmatch(r"\$\{[A-Z_]+:\?.+\}", value)


def ledgerdesk_variables(text: str) -> set[str]:
    """The settings that a text names."""
    return set(re.findall(r"\bLEDGERDESK_[A-Z_]+", text))


def test_every_setting_that_compose_gives_exists() -> None:
    given = {name for one in OURS.values() for name in one["environment"]}
    assert given <= {f"LEDGERDESK_{name.upper()}" for name in Settings.model_fields}


def test_a_variable_that_is_given_empty_counts_as_not_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"LEDGERDESK_{name.upper()}", "")
    usual = {name: field.default for name, field in Settings.model_fields.items()}
    assert dict(Settings(_env_file=None)) == usual  # type: ignore[call-arg]


def test_the_example_names_every_setting_and_no_other() -> None:
    settings = {f"LEDGERDESK_{name.upper()}" for name in Settings.model_fields}
    only_compose = {"LEDGERDESK_BIND"}
    assert ledgerdesk_variables((ROOT / ".env.example").read_text()) == settings | only_compose


def test_the_example_has_no_secret_in_it() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    filled = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z]", line))
    assert [n for n in filled if re.search("PASSWORD|SECRET|TOKEN", n) and filled[n]] == []


def test_the_image_installs_by_hash_and_serves_as_an_ordinary_user() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if line.startswith("FROM")] == [
        "FROM python:3.11-slim AS build",
        "FROM python:3.11-slim",
    ]
    assert any("--require-hashes" in line and "requirements.lock" in line for line in lines)
    assert "USER ledgerdesk" in lines
    copied = {line.split()[1] for line in lines if re.fullmatch(r"COPY (\w+) \1", line)}
    assert copied == set(PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])


def test_make_alone_lists_every_target() -> None:
    answer = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"^  make ([a-z]+) ", answer.stdout, re.MULTILINE)) == targets
    phony = re.search(r"^\.PHONY: ((?:.|\\\n)+?)\n\n", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert set(phony[1].replace("\\\n", " ").split()) == targets


def test_ci_runs_what_a_developer_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    assert "set -euo pipefail" in script
    assert [line for line in script if line.startswith("make")] == ["make check", "make test"]


def test_commit_hooks_call_the_tools_of_the_lock() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    for hook in config["repos"][0]["hooks"]:
        assert hook["entry"].split()[0].removeprefix(".venv/bin/") in {
            "ruff",
            "lint-imports",
            "pytest",
        }
