"""Threads: where a ticket is discussed is found on every surface, also late."""

import pytest

from interfaces.sandbox.chats import GROUP, SUPERGROUP
from interfaces.sandbox.forums import begin, shut
from interfaces.sandbox.membership import migrate, set_member
from tests.telegram.api import eventually, posted, refused
from tests.telegram.conftest import TICKET, Desk, cleared

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture
def desk(company: Desk) -> Desk:
    return cleared(company)


async def test_the_copy_of_a_tickets_post_opens_its_thread(desk: Desk) -> None:
    copy = await desk.post()
    [opened] = await desk.api.wait("OpenThread")
    assert opened.user is None
    told = {name: opened.variables[name] for name in ("ticketId", "groupId", "rootId", "postId")}
    post = list(desk.channel.messages.values())[-1]
    assert told == {
        "ticketId": str(TICKET),
        "groupId": desk.group.id,
        "rootId": copy.id,
        "postId": post.id,
    }


async def test_a_post_of_the_companys_own_opens_nothing(desk: Desk) -> None:
    desk.says(desk.anna, desk.channel, "Завтра выходной")
    await desk.post()
    await desk.api.wait("OpenThread")
    assert len(desk.api.of("OpenThread")) == 1


async def test_every_message_in_a_topic_of_a_forum_is_a_comment(desk: Desk) -> None:
    forum = desk.world.chat("Обращения", owner=desk.anna, forum=True)
    set_member(desk.world, forum, desk.managers.user, "administrator")
    topic = begin(desk.world, forum, desk.managers.user, "№7 Клим")
    desk.says(desk.anna, forum, "Уже едет", thread=topic.id)
    shut(desk.world, forum, desk.anna, topic, closed=True)
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["thread"] == {"groupId": forum.id, "rootId": topic.id}
    assert asked.variables["replyTo"] is None
    await desk.settled("inbox")
    assert len(desk.api.of("PostMessage")) == 1


@pytest.mark.parametrize("kind", [GROUP, SUPERGROUP])
async def test_in_a_plain_group_the_replies_to_a_tickets_message_are_comments(
    desk: Desk, kind: str
) -> None:
    group = desk.world.chat("Дежурные", kind=kind, owner=desk.anna)
    for member in (desk.managers.user, desk.boris):
        set_member(desk.world, group, member, "administrator")
    link = f"https://t.me/desk_manager_bot?start=t_{TICKET.hex}"
    entities = [{"type": "text_link", "offset": 0, "length": 2, "url": link}]
    await desk.send("sendMessage", desk.managers, group.id, {"text": "№7", "entities": entities})
    root = await desk.hears(group, "№7")
    first = desk.says(desk.anna, group, "Уже едет", reply_to=root.id)
    desk.says(desk.boris, group, "И второй", reply_to=first.id)
    desk.says(desk.boris, group, "Обед?")
    [one, other] = await desk.api.wait("PostMessage", 2)
    assert (one.variables["ticketId"], one.variables["replyTo"]) == (str(TICKET), None)
    told = other.variables["ticketId"] or other.variables["thread"]
    assert told in [str(TICKET), {"groupId": group.id, "rootId": first.id}]
    await desk.settled("inbox")
    assert len(desk.api.of("PostMessage")) == 2


async def test_a_group_that_moves_is_followed(desk: Desk) -> None:
    group = desk.world.chat("Старая", owner=desk.anna, kind=GROUP)
    set_member(desk.world, group, desk.managers.user, "administrator")
    moved = migrate(desk.world, group)
    [asked] = await desk.api.wait("MigrateGroup")
    assert (asked.variables["fromId"], asked.variables["toId"]) == (group.id, moved.id)
    assert asked.user is None


async def test_a_comment_under_an_ordinary_post_is_left_alone(desk: Desk) -> None:
    desk.api.script["PostMessage"] = [refused("NotFound")]
    desk.says(desk.anna, desk.channel, "Завтра выходной")
    await eventually(lambda: any(m.copy for m in desk.channel.messages.values()))
    copy = list(desk.channel.messages.values())[-1].copy
    assert copy is not None
    desk.says(desk.boris, desk.group, "Ура!", reply_to=copy.id)
    await desk.api.wait("PostMessage")
    await desk.settled("inbox")
    assert desk.texts(desk.group) == []


async def test_a_comment_on_a_ticket_that_is_unknown_is_tried_again_and_never_just_lost(
    desk: Desk,
) -> None:
    copy = await desk.post()
    desk.api.script["PostMessage"] = [refused("NotFound")]
    said = desk.says(desk.anna, desk.group, "Уже едет", reply_to=copy.id)
    told = await desk.hears(desk.group, "не видно, к какому обращению", 15.0)
    assert told.reply_to is said
    assert len(desk.api.of("PostMessage")) == 5


async def test_a_comment_whose_discussion_becomes_known_late_is_passed_on(desk: Desk) -> None:
    await desk.send("sendMessage", desk.managers, desk.group.id, {"text": "карточка"})
    card = await desk.hears(desk.group, "карточка")
    desk.api.script["PostMessage"] = [refused("NotFound"), posted(kept="SENT")]
    desk.says(desk.anna, desk.group, "Уже едет", reply_to=card.id)
    [first, second] = await desk.api.wait("PostMessage", 2)
    assert first.variables == second.variables
    assert first.variables["thread"] == {"groupId": desk.group.id, "rootId": card.id}
    await desk.settled("inbox")
    assert desk.texts(desk.group) == ["карточка"]


async def test_a_link_that_anybody_wrote_names_no_ticket(desk: Desk) -> None:
    link = f"https://t.me/desk_manager_bot?start=t_{TICKET.hex}"
    entity = {"type": "text_link", "offset": 0, "length": 2, "url": link}
    content = {"text": "№7", "entities": [entity]}
    root = desk.says(desk.boris, desk.group, content=content)
    desk.says(desk.anna, desk.group, "да", reply_to=root.id)
    [asked] = await desk.api.wait("PostMessage")
    assert asked.variables["ticketId"] is None
