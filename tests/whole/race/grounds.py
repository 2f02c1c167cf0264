"""Where races are run: every role as a process, two APIs and two gateways, and what goes wrong."""

import os
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from random import Random
from unittest.mock import patch
from urllib.parse import urlsplit

from infrastructure.stage import Stage, free_ports, set_stage
from infrastructure.supervisor import Supervisor
from tests.whole.race.balancer import Balancer
from tests.whole.race.crowd import DEADLINE

PACE = 100.0  # at Telegram's own, the cards of hundreds of orders in one chat would take hours
CLAIM = b"claimOffer"


@dataclass(frozen=True)
class Grounds:
    """A stage whose gateways reach two APIs through `balancer`; `second` keeps the other two."""

    stage: Stage
    balancer: Balancer
    second: Supervisor


async def prepared(stack: AsyncExitStack, dsn: str | None = None) -> Grounds:
    """Start everything; `stack` ends it. Telegram takes no answer to a press after 15 seconds.

    What dies starts again as quickly as where it is installed, without compiling its modules anew.
    """
    if sys.dont_write_bytecode:
        kept = stack.enter_context(tempfile.TemporaryDirectory(prefix="ledgerdesk-bytecode-"))
        told = {"PYTHONPYCACHEPREFIX": kept, "PYTHONDONTWRITEBYTECODE": ""}
        stack.enter_context(patch.dict(os.environ, told))
    balancer = await stack.enter_async_context(Balancer(CLAIM, Random(3)))
    stage = await set_stage(stack, (), pace=PACE, floods=False, dsn=dsn, api_url=balancer.url)
    stage.world.callbacks.life = DEADLINE
    [port] = free_ports(1)
    second = Supervisor({**stage.environment, "LEDGERDESK_PORT": str(port)}, ("api", "gateway"))
    stack.push_async_callback(second.stop)
    second.start()
    balancer.ports = [urlsplit(stage.root).port or 0, port]
    return Grounds(stage, balancer, second)
