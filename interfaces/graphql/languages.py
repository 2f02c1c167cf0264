"""Languages: in which one people are spoken to."""

import strawberry

from application.clients import ChooseClientLanguage
from application.desk import Command
from application.executors import ChooseExecutorLanguage
from application.staff import ChooseStaffLanguage
from application.workspaces import ChangeLanguage
from interfaces.graphql.context import Context, Info
from interfaces.graphql.payloads import CommandInput, CommandPayload, payload
from interfaces.graphql.refusals import BadRequest, BadText

SPOKEN = ("ru", "en")


@strawberry.input
class ChooseLanguageInput(CommandInput):
    """Speak to the caller in this language: ru or en."""

    language: str


@strawberry.input
class ChangeLanguageInput(CommandInput):
    """Write to the staff's chats in this language: ru or en."""

    language: str


@strawberry.type
class LanguageMutations:
    """What is spoken."""

    @strawberry.mutation
    async def choose_language(self, info: Info, input: ChooseLanguageInput) -> CommandPayload:
        """Speak to the client, executor or member of the staff in this language."""
        context, language = info.context, spoken(input.language)
        command = _choice(context, input.command_id, language)
        return payload(await context.execute(command))

    @strawberry.mutation
    async def change_language(self, info: Info, input: ChangeLanguageInput) -> CommandPayload:
        """Write to the staff's chats in this language."""
        context = info.context
        command = ChangeLanguage(**context.order(input.command_id), language=spoken(input.language))
        return payload(await context.execute(command))


def _choice(context: Context, command_id: str, language: str) -> Command:
    order = context.order(command_id)
    if context.client_id is not None:
        return ChooseClientLanguage(**order, client_id=context.client_id, language=language)
    if context.executor_id is not None:
        executor_id = context.executor_id
        return ChooseExecutorLanguage(**order, executor_id=executor_id, language=language)
    if context.by is None:
        raise BadRequest("A key is not spoken to; a person chooses a language.")
    return ChooseStaffLanguage(**order, person_id=context.by, language=language)


def spoken(language: str) -> str:
    """One of the languages that are spoken; raises BadText."""
    if language not in SPOKEN:
        raise BadText(f"a language is one of {', '.join(SPOKEN)}")
    return language
