"""Members: invited by one-time links, given roles, relieved of their tickets, let go."""

from urllib.parse import parse_qs, urlsplit

import pytest

from interfaces.telegram.owners.buttons import mark
from tests.owners.conftest import ANNA, BORIS, DONE, Office, answer, desk_seen, member, members
from tests.telegram.api import Json, refused

pytestmark = pytest.mark.asyncio(loop_scope="module")
VERA = "33333333-3333-4333-8333-3333cccccccc"
TOGETHER = members(
    member(ANNA, "Анна", "OWNER", "ADMIN", "MANAGER"),
    member(BORIS, "Борис", "MANAGER", held=2),
    member(VERA, "Вера", "ADMIN"),
)
LINK = "https://t.me/romashka_staff_bot?start=i_abcDEF"


def ticket(number: int) -> Json:
    about = {"id": f"44444444-4444-4444-8444-{number:012}", "number": number, "topic": "Доставка"}
    return {**about, "client": {"name": "Клим"}, "holder": {"id": BORIS, "name": "Борис"}}


def held(*numbers: int) -> list[Json | int]:
    last = {"hasNextPage": False, "endCursor": None}
    return answer(tickets={"nodes": [ticket(number) for number in numbers], "pageInfo": last})


def together(office: Office) -> None:
    """The company has three people."""
    office.api.script["Members"] = [TOGETHER]


@pytest.mark.proves("S1-07")
async def test_an_invitation_is_a_link_for_one_person_to_be_shared(office: Office) -> None:
    together(office)
    expires = "2026-12-01T10:00:00+00:00"
    office.api.script["InviteStaff"] = answer(
        inviteStaff={"link": LINK, "expiresAt": expires, "position": 4}
    )
    await office.presses("members")
    await office.hears("• Борис — менеджер · на месте · 2 обращения")
    await office.presses("invite", 0)
    told = await office.hears("действует 72 часа")
    assert LINK in told.text
    assert (await office.asked("InviteStaff")).variables["roles"] == ["MANAGER"]
    share = urlsplit(str((await office.finds("Отправить"))["url"]))
    assert (share.netloc, share.path) == ("t.me", "/share/url")
    assert parse_qs(share.query)["url"] == [LINK]
    await office.presses("invite", 1)
    assert (await office.api.wait("InviteStaff", 2))[-1].variables["roles"] == ["ADMIN"]


async def test_without_a_manager_bot_nobody_can_be_invited(office: Office) -> None:
    together(office)
    office.api.script["DeskSeen"] = [desk_seen("MANAGER_BOT", bots=[])]
    await office.presses("invite", 0)
    await office.hears("Сначала подключите его")
    assert office.api.of("InviteStaff") == []


async def test_an_invitation_that_nobody_used_is_taken_back(office: Office) -> None:
    together(office)
    valid = {
        "id": VERA,
        "roles": ["MANAGER"],
        "expiresAt": "2999-12-01T10:00:00+00:00",
        "acceptedAt": None,
        "revokedAt": None,
    }
    used = {**valid, "id": BORIS, "acceptedAt": "2026-11-01T10:00:00+00:00"}
    old = {**valid, "id": ANNA, "expiresAt": "2020-12-01T10:00:00+00:00"}
    office.api.script["IssuedInvitations"] = answer(invitations={"nodes": [valid, used, old]})
    office.api.script["RevokeInvitation"] = answer(revokeInvitation=DONE)
    await office.presses("invitations")
    await office.finds("✖ менеджер, до 01.12 10:00 UTC")
    assert office.labels() == ["✖ менеджер, до 01.12 10:00 UTC", "‹ Назад"]
    assert await office.presses("revoke", mark(VERA)) == "Приглашение отозвано"
    assert (await office.asked("RevokeInvitation")).variables["invitationId"] == VERA


