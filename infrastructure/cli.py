"""The command `ledgerdesk`. What a command needs is imported when it runs."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from infrastructure.import_command import import_deals

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command("import")(import_deals)


class Form(StrEnum):
    """How events are shown."""

    TABLE = "table"
    JSONL = "jsonl"


ServedRole = Annotated[str, typer.Argument(help="api, projector, gateway or clock; empty: all")]


def main() -> None:
    """Run the command line; what a person can mend is told without a traceback."""
    try:
        app()
    except Exception as error:
        if not isinstance(error, _mendable()):
            raise
        typer.echo(f"ledgerdesk: {error}", err=True)
        raise SystemExit(1) from None


@app.command()
def serve(role: ServedRole = "") -> None:
    """Serve one role, or all of them beside an embedded Postgres if no database is named."""
    from infrastructure.roles import serve_all, serve_role

    _run(lambda stop: serve_role(role, stop) if role else serve_all(stop))


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option(help="end with a summary instead of staying")] = False,
    clients: Annotated[int, typer.Option(min=20, help="how many clients come")] = 42,
) -> None:
    """Play an hour of three companies in the sandbox, with everything real but Telegram."""
    from infrastructure.demo import play

    raise typer.Exit(asyncio.run(play(once=once, clients=clients)))


@app.command()
def migrate() -> None:
    """Bring the database to what this release needs, as the owner of its tables."""
    from infrastructure.roles import database_of, prepared

    with database_of() as dsn:
        for name in prepared(dsn):
            typer.echo(f"applied {name}")


@app.command()
def rebuild(model: Annotated[str, typer.Argument(help="queue, tickets, …")]) -> None:
    """Build a read model again beside the one that serves, then switch."""
    from infrastructure.rebuilding import rebuild_model
    from infrastructure.roles import database_of

    with database_of() as dsn:
        asyncio.run(rebuild_model(dsn, model))


@app.command()
def redrive() -> None:
    """Let the read models take the events that were parked, once their cause is mended."""
    from infrastructure.redriving import redrive_all
    from infrastructure.roles import database_of

    with database_of() as dsn:
        taken = asyncio.run(redrive_all(dsn))
    for model, count in taken.items():
        typer.echo(f"{model}: {count} events")
    typer.echo("nothing is parked" if not taken else "nothing is parked any more")


@app.command()
def replay(  # noqa: PLR0913 - one option a question
    workspace: Annotated[UUID | None, typer.Option(help="events of this workspace")] = None,
    subject: Annotated[UUID | None, typer.Option(help="events of this aggregate")] = None,
    ticket: Annotated[UUID | None, typer.Option(help="a ticket together with its thread")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="as Ticket.Claimed; may repeat")] = None,
    since: Annotated[datetime | None, typer.Option(help="recorded then or later, UTC")] = None,
    until: Annotated[datetime | None, typer.Option(help="recorded before, UTC")] = None,
    form: Annotated[Form, typer.Option("--format", help="for people or for programs")] = Form.TABLE,
) -> None:
    """Show what happened, in order."""
    if ticket is not None and workspace is None:
        raise typer.BadParameter("--ticket needs --workspace")
    from infrastructure.replay import Selection, replay
    from infrastructure.roles import database_of

    period = {"since": _in_utc(since), "until": _in_utc(until)}
    selection = Selection(
        workspace_id=workspace, subject=subject, ticket=ticket, kinds=kind or (), **period
    )
    with database_of() as dsn:
        count = asyncio.run(replay(dsn, selection, form, sys.stdout))
    typer.echo(f"{count} events", err=True)


@app.command()
def state(
    workspace: UUID,
    subject: UUID,
    version: Annotated[int | None, typer.Option(min=1, help="after this version")] = None,
    position: Annotated[int | None, typer.Option(min=1, help="at this position of the log")] = None,
) -> None:
    """Show an aggregate as it was."""
    import msgspec

    from infrastructure.replay import state
    from infrastructure.roles import database_of

    with database_of() as dsn:
        found = asyncio.run(state(dsn, workspace, subject, version, position))
    if found is None:
        typer.echo("there is, or was then, no such aggregate in this workspace", err=True)
        raise typer.Exit(1)
    typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())


@app.command()
def key(
    kind: Annotated[str, typer.Argument(help="operator or admin")],
    workspace: Annotated[UUID | None, typer.Option(help="the workspace of an admin key")] = None,
) -> None:
    """Issue an API key; it is shown once."""
    from infrastructure.roles import database_of, issue_key

    if kind not in ("operator", "admin") or (kind == "admin") != (workspace is not None):
        raise typer.BadParameter("operator without, or admin with --workspace")
    with database_of() as dsn:
        typer.echo(asyncio.run(issue_key(dsn, workspace)))


@app.command()
def doctor() -> None:
    """Say what is missing or wrong in this environment, and what to do about it."""
    from infrastructure.doctor import examine

    fine = True
    for finding in examine():
        fine = fine and finding.fine
        typer.echo(f"{'ok     ' if finding.fine else 'PROBLEM'}  {finding.name}: {finding.told}")
    raise typer.Exit(0 if fine else 1)


@app.command()
def schema() -> None:
    """Write schema.graphql as the code says it."""
    from interfaces.graphql.schema import printed

    Path("schema.graphql").write_text(printed())


@app.command()
def ide() -> None:
    """Fetch the files of GraphiQL with npm, so that it works without internet."""
    from infrastructure.ide import vendor

    for path in vendor():
        typer.echo(path)


@app.command()
def events() -> None:
    """Write docs/events.md as the code says it."""
    from infrastructure.catalogue import events_page

    Path("docs/events.md").write_text(events_page())


@app.command()
def bench(
    names: Annotated[list[str] | None, typer.Argument(help="which; empty: all")] = None,
    *,
    json: Annotated[bool, typer.Option(help="one JSON object a line")] = False,
) -> None:
    """Measure against a peer or a limit in the same run, and print the ratios."""
    from infrastructure.benchmarks import run

    raise typer.Exit(run(names or [], as_json=json))


def _in_utc(time: datetime | None) -> datetime | None:
    """A time without an offset is taken for UTC."""
    if time is None:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _mendable() -> tuple[type[Exception], ...]:
    """Errors whose message says what to do."""
    from infrastructure.embedded_postgres import EmbeddedPostgresFailed
    from infrastructure.migrations import MigrationFailed
    from infrastructure.postgres import PostgresTooOld, Unavailable
    from infrastructure.rebuilding import NoSuchModel
    from infrastructure.roles import NoSuchRole
    from infrastructure.token_box import NoSecretKey, SecretKeyUnusable

    return (
        EmbeddedPostgresFailed,
        MigrationFailed,
        NoSecretKey,
        NoSuchModel,
        NoSuchRole,
        PostgresTooOld,
        SecretKeyUnusable,
        Unavailable,
    )


def _run(serving: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Serve until SIGTERM or SIGINT."""
    import uvloop

    from infrastructure.supervisor import orphaned

    async def until_told() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        watching = asyncio.create_task(orphaned())
        watching.add_done_callback(lambda _: stop.set())
        await serving(stop)
        watching.cancel()

    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    uvloop.run(until_told())
