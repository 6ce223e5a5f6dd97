"""Values among those of a query that is read once."""

import pytest
from django.db.models import Q

from serasi.access.models import Unit
from serasi.access.tests.factories import make_unit
from serasi.common.lookups import one_column_of


@pytest.mark.django_db
def test_a_value_among_those_of_a_query_is_found_within_or() -> None:
    province = make_unit(code="PROV")
    panti, annex, other = (make_unit(province, code=code) for code in ("PANTI", "CABANG", "LAIN"))
    named = one_column_of(Unit.objects.filter(code="PANTI"))
    parents = one_column_of(Unit.objects.filter(code="PROV"))
    assert set(Unit.objects.filter(Q(pk__among=named) | Q(code="CABANG"))) == {panti, annex}
    assert set(Unit.objects.filter(parent__id__among=parents)) == {panti, annex, other}


@pytest.mark.django_db
def test_nothing_is_among_nothing() -> None:
    make_unit(code="PROV")
    assert not Unit.objects.filter(pk__among=one_column_of(Unit.objects.none())).exists()
