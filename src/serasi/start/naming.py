"""Invented names, as wide and as skewed as real ones: a few hundred words that everyone bears, and a long tail.

No name here is taken from a person. Frequencies follow Zipf's law with exponent near one, as given names do; the tail is made
of Indonesian syllables, so that misspelling and folding meet what they meet in life.
"""

from bisect import bisect
from itertools import accumulate
from random import Random

MALE = (
    "Muhammad Ahmad Agus Budi Andi Dedi Eko Hendra Joko Rudi Slamet Sugeng Sutrisno Suparman Bambang Wahyu Yusuf Ibrahim Abdul "
    "Rahman Ridwan Rizki Rizal Fajar Dimas Bayu Arif Asep Ujang Cecep Dadang Iwan Irfan Hasan Husein Ali Umar Usman Anwar "
    "Zainal Syamsul Saiful Sugiarto Supriyadi Suryadi Sumarno Sunarto Sutomo Hartono Haryanto Heru Hadi Imam Indra Jamal "
    "Kusnadi Lukman Maman Nana Oman Parman Ponimin Purnomo Rahmat Rohman Sarip Tarmiji Tono Udin Untung Wawan Wayan Made "
    "Nyoman Ketut Gede Putu Komang Yanto Yudi Yulianto Zaki Adi Aditya Alfian Aldi Bagus Beni Cahyo Danu Darma Edi Erwin "
    "Faisal Feri Galih Gilang Gunawan Hamzah Hilman Ilham Ismail Jefri Kevin Krisna Luthfi Mahmud Mulyadi Nanda Naufal "
    "Nugroho Oki Pandu Prasetyo Raka Rangga Reza Satria Setiawan Surya Taufik Teguh Tri Vino Wisnu Yogi Yohanes Petrus "
    "Markus Lukas Matius Simon Daniel Samuel Stefanus Thomas Antonius Ignatius Paulus Martinus Marthen Yance Melki"
).split()
FEMALE = (
    "Siti Nur Sri Dewi Ani Ayu Dwi Tri Endang Ratna Rini Yuli Wati Sumiati Suparti Sulastri Kartini Aminah Fatimah Khadijah "
    "Aisyah Zainab Maryam Halimah Rohani Rohana Romlah Juminah Ponirah Painem Tukinem Wagiyem Sumarni Suryani Sunarti "
    "Hartini Haryati Heni Ida Ika Imas Indah Intan Iis Jamilah Kurnia Laras Lestari Lia Lina Linda Lilis Maya Mega Melati "
    "Mira Murni Nani Neneng Nina Ningsih Novi Nurhayati Nuraini Oktavia Pratiwi Puji Puspita Putri Rahayu Rahmawati Rina "
    "Rita Rosita Rukmini Safitri Salamah Santi Sari Sinta Sukma Susanti Susi Tati Titin Tuti Umi Utami Vera Wahyuni Widya "
    "Winarti Wulan Yanti Yulia Yuni Zahra Zulaikha Wayan Made Nyoman Ketut Luh Putu Kadek Maria Marta Magdalena Kristina "
    "Yohana Agustina Elisabet Ester Rut Debora Natalia Veronika Theresia Lusia Monika Margareta Yosefina Welmince Naomi"
).split()
FAMILY = (
    "Santoso Wijaya Saputra Pratama Hidayat Kurniawan Setiawan Susanto Nugroho Wibowo Utomo Purnama Firmansyah Maulana "
    "Ramadhan Gunawan Lubis Nasution Siregar Harahap Simanjuntak Sihombing Hutagalung Tanjung Batubara Ginting Sembiring "
    "Tarigan Pohan Daulay Siahaan Manurung Pane Rangkuti Matondang Rambe Dalimunthe Rumahorbo Tampubolon Panjaitan Waruwu "
    "Zebua Laoli Mendrofa Wenda Kogoya Tabuni Wanimbo Yikwa Rumbiak Wambrauw Kambu Sawaki Mandacan Ayomi Manalu Sitorus "
    "Pasaribu Situmorang Halawa Gulo Hia Ndraha Latuconsina Pattimura Tuhumury Salampessy Leimena Matulessy Rumasukun "
    "Mokodompit Lasut Rotinsulu Mamahit Kandou Wowor Pangemanan Daeng Tappa Maddukelleng Parenrengi Patunru"
).split()
BEGINNINGS = (
    "Su Har War Kus Mul Pur Dar Sar Par Gun Win Sum Pra Mar Sis Tar Yat Ros Kar Bar Sul Ras Lam Nas Jum Wag Pon Tuk Leg Man "
    "Sab Mis Sal Ham Ruk Sap Dul Nar Min Tam Kas Rat Las Bas Wir Sem Ngat Gim Pai Sag"
).split()
MIDDLES = "di ma yo na ti wa gi la ri mi ka ni ju da mo yu pa si tra ba ra lu nga".split()
MALE_ENDINGS = "no to man di yo wan rto jo min mun rjo din yadi nto rman rdi mad".split()
FEMALE_ENDINGS = "ti ni wati yati ningsih yah nah sih em rni tin lah mi ningrum ria".split()
FAMILY_ENDINGS = "ga ng na mbo bua hu ra waru lang tua rang so neno bao tung pang".split()

