import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from serasi.common import images
from serasi.common.images import PhotoRefused, clean_photo

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def photo(size: tuple[int, int] = (400, 300), kind: str = "JPEG", mode: str = "RGB", **options: Any) -> bytes:
    drawn = Image.linear_gradient("L").resize(size).convert(mode)
    written = io.BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    read = Image.open(io.BytesIO(content))
    read.load()
    return read


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    tags[MAKER] = "TELEPON-RAHASIA"
    tags.get_ifd(GPS).update({1: "S", 2: (6.0, 12.0, 30.0), 3: "E", 4: (106.0, 49.0, 0.0)})
    return tags


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_known_type_becomes_a_jpeg(kind: str) -> None:
    cleaned = opened(clean_photo(io.BytesIO(photo(kind=kind))))
    assert (cleaned.format, cleaned.mode, cleaned.size) == ("JPEG", "RGB", (400, 300))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_place_device_and_comments_are_gone(kind: str) -> None:
    options: dict[str, Any] = {"exif": exif()}
    if kind == "JPEG":
        options |= {"comment": b"TELEPON-RAHASIA"}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Comment", "TELEPON-RAHASIA")
        options |= {"pnginfo": info}
    if kind == "WEBP":
        options |= {"xmp": b"<x>TELEPON-RAHASIA</x>"}
    original = photo(kind=kind, icc_profile=b"TELEPON-RAHASIA", **options)
    assert b"RAHASIA" in original
    assert dict(opened(original).getexif().get_ifd(GPS))
    content = clean_photo(original)
    cleaned = opened(content)
    assert b"RAHASIA" not in content
    assert b"Exif" not in content
    assert not cleaned.getexif()
    assert set(cleaned.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 300)), (3, (400, 300)), (6, (300, 400)), (8, (300, 400))])
def test_a_photo_taken_on_its_side_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    assert opened(clean_photo(photo(exif=exif(orientation)))).size == size


def test_orientation_turns_the_picture_and_not_only_its_frame() -> None:
    half_black = Image.new("L", (200, 100), 255)
    half_black.paste(0, (0, 0, 100, 100))
    written = io.BytesIO()
    half_black.save(written, "JPEG", exif=exif(6))
    cleaned = opened(clean_photo(written.getvalue())).convert("L")
    shades: Any = cleaned.load()
    assert shades is not None
    assert (shades[50, 20], shades[50, 180]) == (pytest.approx(0, abs=20), pytest.approx(255, abs=20))


def test_a_large_photo_is_made_smaller_and_a_small_one_stays() -> None:
    assert opened(clean_photo(photo((4000, 3000)))).size == (1600, 1200)
    assert opened(clean_photo(photo((3000, 4000), kind="PNG"))).size == (1200, 1600)
    assert opened(clean_photo(photo((640, 480)))).size == (640, 480)
    assert opened(clean_photo(photo((640, 480)), max_side=128)).size == (128, 96)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("JPEG", "CMYK")]
)
def test_unusual_colours_are_drawn_in_ordinary_ones(kind: str, mode: str) -> None:
    assert opened(clean_photo(photo(kind=kind, mode=mode))).mode == "RGB"


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    assert opened(clean_photo(written.getvalue())).getpixel((50, 50)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    pixel = opened(clean_photo(written.getvalue())).getpixel((32, 32))
    assert isinstance(pixel, tuple)
    assert (pixel[0] > 200, pixel[2] < 60) == (True, True)


@pytest.mark.parametrize(
    ("content", "part_of_message"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 not a photo", "bukan foto"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan foto"),
        (b"GIF89a" + b"\0" * 50, "bukan foto"),
        (b"MZ\x90\x00", "bukan foto"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "HEIC"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "rusak"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "rusak"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 100, "rusak"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, part_of_message: str) -> None:
    with pytest.raises(PhotoRefused) as refused:
        clean_photo(content)
    assert part_of_message in refused.value.message


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_cut_off_on_the_way_is_refused(kind: str) -> None:
    whole = photo((800, 600), kind=kind)
    with pytest.raises(PhotoRefused, match="rusak"):
        clean_photo(whole[: len(whole) // 2])


def png_claiming(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(30_000, 30_000), (10_000, 9_500), (8_000, 8_000), (2_000_000, 40)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoRefused, match="megapiksel"):
        clean_photo(png_claiming(*size))


def test_a_heavy_file_is_refused_without_being_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_BYTES", 1000)
    file = io.BytesIO(b"\xff\xd8\xff" + b"\0" * 100_000)
    with pytest.raises(PhotoRefused, match="MB"):
        clean_photo(file)
    assert file.tell() == 1001


def test_a_speck_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="terlalu kecil"):
        clean_photo(photo((400, 8)))


DAMAGED = [photo((64, 48), kind=kind) for kind in ("JPEG", "PNG", "WEBP")]


@settings(deadline=None)
@given(st.sampled_from(DAMAGED), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=20))
@pytest.mark.filterwarnings("ignore")
def test_a_damaged_file_is_either_drawn_or_refused(content: bytes, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(content)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    try:
        cleaned = clean_photo(bytes(damaged))
    except PhotoRefused:
        return
    assert opened(cleaned).format == "JPEG"
