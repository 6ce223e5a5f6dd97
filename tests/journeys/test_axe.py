"""Every family of pages, wide and on a phone: axe finds nothing, nothing runs over the edge or weighs too much."""

import gzip
import re
import urllib.request
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.journeys.conftest import NARROW, WIDE, flaws, sign_in

LIMIT = 10 * 1024
FIRST_VISIT = 60 * 1024
UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)

WORKER, HEAD, ADMIN, CARER, NOBODY = "peksos", "kepala", "admin", "pengasuh", None

PAGES: tuple[tuple[str | None, str], ...] = (
    # Signed out
    (NOBODY, "/masuk/"),
    (NOBODY, "/masuk/?keluar=1"),
    (NOBODY, "/masuk/lupa-sandi/"),
    (NOBODY, "{letter}"),
    # Today, lists, intake
    (WORKER, "/"),
    (WORKER, "/orang/"),
    (WORKER, "/orang/?q=Soeharto"),
    (WORKER, "/orang/daftar/"),
    (WORKER, "/orang/daftar/tidak-dikenal/"),
    (WORKER, "/kasus/"),
    (WORKER, "/kasus/?state=closed&risk=high"),
    (WORKER, "/kasus/laporan/"),
    (WORKER, "/kasus/laporan/baru/"),
    (WORKER, "/kasus/laporan/darurat/"),
    (WORKER, "{report}"),
    (WORKER, "{report}lengkapi/"),
    (WORKER, "{decided}"),
    (WORKER, "{decided}orang/?q=Bagas"),
    (WORKER, "/kasus/baru/?orang={person_id}"),
    (WORKER, "/kasus/rujukan/"),
    (WORKER, "/kasus/rujukan/?lihat=keluar"),
    (WORKER, "/kasus/rujukan/?lihat=senyap"),
    (WORKER, "{referral}"),
    (WORKER, "{referral}terima/"),
    (WORKER, "{referral}tolak/"),
    (WORKER, "/kasus/kegiatan/"),
    (WORKER, "/kasus/kegiatan/baru/"),
    (HEAD, "/kasus/layanan/"),
    # Safety
    (WORKER, "/keselamatan/kejadian/"),
    (WORKER, "/keselamatan/kejadian/lapor/"),
    (WORKER, "/keselamatan/pengekangan/"),
    (WORKER, "/keselamatan/pengekangan/mulai/"),
    (WORKER, "/keselamatan/kekhawatiran/"),
    (WORKER, "/keselamatan/kekhawatiran/sampaikan/"),
    (HEAD, "/keselamatan/pola/"),
    (WORKER, "{case}keselamatan/"),
    # The day in a ward
    *(
        (CARER, f"{{ward}}{part}")
        for part in ("", "tanda-vital/", "obat/", "obat/tercatat/", "apel/", "putaran/lunch/", "ringkasan/")
    ),
    (CARER, "{vitals}"),
    (CARER, "{vitals}ukur/"),
    (HEAD, "{vitals_practice}"),
    # Who visits, and what is done when
    *(
        (HEAD, path)
        for path in (
            "{ward}kunjungan/",
            "{ward}jadwal/",
            "{ward}jadwal/sepekan/",
            "{ward}jadwal/baru/",
            "{ward}jadwal/salin/",
            "{resident}kunjungan/",
            "{resident}kunjungan/catat/",
            "{resident}kunjungan/akan-datang/",
            "{resident}larangan/baru/",
            "{resident}jadwal/",
            "{resident}jadwal/baru/",
        )
    ),
    # Instruments: the catalogue, and what is filled in a file
    (WORKER, "/instrumen/"),
    (WORKER, "/instrumen/?words=skala"),
    (HEAD, "/instrumen/unggah/"),
    (WORKER, "{edition}"),
    (WORKER, "{instruments}"),
    (WORKER, "{instruments}pilih/"),
    (WORKER, "{instruments}mulai/{edition_id}/"),
    (WORKER, "{instruments}perkembangan/"),
    (WORKER, "{found}"),
    (WORKER, "{found}ulang/"),
    (WORKER, "{found}batal/"),
    (WORKER, "{score}pendapat/"),
    # A person
    (WORKER, "{person}"),
    *(
        (WORKER, f"{{person}}{part}")
        for part in (
            "ubah/",
            "foto/ganti/",
            "gabung/",
            "nama/tambah/",
            "alamat/tambah/",
            "keluarga/tambah/",
            "kerabat/tambah/",
            "jenis/tambah/",
            "jenis/tambah/?jenis_ppks=pengemis",
            "persetujuan/tambah/",
        )
    ),
    (WORKER, "{consent}"),
    (WORKER, "{alike}gabung/?dengan={other_id}"),
    (HEAD, "{person}dibuka/"),
    # A file, every part of it
    *(
        (WORKER, f"{{case}}{part}")
        for part in (
            "",
            "kesepakatan/",
            "kesepakatan/baru/",
            "asesmen/",
            "asesmen/spm/",
            "asesmen/baru/economic/",
            "temu-bahas/",
            "temu-bahas/baru/",
            "rencana/",
            "rencana/baru/",
            "layanan/",
            "layanan/catat/",
            "catatan/",
            "pemantauan/",
            "pemantauan/baru/",
            "resosialisasi/",
            "resosialisasi/penelusuran/",
            "resosialisasi/kesiapan/",
            "resosialisasi/serah-terima/",
            "terminasi/",
            "bimbingan-lanjut/",
            "bimbingan-lanjut/baru/",
            "rujukan/",
            "rujukan/baru/",
            "dokumen/",
            "surat/",
            "tim/",
            "tim/tambah/",
            "tim/manajer/",
            "tugas/baru/",
            "pendekatan/",
            "risiko/",
            "kerahasiaan/",
            "cetak/",
            "tahap/{next_stage}/",
        )
    ),
    (WORKER, "{conference}"),
    (WORKER, "{assessment}"),
    (WORKER, "{hidden}"),
    (WORKER, "{hidden}darurat/"),
    # Deciding and watching over
    (HEAD, "/"),
    (HEAD, "/kasus/persetujuan/"),
    (HEAD, "{approval}"),
    (HEAD, "/jejak/"),
    (HEAD, "/jejak/perubahan/"),
    (HEAD, "/jejak/darurat/"),
    (HEAD, "{review}"),
    # Settings, directory, account, import
    (ADMIN, "/pengaturan/unit/"),
    (ADMIN, "{unit}"),
    (ADMIN, "{unit}ubah/"),
    (ADMIN, "/pengaturan/unit/baru/"),
    (ADMIN, "/pengaturan/unit/baru/"),
    (ADMIN, "{template}"),
    (ADMIN, "/pengaturan/petugas/"),
    (ADMIN, "/pengaturan/petugas/tambah/"),
    (ADMIN, "{staff}"),
    (ADMIN, "{staff}tugaskan/"),
    (WORKER, "/direktori/"),
    (WORKER, "{institution}"),
    (HEAD, "{own_institution}ubah/"),
    (WORKER, "/impor/"),
    (WORKER, "/akun/"),
    (WORKER, "/akun/masuk/"),
    (WORKER, "/akun/kata-sandi/"),
    (WORKER, "/akun/verifikasi/"),
    (WORKER, "/akun/verifikasi/aplikasi/"),
    (WORKER, "/akun/verifikasi/kunci-sandi/tambah/"),
    (WORKER, "/masuk/pastikan/"),
    (WORKER, "/kewenangan/"),
    (WORKER, "/masuk/keluar/"),
    # Refusals
    (WORKER, "/pengaturan/petugas/"),
    (WORKER, "/tidak-ada/"),
    (NOBODY, "/periksa/tidak-ada/"),
)

