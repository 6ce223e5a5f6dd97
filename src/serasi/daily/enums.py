"""States, kinds and answers of this app; imports nothing of Serasi."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mark(TextChoices):
    """What a roll call found of one resident."""

    PRESENT = "present", pgettext_lazy("apel", "Hadir")
    OUT = "out", pgettext_lazy("apel", "Keluar")
    LEAVE = "leave", pgettext_lazy("apel", "Izin")
    HOSPITAL = "hospital", pgettext_lazy("apel", "RS")
    MISSING = "missing", pgettext_lazy("apel", "Tidak ada")


class ShiftName(TextChoices):
    """A turn of carers; which hours it has is the unit's own practice."""

    MORNING = "morning", pgettext_lazy("giliran", "Pagi")
    AFTERNOON = "afternoon", pgettext_lazy("giliran", "Siang")
    NIGHT = "night", pgettext_lazy("giliran", "Malam")


class RoundKind(TextChoices):
    """What is asked of everybody in a ward, one question at a time."""

    BREAKFAST = "breakfast", _("Makan pagi")
    LUNCH = "lunch", _("Makan siang")
    DINNER = "dinner", _("Makan malam")
    SNACK = "snack", _("Makanan selingan")
    BATH = "bath", _("Mandi")
    TEETH = "teeth", _("Gosok gigi")
    CLOTHES = "clothes", _("Ganti pakaian atau popok")
    SLEEP = "sleep", _("Tidur")
    BEHAVIOUR = "behaviour", _("Perilaku")

    @property
    def is_meal(self) -> bool:
        return self in {RoundKind.BREAKFAST, RoundKind.LUNCH, RoundKind.DINNER, RoundKind.SNACK}


class Answer(TextChoices):
    """What a round found of one resident."""

    ALL = "all", pgettext_lazy("makan", "Habis")
    HALF = "half", pgettext_lazy("makan", "Separuh")
    NOTHING = "nothing", pgettext_lazy("makan", "Tidak makan")
    FASTING = "fasting", pgettext_lazy("makan", "Puasa")
    ALONE = "alone", pgettext_lazy("perawatan diri", "Sendiri")
    HELPED = "helped", pgettext_lazy("perawatan diri", "Dibantu")
    REFUSED = "refused", pgettext_lazy("perawatan diri", "Menolak")
    NOT_YET = "not_yet", pgettext_lazy("perawatan diri", "Belum")
    ASLEEP = "asleep", pgettext_lazy("tidur", "Tidur")
    RESTLESS = "restless", pgettext_lazy("tidur", "Gelisah")
    AWAKE = "awake", pgettext_lazy("tidur", "Terjaga")
    CALM = "calm", pgettext_lazy("perilaku", "Tenang")
    WITHDRAWN = "withdrawn", pgettext_lazy("perilaku", "Menarik diri")
    UPSET = "upset", pgettext_lazy("perilaku", "Gelisah")
    ATTACKING = "attacking", pgettext_lazy("perilaku", "Menyerang")


_MEAL: Final = (Answer.ALL, Answer.HALF, Answer.NOTHING, Answer.FASTING)
_CARE: Final = (Answer.ALONE, Answer.HELPED, Answer.REFUSED, Answer.NOT_YET)
ANSWERS: Final[Mapping[RoundKind, tuple[Answer, ...]]] = {
    **{kind: _MEAL for kind in RoundKind if kind.is_meal},
    RoundKind.BATH: _CARE,
    RoundKind.TEETH: _CARE,
    RoundKind.CLOTHES: _CARE,
    RoundKind.SLEEP: (Answer.ASLEEP, Answer.RESTLESS, Answer.AWAKE),
    RoundKind.BEHAVIOUR: (Answer.CALM, Answer.WITHDRAWN, Answer.UPSET, Answer.ATTACKING),
}
"""What may be answered in a round of each kind; the first is what is usual."""


class Outcome(TextChoices):
    """What became of a dose."""

    GIVEN = "given", pgettext_lazy("obat", "Diberikan")
    REFUSED = "refused", pgettext_lazy("obat", "Menolak")
    HELD = "held", pgettext_lazy("obat", "Ditunda")
    MISSED = "missed", pgettext_lazy("obat", "Terlewat")


class DietKind(TextChoices):
    """A meal that is not everybody's."""

    SOFT = "soft", _("Lunak")
    STRAINED = "strained", _("Saring atau cair")
    DIABETIC = "diabetic", _("Rendah gula")
    LOW_SALT = "low_salt", _("Rendah garam")
    ENRICHED = "enriched", _("Tambahan gizi")
    VEGETARIAN = "vegetarian", _("Tanpa daging")
    ALLERGY = "allergy", _("Pantangan alergi")
    OTHER = "other", pgettext_lazy("diet", "Lain")


