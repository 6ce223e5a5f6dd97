"""What people type, what the form makes of it, and what it says when it cannot."""

import io
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from serasi.common import forms
from serasi.common.forms.dates import EARLIEST, MONTHS
from serasi.common.identifiers import is_uuid7, uuid7
from serasi.common.periods import AgeEstimate

days = st.dates(min_value=EARLIEST, max_value=date(2199, 12, 31))


@pytest.fixture(autouse=True)
def _in_surabaya() -> Iterator[None]:
    with translation.override("id"), timezone.override("Asia/Jakarta"):
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Pages are drawn without collected files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def refusal(clean: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as caught:
        clean()
    (message,) = caught.value.messages
    return message


# --- Days ------------------------------------------------------------------------------------------------------------


@given(days, st.sampled_from(["/", "-", ".", " ", " / "]))
def test_a_day_typed_with_any_separator_is_read_day_first(day: date, separator: str) -> None:
    typed = f"{day.day}{separator}{day.month}{separator}{day.year}"
    assert forms.DateField().clean(typed) == day


@given(days, st.booleans())
def test_a_day_in_indonesian_words_is_read(day: date, shout: bool) -> None:  # noqa: FBT001
    typed = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    assert forms.DateField().clean(typed.upper() if shout else typed) == day


@given(days)
def test_what_the_field_shows_it_reads_again(day: date) -> None:
    field = forms.DateField()
    assert field.clean(field.prepare_value(day)) == day
    assert not field.has_changed(day, field.prepare_value(day))


@given(days)
def test_year_first_is_read(day: date) -> None:
    assert forms.DateField().clean(day.isoformat()) == day


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_day_is_a_day_or_a_sentence(typed: str) -> None:
    form = Visit({"day": typed})
    if form.is_valid():
        assert form.cleaned_data["day"] is None or form.cleaned_data["day"] >= EARLIEST
    else:
        assert [str(message)[-1] for message in form.errors["day"]] == ["."]


class Visit(django_forms.Form):
    day = forms.DateField(required=False)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/02/2026", "Tanggal 31/02/2026 tidak ada di kalender."),
        ("03/25/2026", "Bulan ke-25 tidak ada. Tulis hari dulu, lalu bulan: “Tanggal lahir” misalnya 31/12/2026."),
        ("3/11/26", "Tulis tahun “Tanggal lahir” dengan empat angka, misalnya 31/12/2026."),
        ("kemarin", "Tulis “Tanggal lahir” sebagai hari/bulan/tahun, misalnya 31/12/2026."),
        ("1/1/1526", "“Tanggal lahir” paling awal 01/01/1880. Periksa tahunnya."),
        ("\x001/1/2026", "Tulis “Tanggal lahir” sebagai hari/bulan/tahun, misalnya 31/12/2026."),
        ("23/11/2026", "“Tanggal lahir” paling lambat 22/11/2026."),
    ],
)
def test_a_day_that_cannot_be_says_why(typed: str, message: str) -> None:
    field = forms.DateField(label="Tanggal lahir", not_after=lambda: date(2026, 11, 22))
    assert refusal(lambda: field.clean(typed)) == message


@pytest.mark.parametrize(
    "typed", ["3 Nop 2026", "3 nov. 2026", "03 NOPEMBER 2026", "3-november-2026", "3 November, 2026"]
)
def test_old_and_short_names_of_months_are_read(typed: str) -> None:
    assert forms.DateField().clean(typed) == date(2026, 11, 3)


def test_a_moment_is_meant_in_the_zone_of_the_institution() -> None:
    field = forms.DateTimeField(label="Waktu ditemukan")
    assert field.clean(["3/11/2026", "9.05"]) == datetime(2026, 11, 3, 2, 5, tzinfo=UTC)
    with timezone.override("Asia/Jayapura"):
        assert field.clean(["3/11/2026", "0905"]) == datetime(2026, 11, 3, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["3/11/2026", ""], "Isi pukul juga untuk “Waktu ditemukan”."),
        (["", "9.05"], "Isi tanggal juga untuk “Waktu ditemukan”."),
        (["3/11/2026", "25.10"], "Tulis “Pukul” dari 00.00 sampai 23.59, misalnya 09.05."),
        (["31/2/2026", "9"], "Tanggal 31/2/2026 tidak ada di kalender."),
    ],
)
def test_half_a_moment_says_what_is_missing(typed: list[str], message: str) -> None:
    assert refusal(lambda: forms.DateTimeField(label="Waktu ditemukan").clean(typed)) == message


