"""`ledgerdesk serve` is all that an installation needs: it starts, answers, and stops when told."""

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import aiohttp
import pytest

from infrastructure.town import api_is_ready
from tests.postgres_fixture import reachable_folder

TICKET = "6f1c0a52-0f0e-4c39-9d5c-0d8d5d3a0001"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "LEDGERDESK_DATA": str(folder / "pg"),
        "LEDGERDESK_SECRET_KEY": "ab" * 32,
        "LEDGERDESK_TELEGRAM_API": "http://127.0.0.1:9",
        **more,
    }


async def ledgerdesk(*words: str, env: dict[str, str]) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "infrastructure",
        *words,
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@pytest.mark.timeout(120)
async def test_it_starts_answers_and_stops_when_told() -> None:
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    with reachable_folder() as folder:
        env = environment(folder, LEDGERDESK_PORT=str(port))
        serving = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "infrastructure", "serve", env=env
        )
        try:
            async with aiohttp.ClientSession() as session:
                await api_is_ready(session, root)
                async with session.post(
                    f"{root}/graphql", json={"query": "{ me { __typename } }"}
                ) as reply:
                    assert reply.status < 500
                    assert (await reply.json())["errors"]
            code, key, _ = await ledgerdesk("key", "operator", env=env)
            assert (code, key.count(".")) == (0, 1)
            code, told, _ = await ledgerdesk("replay", "--format", "jsonl", env=env)
            assert (code, told) == (0, "")
        finally:
            serving.send_signal(signal.SIGTERM)
            async with asyncio.timeout(30):
                code = await serving.wait()
        assert code == 0


async def test_without_a_secret_key_it_says_how_to_make_one() -> None:
    with reachable_folder() as folder:
        env = environment(folder, LEDGERDESK_SECRET_KEY="")
        code, _, told = await ledgerdesk("serve", env=env)
    assert code != 0
    assert "openssl rand -hex 32" in told


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("serve", "everything"), "api"),
        (("key", "admin"), "--workspace"),
        (("rebuild", "nothing"), "tickets"),
        (("replay", "--ticket", TICKET), "--workspace"),
        (("replay", "--format", "yaml"), "jsonl"),
    ],
)
async def test_a_wrong_word_is_answered_with_the_right_ones(
    words: tuple[str, ...], hint: str
) -> None:
    with reachable_folder() as folder:
        code, _, told = await ledgerdesk(*words, env=environment(folder))
    assert code != 0
    assert hint in told
