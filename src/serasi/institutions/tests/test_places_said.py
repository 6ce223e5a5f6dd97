"""Places that people say in words are held against the list of regions."""

import pytest

from serasi.institutions.models import Region
from serasi.institutions.queries.regions import villages_said

pytestmark = pytest.mark.django_db

ROWS = [
    ("32", "Jawa Barat", 1, None),
    ("32.16", "Kabupaten Bekasi", 2, "32"),
    ("32.75", "Kota Bekasi", 2, "32"),
    ("32.16.06", "Tambun Selatan", 3, "32.16"),
    ("32.75.01", "Bekasi Timur", 3, "32.75"),
    ("32.16.06.2004", "Tambun", 4, "32.16.06"),
    ("32.16.06.2008", "Setiamekar", 4, "32.16.06"),
    *((f"32.75.01.10{number:02}", "Sukamaju", 4, "32.75.01") for number in range(1, 8)),
    ("32.16.06.2010", "Margahayu", 4, "32.16.06"),
    ("32.75.01.1020", "Margahayu", 4, "32.75.01"),
]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Desa Setiamekar, Kec. Tambun Selatan, Kab. Bekasi", ["32.16.06.2008"]),
        ("setiamekar tambun selatan", ["32.16.06.2008"]),
        ("Tambun, Tambun Selatan", ["32.16.06.2004"]),
        ("Margahayu Kota Bekasi", ["32.75.01.1020", "32.16.06.2010"]),
        ("Margahayu Kab Bekasi", ["32.16.06.2010", "32.75.01.1020"]),
        ("Margahayu", ["32.16.06.2010", "32.75.01.1020"]),
        ("Sukamaju", []),
        ("dekat pasar", []),
        ("((( %s \x00", []),
    ],
)
def test_what_fits_best_comes_first(said: str, found: list[str]) -> None:
    rows = [
        Region(code=code, name=name, level=level, parent_id=above, edition="uji") for code, name, level, above in ROWS
    ]
    Region.objects.bulk_create(rows, ignore_conflicts=True)

    assert [code for code, _name in villages_said([said])[0]] == found
