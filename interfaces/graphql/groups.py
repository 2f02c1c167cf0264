"""Groups of callers that may do the same."""

from interfaces.graphql.principals import Who

OPERATOR = frozenset({Who.OPERATOR})
ADMIN = frozenset({Who.ADMIN})
MANAGER = frozenset({Who.MANAGER})
CLIENT = frozenset({Who.CLIENT})
EXECUTOR = frozenset({Who.EXECUTOR})
EXECUTOR_BOT = frozenset({Who.EXECUTOR_BOT})
FOUNDER = frozenset({Who.FOUNDER})
MANAGER_BOT = frozenset({Who.MANAGER_BOT})
SERVICE = MANAGER_BOT | EXECUTOR_BOT | {Who.CLIENT_BOT}
STAFF = ADMIN | MANAGER
BEHIND = STAFF | SERVICE  # everybody who may know how the staff works
COMPANY = BEHIND | CLIENT
