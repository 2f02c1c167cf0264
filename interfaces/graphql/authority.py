"""Who may ask and do what: one table, enforced by `admission` on every transport.

A root field needs an entry of its own. A field of any other type has an entry of its own
("Ticket.holder") or shares that of its type ("Ticket"). What has no entry is denied to everybody.
"""

from collections.abc import Mapping
from functools import cache

from interfaces.graphql.principals import Who

OPERATOR = frozenset({Who.OPERATOR})
ADMIN = frozenset({Who.ADMIN})
MANAGER = frozenset({Who.MANAGER})
CLIENT = frozenset({Who.CLIENT})
SERVICE = frozenset({Who.CLIENT_BOT, Who.MANAGER_BOT})
STAFF = ADMIN | MANAGER
BEHIND = STAFF | SERVICE  # everybody who may know how the staff works
COMPANY = BEHIND | CLIENT
KEYHOLDERS = COMPANY | OPERATOR
ROOTS = ("Query", "Mutation", "Subscription")

ALLOWED: Mapping[str, frozenset[Who]] = {
    "Query.me": COMPANY,
    "Query.workspace": COMPANY,
    "Query.queue": STAFF,
    "Query.tickets": STAFF | CLIENT,
    "Query.ticket": COMPANY,
    "Query.thread": STAFF | CLIENT,
    "Query.claims": STAFF,
    "Query.roster": STAFF,
    "Query.clients": STAFF,
    "Query.client": STAFF,
    "Query.events": ADMIN,
    "Query.state": ADMIN,
    "Subscription.events": ADMIN,
    "Subscription.queueChanged": STAFF,
    "Mutation.foundWorkspace": OPERATOR,
    "Mutation.connectBot": ADMIN,
    "Mutation.disconnectBot": ADMIN,
    "Mutation.linkChannel": ADMIN,
    "Mutation.defineTopics": ADMIN,
    "Mutation.startDesk": ADMIN,
    "Mutation.stopDesk": ADMIN,
    "Mutation.joinStaff": ADMIN,
    "Mutation.changeRoles": ADMIN,
    "Mutation.linkTelegram": ADMIN,
    "Mutation.leaveStaff": ADMIN,
    "Mutation.transferTicket": STAFF,
    "Mutation.blockClient": MANAGER,
    "Mutation.unblockClient": MANAGER,
    "Mutation.claimTicket": MANAGER,
    "Mutation.addNote": MANAGER,
    "Mutation.registerClient": CLIENT,
    "Mutation.openTicket": CLIENT,
    "Mutation.chooseConversation": CLIENT,
    "Mutation.rateTicket": CLIENT,
    "Mutation.postMessage": CLIENT | MANAGER,
    "Mutation.closeTicket": STAFF | CLIENT,
    "Mutation.reopenTicket": STAFF | CLIENT,
    "Mutation.confirmPost": SERVICE,
    "Mutation.openThread": SERVICE,
    "Mutation.showCard": SERVICE,
    "Mutation.confirmDelivery": SERVICE,
    "Mutation.reportFailure": SERVICE,
    "Mutation.markUnreachable": SERVICE,
    # what answers are made of
    "Workspace": COMPANY,
    "Workspace.missing": BEHIND,
    "Workspace.channelId": BEHIND,
    "Workspace.groupId": BEHIND,
    "Workspace.bots": BEHIND,
    "Bot": BEHIND,
    "Me": COMPANY,
    "Me.person": BEHIND,
    "Person": BEHIND,
    "Client": COMPANY,
    "Ticket": COMPANY,
    "Ticket.holder": BEHIND,
    "Ticket.waitingSince": BEHIND,
    "Ticket.channelId": BEHIND,
    "Ticket.postId": BEHIND,
    "Ticket.groupId": BEHIND,
    "Ticket.rootId": BEHIND,
    "Ticket.claims": STAFF,
    "Cycle": COMPANY,
    "Message": COMPANY,
    "Message.by": STAFF,
    "QueueItem": STAFF,
    "Claim": STAFF,
    "Event": ADMIN,
    "State": ADMIN,
    "QueueChange": STAFF,
    "PageInfo": COMPANY,
    "TicketConnection": COMPANY,
    "TicketEdge": COMPANY,
    "MessageConnection": COMPANY,
    "MessageEdge": COMPANY,
    "QueueConnection": STAFF,
    "QueueItemEdge": STAFF,
    "ClaimConnection": STAFF,
    "ClaimEdge": STAFF,
    "PersonConnection": STAFF,
    "PersonEdge": STAFF,
    "ClientConnection": STAFF,
    "ClientEdge": STAFF,
    "EventConnection": ADMIN,
    "EventEdge": ADMIN,
    "FoundWorkspacePayload": OPERATOR,
    "ConnectBotPayload": ADMIN,
    "JoinStaffPayload": ADMIN,
    "CommandPayload": COMPANY,
    "TicketPayload": COMPANY,
    "ClaimTicketPayload": MANAGER,
    "AddNotePayload": MANAGER,
    "RegisterClientPayload": CLIENT,
    "OpenTicketPayload": CLIENT,
    "PostMessagePayload": CLIENT | MANAGER,
}


def allowed(type_name: str, field_name: str) -> frozenset[Who]:
    """Who may ask for a field: by default nobody."""
    own = ALLOWED.get(f"{type_name}.{field_name}")
    if own is None and type_name not in ROOTS:
        own = ALLOWED.get(type_name)
    return own or frozenset()


@cache
def denied(who: Who, fields: frozenset[tuple[str, str]]) -> str | None:
    """The first of the fields (type and name) that `who` may not ask for."""
    wrong = (f"{t}.{f}" for t, f in sorted(fields) if who not in allowed(t, f))
    return next(wrong, None)
