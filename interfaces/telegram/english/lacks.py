"""What a desk lacks and what to do about it, in English; each is named by its code."""

from typing import Final

from interfaces.telegram.plurals import Plural

TEXTS: Final[dict[str, str | Plural]] = {
    "lack_client_bot": (
        "There is no bot for clients. Make one with @BotFather and send its token to the settings"
        " bot."
    ),
    "lack_manager_bot": (
        "There is no bot for the staff. Make one with @BotFather and send its token to the settings"
        " bot."
    ),
    "lack_channel": (
        "It is not chosen where tickets stand. Open the staff's bot and send /channel."
    ),
    "lack_client_token_revoked": (
        "The token of the bot for clients no longer works. Get a new one from @BotFather and send"
        " it to the settings bot."
    ),
    "lack_manager_token_revoked": (
        "The token of the bot for the staff no longer works. Get a new one from @BotFather and send"
        " it to the settings bot."
    ),
    "lack_channel_unreachable": (
        "The staff's bot does not see the channel: it was deleted, or the bot was removed. Make the"
        " bot an admin of the channel again, or choose another one: /channel."
    ),
    "lack_channel_post_right": (
        "The staff's bot cannot post to the channel. Channel → Administrators → the bot → Post"
        " Messages."
    ),
    "lack_channel_edit_right": (
        "The staff's bot cannot edit posts, so the state of tickets would be outdated."
        " Channel → Administrators → the bot → Edit Messages."
    ),
    "lack_channel_delete_right": (
        "The staff's bot cannot delete posts. Channel → Administrators → the bot → Delete Messages."
    ),
    "lack_discussion_missing": (
        "The channel has no discussion. Channel → Edit → Discussion: create or choose a group."
    ),
    "lack_discussion_changed": (
        "Another discussion group is linked to the channel. Link the former one again, or choose"
        " the channel anew: /channel."
    ),
    "lack_group_unreachable": (
        "The staff's bot does not see the group of the tickets. Add it there as an admin."
    ),
    "lack_manager_bot_not_group_admin": (
        "The staff's bot is no admin of the group and will not see answers. Group → Administrators"
        " → add the bot."
    ),
    "lack_client_bot_not_in_group": (
        "The bot for clients is not in the group; files cannot be passed on without it. Add it to"
        " the group as an admin with any right."
    ),
    "lack_client_bot_not_group_admin": (
        "The bot for clients is no admin of the group. Group → Administrators → add the bot; any"
        " right will do."
    ),
    "lack_group_delete_right": (
        "The staff's bot cannot delete messages in the group. Group → Administrators → the bot →"
        " Delete Messages."
    ),
    "lack_group_protected": (
        "Copying is forbidden in the group; answers with files cannot be passed on. Group → Group"
        " Type → allow saving content."
    ),
    "lack_group_slow_mode": (
        "The group is in slow mode; answers will be late. Group → Permissions → turn slow mode off."
    ),
    "lack_not_a_forum": (
        "The group has no topics. Group → Edit → Topics: turn them on, or choose the group anew:"
        " /channel."
    ),
    "lack_topics_right": (
        "The staff's bot cannot make topics. Group → Administrators → the bot → Manage Topics."
    ),
    "lack_executor_token_revoked": (
        "The token of the executors' bot no longer works. Take a new one from @BotFather and send"
        " it to the settings bot."
    ),
    "lack_executor_bot_not_in_chat": (
        "The executors' bot is not in the executors' chat, or may not write there. Add it again;"
        " where members may not write, make it an administrator."
    ),
    "lack_executors_chat": (
        "No executors' chat is chosen, so orders cannot be shown. Add the executors' bot to a"
        " group: settings bot, Executors' chat."
    ),
    "lack_telegram_unreachable": (
        "Telegram does not answer now, so nothing could be checked. Wait a little and check again."
    ),
}