def test_an_approximate_age_gives_the_days_of_birth_it_allows() -> None:
    field = forms.ApproximateAgeField(label="Umur")
    on = date(2026, 11, 22)
    years, months = field.clean(["7", "year"]), field.clean(["5", "month"])
    assert years == forms.ApproximateAge(7, "year")
    assert years.estimate(on) == AgeEstimate(date(2018, 11, 23), date(2019, 11, 22))
    assert months is not None
    assert months.estimate(on) == AgeEstimate(date(2026, 5, 23), date(2026, 6, 22))


@pytest.mark.parametrize("typed", [["121", "year"], ["61", "month"], ["-1", "year"], ["7", "week"], ["tujuh", "year"]])
def test_an_age_out_of_reach_is_refused(typed: list[str]) -> None:
    message = "Tulis “Umur” sebagai angka bulat, 0–120 tahun atau 0–60 bulan."
    assert refusal(lambda: forms.ApproximateAgeField(label="Umur").clean(typed)) == message


# --- Text and numbers ------------------------------------------------------------------------------------------------


def test_text_is_composed_and_spaces_are_tidied() -> None:
    typed = "  Siti \u00a0 " + unicodedata.normalize("NFD", "Rahayu é") + " \u200b"
    assert forms.TextField().clean(typed) == "Siti Rahayu é"


def test_lines_of_a_long_text_stay() -> None:
    assert forms.LongTextField().clean("satu  \r\n\r\n dua\u2028tiga\n") == "satu\n\n dua\ntiga"


@pytest.mark.parametrize("typed", ["Si\x00ti", "Si\x1bti", "\ud800"])
def test_characters_that_cannot_be_kept_are_refused(typed: str) -> None:
    expected = "“Nama” memuat karakter yang tidak dapat disimpan. Hapus, lalu ketik ulang bagian itu."
    assert refusal(lambda: forms.TextField(label="Nama").clean(typed)) == expected
    assert refusal(lambda: forms.LongTextField(label="Nama").clean(typed)) == expected


def test_length_is_counted_in_letters_as_people_see_them() -> None:
    field = forms.TextField(label="Nama", max_length=3)
    assert field.clean(unicodedata.normalize("NFD", "éèê")) == "éèê"
    assert refusal(lambda: field.clean("abcd")) == "“Nama” paling panjang 3 huruf; sekarang 4. Ringkaslah."


@given(st.text(max_size=60))
def test_text_that_passes_can_be_kept_by_postgresql_and_stays_itself(typed: str) -> None:
    field = forms.TextField(required=False)
    try:
        value = field.clean(typed)
    except ValidationError:
        return
    assert "\x00" not in value
    value.encode()
    assert field.clean(value) == value


@given(st.integers(min_value=0, max_value=10**12))
def test_an_amount_is_read_however_it_is_written(amount: int) -> None:
    dotted = f"{amount:,}".replace(",", ".")
    field = forms.RupiahField()
    for typed in (str(amount), dotted, f"Rp{dotted}", f"Rp {dotted},00", f"rp. {dotted},-"):
        assert field.clean(typed) == amount


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1.250.000,50", "Tulis “Tabungan” dalam rupiah penuh, tanpa sen."),
        ("1,250,000", "Tulis “Tabungan” dengan angka, misalnya 1.250.000."),
        ("1.25", "Tulis “Tabungan” dengan angka, misalnya 1.250.000."),
        ("-5", "“Tabungan” paling kecil Rp0."),
        ("9" * 18, "“Tabungan” paling besar Rp1.000.000.000.000.000."),
    ],
)
def test_an_amount_that_could_be_misread_is_refused(typed: str, message: str) -> None:
    assert refusal(lambda: forms.RupiahField(label="Tabungan").clean(typed)) == message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("62812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("(021) 5551234", "+62215551234"),
        ("+60 12-345 6789", "+60123456789"),
    ],
)
def test_one_number_is_kept_however_it_is_typed(typed: str, kept: str) -> None:
    field = forms.PhoneField()
    assert field.clean(typed) == kept
    assert field.clean(field.prepare_value(kept)) == kept


