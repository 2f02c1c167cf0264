"""GraphiQL, served by us from vendored files: it works without the internet.

Which files it needs, and their hashes, is read from the page of the installed strawberry, so an
upgrade cannot leave them behind, and the browser checks every file against its hash.
"""

import html
import re
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send
from strawberry.http.ides import get_graphql_ide_html

FOLDER = Path(__file__).with_name("ide")
COMMAND = "make ide"
TAG = re.compile(
    r"https://[^/\"]+/(?P<package>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>[^/\"]+)/(?P<path>[^\"]+)\""
    r"\s+integrity=\"(?P<integrity>sha384-[^\"]+)\""
)
UNUSED = {"js-cookie"}
POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class Vendored(NamedTuple):
    """A file of a published package, kept as `name` in our folder."""

    package: str
    version: str
    path: str
    integrity: str

    @property
    def name(self) -> str:
        """As `graphiql-3.8.3.css`."""
        return f"{self.package.rpartition('/')[2]}-{self.version}{Path(self.path).suffix}"


def vendored() -> list[Vendored]:
    """The files that the page loads, in their order."""
    tags = TAG.finditer(get_graphql_ide_html())
    return [Vendored(**tag.groupdict()) for tag in tags if tag["package"] not in UNUSED]


def missing_files(folder: Path = FOLDER) -> list[str]:
    """The names of the files that are not there."""
    return [file.name for file in vendored() if not (folder / file.name).is_file()]


class Playground:
    """The page at `GET /graphql`; the files are mounted at `/ide`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page, or with what to do when its files are missing."""
        response = HTMLResponse(self.page(), headers=HEADERS)
        await response(scope, receive, send)

    def page(self) -> str:
        """The HTML: every address in it is our own."""
        if missing := missing_files(self._folder):
            return MISSING.format(command=COMMAND, files=html.escape(", ".join(missing)))
        tags = [_tag(file) for file in vendored()]
        styles = "\n".join(tag for tag in tags if tag.startswith("<link"))
        scripts = "\n".join(tag for tag in tags if tag.startswith("<script"))
        return PAGE.format(styles=styles, scripts=scripts)


def _tag(file: Vendored) -> str:
    if file.name.endswith(".css"):
        return f'<link rel="stylesheet" href="/ide/{file.name}" integrity="{file.integrity}">'
    return f'<script src="/ide/{file.name}" integrity="{file.integrity}"></script>'


MISSING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ledgerdesk API</title></head>
<body><h1>GraphiQL is not here yet</h1>
<p>Run <code>{command}</code> once where npm is installed. Missing: {files}.</p>
<p>The API itself works: send a POST to this address.</p></body></html>
"""
PAGE = (files(__package__ or "") / "ide" / "page.html").read_text("utf-8")
