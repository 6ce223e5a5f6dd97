"""In earnest a password is not enough for everyone: codes of an app, recovery codes, passkeys."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.journeys.conftest import everyone_can_read, knock
from tests.journeys.hands import does_not_read, follow, is_at, main, press, reads, write

STEP = 30
"""Seconds that a code of the app lives."""


@pytest.mark.journey
def test_a_head_comes_in_with_a_password_and_a_code_and_never_with_a_password_alone(
    open_as: Callable[..., Page], earnest_site: str
) -> None:
    # Dedi heads Tunas Bangsa. His password opens one page, the one that asks for something he holds.
    dedi = open_as(None, address=earnest_site)
    knock(dedi, "btb.kepala")
    for address in ("/", "/orang/", "/kasus/", "/jejak/", "/akun/"):
        dedi.goto(address)
        is_at(dedi, "Verifikasi dua langkah")
        reads(dedi, "Pasang verifikasi dua langkah dulu")
    everyone_can_read(dedi)

    # He copies the key into the app on his telephone and types what the app shows.
    follow(dedi, "Pasang aplikasi")
    key = main(dedi).get_by_role("code").inner_text()
    everyone_can_read(dedi)
    write(dedi, "Kode dari aplikasi", "000000")
    press(dedi, "Pasang")
    reads(dedi, "Kode tidak cocok atau sudah kedaluwarsa.")
    write(dedi, "Kode dari aplikasi", _code_of(key))
    press(dedi, "Pasang")

    # Ten recovery codes, for the day the telephone is lost; he prints them. The house is open.
    is_at(dedi, "Kode pemulihan")
    codes = main(dedi).get_by_role("code").all_inner_texts()
    assert len(set(codes)) == 10
    everyone_can_read(dedi)
    follow(dedi, "Selesai")
    reads(dedi, "Verifikasi dua langkah wajib untuk peran Anda, dan sudah terpasang.", "Tersisa 10 kode.")
    everyone_can_read(dedi)
    dedi.goto("/")
    is_at(dedi, "Hari ini")
    _leave(dedi)

    # His telephone lies at home: a recovery code lets him in.
    knock(dedi, "btb.kepala")
    _asks_for_a_second_step(dedi)
    everyone_can_read(dedi)
    write(dedi, "Kode", codes[0])
    press(dedi, "Lanjutkan")
    is_at(dedi, "Hari ini")
    _leave(dedi)

    # The same code does not open a second time, and until a good one is given no other page comes.
    knock(dedi, "btb.kepala")
    write(dedi, "Kode", codes[0])
    press(dedi, "Lanjutkan")
    expect(dedi.get_by_role("alert")).to_contain_text("Kode tidak cocok atau sudah kedaluwarsa.")
    dedi.goto("/orang/")
    _asks_for_a_second_step(dedi)

    # Tomorrow he has his telephone again.
    write(dedi, "Kode", _code_of(key, after=_code_of(key)))
    press(dedi, "Lanjutkan")
    is_at(dedi, "Hari ini")
    dedi.goto("/akun/verifikasi/")
    reads(dedi, "Tersisa 9 kode.")


@pytest.mark.journey
def test_a_passkey_is_put_on_opens_alone_and_as_a_second_step_and_is_taken_off(
    open_as: Callable[..., Page], earnest_site: str
) -> None:
    # Lestari, a worker at Griya Wreda, need not, and wants to: her telephone knows her finger.
    lestari = open_as(None, address=earnest_site)
    finger = Finger(lestari)
    knock(lestari, "wreda.peksos")
    is_at(lestari, "Hari ini")
    lestari.goto("/akun/")
    reads(lestari, "Belum dipasang. Dianjurkan untuk semua yang membuka data orang.")
    follow(lestari, "Atur: Verifikasi dua langkah")
    follow(lestari, "Pasang kunci sandi")
    everyone_can_read(lestari)

    # At first her finger is wet: the telephone gives nothing, and the page says so.
    finger.is_known(known=False)
    write(lestari, "Nama kunci", "HP saya")
    press(lestari, "Pasang kunci sandi")
    reads(lestari, "Peranti tidak memberikan kunci.")
    finger.is_known(known=True)
    press(lestari, "Pasang kunci sandi")
    is_at(lestari, "Kode pemulihan")
    follow(lestari, "Selesai")
    reads(lestari, "HP saya")
    everyone_can_read(lestari)
    _leave(lestari)

    # Her finger alone lets her in.
    press(lestari, "Masuk dengan kunci sandi")
    is_at(lestari, "Hari ini")
    _leave(lestari)

    # Her password alone does not any more; with her finger it does.
    knock(lestari, "wreda.peksos")
    _asks_for_a_second_step(lestari)
    press(lestari, "Pakai kunci sandi")
    is_at(lestari, "Hari ini")

    # She names it anew, takes it off, and the password is enough again. The passkey opens nothing.
    lestari.goto("/akun/verifikasi/")
    follow(lestari, "Ganti nama HP saya")
    everyone_can_read(lestari)
    write(lestari, "Nama kunci", "HP lama")
    press(lestari, "Simpan")
    reads(lestari, "HP lama")
    follow(lestari, "Hapus HP lama")
    reads(lestari, "Kunci “HP lama” tidak dapat dipakai lagi sesudah ini.")
    everyone_can_read(lestari)
    press(lestari, "Hapus kunci")
    is_at(lestari, "Verifikasi dua langkah")
    does_not_read(lestari, "HP lama")
    _leave(lestari)
    press(lestari, "Masuk dengan kunci sandi")
    reads(lestari, "Kunci sandi ini tidak dikenal di sini. Pakai cara lain.")
    knock(lestari, "wreda.peksos")
    is_at(lestari, "Hari ini")


class Finger:
    """The finger on the device of whoever sits at this page."""

    def __init__(self, page: Page) -> None:
        self._device = page.context.new_cdp_session(page)
        self._device.send("WebAuthn.enable")
        kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        self._id = self._device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})["authenticatorId"]
        self.is_known(known=True)

    def is_known(self, *, known: bool) -> None:
        self._device.send("WebAuthn.setUserVerified", {"authenticatorId": self._id, "isUserVerified": known})


def _code_of(key: str, *, after: str = "") -> str:
    """What the app shows now; or, after a code that has been used, the next."""
    while True:
        code: str = format_hotp_value(hotp_value(key, int(time.time()) // STEP))
        if code != after:
            return code
        time.sleep(0.5)


def _asks_for_a_second_step(page: Page) -> None:
    expect(page.get_by_role("heading", name="Satu langkah lagi", level=1)).to_be_visible()


def _leave(page: Page) -> None:
    page.locator("summary").filter(has_text="Menu akun").click()
    press(page, "Keluar")
    is_at(page, "Masuk")
