"""When everything that was said has come through."""

from collections.abc import Sequence

from infrastructure.phones import Phones
from infrastructure.stage import Stage
from infrastructure.town import Company
from tests.whole.test_killing import at_rest


async def quiet(stage: Stage, companies: Sequence[Company], patience: float) -> None:
    """Wait until the bots have fetched everything, and nothing of it is on its way any more."""
    bots = [bot for one in companies for bot in (one.clients_bot, one.managers_bot)]
    await Phones(stage.world, patience).until(
        lambda: not any(bot.updates.pending for bot in bots) or None, "the last update"
    )
    await at_rest(stage.dsn, patience)
