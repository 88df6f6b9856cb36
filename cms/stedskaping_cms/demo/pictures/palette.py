"""Colour: the palettes a seed can choose between, and the paints they tint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

RGB = tuple[int, int, int]


def rgb(code: str) -> RGB:
    """Read a six digit hexadecimal colour."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def _row(codes: str) -> tuple[RGB, ...]:
    return tuple(rgb(code) for code in codes.split())


def mix(first: RGB, second: RGB, amount: float) -> RGB:
    """Move ``first`` towards ``second`` by ``amount`` (0 to 1)."""
    a, b = first, second
    return (
        round(a[0] + (b[0] - a[0]) * amount),
        round(a[1] + (b[1] - a[1]) * amount),
        round(a[2] + (b[2] - a[2]) * amount),
    )


def multiply(first: RGB, second: RGB) -> RGB:
    """Multiply two colours, as two inks printed on top of each other."""
    return first[0] * second[0] // 255, first[1] * second[1] // 255, first[2] * second[2] // 255


PAINTS: dict[str, RGB] = {
    "red": rgb("a63a2b"),
    "ochre": rgb("dba43f"),
    "white": rgb("f7f1e3"),
    "blue": rgb("5d8394"),
    "sage": rgb("8ea584"),
    "grey": rgb("b9b3a6"),
    "charcoal": rgb("4b4a4d"),
    "slate": rgb("54606b"),
    "tile": rgb("b5583c"),
    "stone": rgb("a8a196"),
    "concrete": rgb("cfc8ba"),
    "timber": rgb("e0b47a"),
    "wood": rgb("c08a52"),
    "bark": rgb("6d4c3a"),
    "iron": rgb("3a3f47"),
    "birch": rgb("f4eee2"),
    "glass": rgb("6f93a0"),
    "sand": rgb("e9d2a0"),
    "soil": rgb("6b4a38"),
    "coral": rgb("e2715b"),
    "mustard": rgb("e3ab37"),
    "teal": rgb("2f7f83"),
    "navy": rgb("2d4468"),
    "rose": rgb("e6a6a1"),
    "moss": rgb("73854a"),
    "cream": rgb("f5e3c0"),
    "plum": rgb("7c4660"),
    "sky": rgb("8fbccb"),
    "rust": rgb("c4653a"),
    "snow": rgb("fbfaf7"),
}
CLOTHES = ("coral", "mustard", "teal", "navy", "rose", "moss", "cream", "plum", "sky", "rust", "white", "red")
TROUSERS = ("navy", "charcoal", "slate", "bark", "plum", "moss", "teal", "blue")
HOUSE_PAINTS = ("red", "ochre", "white", "red", "white", "blue", "sage", "grey")
ROOFS = ("charcoal", "slate", "tile", "charcoal")
SKINS = _row("f6d3b8 f3c9ab f0c09c f8dcc4 eab58d f3c9ab d99d72 b97c52 8f5b3c 6b432f")
HAIRS = _row("3a2a25 5b3a28 8a5a34 c88f4a e6c27a b5512c 2a2629 a9a29b e4dfd6")


@dataclass(frozen=True)
class Palette:
    """A harmony of colours for one kind of light and season."""

    name: str
    sky: tuple[RGB, ...]
    sun: RGB
    sun_height: float
    cloud: RGB
    hills: tuple[RGB, ...]
    water: tuple[RGB, ...]
    ground: tuple[RGB, ...]
    paving: tuple[RGB, ...]
    leaf: tuple[RGB, ...]
    spruce: tuple[RGB, ...]
    flower: tuple[RGB, ...]
    light: RGB
    shadow: RGB
    lit: bool = False
    snow: bool = False

    def tint(self, colour: RGB) -> RGB:
        """Put a local colour into this palette's light."""
        return multiply(colour, self.light)

    def paint(self, name: str) -> RGB:
        """Return a named paint, seen in this palette's light."""
        return _paint(self, name)

    def dark(self, colour: RGB, amount: float = 0.22) -> RGB:
        """Return the shadow side of a colour."""
        return mix(colour, self.shadow, amount)

    def pale(self, colour: RGB, amount: float = 0.2) -> RGB:
        """Return the sunlit side of a colour."""
        return mix(colour, self.sun, amount)


@lru_cache(maxsize=1024)
def _paint(palette: Palette, name: str) -> RGB:
    return palette.tint(PAINTS[name])


def _palette(
    name: str,
    sky: str,
    sun: str,
    sun_height: float,
    cloud: str,
    hills: str,
    water: str,
    ground: str,
    paving: str,
    leaf: str,
    spruce: str,
    flower: str,
    light: str,
    shadow: str,
    lit: bool = False,
    snow: bool = False,
) -> Palette:
    return Palette(
        name,
        _row(sky),
        rgb(sun),
        sun_height,
        rgb(cloud),
        _row(hills),
        _row(water),
        _row(ground),
        _row(paving),
        _row(leaf),
        _row(spruce),
        _row(flower),
        rgb(light),
        rgb(shadow),
        lit,
        snow,
    )


