"""What goes wrong, in English; a refusal is named by its class."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "outdated": "This button is outdated.",
    "broken": "Something broke; we are looking into it. Please try again a little later.",
    "refused": "This is not possible now.",
    "SomebodyWasQuicker": "Somebody was quicker. Please look again.",
    "CommandIdReused": "You have answered this question already.",
    "NotFound": "There is no such thing here, or no longer.",
    "BadText": "The text is too long, empty, or has characters that cannot be shown.",
    "BadContent": "This kind of message cannot be passed on.",
    # who may do what
    "NotStaff": "You are not one of the staff.",
    "NotAllowed": "You have no right to do this.",
    "NotAManager": "Only somebody who answers tickets may do this.",
    "PersonHasLeft": "This person does not work here any more.",
    "PersonExists": "There is such a person already.",
    "AlreadyStaff": "You work here already.",
    "InvitationIsOver": "This invitation was used, taken back or is too old. Ask for a new one.",
    # tickets
    "TicketExists": "There is such a ticket already.",
    "TicketIsClosed": "The ticket is closed; reopen it first.",
    "TicketIsOpen": "The ticket is open already.",
    "TicketIsUnclaimed": "Nobody has claimed the ticket yet.",
    "TicketHeldByOther": "Somebody else holds the ticket.",
    "TooManyTickets": "You have five open tickets: /tickets. Close one of them, or write in it.",
    "ClosedTooLongAgo": "The ticket was closed too long ago. Write, and we open a new one.",
    "TooManyTags": "A ticket has at most twenty tags of up to 40 characters each.",
    "ThreadIsElsewhere": "This ticket is discussed in another place already.",
    "GroupIsForeign": "Tickets are discussed in another group.",
    # orders
    "OrderIsNotYours": "You do not have this order. Your orders: /orders.",
    "OfferIsNotClaimed": "Nobody has this order now. Look at the deal again.",
    "BadPhone": "There is no such number. Please check it.",
    # messages
    "NoSuchMessage": "There is no such message of yours in the ticket.",
    "NothingIsHeld": "No message of yours waits for a choice any more. Just write your question.",
    "TooMuchIsHeld": "First choose where your last messages go, then write again.",
    "TooManyMessages": "That is too many messages. Wait a minute and write again.",
    "TellsWhoYouAre": "The edit was not sent: it tells who you are. The client sees the old text.",
    "SentAlready": "The client has this message already; it cannot become a note. Try /del.",
    "ClientIsBlocked": "You cannot write to this desk.",
    # ratings
    "NothingToRate": "It is rated already, or open again.",
    "StarsOutOfRange": "A rating has one to five stars.",
    # the desk and its settings
    "DeskIsStopped": "The desk takes no tickets now. Please write later.",
    "DeskIsNotReady": "Something is still missing: look at the list.",
    "WorkspaceExists": "There is such a desk already.",
    "TooManyWorkspaces": "You lead five desks already; one account may lead no more.",
    "BadSetting": "That cannot be: times are whole minutes up to a year, texts up to 1000 signs.",
    "BadHours": "The hours could not be read. An example: Mon-Fri 9:00-18:00.",
    "BadCannedReply": (
        "The code of a canned reply has up to 32 Latin letters, digits, - or _, and needs a text."
    ),
    "BadToken": "Telegram does not know this token. Copy it from @BotFather once more.",
    "BotIsTaken": "This bot works for another company already.",
    "BotHasOtherRole": "This bot works here in another role; disconnect it first.",
    "BotRoleIsTaken": "There is such a bot here already; disconnect it first.",
    "BotWorksAlready": "This bot works here in another role. Make one more.",
    "ChatIsTheStaffs": "The staff works in this group. Executors need another one.",
    "NoManagerBot": "Connect a manager bot first: the invitation leads to it.",
    "ChatUnseen": "The manager bot does not see this chat. Make it an administrator there.",
    "NotASupergroup": "This group has Telegram's old form. In its settings show new members the"
    " chat history, then choose it again.",
    "NoDiscussion": "The channel has no discussion group. Link one in the channel's settings.",
}
