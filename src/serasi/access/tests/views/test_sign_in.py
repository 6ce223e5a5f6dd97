"""Coming in, being refused, being asked again, and leaving."""

import re
import time
from base64 import b32decode
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from serasi.access.enums import Role, SignInKind
from serasi.access.models import SignIn, User
from serasi.access.operations.users import NotYourself, choose_password, deactivate_user, take_off_second_factor
from serasi.access.queries import trail_of
from serasi.access.sign_in import LOCKED, SEEN_AT
from serasi.access.tests.conftest import World
from serasi.access.tests.factories import make_staff

PASSWORD = "kata-sandi-untuk-tes"
SIGN_IN = "/masuk/"


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def with_password(user: User) -> User:
    return choose_password(user=user, password=PASSWORD, by=User.objects.system(), at=timezone.now())


def try_to_sign_in(client: Client, user: User, password: str = PASSWORD, **other: str) -> Any:
    return client.post(SIGN_IN, {"login": user.email, "password": password} | other)


def give_app(user: User) -> str:
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def give_second_factor(user: User) -> User:
    give_app(user)
    return user


def code_of(secret: str) -> str:
    counter = int(time.time()) // 30
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_someone_with_a_password_comes_in_and_the_account_remembers_it(client: Client, world: World) -> None:
    response = try_to_sign_in(client, with_password(world.owner))
    assert (response.status_code, response["Location"]) == (302, "/")
    assert [(s.kind, s.method) for s in SignIn.objects.filter(user=world.owner)] == [("in", "password")]


def test_the_address_may_be_typed_in_capitals(client: Client, world: World) -> None:
    with_password(world.owner)
    response = client.post(SIGN_IN, {"login": world.owner.email.upper(), "password": PASSWORD})
    assert response.status_code == 302


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, world: World) -> None:
    with_password(world.owner)
    wrong = try_to_sign_in(client, world.owner, "bukan-ini-sandinya")
    unknown = client.post(SIGN_IN, {"login": "tidak@ada.test", "password": "bukan-ini-sandinya"})
    sentence = "Surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi."
    assert [(r.status_code, sentence in r.content.decode()) for r in (wrong, unknown)] == [(422, True), (422, True)]
    assert [s.kind for s in SignIn.objects.filter(user=world.owner)] == [SignInKind.REFUSED]


