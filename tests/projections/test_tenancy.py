"""Every statement of the read side names the workspace, but for a list with a reason each."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECTIONS = Path(__file__).parents[2] / "projections"
STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\s", re.IGNORECASE)
WITHOUT = {
    ("roster.py", "workspaces_of"): "the settings bot asks where its user leads",
    ("workspaces.py", "many"): "of the workspaces that the caller leads, or of the key's own",
    ("words.py", "looks"): "goes around the rows of a question that names it",
    ("workspaces.py", "bots"): "the gateway runs the bots of all workspaces",
    ("batches.py", "running"): "whoever carries batches out does so for all workspaces",
    ("workspaces.py", "by_bot"): "an update tells the bot; the answer is the workspace",
    ("audit.py", "replay"): "the operator's replay may be of all workspaces",
    ("audit.py", "head"): "a position alone, of the whole log",
    ("audit.py", "position_before"): "a position alone, of the whole log",
}
MACHINERY = {
    "builds.py": "writes by keys that begin with the workspace; Table refuses others",
    "feed.py": "reads the whole log for the process",
    "freshness.py": "positions alone",
    "parking.py": "",
    "rebuilding.py": "the owner makes tables for all workspaces",
    "runner.py": "bookmarks are of all workspaces",
}
"""Files that no question of a workspace passes through; parking is checked by its tests."""


def constants(tree: ast.AST) -> dict[str, str]:
    """Module constants of text, by name, sums resolved."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.Assign) and node.value is not None:
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Name) and (text := said(node.value, found)):
                found.setdefault(target.id, text)
    return found


def said(node: ast.AST, known: dict[str, str]) -> str:
    """The text of an expression as far as it is known."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return known.get(name, "")
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return said(left, known) + said(right, known)
        case _:
            return ""


def statements(path: Path) -> Iterator[tuple[str, str]]:
    """The function and the text of each expression that is a whole statement."""
    tree = ast.parse(path.read_text())
    known = constants(tree)
    for function in ast.walk(tree):
        if not isinstance(function, ast.AsyncFunctionDef | ast.FunctionDef):
            continue
        inner = {
            id(part)
            for node in ast.walk(function)
            if isinstance(node, ast.BinOp)
            for part in ast.walk(node)
            if part is not node
        }
        for node in ast.walk(function):
            if id(node) not in inner and isinstance(node, ast.Constant | ast.BinOp | ast.Name):
                text = said(node, known)
                if STATEMENT.match(text):
                    yield function.name, text


ASKING = sorted(
    path
    for path in PROJECTIONS.glob("*.py")
    if path.name not in MACHINERY and list(statements(path))
)


@pytest.mark.parametrize("path", ASKING, ids=lambda path: path.stem)
def test_every_statement_names_the_workspace(path: Path) -> None:
    for function, text in statements(path):
        if (path.name, function) not in WITHOUT:
            assert re.search(r"workspace_id = %\(workspace_id\)s", text), f"{function}: {text}"


def test_the_exceptions_exist() -> None:
    for file, function in WITHOUT:
        assert function in {name for name, _ in statements(PROJECTIONS / file)}


def test_every_read_model_is_looked_at() -> None:
    from projections.models import MODELS

    asking = {path.name for path in ASKING}
    assert {
        Path(model.__module__.replace(".", "/") + ".py").name for model in MODELS.values()
    } <= asking
    assert "audit.py" in asking
