"""The components of Serasi on one page, with invented people: to look at, to measure, to copy from.

Routed at /galeri/ where DEBUG is on. `frontend/look.py` photographs it and lets axe-core judge it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from serasi.common import forms
from serasi.common.components import (
    CaseHeader,
    Cell,
    Column,
    Difference,
    Event,
    Fact,
    LineChart,
    Link,
    Series,
    StackedBar,
    Status,
    Step,
    Tab,
    Table,
    Task,
)
from serasi.common.identifiers import uuid7


class IntakeForm(forms.SerasiForm):
    """Invented: one of every field."""

    full_name = forms.TextField(
        label="Nama lengkap", max_length=120, help_text="Sesuai dokumen, atau sebutan yang dikenal."
    )
    birth_date = forms.DateField(label="Tanggal lahir")
    age = forms.ApproximateAgeField(label="Umur", required=False)
    gender = forms.RadioField(label="Jenis kelamin", choices=[("f", "Perempuan"), ("m", "Laki-laki")], inline=True)
    cluster = forms.ChoiceField(
        label="Klaster layanan",
        choices=[("child", "Anak"), ("elderly", "Lanjut usia"), ("disability", "Penyandang disabilitas")],
    )
    needs = forms.MultipleChoiceField(
        label="Kebutuhan mendesak",
        required=False,
        choices=[("shelter", "Tempat tinggal"), ("health", "Pengobatan"), ("food", "Makanan"), ("other", "Lainnya")],
    )
    other_need = forms.TextField(label="Kebutuhan lain", required=False)
    phone = forms.PhoneField(label="Nomor telepon keluarga", required=False)
    home = forms.RegionField(label="Kelurahan asal", suggestions="/wilayah/saran/", required=False)
    income = forms.RupiahField(label="Penghasilan keluarga sebulan", required=False)
    found_at = forms.DateTimeField(label="Waktu ditemukan")
    photo = forms.PhotoField(label="Foto wajah", required=False)
    story = forms.LongTextField(label="Keadaan saat ditemukan", max_length=2000)
    agreed = forms.BooleanField(
        label="Yang bersangkutan (atau walinya) sudah dijelaskan haknya dan setuju dicatat",
        error_messages={"required": "Jelaskan dahulu haknya, lalu beri tanda setuju."},
    )

    layout = (
        forms.Fieldset(
            "Siapa orangnya",
            ["full_name", forms.Row("birth_date", "age"), "gender", "cluster"],
            hint="Isi yang diketahui saja; yang lain dapat menyusul.",
        ),
        forms.Fieldset("Keadaannya", ["needs", "other_need", "found_at", "story"]),
    )
    shown_when = {"other_need": "needs=other"}


class CaseFilter(forms.FilterForm):
    """Invented: the saringan of a list."""

    q = forms.TextField(label="Nama atau nomor")
    stage = forms.ChoiceField(
        label="Tahap", choices=[("assessment", "Asesmen"), ("plan", "Rencana")], empty_label="Semua"
    )
    since = forms.DateField(label="Sejak", help_text="")


@dataclass(frozen=True)
class Person:
    """Someone signed in, for the shell alone."""

    name: str = "Rina Wulandari"
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


NAVIGATION = [
    ("Beranda", "home", True),
    ("Orang", "users", False),
    ("Kasus", "folder", False),
    ("Tugas saya", "checklist", False),
    ("Hunian", "bed", False),
    ("Rujukan", "arrows-exchange", False),
    ("Pelatihan", "school", False),
    ("Mitra", "heart-handshake", False),
    ("Laporan", "report-analytics", False),
]


def samples() -> dict[str, Any]:
    """What the gallery shows; every person is invented."""
    bad_post = {
        "id": str(uuid7()),
        "full_name": "Siti Rahayu",
        "birth_date": "31/02/2016",
        "age_amount": "",
        "age_unit": "year",
        "phone": "12",
        "income": "1.250.000,50",
        "needs": ["health", "other"],
        "found_at_day": "20/11/2026",
        "found_at_time": "25.10",
    }
    return {
        "crumbs": [("Beranda", "/"), ("Kasus", "#kasus"), Link("ATN-2026-00417")],
        "steps": [
            Step("Identifikasi", "done", "3 Nov 2026"),
            Step("Kesepakatan", "done", "5 Nov 2026"),
            Step("Asesmen", "current", "sampai 24 Nov 2026"),
            Step("Rencana"),
            Step("Layanan"),
            Step("Terminasi"),
        ],
        "header": CaseHeader(
            number="ATN-2026-00417",
            name="Siti Rahayu",
            states=[Status("Asesmen", "info"), Status("Risiko tinggi", "bad", "alert-triangle")],
            facts=[
                Fact("Klaster", "Anak"),
                Fact("Umur", "10 tahun"),
                Fact("Pekerja sosial", "Rina Wulandari"),
                Fact("Tenggat berikut", "24 November 2026"),
                Fact("Persetujuan", "Wali, 5 Nov 2026"),
            ],
            restricted=True,
        ),
        "tab_items": [
            Tab("Ringkasan", "#ringkasan", current=True),
            Tab("Asesmen", "#asesmen", count=2),
            Tab("Rencana", "#rencana"),
            Tab("Catatan", "#catatan", count=18),
            Tab("Dokumen", "#dokumen", count=5),
        ],
        "facts": [
            Fact("Nama panggilan", "Siti", Link("Ubah", "#ubah")),
            Fact("Alamat asal", "Kelurahan Wonokromo, Kota Surabaya, Jawa Timur"),
            Fact("Nomor telepon", ""),
            Fact("Wali", "Slamet Rahardjo (paman)"),
        ],
        "events": [
            Event(
                "Kunjungan rumah selesai",
                datetime(2026, 11, 20, 3, 15, tzinfo=UTC),
                "Rina Wulandari",
                "Paman bersedia mengasuh. Rumah layak, sekolah 400 m dari rumah.",
                "map-pin",
                "good",
                "#kunjungan",
            ),
            Event(
                "Kesepakatan ditandatangani",
                datetime(2026, 11, 5, 2, 0, tzinfo=UTC),
                "Rina Wulandari",
                icon="file-text",
            ),
            Event(
                "Laporan diterima", date(2026, 11, 3), "Dinas Sosial Kota Surabaya", icon="speakerphone", tone="info"
            ),
        ],
        "tasks": [
            Task("Asesmen biopsikososial", "#t1", Status("Sedang diisi", "info"), "8 dari 12 bagian"),
            Task("Asesmen kesehatan", "#t2", Status("Lewat 2 hari", "bad", "clock"), "tenggat 20 November 2026"),
            Task("Kesepakatan pelayanan", "#t3", Status("Selesai", "good", "check")),
            Task("Rencana pelayanan", "", Status("Belum dapat dimulai")),
        ],
        "table": Table(
            caption="Kasus yang saya tangani",
            columns=[
                Column("Nama"),
                Column("Klaster"),
                Column("Tahap"),
                Column("Hari", number=True),
                Column("Tenggat"),
            ],
            rows=[
                [Cell("Siti Rahayu", "#1", sub="ATN-2026-00417"), "Anak", Status("Asesmen", "info"), 19, "24 Nov 2026"],
                [
                    Cell("Mbah Karto", "#2", sub="ATN-2026-00398"),
                    "Lanjut usia",
                    Status("Layanan", "good"),
                    61,
                    "1 Des 2026",
                ],
                [
                    Cell("Budi Santoso", "#3", sub="ATN-2026-00391"),
                    "Disabilitas",
                    Status("Lewat tenggat", "bad"),
                    74,
                    "18 Nov 2026",
                ],
                [
                    Cell("Tanpa nama (P-07)", "#4", sub="ATN-2026-00420"),
                    "Belum diketahui",
                    Status("Identifikasi"),
                    2,
                    "25 Nov 2026",
                ],
            ],
        ),
        "page": Paginator(range(1250), 25).get_page(7),
        "differences": [
            Difference("Nomor telepon", "0812 3456 7890", "0812 3456 7809"),
            Difference("Alamat", "Jl. Ketintang 12", "Jl. Ketintang 12"),
            Difference("Wali", "Slamet Rahardjo", ""),
        ],
        "stacked": StackedBar(
            title="Penghuni menurut klaster, 21 November 2026",
            series=["Anak", "Lanjut usia", "Disabilitas", "Lainnya"],
            rows=[
                ("Sentra Surabaya", [42, 18, 96, 11]),
                ("UPTD Kampung Anak Negeri", [83, 0, 4, 2]),
                ("Panti Werdha Jambangan", [0, 148, 9, 0]),
            ],
            row_title="Lembaga",
        ),
        "line": LineChart(
            title="Kasus dibuka dan ditutup",
            labels=["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov"],
            series=[
                Series("Dibuka", [31, 28, 35, 40, 38, 52, 47, 44, 39, 42, 30]),
                Series("Ditutup", [22, 25, None, 33, 36, 40, 45, 41, 44, 40, 21]),
            ],
            unit="kasus sebulan",
            label_title="Bulan 2026",
        ),
        "blank_form": IntakeForm(),
        "wrong_form": IntakeForm(data=bad_post, prefix="", auto_id="wrong_%s"),
        "filter_form": CaseFilter({"stage": "assessment", "since": "31/02/2026"}),
        "moment": datetime(2026, 11, 3, 2, 5, tzinfo=UTC),
        "birth_date": date(2016, 4, 2),
        "today": date(2026, 11, 22),
    }


def shell() -> dict[str, Any]:
    """What `base.html` is given around every page, invented."""
    return {
        "navigation": [{"label": a, "url": f"#{b}", "icon": b, "current": c} for a, b, c in NAVIGATION],
        "unit_name": "Sentra Terpadu Surabaya",
        "search_url": "#cari",
        "account_url": "#akun",
        "sign_out_url": "#keluar",
        "set_language_url": "#bahasa",
        "serasi_version": "0.1.0",
        "idle_seconds": 1200,
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """All components; `?bagian=kerja` shows a page of work made of them, `?bagian=salah` a form that came back."""
    part = request.GET.get("bagian", "")
    template = {"kerja": "gallery_work", "salah": "gallery_errors"}.get(part, "gallery")
    return render(
        request, f"common/{template}.html", {**shell(), "user": Person(), "title": _("Galeri komponen"), **samples()}
    )