def test_too_many_failures_lock_the_account_and_say_for_how_long(client: Client, world: World) -> None:
    with_password(world.owner)
    statuses = [try_to_sign_in(client, world.owner, "salah-sekali").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    right = try_to_sign_in(client, world.owner)
    assert right.status_code == 429
    assert "coba lagi dalam 15 menit" in right.content.decode()
    assert not client.session.get("_auth_user_id")


def test_an_account_that_is_switched_off_stays_outside(client: Client, world: World) -> None:
    with_password(world.owner)
    deactivate_user(user=world.owner, by=world.head, at=timezone.now())
    response = try_to_sign_in(client, world.owner)
    assert not client.session.get("_auth_user_id")
    assert response.status_code in {302, 422}


def test_an_open_session_dies_when_its_account_is_switched_off(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    assert client.get("/akun/").status_code == 200
    deactivate_user(user=world.owner, by=world.head, at=timezone.now())
    assert client.get("/akun/").status_code == 302


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/masuk/signup/").status_code == 404


def test_pages_are_closed_by_default(client: Client, db: None) -> None:
    response = client.get("/akun/?x=1")
    assert (response.status_code, response["Location"]) == (302, "/masuk/?next=/akun/%3Fx%3D1")


def test_signed_in_pages_are_kept_by_no_cache(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    assert "no-store" in client.get("/akun/")["Cache-Control"]


def test_leaving_empties_the_browser_and_says_so(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    assert client.get("/keluar/").status_code == 200
    response = client.post("/keluar/")
    assert (response["Location"], response["Clear-Site-Data"]) == (
        "/masuk/?keluar=1",
        '"cache", "cookies"',  # what is stored holds the outbox of unsent drafts; `leaving.js` spares it
    )
    assert client.get("/akun/").status_code == 302
    assert "data-signed-out" in client.get("/masuk/?keluar=1").content.decode()
    assert SignIn.objects.filter(user=world.owner).first().kind == SignInKind.OUT  # type: ignore[union-attr]


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, world: World, wanted: str) -> None:
    response = try_to_sign_in(client, with_password(world.owner), next=wanted)
    assert response["Location"] == "/"


# --- The second factor ------------------------------------------------------------------------------------------------


def test_a_role_over_many_people_is_led_to_its_second_factor_before_anything_else(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.head))
    for path in ("/akun/", "/pengaturan/unit/", "/kewenangan/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/akun/verifikasi/")
    page = client.get("/akun/verifikasi/")
    assert "Pasang verifikasi dua langkah dulu" in page.content.decode()
    assert client.post("/pengaturan/petugas/tambah/", {}).status_code == 302


def test_in_the_demonstration_world_a_password_is_enough(client: Client, world: World, settings: Any) -> None:
    settings.SERASI_DEMO = True
    try_to_sign_in(client, with_password(world.head))
    assert client.get("/akun/").status_code == 200


def test_a_worker_may_do_without_a_second_factor(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    assert client.get("/akun/").status_code == 200


def test_the_app_is_put_on_with_a_code_and_its_secret_is_sealed(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.head))
    page = client.get("/akun/verifikasi/aplikasi/")
    found = re.search(r'<code class="text-break">([A-Z2-7]+)</code>', page.content.decode())
    assert found
    wrong = client.post("/akun/verifikasi/aplikasi/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Kode tidak cocok" in wrong.content.decode()
    response = client.post("/akun/verifikasi/aplikasi/", {"code": code_of(found[1])})
    assert response.status_code == 302
    stored = Authenticator.objects.get(user=world.head, type="totp").data["secret"]
    assert found[1] not in stored
    assert b32decode(found[1])
    assert client.get("/akun/").status_code == 200
    assert "kode belum dipakai" in client.get(reverse("mfa_view_recovery_codes")).content.decode()


def test_who_signed_in_long_ago_says_again_who_they_are_before_the_second_factor_is_touched(
    client: Client, world: World
) -> None:
    try_to_sign_in(client, with_password(world.owner))
    assert client.get("/akun/verifikasi/aplikasi/").status_code == 200
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 601
    session.save()
    asked = client.get("/akun/verifikasi/aplikasi/")
    assert asked["Location"] == "/masuk/pastikan/?next=%2Fakun%2Fverifikasi%2Faplikasi%2F"
    client.post(asked["Location"], {"password": PASSWORD})
    assert client.get("/akun/verifikasi/aplikasi/").status_code == 200


def test_a_password_alone_does_not_come_past_the_second_factor(client: Client, world: World) -> None:
    secret = give_app(with_password(world.head))
    response = try_to_sign_in(client, world.head)
    assert response["Location"] == "/masuk/verifikasi/"
    assert client.get("/akun/").status_code == 302
    assert client.get("/masuk/verifikasi/").status_code == 200
    assert client.post("/masuk/verifikasi/", {"code": "123"}).status_code == 422
    assert client.post("/masuk/verifikasi/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/akun/").status_code == 200


def test_who_must_have_a_second_factor_cannot_take_off_the_last(client: Client, world: World) -> None:
    secret = give_app(with_password(world.head))
    try_to_sign_in(client, world.head)
    client.post("/masuk/verifikasi/", {"code": code_of(secret)})
    response = client.post("/akun/verifikasi/aplikasi/lepas/", {})
    assert response.status_code == 422
    assert Authenticator.objects.filter(user=world.head, type="totp").exists()


def test_who_lost_telephone_and_codes_is_let_in_again_by_the_head_above(client: Client, world: World) -> None:
    give_app(with_password(world.head))
    address = f"/pengaturan/petugas/{world.head.pk}/"
    ruling = Client()
    ruling.force_login(give_second_factor(world.administrator))
    assert "Lepas verifikasi dua langkah" in ruling.get(address).content.decode()
    assert ruling.post(f"{address}lepas-verifikasi/")["Location"] == address
    assert "Lepas verifikasi dua langkah" not in ruling.get(address).content.decode()
    line = trail_of(world.head.pk)[0]
    assert (line.actor, line.act) == ("Adi Administrator", "Membuat akun dan penugasan")
    try_to_sign_in(client, world.head)
    assert client.get("/jejak/")["Location"].startswith("/akun/verifikasi/")


def test_nobody_takes_off_their_own_second_factor_by_this_way(world: World) -> None:
    give_app(world.head)
    with pytest.raises(NotYourself):
        take_off_second_factor(user=world.head, by=world.head, at=timezone.now())
    assert Authenticator.objects.filter(user=world.head).exists()


# --- The idle lock ----------------------------------------------------------------------------------------------------


def leave_alone(client: Client, minutes: float) -> None:
    session = client.session
    session[SEEN_AT] = time.time() - minutes * 60
    session.save()


def test_a_session_left_alone_asks_for_the_password_and_leads_back(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    leave_alone(client, 19)
    assert client.get("/akun/").status_code == 200
    leave_alone(client, 21)
    response = client.get("/akun/masuk/?hal=2")
    assert response["Location"] == "/masuk/kunci/?next=%2Fakun%2Fmasuk%2F%3Fhal%3D2"
    assert client.get(response["Location"]).status_code == 200
    wrong = client.post("/masuk/kunci/", {"password": "bukan", "next": "/akun/masuk/?hal=2"})
    assert (wrong.status_code, "Kata sandi tidak cocok." in wrong.content.decode()) == (422, True)
    assert client.get("/akun/").status_code == 302
    right = client.post("/masuk/kunci/", {"password": PASSWORD, "next": "/akun/masuk/?hal=2"})
    assert right["Location"] == "/akun/masuk/?hal=2"
    assert client.get("/akun/").status_code == 200


def test_a_form_on_its_way_when_the_screen_locked_is_not_lost(client: Client, world: World, settings: Any) -> None:
    settings.SERASI_DEMO = True
    try_to_sign_in(client, with_password(world.head))
    leave_alone(client, 60)
    typed = {"full_name": "Ibu <Nama> & Gelar", "email": "ibu@serasi.test", "extra": ["a", "b"]}
    locked = client.post("/pengaturan/petugas/tambah/", typed)
    assert locked.status_code == 423
    page = locked.content.decode()
    assert "Ibu" not in page  # what was typed does not stand readable on a locked screen
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept
    back = client.post(
        "/masuk/kunci/", {"password": PASSWORD, "next": "/pengaturan/petugas/tambah/", "kept": kept[1]}
    ).content.decode()
    assert 'action="/pengaturan/petugas/tambah/"' in back
    assert re.findall(
        r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)">', back.partition("<footer")[0]
    ) == [
        ("full_name", "Ibu &lt;Nama&gt; &amp; Gelar"),
        ("email", "ibu@serasi.test"),
        ("extra", "a"),
        ("extra", "b"),
    ]


def test_what_was_kept_for_one_person_opens_for_nobody_else(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    leave_alone(client, 60)
    kept = re.search(r'name="kept" value="([^"]+)"', client.post("/akun/", {"x": "1"}).content.decode())
    assert kept
    other = Client()
    try_to_sign_in(other, with_password(world.colleague))
    leave_alone(other, 60)
    other.get("/akun/")
    response = other.post("/masuk/kunci/", {"password": PASSWORD, "next": "/akun/", "kept": kept[1]})
    assert (response.status_code, response["Location"]) == (302, "/akun/")
    leave_alone(other, 60)
    other.get("/akun/")
    response = other.post("/masuk/kunci/", {"password": PASSWORD, "next": "/akun/", "kept": "rusak"})
    assert response["Location"] == "/akun/"


def test_an_idle_screen_locks_itself_and_comes_back_to_the_same_page(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    response = client.post("/masuk/kunci/", {"idle": "1"}, headers={"Referer": "http://testserver/akun/masuk/"})
    assert response["Location"] == "/masuk/kunci/?next=%2Fakun%2Fmasuk%2F"
    assert client.session[LOCKED] is True
    assert client.get("/akun/", headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/masuk/kunci/")
    assert client.post("/keluar/").status_code == 302


# --- Passwords and language -------------------------------------------------------------------------------------------


def test_the_password_is_changed_by_its_owner(client: Client, world: World) -> None:
    try_to_sign_in(client, with_password(world.owner))
    wrong = client.post(
        "/akun/kata-sandi/", {"oldpassword": "bukan", "password1": "sandi baru sekali", "password2": "lain lagi ya"}
    )
    assert wrong.status_code == 422
    assert "Kata sandi sekarang tidak cocok." in wrong.content.decode()
    assert "Kedua kata sandi tidak sama. Ketik ulang." in wrong.content.decode()
    new = {"password1": "sandi baru sekali", "password2": "sandi baru sekali"}
    assert client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD} | new).status_code == 302
    assert User.objects.get(pk=world.owner.pk).check_password("sandi baru sekali")
    assert client.get("/akun/").status_code == 200


def test_the_language_is_kept_in_the_account(client: Client, world: World) -> None:
    assert 'lang="id"' in client.get(SIGN_IN, headers={"Accept-Language": "en"}).content.decode()
    try_to_sign_in(client, with_password(world.owner))
    response = client.post("/bahasa/", {"language": "en", "next": "/akun/"})
    assert response["Location"] == "/akun/"
    assert User.objects.get(pk=world.owner.pk).language == "en"
    assert '<html lang="en">' in client.get("/akun/").content.decode()
    assert client.post("/bahasa/", {"language": "xx", "next": "//jahat.example"})["Location"] == "/"
    assert client.post("/bahasa/", {"language": "en", "next": "kata"})["Location"] == "kata"


def test_my_account_shows_until_when_i_am_posted(client: Client, world: World) -> None:
    user = make_staff(Role.CARER, world.panti, "Rini")
    try_to_sign_in(client, with_password(user))
    page = client.get("/akun/").content.decode()
    assert "Pengasuh" in page
    assert "tanpa batas waktu" in page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"login": "\x00", "password": "\x00"},
        {"login": "😀@x", "password": "a" * 5000},
        {"login": "a" * 5000, "password": "b"},
    ],
)
def test_nonsense_is_answered_with_a_message(client: Client, db: None, typed: dict[str, str]) -> None:
    response = client.post(SIGN_IN, typed)
    assert response.status_code == 422
    assert "Periksa isian berikut" in response.content.decode()
