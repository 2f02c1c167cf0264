"""Words that tell who a manager is stay with the staff, unless the company lets them sign."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.messages import EditMessage, PostComment, TellsWhoYouAre
from domain.anonymity import reveals
from domain.messages import Content, Kind, Piece
from domain.settings import Settings
from domain.staff import Person
from domain.tickets import Ticket
from tests.facts import ANNA, CLAIMED, COMMENT, MESSAGE, TICKET, WITH_TICKET, Fact
from tests.story import Story

ANNA_IVANOVA = ("Anna", "Ivanova", "anna_desk", "500", "+7 (912) 345-67-89")
LINK: dict[str, str | int] = {"type": "text_link", "url": "https://t.me/anna_desk"}
PHOTO: dict[str, Any] = {"message_id": 1, "kind": Kind.PHOTO, "file_id": "f"}
SIGNING = (Fact(Settings.Begun), Fact(Settings.SigningSet, allowed=True))


@pytest.mark.proves("S1-32", "P20")
@pytest.mark.parametrize(
    "content",
    [
        Content(text="Write to me: @Anna_Desk"),
        Content(text="ANNA will help you"),
        Content(text="https://t.me/anna_desk"),
        Content(text="call 8 912 345-67-89 or +79123456789"),
        Content(text="look", entities=[LINK]),
        Content(kind=Kind.DOCUMENT, file_id="f", file_name="offer by ivanova.pdf"),
        Content(kind=Kind.CONTACT, details={"phone_number": "79123456789", "first_name": "A"}),
        Content(kind=Kind.POLL, details={"question": "Who?", "options": ["Anna", "Boris"]}),
        Content(
            kind=Kind.ALBUM,
            pieces=[Piece(**PHOTO, text="Ivanova, by hand")],
        ),
        Content(kind=Kind.ALBUM, pieces=[Piece(**PHOTO, text="me", entities=[LINK])]),
        Content(kind=Kind.DOCUMENT, file_id="f", file_name="OfferByIvanova2026.pdf"),
    ],
    ids=[
        *("login", "name", "link", "phone", "hidden link", "file", "contact", "poll", "album"),
        *("hidden link in an album", "inside a file's name"),
    ],
)
def test_names_logins_and_numbers_tell_who_somebody_is(content: Content) -> None:
    assert reveals(content, ANNA_IVANOVA)


@pytest.mark.parametrize(
    "name",
    [
        "Договор Анна.txt",
        "Алё\u200bна.txt",
        "p-smith.txt",
        "петрова.txt",
        "отчёт ＡＮＮＡ＿Ｐ.txt",
        "скан-100500",
        "a.anna_p",
    ],
)
def test_the_name_of_a_file_tells_it_however_it_is_written(name: str) -> None:
    anna = ("Анна", "Алёна Петрова-Smith", "anna_p", "100500")
    assert reveals(Content(kind=Kind.DOCUMENT, file_id="f", file_name=name), anna)


@pytest.mark.parametrize(
    "text", ["Annabel will come", "the ivan tower", "order 5001", "go to line 12", "+7 495 1234567"]
)
def test_words_that_only_look_alike_tell_nothing(text: str) -> None:
    assert not reveals(Content(text=text), ANNA_IVANOVA)


def test_a_russian_name_in_latin_letters_is_the_same_name() -> None:
    assert reveals(Content(text="by Shcherbakova_Yuliya, 2026"), ["Юлия Щербакова"])


def test_a_name_is_the_same_without_the_dots_of_its_letters() -> None:
    assert reveals(Content(text="Королев на связи"), ["Пётр Королёв"])


def test_the_name_of_the_client_tells_nothing_though_the_manager_has_it_too() -> None:
    hello = Content(text="Good day, Anna!")
    assert reveals(hello, ["Anna Ivanova"])
    assert not reveals(hello, ["Anna Ivanova"], spared="Anna Petrova")


@given(st.text(max_size=200), st.text(alphabet="abcdefgh", min_size=3, max_size=12), st.text())
def test_wherever_a_name_stands_as_a_word_it_is_seen(before: str, name: str, after: str) -> None:
    assert reveals(Content(text=f"{before} {name.upper()}, {after}"), [name])


async def test_a_note_may_name_its_author_also_when_it_is_rewritten(story: Story) -> None:
    words = Content(text="Anna will call him")
    story.given(*WITH_TICKET, *CLAIMED, Fact(Ticket.NoteAdded, place=COMMENT))
    story.when(EditMessage, ticket_id=TICKET, message_id=MESSAGE, by=ANNA, content=words)
    await story.then(Fact(Ticket.MessageEdited, version=2, content=words))


@pytest.mark.proves("S1-32", "P20")
async def test_a_comment_that_tells_who_its_author_is_stays_a_note(story: Story) -> None:
    words = Content(text="Anna is at your service")
    story.given(*WITH_TICKET, *CLAIMED)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=words, place=COMMENT)
    await story.then(Fact(Ticket.NoteAdded, content=words, place=COMMENT))
    await story.then_answered(kept="revealing")


async def test_the_name_that_telegram_shows_counts_as_well(story: Story) -> None:
    words = Content(text="yours, Nyusha")
    story.given(*WITH_TICKET)
    story.when(
        PostComment, ticket_id=TICKET, by=ANNA, content=words, signed_as=("Nyusha", "Ivanova")
    )
    await story.then(Fact(Ticket.NoteAdded, content=words))
    await story.then_answered(kept="revealing")


async def test_where_managers_may_sign_it_goes_to_the_client(story: Story) -> None:
    words = Content(text="Anna is at your service")
    story.given(*WITH_TICKET, *CLAIMED, *SIGNING)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=words)
    await story.then(Fact(Ticket.MessageSent, content=words))


async def test_a_client_may_be_called_by_the_name_that_they_share(story: Story) -> None:
    words = Content(text="Good day, Klara!")
    named = Fact(Person.Joined, name="Klara")
    facts = [
        named if fact.kind is Person.Joined and fact.on == ANNA else fact for fact in WITH_TICKET
    ]
    story.given(*facts, *CLAIMED)
    story.when(PostComment, ticket_id=TICKET, by=ANNA, content=words)
    await story.then(Fact(Ticket.MessageSent, content=words))


@pytest.mark.proves("P20")
async def test_an_answer_cannot_be_rewritten_into_one_that_tells(story: Story) -> None:
    story.given(*WITH_TICKET, *CLAIMED, Fact(Ticket.MessageSent, place=COMMENT))
    story.when(
        EditMessage,
        ticket_id=TICKET,
        message_id=MESSAGE,
        by=ANNA,
        content=Content(text="by the way, I am Anna"),
    )
    await story.then_refused(TellsWhoYouAre)
