"""The distribution's Chromium without a window, driven by Playwright; nothing is downloaded."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
PATIENCE = 10_000  # milliseconds until something that does not appear is a failure


def program() -> str | None:
    """Where Chromium is, if it is installed."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """A browser that knows no internet, ended when left."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program(), args=["--no-sandbox", "--disable-gpu", OFFLINE]
        )
        try:
            yield browser
        finally:
            await browser.close()


async def opened(
    browser: Browser, url: str, *, width: int = 1440, height: int = 900, scale: float = 1
) -> tuple[Page, list[str]]:
    """A page in a window of this size, and what it complains of."""
    page = await browser.new_page(
        viewport={"width": width, "height": height}, device_scale_factor=scale
    )
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda told: complaints.append(told.text) if told.type in {"error", "warning"} else None,
    )
    await page.goto(url)
    return page, complaints
