"""The panels of the first page of a file, whichever app they come from."""

from bs4 import BeautifulSoup
from django.urls import reverse

from serasi.access.enums import Subject
from serasi.access.models import Look
from serasi.access.tests.pages import browser, read, words
from serasi.cases import registry
from serasi.cases.tests.factories import World, as_user, make_case, make_person


def test_each_is_a_part_of_that_page_and_a_page_of_its_own_and_whoever_opens_it_leaves_a_look(world: World) -> None:
    case = make_case(world, person=make_person(world, "Karto Wiryo"))
    client, stranger = browser(world.owner), browser(world.outsider)
    panels = [panel for panel in registry.panels() if world.owner.scope.has(panel.permission)]
    assert len(panels) >= 6

    found = {}
    for panel in panels:
        address = reverse(panel.url_name, args=[case.pk])
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()
        page = read(client, address)
        assert stranger.get(address).status_code == 404
        found[panel.url_name] = ("<main" in part, "Karto Wiryo" in words(page), len(page.select("main h1")))
    with as_user(world.head):
        looks = Look.objects.filter(subject=Subject.CASE, subject_id=case.pk, user_id=world.owner.pk).count()

    assert found == {panel.url_name: (False, True, 1) for panel in panels}
    assert looks == 2 * len(panels)
    assert BeautifulSoup(part, "html.parser").get_text(strip=True)
