"""Who may ask and do what about offers, orders and executors."""

from collections.abc import Mapping

from interfaces.graphql.groups import EXECUTOR, EXECUTOR_BOT, STAFF
from interfaces.graphql.principals import Who

ORDERS: Mapping[str, frozenset[Who]] = {
    "Query.offers": STAFF,
    "Query.offer": STAFF,
    "Query.offerClaims": STAFF,  # without an offer: leaders
    "Query.disclosures": STAFF,  # without an offer: leaders
    "Query.contention": STAFF,  # leaders
    "Query.executors": STAFF,
    "Query.executor": STAFF,
    "Query.myOrders": EXECUTOR,
    "Mutation.startExecutor": EXECUTOR,
    "Mutation.claimOffer": EXECUTOR,
    "Mutation.requestContact": EXECUTOR,
    "Mutation.giveBackOrder": EXECUTOR,
    "Mutation.sharePhone": EXECUTOR,
    "Mutation.revokeOrder": STAFF,
    "Mutation.setSkills": STAFF,  # of the managers: leaders
    "Mutation.setAdmission": STAFF,
    "Mutation.linkExecutor": STAFF,
    "Mutation.showOffer": EXECUTOR_BOT,
    "Mutation.markExecutorUnreachable": EXECUTOR_BOT,
    "Offer": STAFF,
    "OfferClaim": STAFF,
    "Disclosure": STAFF,
    "Contention": STAFF,
    "Contender": STAFF,
    "Executor": STAFF,
    "Executor.name": STAFF | EXECUTOR,
    "Executor.phone": STAFF | EXECUTOR,
    "Executor.language": STAFF | EXECUTOR,
    "Executor.skills": STAFF | EXECUTOR,
    "Order": EXECUTOR,
    "OrderParty": EXECUTOR,
    "FieldValue": STAFF | EXECUTOR,
    "OfferConnection": STAFF,
    "OfferEdge": STAFF,
    "OfferClaimConnection": STAFF,
    "OfferClaimEdge": STAFF,
    "DisclosureConnection": STAFF,
    "DisclosureEdge": STAFF,
    "ExecutorConnection": STAFF,
    "ExecutorEdge": STAFF,
    "StartExecutorPayload": EXECUTOR,
    "ClaimOfferPayload": EXECUTOR,
    "RequestContactPayload": EXECUTOR,
    "OrderPayload": STAFF | EXECUTOR,
}