@pytest.mark.parametrize("typed", ["12", "0812", "telepon ibu", "081234567890123456", "\x00"])
def test_a_number_nobody_has_is_refused(typed: str) -> None:
    expected = "Periksa “Nomor telepon”. Tulis lengkap, misalnya 0812 3456 7890 atau (021) 555 1234."
    assert refusal(lambda: forms.PhoneField(label="Nomor telepon").clean(typed)) == expected


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("1.250", 1250), (" 7 ", 7), ("−3", -3)])
def test_a_whole_number_is_read(typed: str, value: int) -> None:
    assert forms.IntegerField().clean(typed) == value


def test_a_number_beyond_its_limits_says_the_limit_once() -> None:
    field = forms.IntegerField(label="Jumlah tempat tidur", min_value=1, max_value=40)
    assert refusal(lambda: field.clean("41")) == "“Jumlah tempat tidur” paling besar 40."
    assert refusal(lambda: field.clean("0")) == "“Jumlah tempat tidur” paling kecil 1."
    assert refusal(lambda: field.clean("1,5")) == "“Jumlah tempat tidur” harus angka bulat, misalnya 12."


# --- Files -----------------------------------------------------------------------------------------------------------


def picture(kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(file, kind)
    return file.getvalue()


def test_a_photo_is_opened_to_see_that_it_is_one() -> None:
    field = forms.PhotoField(label="Foto wajah", max_megabytes=1)
    photo = field.clean(SimpleUploadedFile("a.txt", picture("JPEG")))
    assert photo.read(3) == b"\xff\xd8\xff"
    not_a_photo = "Foto tidak dapat dibaca. Pakai JPEG, PNG, atau WebP."
    assert refusal(lambda: field.clean(SimpleUploadedFile("a.png", b"<svg/>"))) == not_a_photo
    assert refusal(lambda: field.clean(SimpleUploadedFile("a.gif", picture("GIF")))) == not_a_photo
    assert refusal(lambda: field.clean(SimpleUploadedFile("a.png", b""))) == "Berkas kosong. Pilih berkas lain."
    heavy = SimpleUploadedFile("a.png", picture() + b"\x00" * 1_500_000)
    assert refusal(lambda: field.clean(heavy)) == "“Foto wajah” paling besar 1 MB; berkas ini 1,4 MB."


def test_a_document_is_what_its_first_bytes_say() -> None:
    field = forms.FileField(label="Surat", kinds=("pdf", "jpeg"))
    assert field.clean(SimpleUploadedFile("surat.PDF", b"%PDF-1.7")).name == "surat.PDF"
    assert field.clean(SimpleUploadedFile("surat.jpg", picture("JPEG"))).name == "surat.jpg"
    expected = "“Surat” harus berupa PDF, JPEG. Berkas ini bukan, atau isinya rusak."
    for name, content in (("surat.pdf", b"MZ"), ("surat.exe", b"%PDF-1.7"), ("surat", b"%PDF-")):
        file = SimpleUploadedFile(name, content)
        assert refusal(partial(field.clean, file)) == expected


# --- The form --------------------------------------------------------------------------------------------------------


class Note(forms.SerasiForm):
    with_revision = True

    title = forms.TextField(label="Judul")
    kind = forms.ChoiceField(label="Jenis catatan", choices=[("visit", "Kunjungan"), ("call", "Telepon")])
    on_day = forms.DateField(label="Tanggal kunjungan", required=False)
    needs = forms.MultipleChoiceField(label="Kebutuhan", choices=[("food", "Makanan")], required=False)
    photo = forms.PhotoField(label="Foto", required=False)
    agreed = forms.BooleanField(label="Sudah dijelaskan")


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"id": str(uuid7()), "revision": "3", "title": "Kunjungan", "kind": "visit", "agreed": "on"} | values)
    return data


def page(form: django_forms.BaseForm) -> Any:
    return BeautifulSoup(str(form), "html.parser")


def test_a_form_chooses_the_id_of_its_record_when_it_is_asked_for() -> None:
    shown = page(Note(initial={"revision": 3})).find("input", {"name": "id"})
    assert is_uuid7(UUID(shown["value"]))
    assert shown["type"] == "hidden"


def test_a_valid_form_gives_id_and_revision() -> None:
    chosen = uuid7()
    form = Note(posted(id=str(chosen)))
    assert form.is_valid(), form.errors
    assert (form.record_id, form.revision) == (chosen, 3)


