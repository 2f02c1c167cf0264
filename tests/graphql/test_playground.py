"""GraphiQL: served by us, from files of ours, in a browser that knows no internet."""

import re
from pathlib import Path

import pytest

from interfaces.graphql.playground import Playground, missing_files, vendored
from tests.chromium import chromium, opened, program
from tests.graphql.company import Service

ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')


def test_every_address_of_the_page_is_our_own(service: Service) -> None:
    page = service.http.get("/graphql").text
    addresses = ADDRESS.findall(page)
    assert len(addresses) > len(vendored())
    assert "https://" not in page
    assert all(a.startswith(("/ide/", "data:")) for a in addresses)
    for address in addresses:
        if address.startswith("/ide/"):
            assert service.http.get(address).status_code == 200


def test_the_page_may_load_nothing_from_elsewhere(service: Service) -> None:
    policy = service.http.get("/graphql").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_the_vendored_files_are_complete() -> None:
    assert missing_files() == []


def test_a_page_without_its_files_says_which_command_fetches_them(tmp_path: Path) -> None:
    page = Playground(tmp_path).page()
    assert "make ide" in page
    assert "graphiql-" in page


@pytest.mark.browser
@pytest.mark.skipif(program() is None, reason="needs Chromium")
async def test_the_page_works_in_a_browser_without_internet(service: Service) -> None:
    async with chromium() as browser:
        page, complaints = await opened(browser, f"{service.address}/graphql")
        await page.locator(".graphiql-execute-button").wait_for()
        await page.locator("#key").wait_for()
        assert complaints == []
