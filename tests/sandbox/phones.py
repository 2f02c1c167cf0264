"""The page of phones in a browser, for tests that look and press."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, expect

from interfaces.sandbox import people
from tests.chromium import chromium, opened
from tests.sandbox.conftest import Company

CLIENT, MANAGER, OWNER = range(3)


class Phones:
    """The page with the client, Boris and Anna, each with a phone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def __getitem__(self, number: int) -> Locator:
        return self.page.locator(".phone").nth(number)

    def field(self, number: int) -> Locator:
        """Where a message is typed."""
        return self[number].get_by_role("textbox")

    async def act(self, number: int, on: str, what: str) -> None:
        """Choose an action for the newest message with these words."""
        message = self[number].locator(".message", has_text=on).last
        await message.hover()
        await message.locator(".more").click()
        await self[number].get_by_role("menuitem", name=what).click()

    async def attach(self, number: int, what: str) -> None:
        """Choose something to attach."""
        await self[number].get_by_label("Прикрепить").click()
        await self[number].get_by_role("menuitem", name=what).click()


@asynccontextmanager
async def held(company: Company, width: int, height: int) -> AsyncGenerator[Phones]:
    """The phones in a window of this size; the page may complain of nothing."""
    people.start(company.world, company.boris, company.manager)
    who = f"client={company.client.id}&manager={company.boris.id}&owner={company.anna.id}"
    async with chromium() as browser:
        page, complaints = await opened(
            browser, f"{company.root}/?{who}", width=width, height=height
        )
        await expect(page.locator(".link")).to_have_text("в эфире")
        await company.silence()
        yield Phones(page)
        assert complaints == []