@pytest.mark.parametrize("wrong", ["", "x", "6f1c2a34-9b0e-4d7f-8a11-2b3c4d5e6f70", "\x00", "0" * 400])
def test_a_broken_id_is_told_and_replaced_so_that_sending_again_works(wrong: str) -> None:
    form = Note(posted(id=wrong))
    assert form.errors.get_json_data() == {
        "id": [
            {"message": "Halaman ini sudah tidak berlaku. Periksa isian Anda, lalu kirim sekali lagi.", "code": "id"}
        ]
    }
    again = page(form).find("input", {"name": "id"})["value"]
    assert Note(posted(id=again)).is_valid()


@pytest.mark.parametrize("wrong", ["", "-1", "1.5", "²", "9" * 20, "\x00"])
def test_a_broken_revision_is_told(wrong: str) -> None:
    assert set(Note(posted(revision=wrong)).errors) == {"revision"}


def test_a_required_field_names_itself() -> None:
    form = Note(posted(title="", kind="", agreed=""))
    assert form.errors == {
        "title": ["“Judul” belum diisi."],
        "kind": ["“Jenis catatan” belum dipilih."],
        "agreed": ["Beri tanda pada “Sudah dijelaskan”."],
    }


def test_an_own_sentence_for_a_missing_answer_stays() -> None:
    class Own(forms.SerasiForm):
        reason = forms.TextField(label="Alasan", error_messages={"required": "Tulis mengapa rujukan ditolak."})

    assert Own({"id": str(uuid7())}).errors == {"reason": ["Tulis mengapa rujukan ditolak."]}


def test_the_error_summary_leads_to_the_controls() -> None:
    soup = page(Note(posted(title="", on_day="31/02/2026", needs="gold")))
    links = [(a["href"], a.get_text()) for a in soup.select(".error-summary a")]
    assert links == [
        ("#id_title", "“Judul” belum diisi."),
        ("#id_on_day", "Tanggal 31/02/2026 tidak ada di kalender."),
        ("#id_needs_0", "Pilih dari daftar saja."),
    ]
    assert all(soup.find(id=href[1:]) is not None for href, _text in links)


def test_a_field_with_an_error_says_so_to_those_who_listen() -> None:
    control = page(Note(posted(on_day="31/02/2026"))).find("input", {"name": "on_day"})
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "id_on_day_helptext id_on_day_error"
    assert control["class"] == ["form-control", "width-day"]


def test_only_optional_fields_are_marked() -> None:
    labels = [label.get_text(" ", strip=True) for label in page(Note()).select("label:not(.choice), legend")]
    assert labels == [
        "Judul", "Jenis catatan", "Tanggal kunjungan ( opsional )".replace("( ", "(").replace(" )", ")"),
        "Kebutuhan (opsional)", "Foto (opsional)",
    ]  # fmt: skip


def test_every_id_on_a_form_is_used_once_and_every_reference_meets_one() -> None:
    soup = page(Note(posted(title="", kind="", on_day="x", needs="gold", agreed="")))
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    wanted = {
        part for tag in soup.find_all(attrs={"aria-describedby": True}) for part in tag["aria-describedby"].split()
    }
    wanted |= {label["for"] for label in soup.find_all("label")}
    assert wanted <= set(ids)


class Refused(Exception):
    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message, self.field = message, field


@pytest.mark.parametrize(
    ("field", "where"), [("title", "title"), (None, "__all__"), ("unknown", "__all__"), ("id", "__all__")]
)
def test_a_refusal_stands_beside_its_field_or_above_all(field: str | None, where: str) -> None:
    form = Note(posted())
    assert form.is_valid()
    form.add_refusal(Refused("Kasus sudah ditutup.", field))
    assert form.errors == {where: ["Kasus sudah ditutup."]}


def test_what_was_typed_is_shown_again_and_never_run() -> None:
    soup = page(Note(posted(title='"><script>alert(1)</script>', kind="")))
    assert soup.find("script") is None
    assert soup.find("input", {"name": "title"})["value"] == '"><script>alert(1)</script>'


def test_nothing_on_a_form_breaks_the_content_security_policy() -> None:
    soup = page(Note(posted(title="")))
    assert [tag.name for tag in soup.find_all(["script", "style"])] == []
    assert [a for tag in soup.find_all() for a in tag.attrs if a == "style" or a.startswith("on")] == []


