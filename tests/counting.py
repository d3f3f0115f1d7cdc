"""How many questions a page asks the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# A test runs inside a transaction of its own, so the page's transaction becomes savepoints that no visitor pays for.
NOT_ASKED = ("SAVEPOINT", "RELEASE", "select set_config")


def questions(client: Client, page: str) -> int:
    """The queries of one GET, without the savepoints and the scope restored after it."""
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return sum(not query["sql"].startswith(NOT_ASKED) for query in asked.captured_queries)
