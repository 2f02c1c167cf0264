"""What can be done about canned replies, and with them."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from typing_extensions import override

from application.desk import Answer, Command, Draft, NotFound
from application.messages import tells_who
from application.settings import rules_of
from application.tickets import TicketCommand
from domain.canned_replies import CannedReply, must_be_usable
from domain.clients import Client
from domain.conversations import Kept
from domain.messages import Content
from domain.settings import Routing
from domain.staff import Person
from domain.tickets import Ticket
from domain.triage import Priority
from domain.workspaces import Workspace


def reply_id(workspace_id: UUID, code: str) -> UUID:
    """The id of the canned reply with this code, whatever its case."""
    return uuid5(workspace_id, f"canned reply:{code.casefold()}")


@dataclass(frozen=True, kw_only=True)
class CannedReplyCommand(Command):
    """An order about one canned reply."""

    code: str

    @property
    @override
    def subject(self) -> UUID:
        return reply_id(self.workspace_id, self.code)


@dataclass(frozen=True, kw_only=True)
class SaveCannedReply(CannedReplyCommand):
    """Have an answer at hand; with acts it is a macro."""

    text: str
    acts: tuple[str, ...] = ()

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        must_be_usable(self.code, self.text, self.acts)
        await draft.look(Workspace, self.workspace_id)
        known = await draft.find(CannedReply, self.subject)
        if known is not None:
            known.rewrite(self.text, list(self.acts))
            return {}
        draft.add(
            CannedReply(
                id=self.subject,
                workspace_id=self.workspace_id,
                timestamp=draft.at,
                code=self.code,
                text=self.text,
                acts=list(self.acts),
            )
        )
        return {}


@dataclass(frozen=True, kw_only=True)
class RemoveCannedReply(CannedReplyCommand):
    """Have an answer no longer at hand."""

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.get(CannedReply, self.subject)).remove()
        return {}


@dataclass(frozen=True, kw_only=True)
class SendCannedReply(TicketCommand):
    """Answer a client with a canned reply, then do its acts."""

    code: str
    by: UUID

    @override
    async def carry_out(self, draft: Draft) -> Answer:
        (await draft.look(Workspace, self.workspace_id)).must_run()
        person = await draft.look(Person, self.by)
        person.must_manage()
        reply = await draft.look(CannedReply, reply_id(self.workspace_id, self.code))
        if reply.removed:
            raise NotFound
        ticket = await draft.get(Ticket, self.ticket_id)
        client = await draft.look(Client, ticket.client_id)
        filled = {"{client}": client.name, "{number}": str(ticket.number)}
        text = reply.text
        for slot, value in filled.items():
            text = text.replace(slot, value)
        content, rules = Content(text=text), await rules_of(draft, self.workspace_id)
        message_id = uuid5(ticket.id, self.command_id)
        kept = ticket.comment(
            message_id,
            self.by,
            content,
            None,
            claiming=rules.routing is not Routing.MANUAL,
            revealing=not rules.signing and await tells_who(draft, person, ticket, content, ()),
        )
        if kept is Kept.SENT:
            for act in reply.acts:
                self._do(act, ticket)
        return {"message": str(message_id), "kept": kept, "number": ticket.number}

    def _do(self, act: str, ticket: Ticket) -> None:
        match act.split(":", 1):
            case ["tag", tag]:
                ticket.tag(tag, self.by)
            case ["priority", priority]:
                ticket.prioritise(Priority(priority), self.by)
            case _:
                ticket.close(self.by, by_client=False)