def test_layout_groups_rows_and_what_only_matters_after_an_answer() -> None:
    class Grouped(forms.SerasiForm):
        name = forms.TextField(label="Nama")
        start = forms.DateField(label="Mulai")
        end = forms.DateField(label="Selesai")
        reason = forms.RadioField(label="Alasan", choices=[("other", "Lain")])
        other = forms.TextField(label="Alasan lain", required=False)
        last = forms.TextField(label="Terakhir")

        layout = (forms.Fieldset("Masa", [forms.Row("start", "end")], hint="Perkiraan saja"), "reason", "other")
        shown_when = {"other": "reason=other"}

    soup = page(Grouped(prefix="p"))
    assert [f.get_text() for f in soup.select("fieldset.group legend")] == ["Masa"]
    assert [i["name"] for i in soup.select("fieldset.group .inline input")] == ["p-start", "p-end"]
    assert soup.find(attrs={"data-shown-when": True})["data-shown-when"] == "p-reason=other"
    assert [i["name"] for i in soup.find_all("input")] == [
        "p-start", "p-end", "p-reason", "p-other", "p-name", "p-last", "p-id",
    ]  # fmt: skip


def test_a_form_of_a_library_is_drawn_the_same_way() -> None:
    class SignIn(django_forms.Form):
        email = django_forms.EmailField(label="Surel", help_text="Alamat kerja")
        remember = django_forms.BooleanField(label="Ingat saya", required=False)

    soup = page(SignIn({"email": "bukan"}))
    assert [a["href"] for a in soup.select(".error-summary a")] == ["#id_email"]
    control = soup.find("input", {"name": "email"})
    assert (control["class"], control["aria-describedby"]) == (["form-control"], "id_email_helptext id_email_error")
    assert soup.select_one("label.choice input")["class"] == ["form-check-input"]


def test_the_error_summary_follows_the_order_of_the_page() -> None:
    class Ordered(forms.SerasiForm):
        first = forms.TextField(label="Pertama")
        second = forms.TextField(label="Kedua")
        layout = ("second", "first")

    form = Ordered({"id": str(uuid7())})
    form.add_error(None, "Kasus sudah ditutup.")
    assert form.error_links == [
        ("", "Kasus sudah ditutup."),
        ("id_second", "“Kedua” belum diisi."),
        ("id_first", "“Pertama” belum diisi."),
    ]


# --- Filters ---------------------------------------------------------------------------------------------------------


class Filter(forms.FilterForm):
    q = forms.TextField(label="Nama")
    stage = forms.ChoiceField(label="Tahap", choices=[("plan", "Rencana")])
    since = forms.DateField(label="Sejak")
    mine = forms.BooleanField(label="Kasus saya")


def test_a_filter_keeps_what_makes_sense_and_tells_about_the_rest() -> None:
    form = Filter(QueryDict("q=siti&stage=gold&since=31/02/2026&hal=3"))
    assert form.chosen == {"q": "siti"}
    assert form.ignored == ["Pilih salah satu dari daftar.", "Tanggal 31/02/2026 tidak ada di kalender."]


def test_each_choice_in_force_can_be_taken_away_alone() -> None:
    form = Filter(QueryDict("q=siti&stage=plan&mine=on&hal=3"))
    assert [(a.label, a.shown, a.remove_url) for a in form.active] == [
        ("Nama", "siti", "?stage=plan&mine=on"),
        ("Tahap", "Rencana", "?mine=on"),
        ("Kasus saya", "Kasus saya", "?stage=plan"),
    ]


class Search(Filter):
    in_sight = ("q",)


def test_a_search_keeps_its_words_in_sight_and_folds_the_rest_until_it_is_used() -> None:
    form = Search(QueryDict("q=siti"))
    assert [field.name for field in form.fields_in_sight] == ["q"]
    assert [field.name for field in form.folded_fields] == ["stage", "since", "mine"]
    assert (form.is_unfolded, form.active) == (False, [])
    assert Search(QueryDict("q=siti&stage=plan")).is_unfolded
    assert Search(QueryDict("since=31/02/2026")).is_unfolded


@given(st.dictionaries(st.sampled_from(["q", "stage", "since", "mine", "hal", "lain"]), st.text(max_size=20)))
def test_no_query_breaks_a_filter(query: dict[str, Any]) -> None:
    data = QueryDict(mutable=True)
    data.update(query)
    form = Filter(data)
    assert set(form.chosen) <= set(form.fields)
    assert [a.name for a in form.active] == list(form.chosen)


def test_a_day_far_ahead_in_a_filter_is_passed_over() -> None:
    class Until(forms.FilterForm):
        until = forms.DateField(label="Sampai", not_after=lambda: timezone.localdate() + timedelta(days=1))

    assert Until(QueryDict("until=1/1/9999")).chosen == {}
