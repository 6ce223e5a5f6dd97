"""States and kinds of this app; imports nothing of Serasi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GatheringKind(TextChoices):
    """Why people come at once."""

    SHELTER = "shelter", _("Penampungan sementara (TPS)")
    ROUND_UP = "round_up", _("Hasil penertiban (razia)")
    DISASTER = "disaster", _("Bencana")
    OTHER = "other", pgettext_lazy("penampungan", "Lainnya")


class Health(TextChoices):
    """Who is looked at first. Field triage of three colours; black has no place in a shelter."""

    GREEN = "green", _("Hijau: tampak sehat")
    YELLOW = "yellow", _("Kuning: perlu diperiksa hari ini")
    RED = "red", _("Merah: perlu pertolongan sekarang")


class Danger(TextChoices):
    """What cannot wait until there is a case."""

    VIOLENCE = "violence", _("Terancam atau mengalami kekerasan")
    TRAFFICKED = "trafficked", _("Diduga diperdagangkan atau dieksploitasi")
    SELF_HARM = "self_harm", _("Ingin mati atau melukai diri")
    AGITATED = "agitated", _("Gaduh gelisah atau membahayakan orang lain")
    CONTAGIOUS = "contagious", _("Batuk lama, demam dengan ruam, atau tanda menular")


class Need(TextChoices):
    PREGNANT = "pregnant", _("Hamil atau menyusui")
    DISABLED = "disabled", _("Disabilitas")
    INJURED = "injured", _("Luka")
    MEDICINE = "medicine", _("Butuh obat rutin")


class OutcomeKind(TextChoices):
    """What became of someone who had come."""

    PLACED = "placed", _("Ditempatkan di unit")
    FAMILY = "family", _("Pulang atau dijemput keluarga")
    HOME_REGION = "home_region", _("Diserahkan ke daerah asal")
    HOSPITAL = "hospital", pgettext_lazy("penampungan", "Rumah sakit")
    POLICE = "police", _("Polisi")
    LEFT = "left", _("Pergi sendiri")
    DIED = "died", pgettext_lazy("penampungan", "Meninggal")
    DUPLICATE = "duplicate", _("Tercatat dua kali")


class Shown(TextChoices):
    """What a list of arrivals is narrowed to."""

    HERE = "here", _("Masih di sini")
    GONE = "gone", _("Sudah diteruskan")
    ALONE = "alone", _("Anak tanpa orang dewasa")
    RED = "red", _("Merah")
    YELLOW = "yellow", _("Kuning")
    DANGER = "danger", _("Dalam bahaya")
    UNMATCHED = "unmatched", _("Belum dicocokkan")
    LATE = "late", _("Datang terlambat")
