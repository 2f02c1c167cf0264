"""A headless Chromium, driven over its debugging protocol without further tools."""

import asyncio
import base64
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
]
PATIENCE = 20.0


def program() -> str | None:
    """Where Chromium is, if it is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class Tab:
    """One page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.numbers = itertools.count(1)
        self.complaints: list[str] = []

    async def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its result; exceptions of the page are kept."""
        number = next(self.numbers)
        await self.socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            told = await self.socket.receive_json(timeout=PATIENCE)
            if told.get("method") in {"Runtime.exceptionThrown", "Log.entryAdded"}:
                self.complaints.append(str(told["params"]))
            if told.get("id") == number:
                return told.get("result", {})

    async def open(self, url: str, width: int = 1440, height: int = 900) -> None:
        """Go to an address in a window of this size."""
        for domain in ("Page", "Runtime", "Log"):
            await self.command(f"{domain}.enable")
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        await self.command("Emulation.setDeviceMetricsOverride", **size)
        await self.command("Page.navigate", url=url)

    async def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        answer = await self.command(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        return answer.get("result", {}).get("value")

    async def wait_for(self, script: str) -> None:
        """Wait until an expression is true."""
        async with asyncio.timeout(PATIENCE):
            while not await self.run(script):
                await asyncio.sleep(0.05)

    async def picture(self, path: Path) -> None:
        """Save what is seen as PNG."""
        answer = await self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(answer["data"]))


@asynccontextmanager
async def chromium(profile: Path) -> AsyncIterator[Tab]:
    """A browser with an empty profile, ended when left."""
    process = await asyncio.create_subprocess_exec(
        program() or "chromium",
        *FLAGS,
        f"--user-data-dir={profile}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as http:
            async with http.get(f"http://127.0.0.1:{port}/json") as response:
                pages = [each for each in await response.json() if each["type"] == "page"]
            address = pages[0]["webSocketDebuggerUrl"]
            async with http.ws_connect(address, max_msg_size=0) as socket:
                yield Tab(socket)
    finally:
        process.terminate()
        await process.wait()


async def _port(written: Path) -> int:
    async with asyncio.timeout(PATIENCE):
        while not written.exists() or not written.read_text().strip():
            await asyncio.sleep(0.05)
    return int(written.read_text().split()[0])
