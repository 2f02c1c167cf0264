"""People come, change what they do, and leave."""

import pytest

from application.desk import NotFound
from application.staff import (
    ChangeRoles,
    ChooseStaffLanguage,
    JoinStaff,
    LeaveStaff,
    LinkTelegram,
    StatePresence,
)
from domain.staff import Person, PersonExists, PersonHasLeft, Presence, Role
from tests.facts import ANNA, FOUNDED, TICKET, WITH_TICKET, Fact
from tests.story import Story

JOINED = Fact(Person.Joined, name="Anna", telegram_id=500, username="anna")
LEFT = Fact(Person.Left)


async def test_somebody_joins_the_staff(story: Story) -> None:
    story.given(FOUNDED)
    story.when(
        JoinStaff,
        person_id=ANNA,
        name="Anna",
        roles=(Role.MANAGER,),
        telegram_id=500,
        username="anna",
    )
    await story.then(JOINED)


@pytest.mark.parametrize("before", [(JOINED,), (JOINED, LEFT)])
async def test_an_id_that_somebody_has_or_had_is_not_given_again(
    story: Story, before: tuple[Fact, ...]
) -> None:
    story.given(FOUNDED, *before)
    story.when(JoinStaff, person_id=ANNA, name="Anna", roles=(Role.MANAGER,))
    await story.then_refused(PersonExists)


async def test_nobody_joins_a_company_that_was_never_founded(story: Story) -> None:
    story.when(JoinStaff, person_id=ANNA, name="Anna", roles=(Role.MANAGER,))
    await story.then_refused(NotFound)


async def test_nobody_joins_under_the_id_of_a_ticket(story: Story) -> None:
    story.given(*WITH_TICKET)
    story.when(JoinStaff, person_id=TICKET, name="Eve", roles=(Role.MANAGER,))
    await story.then_refused(NotFound)


async def test_a_person_gets_other_roles(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(ChangeRoles, person_id=ANNA, roles=(Role.ADMIN, Role.MANAGER))
    await story.then(Fact(Person.RolesChanged, roles=["admin", "manager"]))


async def test_the_same_roles_are_no_news(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(ChangeRoles, person_id=ANNA, roles=(Role.MANAGER,))
    await story.then()


async def test_a_person_is_known_by_another_telegram_account(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(LinkTelegram, person_id=ANNA, telegram_id=900, username="anna_k")
    await story.then(Fact(Person.TelegramLinked, telegram_id=900, username="anna_k"))


async def test_the_same_account_is_no_news(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(LinkTelegram, person_id=ANNA, telegram_id=500, username="anna")
    await story.then()


async def test_a_person_leaves(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(LeaveStaff, person_id=ANNA)
    await story.then(LEFT)


async def test_leaving_twice_is_no_news(story: Story) -> None:
    story.given(FOUNDED, JOINED, LEFT)
    story.when(LeaveStaff, person_id=ANNA)
    await story.then()


CHANGES: list[tuple[type[ChangeRoles], dict[str, object]]] = [
    (ChangeRoles, {"roles": (Role.ADMIN,)}),
    (LinkTelegram, {"telegram_id": 900}),  # type: ignore[list-item]
]


@pytest.mark.parametrize(("command", "told"), CHANGES)
async def test_who_has_left_stays_as_they_were(
    story: Story, command: type[ChangeRoles], told: dict[str, object]
) -> None:
    story.given(FOUNDED, JOINED, LEFT)
    story.when(command, person_id=ANNA, **told)
    await story.then_refused(PersonHasLeft)


@pytest.mark.parametrize(("command", "told"), [*CHANGES, (LeaveStaff, {})])
async def test_who_never_joined_is_not_found(
    story: Story, command: type[ChangeRoles], told: dict[str, object]
) -> None:
    story.given(FOUNDED)
    story.when(command, person_id=ANNA, **told)
    await story.then_refused(NotFound)


async def test_a_person_says_whether_they_are_at_work(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(StatePresence, person_id=ANNA, presence=Presence.BREAK)
    await story.then(Fact(Person.PresenceStated, presence="break"))


async def test_who_is_here_from_the_beginning_need_not_say_so(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(StatePresence, person_id=ANNA, presence=Presence.HERE)
    await story.then()


async def test_whoever_has_left_is_not_at_work(story: Story) -> None:
    story.given(FOUNDED, JOINED, LEFT)
    story.when(StatePresence, person_id=ANNA, presence=Presence.HERE)
    await story.then_refused(PersonHasLeft)


async def test_a_person_chooses_their_language(story: Story) -> None:
    story.given(FOUNDED, JOINED)
    story.when(ChooseStaffLanguage, person_id=ANNA, language="en")
    await story.then(Fact(Person.LanguageChosen, language="en"))
