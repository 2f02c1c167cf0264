"""Accounts: executors as Telegram describes them."""

from application.executors import Account
from interfaces.graphql.bounds import line, said
from interfaces.graphql.clients import LANGUAGE, NAME, USERNAME, ProfileInput
from interfaces.graphql.context import Context
from interfaces.graphql.refusals import NotAllowed


def account_of(context: Context, input: ProfileInput) -> Account:
    """The account for which the bot acts; raises NotAllowed if it acts for nobody."""
    telegram_id = context.principal.telegram_id
    if telegram_id is None:
        raise NotAllowed
    return Account(
        telegram_id=telegram_id,
        name=said(input.name, "name", NAME),
        username=None if input.username is None else line(input.username, "username", USERNAME),
        language=line(input.language, "language", LANGUAGE, least=1),
    )
