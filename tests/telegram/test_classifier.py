"""The classifier: one test for each row of its table, and for what stands before the table."""

from typing import NamedTuple

import pytest

from infrastructure.replies import FILE_GONE, FILE_TOO_BIG, TABLE, Fate, Verdict, classify
from infrastructure.telegram import Reply


def reply(status: int, description: str, **parameters: int) -> Reply:
    body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Reply(status, body)


class Case(NamedTuple):
    """A refusal and what it means."""

    status: int
    description: str
    fate: Fate
    otherwise: bool = False
    reason: str | None = None


CURABLE = True
ROWS = [
    Case(401, "Unauthorized", Fate.TOKEN_DEAD),
    Case(403, "Forbidden: MESSAGE_AUTHOR_REQUIRED", Fate.SKIPPED),
    Case(403, "Forbidden: bot is not a member of the supergroup chat", Fate.UNREACHABLE, CURABLE),
    Case(403, "Forbidden: bot was kicked from the supergroup chat", Fate.UNREACHABLE, CURABLE),
    Case(403, "Forbidden: bot was blocked by the user", Fate.UNREACHABLE),
    Case(400, "Bad Request: user is deactivated", Fate.UNREACHABLE),
    Case(400, "Bad Request: message is not modified: specified new …", Fate.SENT),
    Case(400, "Bad Request: query is too old and response timeout expired", Fate.SENT),
    Case(400, "Bad Request: query ID is invalid", Fate.SENT),
    Case(400, "Bad Request: chat not found", Fate.SHUT_OUT, CURABLE),
    Case(
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        Fate.SHUT_OUT,
        CURABLE,
    ),
    Case(400, "Bad Request: have no rights to send a message", Fate.SHUT_OUT, CURABLE),
    Case(400, "Bad Request: need administrator rights in the channel chat", Fate.SHUT_OUT, CURABLE),
    Case(400, "Bad Request: CHAT_WRITE_FORBIDDEN", Fate.SHUT_OUT, CURABLE),
    Case(400, "Bad Request: message to copy not found", Fate.REFUSED, CURABLE),
    Case(400, "Bad Request: there are no messages to copy", Fate.REFUSED, CURABLE),
    Case(400, "Bad Request: message can't be copied", Fate.REFUSED, CURABLE),
    Case(400, "Bad Request: message has protected content", Fate.REFUSED, CURABLE),
    Case(400, "Bad Request: CHAT_FORWARDS_RESTRICTED", Fate.REFUSED, CURABLE),
    Case(
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
        Fate.REFUSED,
        CURABLE,
        FILE_GONE,
    ),
    Case(
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
        Fate.REFUSED,
        CURABLE,
        FILE_GONE,
    ),
    Case(400, "Bad Request: file is too big", Fate.REFUSED, reason=FILE_TOO_BIG),
    Case(400, "Bad Request: message to edit not found", Fate.SKIPPED),
    Case(400, "Bad Request: message to delete not found", Fate.SKIPPED),
    Case(400, "Bad Request: message can't be edited", Fate.SKIPPED),
    Case(400, "Bad Request: message can't be deleted for everyone", Fate.SKIPPED),
    Case(400, "Bad Request: message to be replied not found", Fate.DETACHED, CURABLE),
    Case(400, "Bad Request: replied message not found", Fate.DETACHED, CURABLE),
    Case(400, "Bad Request: QUOTE_TEXT_INVALID", Fate.DETACHED, CURABLE),
    Case(400, "Bad Request: message thread not found", Fate.TOPICLESS),
    Case(400, "Bad Request: TOPIC_DELETED", Fate.TOPICLESS),
    Case(400, "Bad Request: can't parse entities: unexpected end tag", Fate.UNFORMATTED),
    Case(400, "Bad Request: message text is empty", Fate.REFUSED),
    Case(413, "Request Entity Too Large", Fate.REFUSED, reason=FILE_TOO_BIG),
    Case(500, "Internal Server Error", Fate.NOT_EXECUTED),
]


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case.description)
def test_each_row(case: Case) -> None:
    meant = Verdict(case.fate, case.reason or case.description, otherwise=case.otherwise)
    assert classify(reply(case.status, case.description)) == meant


def test_every_row_of_the_table_is_tested() -> None:
    reached = set[int]()
    for case in ROWS:
        matching = (
            n
            for n, row in enumerate(TABLE)
            if row.status in {None, case.status} and row.words in case.description.lower()
        )
        reached.add(next(matching))
    assert reached == set(range(len(TABLE)))


def test_a_proxys_401_buries_no_token() -> None:
    assert classify(reply(401, "Authentication Required")).fate is Fate.NOT_EXECUTED
    for body in (None, {"message": "Not Found"}, {"ok": False, "description": "no such route"}):
        assert not Reply(404, body).knows_no_such_bot
    assert reply(404, "Not Found").knows_no_such_bot
    assert reply(401, "Unauthorized").knows_no_such_bot


@pytest.mark.parametrize("status", [403, 409, 502, 504])
def test_all_of_403_ends_and_other_troubles_of_telegram_pass(status: int) -> None:
    expected = Fate.UNREACHABLE if status == 403 else Fate.NOT_EXECUTED
    assert classify(reply(status, "whatever")).fate is expected


def test_a_throttle_names_its_seconds() -> None:
    told = classify(reply(429, "Too Many Requests: retry after 7", retry_after=7))
    assert (told.fate, told.retry_after) == (Fate.THROTTLED, 7)


def test_a_throttle_without_parameters_is_one_all_the_same() -> None:
    told = classify(reply(429, "Too Many Requests"))
    assert (told.fate, told.retry_after) == (Fate.THROTTLED, None)


def test_a_group_that_moved_names_its_new_id() -> None:
    moved = reply(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1005)
    assert (classify(moved).fate, classify(moved).chat_id) == (Fate.MIGRATED, -1005)


def test_html_of_a_broken_gateway_is_not_executed() -> None:
    assert classify(Reply(502, None)).fate is Fate.NOT_EXECUTED


def test_an_error_without_a_description_is_not_executed() -> None:
    assert classify(Reply(500, {"ok": False})).fate is Fate.NOT_EXECUTED


@pytest.mark.parametrize(
    ("result", "ids"),
    [
        (None, ()),
        (True, ()),
        ({"new": "shape"}, ()),
        ({"message_id": 3}, (3,)),
        ({"message_id": 3, "message_thread_id": 2}, (3,)),
        ({"message_thread_id": 9, "name": "№7"}, (9,)),
        ([{"message_id": 3}, {"message_id": 4}, {"new": "shape"}], (3, 4)),
    ],
)
def test_ok_is_sent_whatever_the_result_looks_like(result: object, ids: tuple[int, ...]) -> None:
    sent = Reply(200, {"ok": True, "result": result})
    assert classify(sent).fate is Fate.SENT
    assert sent.message_ids == ids
