"""What other folders have: the API, a company in the sandbox, read models with their world."""

from tests.graphql.conftest import acme, globex, service
from tests.projections.conftest import prepared, questions
from tests.telegram.conftest import quiet_desk

__all__ = ["acme", "globex", "prepared", "questions", "quiet_desk", "service"]
