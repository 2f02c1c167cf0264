"""What the API of few words answers the manager bot, unless a test says otherwise."""

from typing import Any

Json = dict[str, Any]

TICKET = "6f1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a11"
CLIENT = "0a1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a22"
ANNA = "1b1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a33"
BORIS = "2c1c2b9e-8d35-4a57-9d0e-0d2b8f1f7a44"
OPENED = "2026-11-22T09:00:00+00:00"
END: Json = {"hasNextPage": False, "endCursor": None}
ZONE: Json = {"settings": {"zone": "Europe/Moscow"}}
DONE: Json = {"number": 7, "position": 40}

SEEN: Json = {
    "id": TICKET,
    "number": 7,
    "topic": "Доставка",
    "status": "OPEN",
    "priority": "HIGH",
    "tags": ["vip"],
    "groupId": -1_001_000_000_005,
    "rootId": 15,
    "openedAt": OPENED,
    "closedAt": None,
    "waitingSince": None,
    "stars": None,
    "client": {
        "id": CLIENT,
        "name": "Клим",
        "username": "klim",
        "blocked": False,
        "reachable": True,
    },
    "holder": {"id": ANNA, "name": "Анна"},
}
KNOWN: Json = {
    "id": CLIENT,
    "name": "Клим",
    "username": "klim",
    "telegramId": 77,
    "blocked": False,
    "blockedReason": "",
    "blockedAt": None,
    "reachable": True,
    "registeredAt": OPENED,
    "tickets": 3,
    "openTickets": 1,
}


def seen(**told: Any) -> Json:
    """The answer that shows the ticket."""
    asking = {"person": {"id": ANNA}, "workspace": ZONE}
    return {"data": {"ticket": {**SEEN, **told}, "me": asking}}


def known(**told: Any) -> Json:
    """The answer that shows the client."""
    return {"data": {"client": {**KNOWN, **told}, "me": {"workspace": ZONE}}}


def myself(*roles: str, first: int | None = None) -> Json:
    """The answer that says who asks."""
    person = {"id": ANNA, "name": "Анна", "roles": list(roles) or ["MANAGER"]}
    targets = {"firstReaction": first, "closing": None}
    return {"data": {"me": {"person": person, "workspace": {"name": "ACME", "settings": targets}}}}


def colleague(id: str, name: str, telegram_id: int, **told: Any) -> Json:
    """One of the staff."""
    return {
        "id": id,
        "name": name,
        "username": None,
        "telegramId": telegram_id,
        "roles": ["MANAGER"],
        "working": True,
        "presence": "HERE",
        "openTickets": 0,
        **told,
    }


def roster(*people: Json) -> Json:
    """The answer with the staff."""
    return {"data": {"roster": {"nodes": list(people)}}}


def listed(field: str, *rows: Json, cursor: str | None = None) -> Json:
    """The answer with one page of a list; it goes on after the cursor."""
    info = {"hasNextPage": cursor is not None, "endCursor": cursor}
    return {"data": {field: {"nodes": list(rows), "pageInfo": info}}}


OFFICE: dict[str, Json] = {
    "Myself": myself()["data"],
    "Queue": {"queue": {"nodes": [], "pageInfo": END}},
    "HeldTickets": {"tickets": {"nodes": [], "pageInfo": END}},
    "Roster": roster()["data"],
    "StatePresence": {"statePresence": {"replayed": False}},
    "AcceptInvitation": {"acceptInvitation": {"name": "ACME", "replayed": False}},
    "ClaimTicket": {"claimTicket": {"outcome": "WON", "holder": {"name": "Анна"}, **DONE}},
    "StaffClose": {"closeTicket": DONE},
    "StaffReopen": {"reopenTicket": DONE},
    "TransferTicket": {"transferTicket": DONE},
    "ReleaseTicket": {"releaseTicket": DONE},
    "TagTicket": {"tagTicket": DONE},
    "UntagTicket": {"untagTicket": DONE},
    "PrioritiseTicket": {"prioritiseTicket": DONE},
    "TicketShown": seen()["data"],
    "TicketThread": {
        "thread": {"nodes": [], "pageInfo": END},
        "ticket": {"number": 7, "topic": "Доставка", "clientName": "Клим"},
        "me": {"workspace": ZONE},
    },
    "Clients": {"clients": {"nodes": [], "pageInfo": END}},
    "ClientSeen": known()["data"],
    "TicketsOfClient": {"tickets": {"nodes": [], "pageInfo": END}},
    "BlockClient": {"blockClient": {"position": 40}},
    "UnblockClient": {"unblockClient": {"position": 40}},
    "LinkChannel": {"linkChannel": {"position": 40}},
    "LinkGroup": {"linkGroup": {"position": 40}},
    "CheckReadiness": {"checkReadiness": {"lacks": [], "position": 41}},
    "DeskReadiness": {
        "workspace": {"surface": "CHANNEL", "running": False, "readiness": [], "bots": []}
    },
    "Pipelines": {"pipelines": [], "me": {"person": {"id": ANNA, "roles": []}, "workspace": ZONE}},
    "CannedReplies": {"cannedReplies": {"nodes": []}},
    "SaveCannedReply": {"saveCannedReply": {"replayed": False}},
    "RemoveCannedReply": {"removeCannedReply": {"replayed": False}},
    "SendCannedReply": {"sendCannedReply": {"number": 7, "kept": "SENT"}},
    "EditComment": {"editMessage": {"number": 7, "kept": "SENT"}},
    "MigrateGroup": {"migrateGroup": {"replayed": False}},
    "DeskLanguage": {"me": {"workspace": {"language": "ru"}}},
}
