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
FOUNDER = frozenset({Who.FOUNDER})
MANAGER_BOT = frozenset({Who.MANAGER_BOT})
SERVICE = MANAGER_BOT | {Who.CLIENT_BOT}
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
    "Query.cannedReplies": STAFF,
    "Query.invitations": ADMIN,
    "Query.myWorkspaces": FOUNDER,
    "Query.events": ADMIN,
    "Query.state": ADMIN,
    "Subscription.events": ADMIN,
    "Subscription.queueChanged": STAFF,
    "Mutation.foundWorkspace": OPERATOR | FOUNDER,
    "Mutation.connectBot": ADMIN,
    "Mutation.disconnectBot": ADMIN,
    "Mutation.linkChannel": STAFF,  # of the managers: leaders
    "Mutation.linkGroup": STAFF,
    "Mutation.checkReadiness": STAFF | SERVICE,
    "Mutation.migrateGroup": SERVICE,
    "Mutation.changeLanguage": ADMIN,
    "Mutation.setHours": ADMIN,
    "Mutation.setTargets": ADMIN,
    "Mutation.setTexts": ADMIN,
    "Mutation.scheduleReport": ADMIN,
    "Mutation.setPresencePolicy": ADMIN,
    "Mutation.setRoutingPolicy": ADMIN,
    "Mutation.setReopening": ADMIN,
    "Mutation.setSigning": ADMIN,
    "Mutation.defineTopics": ADMIN,
    "Mutation.startDesk": ADMIN,
    "Mutation.stopDesk": ADMIN,
    "Mutation.joinStaff": ADMIN,
    "Mutation.changeRoles": ADMIN,
    "Mutation.linkTelegram": ADMIN,
    "Mutation.leaveStaff": ADMIN,
    "Mutation.inviteStaff": STAFF,  # of the managers: leaders
    "Mutation.revokeInvitation": STAFF,
    "Mutation.acceptInvitation": MANAGER_BOT,
    "Mutation.statePresence": STAFF,
    "Mutation.chooseLanguage": STAFF | CLIENT,
    "Mutation.saveCannedReply": STAFF,
    "Mutation.removeCannedReply": STAFF,
    "Mutation.sendCannedReply": MANAGER,
    "Mutation.transferTicket": STAFF,
    "Mutation.releaseTicket": STAFF,
    "Mutation.tagTicket": STAFF,
    "Mutation.untagTicket": STAFF,
    "Mutation.prioritiseTicket": STAFF,
    "Mutation.blockClient": STAFF,
    "Mutation.unblockClient": STAFF,
    "Mutation.claimTicket": MANAGER,
    "Mutation.addNote": MANAGER,
    "Mutation.registerClient": CLIENT,
    "Mutation.openTicket": CLIENT,
    "Mutation.chooseConversation": CLIENT,
    "Mutation.chooseTopic": CLIENT,
    "Mutation.placeMessages": CLIENT,
    "Mutation.rateTicket": CLIENT,
    "Mutation.commentRating": CLIENT,
    "Mutation.postMessage": CLIENT | MANAGER,
    "Mutation.editMessage": CLIENT | MANAGER,
    "Mutation.withdrawMessage": CLIENT | MANAGER,
    "Mutation.react": CLIENT | MANAGER,
    "Mutation.closeTicket": STAFF | CLIENT,
    "Mutation.reopenTicket": STAFF | CLIENT,
    "Mutation.confirmPost": SERVICE,
    "Mutation.openThread": SERVICE,
    "Mutation.loseThread": SERVICE,
    "Mutation.showCard": SERVICE,
    "Mutation.confirmDelivery": SERVICE,
    "Mutation.reportFailure": SERVICE,
    "Mutation.markUnreachable": SERVICE,
    # what answers are made of
    "Workspace": COMPANY,
    "Workspace.missing": BEHIND,
    "Workspace.readiness": BEHIND,
    "Workspace.surface": BEHIND,
    "Workspace.channelId": BEHIND,
    "Workspace.groupId": BEHIND,
    "Workspace.bots": BEHIND,
    "Readiness": BEHIND,
    "Settings": BEHIND,
    "Settings.zone": COMPANY,
    "Settings.week": COMPANY,
    "Settings.texts": COMPANY,
    "Settings.reopenWithin": COMPANY,
    "Settings.reopenByReply": COMPANY,
    "SettingText": COMPANY,
    "Membership": FOUNDER,
    "Bot": BEHIND,
    "Me": COMPANY,
    "Me.person": BEHIND,
    "Person": BEHIND,
    "Client": COMPANY,
    "Client.blockedReason": BEHIND,
    "Ticket": COMPANY,
    "Ticket.holder": BEHIND,
    "Ticket.waitingSince": BEHIND,
    "Ticket.priority": BEHIND,
    "Ticket.tags": BEHIND,
    "Ticket.clientReachable": BEHIND,
    "Ticket.surface": BEHIND,
    "Ticket.channelId": BEHIND,
    "Ticket.postId": BEHIND,
    "Ticket.groupId": BEHIND,
    "Ticket.rootId": BEHIND,
    "Ticket.claims": STAFF,
    "Cycle": COMPANY,
    "Message": COMPANY,
    "Message.by": STAFF,
    "Message.versions": STAFF,
    "MessageVersion": STAFF,
    "Piece": COMPANY,
    "Reaction": COMPANY,
    "Reaction.by": STAFF,
    "QueueItem": STAFF,
    "Claim": STAFF,
    "CannedReply": STAFF,
    "Invitation": ADMIN,
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
    "CannedReplyConnection": STAFF,
    "CannedReplyEdge": STAFF,
    "InvitationConnection": ADMIN,
    "InvitationEdge": ADMIN,
    "EventConnection": ADMIN,
    "EventEdge": ADMIN,
    "FoundWorkspacePayload": OPERATOR | FOUNDER,
    "ConnectBotPayload": ADMIN,
    "JoinStaffPayload": ADMIN,
    "CheckReadinessPayload": STAFF | SERVICE,
    "InviteStaffPayload": STAFF,
    "AcceptInvitationPayload": MANAGER_BOT,
    "SendCannedReplyPayload": MANAGER,
    "CommandPayload": COMPANY,
    "TicketPayload": COMPANY,
    "ClaimTicketPayload": MANAGER,
    "AddNotePayload": MANAGER,
    "RegisterClientPayload": CLIENT,
    "OpenTicketPayload": CLIENT,
    "ChooseTopicPayload": CLIENT,
    "PostMessagePayload": CLIENT | MANAGER,
    "EditMessagePayload": CLIENT | MANAGER,
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