UNLIMITED = re.compile(r"/kewenangan/$|/cetak/$|/direktori/$|/jenis/tambah/$")
"""Not pages of work: a whole table to read, a file to print, a list of everything."""


@pytest.fixture(scope="module")
def desks(browser: Browser, site: str) -> Iterator[Callable[[str | None, Mapping[str, int]], Page]]:
    """One browser per person and width, kept for all pages."""
    open_pages: dict[tuple[str | None, int], Page] = {}
    contexts: list[BrowserContext] = []

    def desk(who: str | None, viewport: Mapping[str, int]) -> Page:
        key = (who, viewport["width"])
        if key not in open_pages:
            narrow = viewport["width"] != WIDE["width"]
            state = open_pages[who, WIDE["width"]].context.storage_state() if narrow and who is not None else None
            context = browser.new_context(
                base_url=site,
                viewport=viewport,  # type: ignore[arg-type]
                locale="id-ID",
                timezone_id="Asia/Jakarta",
                storage_state=state,
            )
            contexts.append(context)
            page = context.new_page()
            if who is not None and state is None:
                page.goto("/")
                sign_in(page, who)
            open_pages[key] = page
        return open_pages[key]

    yield desk
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def places(desks: Callable[[str | None, Mapping[str, int]], Page]) -> dict[str, str]:
    """Where the named pages of the demonstration world are, found as people find them."""
    ratih, head, admin, carer = (desks(who, WIDE) for who in (WORKER, HEAD, ADMIN, CARER))

    def found(page: Page, path: str, pattern: str) -> str:
        answer = page.request.get(path)
        seen = re.search(f'href="({pattern})', answer.text())
        assert seen is not None, (path, pattern)
        return seen[1]

    case = found(ratih, "/kasus/?q=Bagas&state=open", f"/kasus/{UUID}/")
    person = found(ratih, case, f"/orang/{UUID}/")
    ward = found(carer, "/harian/?semua=1", f"/harian/wisma/{UUID}/")
    stay = found(carer, "/hunian/", f"/hunian/tinggal/{UUID}/").split("/")[3]
    alike = found(ratih, "/orang/?q=Suharto+Wibisono", f"/orang/{UUID}/")
    other = found(ratih, f"{alike}gabung/", rf"\?dengan={UUID}")
    instruments = found(ratih, "/kasus/?q=Painem&state=open", f"/kasus/{UUID}/").replace("/kasus/", "/asesmen/kasus/")
    edition = found(ratih, "/instrumen/?words=sehari-hari", f"/instrumen/edisi/{UUID}/")
    whole = found(ratih, instruments, f"/asesmen/{UUID}/")
    resident = f"/harian/penghuni/{found(head, '/hunian/', f'/hunian/tinggal/{UUID}/').split('/')[3]}/"
    if "/periksa/" not in ratih.request.get(f"{case}surat/").text():
        ratih.goto(f"{case}surat/")
        ratih.get_by_label("Kesepakatan Pelayanan").check()
        ratih.get_by_role("button", name="Terbitkan").click()
        expect(ratih.get_by_role("link", name="Periksa").first).to_be_visible()
    return {
        "case": case,
        "person": person,
        "ward": ward,
        "vitals": f"/harian/penghuni/{stay}/tanda-vital/",
        "vitals_practice": found(head, ward, f"/harian/tanda-vital/unit/{UUID}/"),
        "person_id": person.split("/")[2],
        "alike": alike,
        "other_id": other.removeprefix("?dengan="),
        "resident": resident,
        "instruments": instruments,
        "edition": edition,
        "edition_id": edition.split("/")[3],
        "found": whole,
        "score": found(ratih, whole, f"/asesmen/skor/{UUID}/"),
        "report": found(ratih, "/kasus/laporan/?state=new", f"/kasus/laporan/{UUID}/"),
        "decided": found(ratih, "/kasus/laporan/?state=decided", f"/kasus/laporan/{UUID}/"),
        "referral": found(ratih, "/kasus/rujukan/", f"/kasus/rujukan/{UUID}/"),
        "letter": found(ratih, f"{case}surat/", '/periksa/[^/"]+/'),
        "conference": found(ratih, f"{case}temu-bahas/", f"{case}temu-bahas/{UUID}/"),
        "assessment": found(ratih, f"{case}asesmen/", f"{case}asesmen/{UUID}/"),
        "next_stage": found(ratih, case, f'{case}tahap/[^/"]+').rpartition("/")[2],
        "hidden": found(desks("wulan", WIDE), "/kasus/?mine=1&state=open", f"/kasus/{UUID}/"),
        "approval": found(head, "/kasus/persetujuan/", f"/kasus/persetujuan/{UUID}/"),
        "consent": found(ratih, person, f"{person}persetujuan/{UUID}/tarik/"),
        "review": found(head, "/jejak/darurat/", f"/jejak/darurat/{UUID}/"),
        "unit": found(admin, "/pengaturan/unit/", f"/pengaturan/unit/{UUID}/"),
        "template": found(admin, "/pengaturan/unit/baru/", '/pengaturan/unit/baru/[^/"]+/'),
        "staff": found(admin, "/pengaturan/petugas/", f"/pengaturan/petugas/{UUID}/"),
        "institution": found(ratih, "/direktori/", f"/direktori/{UUID}/"),
        "own_institution": found(ratih, "/direktori/?q=Pangudi", f"/direktori/{UUID}/"),
    }


