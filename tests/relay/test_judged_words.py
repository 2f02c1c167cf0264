"""What is said is what was judged, and what a stranger says does nothing before the staff."""

from dataclasses import replace

from application.letters import RatingNotice, Spot
from domain.messages import Content, Kind
from tests.relay.test_wording import call, pieces, reply


def test_an_album_with_words_is_made_anew_with_the_words_that_were_judged() -> None:
    [first, second] = pieces(Kind.PHOTO, Kind.PHOTO).pieces
    spoken = Content(kind=Kind.ALBUM, pieces=[first, replace(second, text="The back")])
    answered = reply(spoken)
    assert answered.method == "sendMediaGroup"
    assert [item.get("caption") for item in answered.params["media"]][1] == "The back"


def test_what_a_client_says_about_a_rating_calls_nobody() -> None:
    told = call(RatingNotice(1, "ask @boss or /close", Spot(4)))
    assert "@boss" not in told.params["text"]
    assert " /close" not in told.params["text"]
    assert told.params["link_preview_options"] == {"is_disabled": True}
