"""A form that comes with a picture, a sound and a list: which medicine is in the house."""

import io

from PIL import Image

TABLET, ASK, MEDICINES = "tablet.png", "tanya ibu.mp3", "obat.csv"
ROWS = b"name,label,jenis\nparasetamol,Parasetamol,tablet\namoksisilin,Amoksisilin,sirup\n"


def sheets(
    image: str = TABLET, audio: str = ASK, of: str = f"select_one_from_file {MEDICINES}", more: str = ""
) -> bytes:
    return f"""
## survey

| type | name | label | media::image | media::audio | choice_filter |
| --- | --- | --- | --- | --- | --- |
| begin_group | rumah | Obat di rumah | | | |
| select_one jenis | jenis | Jenis apa? | {image} | | |
| {of} | obat | Obat yang mana? | | {audio} | jenis = ${{jenis}} |
{more}| end_group | | | | | |

## choices

| list_name | name | label | media::image |
| --- | --- | --- | --- |
| jenis | tablet | Tablet | {image} |
| jenis | sirup | Sirup | |

## settings

| form_title | form_id | version |
| --- | --- | --- |
| Obat di rumah | obat_rumah | 1 |
""".encode()


def picture(width: int = 2400, kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, width // 2), "orange").save(written, kind)
    return written.getvalue()
