"""Canned replies: the answers that a staff has at hand, and sending one."""

import strawberry

from application.canned_replies import RemoveCannedReply, SaveCannedReply, SendCannedReply
from interfaces.graphql.bounds import line, page_size, said
from interfaces.graphql.connections import Connection, Cursors, Slice
from interfaces.graphql.context import Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, number_of, payload, reached
from interfaces.graphql.places import ThreadInput, ticket_named
from interfaces.graphql.postings import Kept
from interfaces.graphql.refusals import BadText
from interfaces.graphql.scalars import BigInt
from projections.canned_replies import CannedReplyRow

CURSORS = Cursors[str]("cannedReplies", str)
CODE, TEXT, ACT, ACTS, SEARCH = 32, 4_096, 60, 10, 100


@strawberry.type
class CannedReply:
    """An answer at hand: `{client}` and `{number}` in it stand for the ticket's own.

    `acts` are done after it: `close`, `tag:<tag>`, `priority:<priority>`.
    """

    code: str
    text: str
    acts: list[str]


@strawberry.input
class SaveCannedReplyInput(CommandInput):
    """Have an answer at hand under a code, or let it read otherwise."""

    code: str
    text: str
    acts: list[str] = strawberry.field(default_factory=list[str])


@strawberry.input
class RemoveCannedReplyInput(CommandInput):
    """Have an answer no longer at hand."""

    code: str


@strawberry.input
class SendCannedReplyInput(CommandInput):
    """Answer the client of `ticketId` or `thread` with a canned reply."""

    ticket_id: strawberry.ID | None = None
    thread: ThreadInput | None = None
    code: str


@strawberry.type
class SendCannedReplyPayload(CommandPayload):
    """The answer, and whether it went to the client."""

    message_id: strawberry.ID
    kept: Kept
    number: int


@strawberry.type
class CannedReplyQueries:
    """Questions about canned replies."""

    @strawberry.field(graphql_type=Connection[CannedReply])
    async def canned_replies(
        self,
        info: Info,
        first: int = 50,
        after: str | None = None,
        search: str | None = None,
        min_position: BigInt | None = None,
    ) -> Slice[CannedReplyRow]:
        """Answers at hand by their codes; `search` finds beginnings of words in them."""
        context, model = info.context, info.context.models.canned_replies
        await context.wait_for(min_position)
        page = await model.page(
            context.workspace_id,
            search=None if search is None else line(search, "search", SEARCH),
            first=page_size(first),
            after=CURSORS.decode(after),
        )
        return context.slice(model, page, CURSORS)


@strawberry.type
class CannedReplyMutations:
    """What a staff does with canned replies."""

    @strawberry.mutation
    async def save_canned_reply(self, info: Info, input: SaveCannedReplyInput) -> CommandPayload:
        """Have an answer at hand under a code."""
        context = info.context
        if len(input.acts) > ACTS:
            raise BadText(f"a canned reply has up to {ACTS} acts")
        command = SaveCannedReply(
            **context.order(input.command_id),
            code=line(input.code, "code", CODE),
            text=said(input.text, "text", TEXT),
            acts=tuple(line(act, "an act", ACT) for act in input.acts),
        )
        return payload(await context.execute(command))

    @strawberry.mutation
    async def remove_canned_reply(
        self, info: Info, input: RemoveCannedReplyInput
    ) -> CommandPayload:
        """Have an answer no longer at hand."""
        context = info.context
        order = context.order(input.command_id)
        command = RemoveCannedReply(**order, code=line(input.code, "code", CODE))
        return payload(await context.execute(command))

    @strawberry.mutation
    async def send_canned_reply(
        self, info: Info, input: SendCannedReplyInput
    ) -> SendCannedReplyPayload:
        """Answer a client with a canned reply, then do its acts."""
        context = info.context
        command = SendCannedReply(
            **context.order(input.command_id),
            ticket_id=await ticket_named(context, input.ticket_id, input.thread),
            code=line(input.code, "code", CODE),
            by=context.manager(),
        )
        done = await context.execute(command)
        return SendCannedReplyPayload(
            position=reached(done),
            replayed=done.replayed,
            message_id=strawberry.ID(str(done.answer["message"])),
            kept=Kept(str(done.answer["kept"])),
            number=number_of(done),
        )