PALETTES: tuple[Palette, ...] = (
    _palette(
        "summer day",
        "74b1c6 aed6d4 f4eed6",
        "fff6d8",
        0.72,
        "fcf8ec",
        "a3c6c9 7dabab 5a8f86 437766",
        "a9d3d5 4f95a6",
        "bdca78 94b45f 688d4a",
        "ecdfc2 d6c5a2",
        "a5c15e 759f4f 4d7d45",
        "33665a 24504a",
        "fbf3df e2715b f0bf4c",
        "fffaf0",
        "23404f",
    ),
    _palette(
        "dawn",
        "8ba3c4 e3b9b6 fce3c6",
        "fff1d6",
        0.3,
        "fbe0d3",
        "bcaec8 978db2 70779a 51657e",
        "e8c6bd 8096b3",
        "b3bf8f 87a17d 5b7c68",
        "efdccb d8bfae",
        "b2bf80 7d9d71 527a67",
        "365f68 274753",
        "fff0e6 dd7f78 f2c486",
        "ffede2",
        "3a3458",
    ),
    _palette(
        "golden evening",
        "7f9aa4 f1bd74 fce29c",
        "fff5cb",
        0.25,
        "f9d49a",
        "cfa583 a87e6f 7c6064 574c58",
        "f5cf8b 93867f",
        "cbb961 9b9a4f 697445",
        "eed09b d3ac78",
        "d0b84e 9a9845 657340",
        "465a4b 32443f",
        "fff0c4 d8663f f3c04c",
        "ffe6ba",
        "43303f",
    ),
    _palette(
        "autumn",
        "9fbfc4 d3ddcf f6ead0",
        "fff4da",
        0.55,
        "fbf4e4",
        "b0bbb6 919f97 8f7c60 6d5f49",
        "bfd3cd 5e888b",
        "d1b668 ab954f 797443",
        "e8d8bc d0ba98",
        "e6ab44 cd7732 9d4e2e",
        "3a5f50 2a4840",
        "f7e6c4 b8472f e6a93c",
        "fff3e0",
        "3a3038",
    ),
    _palette(
        "spring",
        "93c5da cbe5de fef5da",
        "fffbe6",
        0.65,
        "fffcf4",
        "b9d3d6 97bcb7 73a493 588e75",
        "bce0e0 63a7b8",
        "cbdc86 a3c66f 74a25c",
        "f3e6d0 dfcaac",
        "c6d671 99bd5c 6b974b",
        "3f7564 2f5e54",
        "fff6f2 ee9fa6 f6cf5c",
        "fffcf6",
        "284a55",
    ),
    _palette(
        "coastal mist",
        "8da5ae b9c7c7 e6e5da",
        "f6f1e2",
        0.6,
        "e9e8df",
        "adbcbf 8b9fa5 698289 4d696e",
        "b9c8c7 5b7d88",
        "aab484 82966d 5a7553",
        "dad3c4 bdb5a5",
        "a3b06e 758d5d 4d6c4d",
        "32564e 243f3d",
        "f4efe2 c9574a e0b55a",
        "f4f5f0",
        "22333f",
    ),
    _palette(
        "midsummer night",
        "5c7fb2 b59dc6 f9cfb8",
        "ffe9cf",
        0.18,
        "d9b8cc",
        "a197c2 787eab 53688f 3a546e",
        "cab1ca 55729f",
        "8fae89 668c78 446b64",
        "d6c9cb b6a9b2",
        "90b078 628c6b 416a5e",
        "2a525c 1f3e4a",
        "f9e6ea d8738f f0c47d",
        "eee2f2",
        "262a52",
        lit=True,
    ),
    _palette(
        "blue hour",
        "233763 566398 e8a98a",
        "ffd9a8",
        0.12,
        "7f7aa6",
        "6c709d 525b88 3c4971 2b3a5b",
        "a68d9d 324a76",
        "5f8076 476863 30504f",
        "a09aa3 807c8b",
        "6d8f6c 4f7560 365852",
        "254651 1a3542",
        "ecdde0 d87f86 f2c06b",
        "c9c6de",
        "161d40",
        lit=True,
    ),
)
WINTER_PALETTES: tuple[Palette, ...] = (
    _palette(
        "winter blue",
        "86abce bfd5e3 f5f0e6",
        "fffbee",
        0.5,
        "f6f6f3",
        "cbd9e4 abc2d5 8aa8c1 6b8dab",
        "aec9d9 5c86a5",
        "f8f8f5 e2ebf0 bccfde",
        "e6eaec cfd9e1",
        "cfdbe3 a9bfcd 8199ad",
        "3f6a74 2b4f5c",
        "ffffff d8604f f0c060",
        "fafcff",
        "2c4a78",
        snow=True,
    ),
    _palette(
        "winter rose",
        "979dca e6bcc5 fee7d2",
        "fff3e2",
        0.22,
        "fbe1dc",
        "dccadb bcafcc 9794bb 757fa8",
        "dfc3cd 7f8db5",
        "fdf5f0 f0e4ea cdc7de",
        "efe6e8 d9d0dc",
        "e0d2dc bdb2c8 938ead",
        "4a6a7d 344f66",
        "ffffff d86a64 f2bf7a",
        "fff1ee",
        "41437c",
        snow=True,
    ),
    _palette(
        "winter night",
        "16264f 34578a 94b9b9",
        "f4f3dc",
        0.7,
        "4b6c98",
        "7e96b8 627ca3 48648e 344f78",
        "86a6b6 2c4a78",
        "cfdcec abbfda 7c97bf",
        "a9bad0 8ea2be",
        "9fb3cb 7890b0 566f94",
        "284a5f 1b354b",
        "ffffff d8604f f0c060",
        "c9d2ea",
        "101c46",
        lit=True,
        snow=True,
    ),
)
BRIGHT_PALETTES = tuple(
    palette for palette in PALETTES if not palette.lit and palette.water[1][2] > palette.water[1][0]
)
