"""Vendors the files of GraphiQL: `python -m infrastructure.ide` (make ide).

npm is needed here, not where the page is served. Each package is packed once, each file is
compared with the hash that the browser will check, licences are kept beside the files.
"""

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

import typer

from interfaces.graphql.playground import FOLDER, Vendored, vendored


class NotTheFile(Exception):
    """A published file is not the one whose hash the page expects."""


def vendor(folder: Path = FOLDER) -> list[Path]:
    """Write every file that the page loads, with the licence of its package."""
    written: list[Path] = []
    packed: dict[str, Path] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for file in vendored():
            name = f"{file.package}@{file.version}"
            if name not in packed:
                packed[name] = _pack(name, scratch)
            written.append(_unpack(packed[name], file, folder))
    return written


def _pack(name: str, scratch: str) -> Path:
    told = subprocess.run(
        ["npm", "pack", "--json", "--pack-destination", scratch, name],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(scratch) / json.loads(told.stdout)[0]["filename"].replace("/", "-").replace("@", "")


def _unpack(archive: Path, file: Vendored, folder: Path) -> Path:
    with tarfile.open(archive) as packed:
        content = _member(packed, f"package/{file.path}")
        licence = _member(packed, "package/LICENSE")
    digest = base64.b64encode(hashlib.sha384(content or b"").digest()).decode()
    if content is None or f"sha384-{digest}" != file.integrity:
        raise NotTheFile(f"{file.package}@{file.version}/{file.path}")
    folder.mkdir(parents=True, exist_ok=True)
    if licence is not None:
        (folder / file.name).with_suffix(".LICENSE").write_bytes(licence)
    target = folder / file.name
    target.write_bytes(content)
    return target


def _member(packed: tarfile.TarFile, name: str) -> bytes | None:
    try:
        member = packed.extractfile(name)
    except KeyError:
        return None
    return member.read() if member else None


if __name__ == "__main__":
    for path in vendor():
        typer.echo(path)
