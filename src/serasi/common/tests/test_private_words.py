"""What is typed into a search box stands in no address."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from serasi.common.forms import FilterForm, TextField
from serasi.common.private_words import PrivateWordsMiddleware


class Narrow(FilterForm):
    q = TextField(label="Nama")
    risk = TextField(label="Risiko")


@pytest.fixture
def session() -> dict[str, Any]:
    return {}


def passed(request: HttpRequest, session: dict[str, Any]) -> HttpResponse | None:
    request.session = session  # type: ignore[assignment]
    return PrivateWordsMiddleware(lambda _request: HttpResponse()).process_view(request, None, (), {})


def searched(session: dict[str, Any], **fields: str) -> str:
    response = passed(RequestFactory().post("/orang/", {"_cari": "1", **fields}), session)
    assert response is not None
    return response.headers["Location"]


def test_posted_words_are_kept_and_replaced_by_a_key(session: dict[str, Any]) -> None:
    address = searched(session, q="Siti Aminah", risk="high")

    query = QueryDict(address.partition("?")[2])
    assert (sorted(query), query["risk"]) == (["cari", "risk"], "high")
    assert session["private_words"] == {query["cari"]: {"q": "Siti Aminah"}}


def test_the_view_reads_the_words_as_if_they_had_been_in_the_query(session: dict[str, Any]) -> None:
    request = RequestFactory().get(searched(session, q="Siti Aminah"))

    passed(request, session)

    assert request.GET["q"] == "Siti Aminah"


def test_a_browser_with_script_is_answered_at_once_and_told_the_address(session: dict[str, Any]) -> None:
    request = RequestFactory().post("/orang/", {"_cari": "1", "q": "Siti Aminah"}, headers={"HX-Request": "true"})
    assert passed(request, session) is None
    assert (request.method, request.GET["q"]) == ("GET", "Siti Aminah")

    told = PrivateWordsMiddleware(lambda _request: HttpResponse())(request).headers["HX-Push-Url"]
    assert told == f"/orang/?cari={next(iter(session['private_words']))}"


def test_links_made_from_the_query_leave_the_words_out(session: dict[str, Any]) -> None:
    request = RequestFactory().get(searched(session, q="Siti Aminah", risk="high"))
    passed(request, session)
    form = Narrow(request.GET)

    links = {active.name: sorted(QueryDict(active.remove_url[1:])) for active in form.active}

    assert links == {"q": ["risk"], "risk": ["cari"]}


def test_a_key_of_another_session_finds_nothing(session: dict[str, Any]) -> None:
    request = RequestFactory().get(searched(session, q="Siti Aminah"))

    passed(request, {})

    assert "q" not in request.GET


def test_an_ordinary_form_is_left_alone(session: dict[str, Any]) -> None:
    assert passed(RequestFactory().post("/orang/daftar/", {"q": "x"}), session) is None
