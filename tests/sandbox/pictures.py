"""The pictures of the documents: a working hour on the stage, then screenshots of the phones.

`make pictures` runs it; whoever looks at the pictures sees what the code of today does.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Browser, Locator, Page

from infrastructure.race import Race
from infrastructure.rehearsal import Rehearsal
from infrastructure.stage import Stage, set_stage
from interfaces.sandbox.chats import Chat
from tests.chromium import chromium, opened

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
CLIENTS, CONTESTED, ORDERS, PAUSE = 6, 3, 3, 0.2
WIDE, NARROW = (1440, 900), (390, 780)


async def main() -> None:
    """Play, look, and write every picture."""
    async with AsyncExitStack() as stack:
        stage = await set_stage(stack, ("Ромашка",))
        rehearsal = Rehearsal(stage.world, lambda _where, _what: None)
        await rehearsal.play(stage.companies, CLIENTS, CONTESTED, PAUSE)
        async with chromium() as browser:
            await _desk(browser, stage)
            await _narrow(browser, stage)
            await _graphiql(browser, stage)
            await _race(browser, stage)


def _address(stage: Stage, **more: object) -> str:
    """The page with the client who has most to show, a manager and the owner."""
    [company] = stage.companies
    talks = [each for each in stage.world.privates.values() if each.bot is company.clients_bot]
    client: Chat = max(talks, key=lambda talk: (_is_shown(talk), len(talk.messages)))
    owner, manager, *_ = company.managers
    who = {"client": client.id, "manager": manager.id, "owner": owner.id, **more}
    return f"{stage.sandbox}/?" + "&".join(f"{name}={value}" for name, value in who.items())


def _is_shown(talk: Chat) -> bool:
    """Whether something else than words was said."""
    return any(each.media is not None for each in talk.messages.values())


async def _desk(browser: Browser, stage: Stage) -> None:
    page, _ = await opened(browser, _address(stage), width=WIDE[0], height=WIDE[1])
    await page.locator(".link.live").wait_for()
    await _thread(page.locator(".phone").nth(1))
    await page.locator(".phone").nth(2).get_by_role("button", name="Назад").click()
    await _taken(page, "sandbox")
    await page.get_by_role("button", name="Developer").click()
    await page.locator(".calls").wait_for()
    await _taken(page, "developer")
    await page.get_by_role("button", name="Developer").click()
    await page.get_by_role("button", name="BotFather").click()
    await page.locator(".panel .card").first.wait_for()
    await _taken(page, "botfather")
    await page.close()


async def _narrow(browser: Browser, stage: Stage) -> None:
    for who, name in (("client", "sandbox-phone"), ("manager", "thread")):
        page, _ = await opened(
            browser, _address(stage, show=who), width=NARROW[0], height=NARROW[1], scale=2
        )
        phone = page.locator(".phone.shown")
        await phone.locator(".message").first.wait_for()
        if who == "manager":
            await _thread(phone)
        await _taken(page, name)
        await page.close()


async def _graphiql(browser: Browser, stage: Stage) -> None:
    page, _ = await opened(browser, f"{stage.root}/graphql", width=WIDE[0], height=WIDE[1])
    await page.locator("#key").fill(stage.companies[0].graph.key)
    async with page.expect_navigation():  # the page remembers the key and begins anew
        await page.locator("#key").press("Tab")
    await page.locator(".graphiql-execute-button").click()
    await page.locator(".result-window").get_by_text('"data"').first.wait_for()
    await _taken(page, "graphiql")
    await page.close()


async def _race(browser: Browser, stage: Stage) -> None:
    """Four executors press for one order at once, after others have been taken."""
    race = Race(stage.world, lambda _where, _what: None)
    fair = await race.open(stage.companies[0])
    await race.run([fair], ORDERS, PAUSE)
    address = f"{stage.sandbox}/?show=executors"
    page, _ = await opened(browser, address, width=WIDE[0], height=WIDE[1])
    title, work = "Установить дверь", "Межкомнатная, коробка есть"
    await fair.deal(title, "+79005559999", work=work, pay="4000")
    for place in range(4):
        await page.locator(f"#racer-{place}").get_by_text(title).first.wait_for()
    await page.get_by_role("button", name="Забирают все сразу").click()
    await page.get_by_role("alertdialog").nth(3).wait_for()
    await _taken(page, "race")
    await page.close()


async def _thread(phone: Locator) -> None:
    """Open the comments of the post that has most of them."""
    posts = phone.locator(".comments")
    await posts.first.wait_for()
    told = await posts.all_inner_texts()
    counts = [int("".join(sign for sign in each if sign.isdigit()) or 0) for each in told]
    await posts.nth(counts.index(max(counts))).click()
    await phone.locator(".message.root").wait_for()


async def _taken(page: Page, name: str) -> None:
    await page.mouse.move(1, 1)
    await page.wait_for_timeout(600)  # the last paint
    await page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
