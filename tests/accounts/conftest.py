"""Sign-in counts tries in the cache: every test starts with none."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    cache.clear()
