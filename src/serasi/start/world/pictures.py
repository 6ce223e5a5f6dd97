"""Pictures of nobody: portraits in soft colours without a face, and papers that somebody might have brought."""

import io
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from serasi.common.images import clean_photo
from serasi.common.typesetting import typeset

WALLS: Final = ("#dfe8ef", "#e9e3d5", "#dbe9df", "#efe0dc", "#e4e0ee", "#e6eadb")
CLOTHES: Final = ("#4f6d7a", "#8c5e58", "#5b7b5a", "#6d5a7b", "#a0794a", "#3f5a8a", "#7a7f86", "#94627c")
SKIN: Final = ("#c99b72", "#b98758", "#a6744a", "#d3a780", "#8f6540")
HAIR: Final = ("#2b2320", "#3a2c25", "#1f1d1e")
GREY: Final = ("#b9b6b1", "#8f8c88", "#d6d3ce")
TALL, WIDE = 900, 720


def portrait(dice: Random, *, sex: str, age: int, may_cover_hair: bool) -> bytes:
    """Head and shoulders of someone of this sex and age, as a photo that was made safe."""
    wall, cloth, skin = dice.choice(WALLS), dice.choice(CLOTHES), dice.choice(SKIN)
    hair = dice.choice(GREY if age >= 60 else HAIR)
    scarf = dice.choice(CLOTHES) if may_cover_hair and sex == "P" and age >= 12 and dice.random() < 0.7 else ""
    picture = Image.new("RGB", (WIDE, TALL), wall)
    draw = ImageDraw.Draw(picture)
    breadth = 150 if age < 14 else 165
    left, right, top, chin = 360 - breadth, 360 + breadth, 210, 600
    if scarf:
        draw.ellipse((left - 55, top - 60, right + 55, chin + 70), fill=scarf)
    elif sex == "P":
        draw.rounded_rectangle((left - 45, top - 40, right + 45, chin + 60), 190, fill=hair)
    draw.ellipse((60, 660, 660, 1300), fill=cloth)
    if scarf:
        draw.polygon([(left - 20, chin - 60), (right + 20, chin - 60), (560, 780), (360, 860), (160, 780)], fill=scarf)
    else:
        draw.rounded_rectangle((295, 540, 425, 710), 60, fill=skin)
    draw.ellipse((left, top, right, chin), fill=skin)
    if not scarf:
        draw.pieslice((left - 12, top - 40, right + 12, top + 330), 180, 360, fill=hair)
    small = picture.resize((WIDE // 2, TALL // 2), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG", compress_level=1)
    return clean_photo(written.getvalue())


def scanned(title: str, lines: Sequence[str]) -> bytes:
    """A sheet of paper as a telephone sees it, with the word CONTOH across it."""
    sheet = Image.new("RGB", (1000, 1400), "#f4f1ea")
    draw = ImageDraw.Draw(sheet)
    draw.text((500, 700), "CONTOH", fill="#e3ddd0", font=ImageFont.load_default(210), anchor="mm")
    draw.text((500, 150), title, fill="#2a2a2a", font=ImageFont.load_default(44), anchor="mm")
    draw.line((120, 200, 880, 200), fill="#2a2a2a", width=3)
    for number, line in enumerate(lines):
        draw.text((120, 280 + 62 * number), line, fill="#333333", font=ImageFont.load_default(30))
    draw.ellipse((640, 1100, 830, 1290), outline="#5a6ea8", width=6)
    written = io.BytesIO()
    sheet.save(written, "PNG", compress_level=1)
    return written.getvalue()


def typed(title: str, sender: str, lines: Sequence[str]) -> bytes:
    """A letter from outside as a small PDF."""
    return typeset(Path(__file__).with_name("paper.typ"), {"title": title, "sender": sender, "lines": list(lines)})