TAIL = 36_000
"""Rare words invented beside the common ones; a national vocabulary has about as many that occur more than once."""


class Skewed:
    """Draws from words of which the first is the most common (Zipf)."""

    def __init__(self, words: list[str], *, exponent: float) -> None:
        self._words = words
        self._edges = list(accumulate(1 / (rank + 2) ** exponent for rank in range(len(words))))

    def draw(self, dice: Random) -> str:
        return self._words[bisect(self._edges, dice.random() * self._edges[-1])]


class Names:
    """Full names from one seed; the same seed gives the same names in the same order."""

    def __init__(self, seed: int) -> None:
        dice = Random(seed)  # noqa: S311  (invented people, not secrets)
        rare_male, rare_female, rare_family = (
            _rare_words(dice, endings) for endings in (MALE_ENDINGS, FEMALE_ENDINGS, FAMILY_ENDINGS)
        )
        self._given = {
            "L": Skewed([*MALE, *rare_male], exponent=1.05),
            "P": Skewed([*FEMALE, *rare_female], exponent=1.05),
        }
        self._later = {
            "L": Skewed([*FAMILY, *MALE, *rare_male, *rare_family], exponent=0.95),
            "P": Skewed([*FAMILY, *FEMALE, *rare_female, *rare_family], exponent=0.95),
        }

    def full_name(self, dice: Random, sex: str) -> str:
        """One to four words; one name in eleven is a single word."""
        words = [self._given[sex].draw(dice)]
        for _ in range(dice.choices((0, 1, 2, 3), (9, 46, 35, 10))[0]):
            words.append(self._later[sex].draw(dice))
        return " ".join(dict.fromkeys(words))


def _rare_words(dice: Random, endings: list[str]) -> list[str]:
    """A third of the tail: a beginning, one or two middles, an ending that tells men, women and families apart."""
    words: set[str] = set()
    while len(words) < TAIL // 3:
        middles = "".join(dice.choice(MIDDLES) for _ in range(dice.choice((1, 1, 2))))
        words.add(dice.choice(BEGINNINGS) + middles + dice.choice(endings))
    shuffled = sorted(words)
    dice.shuffle(shuffled)
    return shuffled


def misspelt(dice: Random, name: str) -> str:
    """The name as a hurried hand writes it: one letter left out, doubled, swapped with its neighbour or replaced."""
    place = dice.randrange(1, len(name)) if len(name) > 1 else 0
    match dice.randrange(4):
        case 0:
            return name[:place] + name[place + 1 :]
        case 1:
            return name[:place] + name[place] + name[place:]
        case 2 if place + 1 < len(name):
            return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
        case _:
            return name[:place] + dice.choice("aeiounrst") + name[place + 1 :]