class NoteKind(TextChoices):
    """What a short note is about."""

    BEHAVIOUR = "behaviour", _("Perilaku")
    HEALTH = "health", _("Kesehatan")
    FOOD = "food", pgettext_lazy("catatan", "Makan")
    SLEEP = "sleep", pgettext_lazy("catatan", "Tidur")
    OTHER = "other", pgettext_lazy("catatan", "Lainnya")


class Measure(TextChoices):
    """What is measured of a resident's body, each in one unit (`PLAUSIBLE`)."""

    TEMPERATURE = "temperature", _("Suhu")
    SYSTOLIC = "systolic", _("Tekanan darah atas")
    DIASTOLIC = "diastolic", _("Tekanan darah bawah")
    PULSE = "pulse", _("Nadi")
    RESPIRATION = "respiration", _("Napas")
    SATURATION = "saturation", _("Saturasi oksigen")
    GLUCOSE = "glucose", _("Gula darah")
    WEIGHT = "weight", _("Berat badan")
    HEIGHT = "height", _("Tinggi badan")


@dataclass(frozen=True, slots=True)
class Plausible:
    """Between which numbers a measure can lie in a living person, from infant to elder; beyond it was mistyped."""

    least: int
    most: int
    unit: Any
    places: int = 0

    def words(self, value: Any) -> str:
        """A number with its unit: 36,5 °C, 98%, 80/menit."""
        number, unit = number_format(value, self.places, use_l10n=True), str(self.unit)
        return f"{number}{unit}" if unit.startswith(("%", "/")) else f"{number} {unit}"


PLAUSIBLE: Final[Mapping[Measure, Plausible]] = {
    Measure.TEMPERATURE: Plausible(28, 44, "°C", places=1),
    Measure.SYSTOLIC: Plausible(40, 300, "mmHg"),
    Measure.DIASTOLIC: Plausible(20, 200, "mmHg"),
    Measure.PULSE: Plausible(20, 250, pgettext_lazy("satuan nadi dan napas", "/menit")),
    Measure.RESPIRATION: Plausible(4, 90, pgettext_lazy("satuan nadi dan napas", "/menit")),
    Measure.SATURATION: Plausible(40, 100, "%"),
    Measure.GLUCOSE: Plausible(10, 1000, "mg/dL"),
    Measure.WEIGHT: Plausible(1, 350, "kg", places=1),
    Measure.HEIGHT: Plausible(30, 230, "cm"),
}
LIMITED: Final = (
    Measure.TEMPERATURE,
    Measure.SYSTOLIC,
    Measure.DIASTOLIC,
    Measure.PULSE,
    Measure.RESPIRATION,
    Measure.SATURATION,
    Measure.GLUCOSE,
)
"""Of which a unit may say from where on somebody looks."""


class VisitKind(TextChoices):
    """How somebody from outside and a resident meet."""

    HOUSE = "house", pgettext_lazy("kunjungan", "Kunjungan")
    PHONE = "phone", pgettext_lazy("kunjungan", "Telepon")
    VIDEO = "video", pgettext_lazy("kunjungan", "Panggilan video")


class VisitOutcome(TextChoices):
    """What became of a visit or a call."""

    KEPT = "kept", pgettext_lazy("kunjungan", "Berlangsung")
    REFUSED_BY_RESIDENT = "refused", pgettext_lazy("kunjungan", "Penghuni tidak mau")
    REFUSED_BY_HOUSE = "barred", pgettext_lazy("kunjungan", "Tidak diizinkan rumah ini")
    CANCELLED = "cancelled", pgettext_lazy("kunjungan", "Dibatalkan")
    NOT_KEPT = "not_kept", pgettext_lazy("kunjungan", "Tidak datang atau tidak menelepon")

    @property
    def has_a_moment(self) -> bool:
        """Whether somebody came or called: it happened at a time."""
        return self in {VisitOutcome.KEPT, VisitOutcome.REFUSED_BY_RESIDENT, VisitOutcome.REFUSED_BY_HOUSE}


class DayChange(TextChoices):
    """How an entry of the timetable differs on one day."""

    CANCELLED = "cancelled", pgettext_lazy("jadwal", "Dibatalkan")
    MOVED = "moved", pgettext_lazy("jadwal", "Dipindah jamnya")
    AS_PLANNED = "as_planned", pgettext_lazy("jadwal", "Berlangsung seperti biasa")


WEEKDAYS: Final = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
"""By their number in Python: Monday is 0."""
