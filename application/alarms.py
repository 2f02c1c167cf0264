"""Alarms: the owners hear when their desk no longer works as it should, and when it does again."""

from collections.abc import Sequence
from typing import ClassVar

from typing_extensions import override

from application.letters import ReadinessNotice
from application.policy import Consequence, Policy
from application.ports import Colleague, Letter, Past
from domain.bots import BotRole
from domain.events import Recorded
from domain.readiness import Lack
from domain.staff import Role
from domain.workspaces import Workspace


class Alarms(Policy):
    """Letters to the owners of a running desk, by the settings bot if there is one."""

    name: ClassVar[str] = "alarms"

    def __init__(self, settings_bot: int | None = None) -> None:
        self._settings_bot = settings_bot

    @override
    async def react(self, happened: Recorded, past: Past) -> Sequence[Consequence]:
        event = happened.event
        if not isinstance(event, Workspace.ReadinessChecked):
            return ()
        workspace = await past.get(Workspace, event.workspace_id)
        if workspace is None or not workspace.running:
            return ()
        bot_id = self._settings_bot or _speaking(workspace, event.lacks)
        owners = [one for one in await past.staff() if Role.OWNER in one.roles]
        if bot_id is None:
            return ()
        return [
            self._letter(happened.position, workspace, event.lacks, bot_id, one)
            for one in owners
            if one.telegram_id is not None
        ]

    def _letter(
        self,
        position: int,
        workspace: Workspace,
        lacks: Sequence[str],
        bot_id: int,
        owner: Colleague,
    ) -> Letter:
        return Letter(
            workspace_id=workspace.id,
            bot_id=bot_id,
            chat_id=owner.telegram_id or 0,
            language=owner.language or workspace.language,
            said=ReadinessNotice(
                workspace.id, workspace.name, lacks, mendable=bot_id == self._settings_bot
            ),
            key=f"readiness:{position}:{owner.person_id}",
        )


def _speaking(workspace: Workspace, lacks: Sequence[str]) -> int | None:
    """The bot of the company that can still speak to its staff."""
    role = BotRole.CLIENT if Lack.MANAGER_TOKEN_REVOKED in lacks else BotRole.MANAGER
    return workspace.bots.get(role)
