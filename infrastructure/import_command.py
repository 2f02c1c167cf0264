"""The command `ledgerdesk import`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer


def import_deals(  # noqa: PLR0913 - one option a question
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, help="CSV or XLSX; the first line are names"),
    ],
    *,
    pipeline: Annotated[str, typer.Option(help="its name or id")],
    key: Annotated[str, typer.Option(envvar="LEDGERDESK_KEY", help="an admin key")],
    api: Annotated[
        str, typer.Option(envvar="LEDGERDESK_API_URL", help="where the API answers")
    ] = "http://127.0.0.1:8000",
    check: Annotated[bool, typer.Option("--check", help="only say what is wrong")] = False,
    valid_only: Annotated[
        bool, typer.Option("--valid-only", help="import the right rows though others are wrong")
    ] = False,
) -> None:
    """Make a deal of each row of a sheet; ends with 1 if any row is wrong."""
    import aiohttp
    from rich.console import Console

    from infrastructure.imports import Importer, ImportFailed
    from interfaces.telegram.transport import Transport

    async def bring_in() -> bool:
        async with aiohttp.ClientSession() as session:
            transport = Transport(session, f"{api.rstrip('/')}/graphql", key)
            importer = Importer(transport, Console())
            return await importer.bring_in(file, pipeline, check=check, valid_only=valid_only)

    try:
        fine = asyncio.run(bring_in())
    except ImportFailed as error:
        typer.echo(f"ledgerdesk: {error}", err=True)
        raise typer.Exit(1) from None
    raise typer.Exit(0 if fine else 1)
