"""What a firm of the tests sells, how, and who takes its orders."""

from uuid import NAMESPACE_OID, uuid5

from application.executors import Account
from application.pipelines import Field, FieldKind, Offering, StageKind
from domain.staff import Person
from domain.workspaces import Workspace
from tests.facts import JOINED, RUNNING, Fact

OLGA, SALES, NEW, SEARCH, WORK, WON, LOST, DEAL, OTHER_DEAL = (
    uuid5(NAMESPACE_OID, name)
    for name in ("Olga", "sales", "new", "search", "work", "won", "lost", "deal", "other deal")
)
CHAT, OTHER_CHAT = -300, -301
STAGES = {
    NEW: ("New", StageKind.OPEN),
    SEARCH: ("Search", StageKind.OPEN),
    WORK: ("Work", StageKind.OPEN),
    WON: ("Won", StageKind.WON),
    LOST: ("Lost", StageKind.LOST),
}
ADDRESS = Field("address", "Address")
FLAT = Field("flat", "Flat")
SKILL = Field("skill", "Skill")
BUDGET = Field("budget", "Budget", FieldKind.MONEY)
FIELDS = ADDRESS, FLAT, SKILL, BUDGET
OPEN = Offering(claimed_stage_id=WORK, reveals=0)
"""The rules by which nothing is limited."""
FOUNDED = (
    *RUNNING,
    Fact(Workspace.BotConnected, bot_id=30, role="executor", username="acme_orders_bot"),
    Fact(Workspace.ExecutorsChatLinked, chat_id=CHAT, title="Orders"),
    Fact(Workspace.ExecutorsChatLinked, chat_id=OTHER_CHAT, title="More orders"),
    *JOINED,
    Fact(Person.Joined, on=OLGA, name="Olga", roles=["owner", "admin"], telegram_id=502),
)
CREW = IVAN, PETR, SEMYON, OLEG = tuple(
    Account(telegram_id=n, name=name, username=name.lower())
    for n, name in enumerate(("Ivan", "Petr", "Semyon", "Oleg"), 900)
)
