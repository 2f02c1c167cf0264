"""The schema: everything that can be asked, ordered and listened to."""

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.execution import ExecutionContext
from typing_extensions import override

from interfaces.graphql.admission import Admission
from interfaces.graphql.attempts import AttemptMutations, AttemptQueries
from interfaces.graphql.batches import BatchMutations, BatchQueries
from interfaces.graphql.blocks import BlockMutations
from interfaces.graphql.boards import BoardQueries
from interfaces.graphql.canned_replies import CannedReplyMutations, CannedReplyQueries
from interfaces.graphql.claims import ClaimMutations, ClaimQueries
from interfaces.graphql.clients import ClientMutations, ClientQueries
from interfaces.graphql.contacts import ContactMutations, ContactQueries
from interfaces.graphql.contention import ContentionQueries
from interfaces.graphql.conversations import ConversationMutations
from interfaces.graphql.cycles import CycleMutations
from interfaces.graphql.deal_changes import DealMutations
from interfaces.graphql.deal_contacts import DealContactMutations
from interfaces.graphql.deal_lists import DealListQueries
from interfaces.graphql.deals import DealQueries
from interfaces.graphql.deliveries import DeliveryMutations
from interfaces.graphql.descriptions import describe
from interfaces.graphql.disclosures import DisclosureMutations, DisclosureQueries
from interfaces.graphql.documents import Library, TrustedDocuments
from interfaces.graphql.events import EventQueries, EventSubscriptions
from interfaces.graphql.executor import FastExecutor
from interfaces.graphql.executors import ExecutorMutations, ExecutorQueries
from interfaces.graphql.fields import FieldMutations
from interfaces.graphql.founding import FoundingMutations
from interfaces.graphql.imports import ImportMutations, ImportQueries
from interfaces.graphql.invitations import InvitationMutations, InvitationQueries
from interfaces.graphql.languages import LanguageMutations
from interfaces.graphql.links import LinkMutations
from interfaces.graphql.me import MeQueries
from interfaces.graphql.messages import MessageQueries
from interfaces.graphql.moves import MoveMutations
from interfaces.graphql.offerings import OfferingMutations
from interfaces.graphql.offers import OfferMutations, OfferQueries
from interfaces.graphql.orders import OrderMutations, OrderQueries
from interfaces.graphql.pipelines import PipelineMutations, PipelineQueries
from interfaces.graphql.postings import PostingMutations
from interfaces.graphql.presences import PresenceMutations
from interfaces.graphql.queue import QueueQueries, QueueSubscriptions
from interfaces.graphql.readiness import ReadinessMutations
from interfaces.graphql.revisions import RevisionMutations
from interfaces.graphql.rules import RuleMutations
from interfaces.graphql.scalars import SCALARS
from interfaces.graphql.slots import SlotMutations, SlotQueries
from interfaces.graphql.staff import StaffMutations, StaffQueries
from interfaces.graphql.stages import StageMutations
from interfaces.graphql.surfaces import SurfaceMutations
from interfaces.graphql.tickets import TicketQueries
from interfaces.graphql.transfers import TransferMutations
from interfaces.graphql.triage import TriageMutations
from interfaces.graphql.workspaces import WorkspaceMutations, WorkspaceQueries


@strawberry.type
class Query(
    MeQueries,
    WorkspaceQueries,
    QueueQueries,
    TicketQueries,
    MessageQueries,
    ClaimQueries,
    StaffQueries,
    ClientQueries,
    CannedReplyQueries,
    InvitationQueries,
    OfferQueries,
    AttemptQueries,
    DisclosureQueries,
    ContentionQueries,
    ExecutorQueries,
    OrderQueries,
    PipelineQueries,
    DealQueries,
    DealListQueries,
    BoardQueries,
    ContactQueries,
    SlotQueries,
    BatchQueries,
    ImportQueries,
    EventQueries,
):
    """Questions; `minPosition` waits until the answer holds everything up to that event."""


@strawberry.type
class Mutation(
    FoundingMutations,
    WorkspaceMutations,
    SurfaceMutations,
    ReadinessMutations,
    RuleMutations,
    StaffMutations,
    InvitationMutations,
    PresenceMutations,
    LanguageMutations,
    ClientMutations,
    BlockMutations,
    ConversationMutations,
    PostingMutations,
    RevisionMutations,
    CannedReplyMutations,
    ClaimMutations,
    TransferMutations,
    TriageMutations,
    CycleMutations,
    OfferMutations,
    AttemptMutations,
    DisclosureMutations,
    ExecutorMutations,
    OrderMutations,
    DeliveryMutations,
    PipelineMutations,
    StageMutations,
    FieldMutations,
    LinkMutations,
    OfferingMutations,
    SlotMutations,
    BatchMutations,
    DealMutations,
    MoveMutations,
    DealContactMutations,
    ContactMutations,
    ImportMutations,
):
    """Orders; `position` of the answer is the `minPosition` that shows what was done."""


@strawberry.type
class Subscription(EventSubscriptions, QueueSubscriptions):
    """What happens, as it happens."""


class Schema(strawberry.Schema):
    """Errors are logged where they are masked, and nowhere else."""

    @override
    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        pass


def made(documents: TrustedDocuments | None = None, *, open_schema: bool = False) -> Schema:
    """The schema; bots may run only `documents`, introspection is answered if `open_schema`."""
    library, trusted = Library(), documents or TrustedDocuments()
    schema = Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        extensions=[lambda: Admission(library, trusted, open_schema=open_schema)],
        execution_context_class=FastExecutor,
        config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
    )
    describe(schema)
    return schema


def printed() -> str:
    """The schema in GraphQL's own language, as it is committed."""
    return made().as_str() + "\n"