@pytest.mark.journey
@pytest.mark.parametrize(("who", "address"), PAGES, ids=[f"{who or 'siapa pun'} {path}" for who, path in PAGES])
def test_a_page_can_be_heard_and_read_at_every_width_and_is_light(
    who: str | None,
    address: str,
    desks: Callable[[str | None, Mapping[str, int]], Page],
    places: Mapping[str, str],
) -> None:
    path = address.format(**places)
    for viewport in (WIDE, NARROW):
        page = desks(who, viewport)
        said: list[str] = []

        def listen(message: ConsoleMessage, said: list[str] = said) -> None:
            said.append(message.text)

        page.on("console", listen)
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        answer = page.goto(path)
        assert answer is not None
        assert answer.status < 500
        assert _policy(answer.headers) == POLICY
        found = flaws(page, viewport)
        page.remove_listener("console", listen)
        errors = [words for words in said if re.search("Content Security Policy|Uncaught", words)]
        assert (viewport["width"], found, errors) == (viewport["width"], ([], 0), [])
    if not UNLIMITED.search(path):
        assert _weight(page, path) <= LIMIT


@pytest.mark.journey
def test_the_first_visit_weighs_little_with_everything_it_brings(
    desks: Callable[[str | None, Mapping[str, int]], Page], open_as: Callable[..., Page]
) -> None:
    # Someone opens the sign-in page for the first time, and comes to the page of today.
    maya = open_as(None)
    maya.goto("/masuk/")
    brought = {"/masuk/", *_brought(maya)}
    sign_in(maya, "peksos.dki")
    maya.wait_for_load_state("networkidle")
    brought |= {"/", *_brought(maya)}
    assert sum(_weight(maya, path) for path in brought) <= FIRST_VISIT


def _brought(page: Page) -> list[str]:
    """What the page has loaded beside itself."""
    found: list[str] = page.evaluate(
        "() => performance.getEntriesByType('resource').map(entry => new URL(entry.name))"
        ".filter(url => url.origin === location.origin).map(url => url.pathname)"
    )
    return found


def _weight(page: Page, path: str) -> int:
    """The bytes of an answer as they travel: compressed by the server, or as a proxy before it would."""
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin is not None
    request = urllib.request.Request(  # noqa: S310  (our own server)
        origin[0] + path, headers={"Accept-Encoding": "gzip", "Cookie": cookies}
    )
    try:
        answer = urllib.request.urlopen(request, timeout=20)  # noqa: S310
    except urllib.error.HTTPError as refusal:
        answer = refusal
    body: bytes = answer.read()
    return len(body) if answer.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(body, 6))


def _policy(headers: Mapping[str, str]) -> str:
    """The policy with its directives in the order of the settings."""
    given = {part.strip() for part in headers["content-security-policy"].split(";")}
    wanted = POLICY.split("; ")
    return "; ".join([*(part for part in wanted if part in given), *sorted(given - set(wanted))])
