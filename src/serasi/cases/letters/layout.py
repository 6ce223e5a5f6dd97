"""From a composed letter to the PDF that is signed."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext

from serasi.cases.letters.compose import Composed
from serasi.common.typesetting import qr_svg, typeset

LAYOUT = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What stands around the words: whose letter it is, its number, and where it can be checked."""

    owners: tuple[str, ...]
    unit: str
    address: str
    number: str
    check_address: str


def set_letter(letter: Composed, head: LetterHead) -> bytes:
    return typeset(
        LAYOUT,
        {
            "title": letter.title,
            "owners": head.owners,
            "unit": head.unit,
            "address": head.address,
            "number_label": gettext("Nomor:"),
            "number": head.number,
            "blocks": letter.blocks,
            "signers": letter.signers,
            "qr": qr_svg(head.check_address),
            "qr_alt": gettext("Kode QR halaman pemeriksaan surat"),
            "check_note": gettext(
                "Keaslian surat ini dapat diperiksa di %(address)s. Halaman itu hanya memuat nomor, tanggal, "
                "penanda tangan dan sidik berkas, tanpa data pribadi."
            )
            % {"address": head.check_address},
            "footer": gettext("Nomor %(number)s") % {"number": head.number},
        },
    )
