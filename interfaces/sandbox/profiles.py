"""What a bot tells about itself: commands, names, descriptions, menu button, files."""

from typing import Final

from interfaces.sandbox.bots import scope_key
from interfaces.sandbox.call import Call, Handler, Handlers
from interfaces.sandbox.files import DOWNLOAD_LIMIT
from interfaces.sandbox.wire import bad_request

COMMANDS_LIMIT: Final = 100
COMMAND_LENGTH: Final = 32
DESCRIPTION_LENGTH: Final = 256


def get_me(call: Call) -> object:
    return call.bot.as_json()


def get_file(call: Call) -> object:
    stored = call.world.files.by_file_id(call.bot.id, call.text("file_id"))
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": call.text("file_id"),
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def set_my_commands(call: Call) -> object:
    commands = call.objects("commands")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in commands:
        name = str(each.get("command", "")).removeprefix("/")
        plain = name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()
        if not plain or len(name) > COMMAND_LENGTH:
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(each.get("description") or "")) <= DESCRIPTION_LENGTH:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.profile.commands[_where(call)] = commands
    call.world.feed.tell("world", dict)
    return True


def get_my_commands(call: Call) -> object:
    return call.bot.profile.commands.get(_where(call), [])


def delete_my_commands(call: Call) -> object:
    call.bot.profile.commands.pop(_where(call), None)
    call.world.feed.tell("world", dict)
    return True


def _where(call: Call) -> str:
    return scope_key(call.object("scope") or {"type": "default"}, _language(call))


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.islower()):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return code


def _sets(field: str, shelf: str, limit: int) -> Handler:
    def set_it(call: Call) -> object:
        text = call.text(field)
        if len(text) > limit:
            raise bad_request(f"{field} is too long")
        kept: dict[str, str] = getattr(call.bot.profile, shelf)
        kept[_language(call)] = text
        call.world.feed.tell("world", dict)
        return True

    return set_it


def _gets(field: str, shelf: str) -> Handler:
    def get_it(call: Call) -> object:
        kept: dict[str, str] = getattr(call.bot.profile, shelf)
        default = call.bot.user.first_name if field == "name" else ""
        return {field: call.bot.profile.told(kept, _language(call)) or default}

    return get_it


def set_chat_menu_button(call: Call) -> object:
    button = call.object("menu_button") or {"type": "default"}
    call.bot.profile.menu_buttons[call.number("chat_id") or 0] = button
    return True


def get_chat_menu_button(call: Call) -> object:
    return call.bot.profile.menu_button(call.number("chat_id") or 0)


PROFILES: Handlers = {
    "getme": get_me,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "deletemycommands": delete_my_commands,
    "setmyname": _sets("name", "names", 64),
    "getmyname": _gets("name", "names"),
    "setmydescription": _sets("description", "descriptions", 512),
    "getmydescription": _gets("description", "descriptions"),
    "setmyshortdescription": _sets("short_description", "short_descriptions", 120),
    "getmyshortdescription": _gets("short_description", "short_descriptions"),
    "setchatmenubutton": set_chat_menu_button,
    "getchatmenubutton": get_chat_menu_button,
}
