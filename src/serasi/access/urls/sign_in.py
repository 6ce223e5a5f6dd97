"""Addresses of sign-in. The views are allauth's, under our words and its names, for it finds them by name."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from serasi.access.views import language, second_factor, sign_out

urlpatterns = [
    path("bahasa/", language.choose, name="set_language"),
    path("masuk/", account.login, name="account_login"),
    path("masuk/keluar/", sign_out.sign_out, name="account_logout"),
    path("masuk/dimatikan/", account.account_inactive, name="account_inactive"),
    path("masuk/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("masuk/lupa-sandi/", account.password_reset, name="account_reset_password"),
    path("masuk/lupa-sandi/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^masuk/sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("masuk/sandi/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("akun/kata-sandi/", account.password_change, name="account_change_password"),
    # The second factor
    path("masuk/verifikasi/", second.authenticate, name="mfa_authenticate"),
    path("masuk/pastikan/kode/", second.reauthenticate, name="mfa_reauthenticate"),
    path("masuk/pastikan/kunci-sandi/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("masuk/kunci-sandi/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("akun/verifikasi/", second_factor.overview, name="mfa_index"),
    path("akun/verifikasi/aplikasi/", totp.activate_totp, name="mfa_activate_totp"),
    path("akun/verifikasi/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/verifikasi/kunci-sandi/", second_factor.overview, name="mfa_list_webauthn"),
    path("akun/verifikasi/kunci-sandi/tambah/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("akun/verifikasi/kunci-sandi/<int:pk>/ubah/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("akun/verifikasi/kunci-sandi/<int:pk>/hapus/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("akun/verifikasi/pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/verifikasi/pemulihan/buat/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("akun/verifikasi/pemulihan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
