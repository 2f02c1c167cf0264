"""The classifier: one test for each row of its table, and for what stands before the table."""

import pytest

from infrastructure.replies import TABLE, Fate, Verdict, classify
from infrastructure.telegram import Reply


def reply(status: int, description: str, **parameters: int) -> Reply:
    body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Reply(status, body)


ROWS = [
    (401, "Unauthorized", Fate.TOKEN_DEAD),
    (403, "Forbidden: MESSAGE_AUTHOR_REQUIRED", Fate.SKIPPED),
    (403, "Forbidden: bot was blocked by the user", Fate.UNREACHABLE),
    (400, "Bad Request: user is deactivated", Fate.UNREACHABLE),
    (400, "Bad Request: message is not modified: specified new …", Fate.SENT),
    (400, "Bad Request: query is too old and response timeout expired", Fate.SENT),
    (400, "Bad Request: query ID is invalid", Fate.SENT),
    (400, "Bad Request: chat not found", Fate.SHUT_OUT),
    (400, "Bad Request: not enough rights to send text messages to the chat", Fate.SHUT_OUT),
    (400, "Bad Request: have no rights to send a message", Fate.SHUT_OUT),
    (400, "Bad Request: need administrator rights in the channel chat", Fate.SHUT_OUT),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Fate.SHUT_OUT),
    (400, "Bad Request: message to edit not found", Fate.SKIPPED),
    (400, "Bad Request: message to delete not found", Fate.SKIPPED),
    (400, "Bad Request: message can't be edited", Fate.SKIPPED),
    (400, "Bad Request: message can't be deleted for everyone", Fate.SKIPPED),
    (400, "Bad Request: message to be replied not found", Fate.DETACHED),
    (400, "Bad Request: replied message not found", Fate.DETACHED),
    (400, "Bad Request: message thread not found", Fate.DETACHED),
    (400, "Bad Request: can't parse entities: unexpected end tag", Fate.UNFORMATTED),
    (400, "Bad Request: message text is empty", Fate.REFUSED),
    (413, "Request Entity Too Large", Fate.REFUSED),
    (500, "Internal Server Error", Fate.NOT_EXECUTED),
]


@pytest.mark.parametrize(("status", "description", "fate"), ROWS)
def test_each_row(status: int, description: str, fate: Fate) -> None:
    assert classify(reply(status, description)) == Verdict(fate, description)


def test_every_row_of_the_table_is_tested() -> None:
    reached = set()
    for status, description, _ in ROWS:
        matching = (
            n
            for n, row in enumerate(TABLE)
            if row.status in {None, status} and row.words in description.lower()
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


@pytest.mark.parametrize("result", [None, True, {"message_id": 3}, {"new": "shape"}])
def test_ok_is_sent_whatever_the_result_looks_like(result: object) -> None:
    sent = Reply(200, {"ok": True, "result": result})
    assert classify(sent).fate is Fate.SENT
    assert sent.message_id == (3 if result == {"message_id": 3} else None)
