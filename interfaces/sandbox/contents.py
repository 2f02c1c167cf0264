"""What is said without a file: places, contacts, polls and dice, as Telegram fills them in.

Limits: https://core.telegram.org/bots/api, sendLocation to sendDice.
"""

from random import Random
from typing import Final

from interfaces.sandbox.wire import Json, as_int, as_list, as_objects, bad_request, without_nothing

DICE: Final = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
FOR_EVER: Final = 0x7FFFFFFF
QUESTION_LIMIT: Final = 300
OPTION_LIMIT: Final = 100
OPTIONS_LIMIT: Final = 12
VCARD_LIMIT: Final = 2048


def located(fields: Json) -> Json:
    """The `Location` of a request; a live one lasts a minute to a day, or for ever."""
    latitude, longitude = fields.get("latitude"), fields.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        raise bad_request("latitude or longitude is empty")
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    live = as_int(fields.get("live_period")) or None
    if live is not None and not (60 <= live <= 86400 or live == FOR_EVER):
        raise bad_request("wrong live location period specified")
    place = {"latitude": float(latitude), "longitude": float(longitude), "live_period": live}
    for name in ("horizontal_accuracy", "heading", "proximity_alert_radius"):
        place[name] = fields.get(name)
    return without_nothing(place)


def venue(fields: Json) -> Json:
    """The content of a message with a venue."""
    if not fields.get("title") or not fields.get("address"):
        raise bad_request("venue title or address is empty")
    place = located(fields)
    told: Json = {"location": place, "title": fields["title"], "address": fields["address"]}
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if fields.get(name):
            told[name] = fields[name]
    return {"location": place, "venue": told}


def contact(fields: Json) -> Json:
    """The `Contact` of a request."""
    if not fields.get("phone_number") or not fields.get("first_name"):
        raise bad_request("contact's phone number or first name is empty")
    if len(str(fields.get("vcard") or "").encode()) > VCARD_LIMIT:
        raise bad_request("vcard is too long")
    known = ("phone_number", "first_name", "last_name", "vcard", "user_id")
    return {name: fields[name] for name in known if fields.get(name)}


def thrown(random: Random, emoji: str) -> Json:
    """A die or another of Telegram's games of chance, with its value."""
    sides = DICE.get(emoji or "🎲")
    if sides is None:
        raise bad_request("DICE_EMOJI_INVALID")
    return {"emoji": emoji or "🎲", "value": random.randint(1, sides)}


def asked(random: Random, fields: Json) -> Json:
    """The `Poll` of a request; options are texts or `{text}`."""
    question = str(fields.get("question") or "")
    if not 1 <= len(question) <= QUESTION_LIMIT:
        raise bad_request("poll question must be 1 to 300 characters long")
    kind = str(fields.get("type") or "regular")
    poll: Json = {
        "id": str(random.getrandbits(60)),
        "question": question,
        "options": [
            {"persistent_id": str(place), "text": text, "voter_count": 0}
            for place, text in enumerate(_options(fields.get("options")))
        ],
        "total_voter_count": 0,
        "is_closed": fields.get("is_closed") is True,
        "is_anonymous": fields.get("is_anonymous") is not False,
        "type": kind,
        "allows_multiple_answers": fields.get("allows_multiple_answers") is True,
        "allows_revoting": True,
        "members_only": False,
    }
    if kind == "quiz":
        right = [as_int(each) for each in as_list(fields.get("correct_option_ids"))]
        right = right or [as_int(fields.get("correct_option_id"))]
        if not all(each is not None and 0 <= each < len(poll["options"]) for each in right):
            raise bad_request("wrong correct option ID specified")
        poll["correct_option_ids"] = right
    return poll


def _options(given: object) -> list[str]:
    texts = [str(each.get("text", "")) for each in as_objects(given)]
    texts = texts or [str(each) for each in as_list(given)]
    if not 1 <= len(texts) <= OPTIONS_LIMIT:
        raise bad_request("poll must have 1 to 12 options")
    if any(not 1 <= len(each) <= OPTION_LIMIT for each in texts):
        raise bad_request("poll options must be 1 to 100 characters long")
    return texts


def composed(random: Random, given: Json) -> Json:
    """What a person puts into a message, completed: `dice` and `poll` may be sparse."""
    content = dict(given)
    if isinstance(content.get("dice"), dict):
        dice: Json = content["dice"]
        content["dice"] = dice if dice.get("value") else thrown(random, str(dice.get("emoji", "")))
    if isinstance(content.get("poll"), dict) and "id" not in content["poll"]:
        content["poll"] = asked(random, content["poll"])
    if isinstance(content.get("venue"), dict):
        place: Json = content["venue"]
        content |= venue({**place.get("location", {}), **place})
    elif isinstance(content.get("location"), dict):
        content["location"] = located(content["location"])
    return content
