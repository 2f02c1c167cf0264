"""GraphiQL: served by us, from files of ours, in a browser that knows no internet."""

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest

from interfaces.graphql.playground import Playground, missing_files, vendored
from tests.graphql.company import Service

ADDRESS = re.compile(r'(?:src|href)="([^"]+)"')
OFFLINE = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--virtual-time-budget=8000",
    "--window-size=1300,800",
]


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
@pytest.mark.skipif(which("chromium") is None, reason="needs Chromium")
def test_the_page_works_in_a_browser_without_internet(service: Service, tmp_path: Path) -> None:
    address = f"{service.address}/graphql"
    chromium = [which("chromium") or "", *OFFLINE, f"--user-data-dir={tmp_path}/profile"]
    shown = subprocess.run(
        [*chromium, "--dump-dom", address], capture_output=True, text=True, timeout=50, check=True
    )
    assert "graphiql-execute-button" in shown.stdout
    assert 'id="key"' in shown.stdout
