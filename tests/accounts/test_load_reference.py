"""The real organisations and postcodes, loaded as often as one likes."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Force
from core.models import Outcode


@pytest.mark.django_db
def test_loading_again_changes_nothing_that_a_coordinator_keeps() -> None:
    for _ in range(2):
        out = StringIO()
        call_command("load_reference", stdout=out)
        assert out.getvalue().strip() == "111 forces, 2,943 outward postcodes"
    keys = set(Force.objects.values_list("pk", "slug"))
    Force.objects.filter(slug="south-yorkshire").update(name="South Yorkshire and Hull Police")
    call_command("load_reference", stdout=StringIO())
    assert set(Force.objects.values_list("pk", "slug")) == keys
    assert Force.objects.get(slug="south-yorkshire").name == "South Yorkshire and Hull Police"
    assert (Force.objects.count(), Outcode.objects.count()) == (111, 2943)