@pytest.mark.proves("S1-07")
async def test_roles_are_given_and_taken_but_never_the_last_one(office: Office) -> None:
    together(office)
    office.api.script["ChangeRoles"] = answer(changeRoles=DONE)
    assert await office.presses("role", mark(BORIS), 1) == "Сохранено"
    assert (await office.asked("ChangeRoles")).variables["roles"] == ["MANAGER", "ADMIN"]
    assert "Хотя бы одна роль" in await office.presses("role", mark(BORIS), 0)
    assert len(office.api.of("ChangeRoles")) == 1


@pytest.mark.proves("S1-07", "S1-E10")
async def test_somebody_is_let_go_after_it_is_said_what_becomes_of_their_tickets(
    office: Office,
) -> None:
    together(office)
    office.api.script["LeaveStaff"] = answer(leaveStaff=DONE)
    await office.presses("removing", mark(BORIS))
    await office.hears("2 открытых обращения вернутся в очередь")
    assert office.api.of("LeaveStaff") == []
    assert await office.presses("remove", mark(BORIS)) == "Борис больше не в службе"
    assert (await office.asked("LeaveStaff")).variables["personId"] == BORIS


async def test_an_owner_cannot_be_let_go_or_lose_a_role(office: Office) -> None:
    together(office)
    for action, *about in (("remove", mark(ANNA)), ("role", mark(ANNA), 0)):
        assert await office.presses(action, *about) == "! Эта кнопка устарела."
    assert [*office.api.of("LeaveStaff"), *office.api.of("ChangeRoles")] == []


@pytest.mark.proves("S1-08")
async def test_one_ticket_is_handed_over(office: Office) -> None:
    together(office)
    office.api.script["OpenTickets"] = held(5, 7)
    seen = {**ticket(7), "status": "OPEN"}
    office.api.script["TicketByNumber"] = answer(ticket=seen)
    office.api.script["TransferTicket"] = answer(transferTicket={"number": 7, "position": None})
    await office.presses("tickets")
    await office.finds("Борис · 2")
    await office.presses("held", mark(BORIS), 0)
    await office.finds("↪ №7 Доставка")
    await office.presses("give", 7)
    await office.hears("Кому передать обращение №7")
    assert office.labels() == ["Анна · 0", "‹ Назад"]
    await office.presses("giveto", 7, mark(ANNA))
    await office.hears("Обращение №7 передано: Анна")
    asked = await office.asked("TransferTicket")
    assert (asked.variables["ticketId"], asked.variables["toId"]) == (seen["id"], ANNA)


@pytest.mark.proves("S1-08")
async def test_everything_is_handed_over_and_what_was_closed_meanwhile_is_counted(
    office: Office,
) -> None:
    together(office)
    office.api.script["OpenTickets"] = held(*range(1, 43))
    done: list[Json | int] = [
        {"data": {"transferTicket": {"number": n, **DONE}}} for n in range(1, 42)
    ]
    office.api.script["TransferTicket"] = [refused("TicketIsClosed"), *done]
    await office.presses("giveall", mark(BORIS))
    await office.hears("Кому передать 2 обращения, которые ведёт Борис?")
    await office.presses("giveallto", mark(BORIS), mark(ANNA))
    told = await office.hears("Передано 41 обращение: Борис → Анна.")
    assert "Не передано: 1" in told.text
    asked = office.api.of("TransferTicket")
    assert len({each.variables["commandId"] for each in asked}) == 42
    calls = [str(each.fields.get("text")) for each in office.desk.world.journal.entries]
    assert {"Передаю: 20 из 42…", "Передаю: 40 из 42…"} <= set(calls)


@pytest.mark.parametrize("size", [1, 45])
async def test_a_large_staff_is_shown_in_pages(office: Office, size: int) -> None:
    people = [member(f"{VERA[:-4]}{n:04}", f"Сотрудник {n}", "MANAGER") for n in range(size)]
    office.api.script["Members"] = [members(*people)]
    await office.presses("members", "", 1 if size > 1 else 0)
    await office.quiet()
    assert ("▶" in office.labels(), "◀" in office.labels()) == (size > 1, size > 1)
    assert ("Сотрудник 20" in office.labels()) == (size > 1)
