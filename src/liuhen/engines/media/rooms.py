"""Where the demonstration plays: four rooms, drawn with plain shapes to any size."""

from typing import Final

from PIL.ImageDraw import ImageDraw

_GOODS: Final = ((176, 58, 46), (214, 162, 60), (70, 118, 84), (62, 92, 140), (200, 196, 186))


def _box(draw: ImageDraw, size: tuple[int, int], part: tuple[float, ...], fill: object) -> None:
    """A rectangle given in parts of width and height: left, top, right, bottom."""
    width, height = size
    left, top, right, bottom = part
    where = (left * width, top * height, right * width, bottom * height)
    draw.rectangle(where, fill=fill)  # type: ignore[arg-type]


def _floor_and_wall(
    draw: ImageDraw, size: tuple[int, int], wall: tuple[int, int, int], floor: tuple[int, int, int]
) -> None:
    """Both in bands, a little darker to the edges, as a cheap lens shows them."""
    for band in range(24):
        shade = 0.82 + 0.18 * (1 - abs(band - 9) / 15)
        ground = wall if band < 16 else floor
        _box(draw, size, (0, band / 24, 1, (band + 1) / 24), tuple(int(c * shade) for c in ground))


def shop(draw: ImageDraw, width: int, height: int) -> None:
    """A shop: shelves of goods, a counter, a sign."""
    size = (width, height)
    _floor_and_wall(draw, size, (206, 200, 188), (138, 128, 116))
    _box(draw, size, (0.06, 0.1, 0.94, 0.2), (150, 40, 36))
    _box(draw, size, (0.3, 0.125, 0.7, 0.175), (236, 214, 150))
    for row in range(3):
        top = 0.26 + row * 0.13
        _box(draw, size, (0.06, top + 0.1, 0.66, top + 0.115), (112, 86, 60))
        for place in range(18):
            left = 0.07 + place * 0.032
            tall = 0.05 + 0.04 * ((place * 7 + row * 3) % 5) / 5
            goods = _GOODS[(place * 3 + row) % len(_GOODS)]
            _box(draw, size, (left, top + 0.1 - tall, left + 0.026, top + 0.1), goods)
    _box(draw, size, (0.7, 0.5, 0.98, 0.86), (124, 94, 66))
    _box(draw, size, (0.69, 0.48, 0.99, 0.52), (164, 132, 98))


def warehouse(draw: ImageDraw, width: int, height: int) -> None:
    """A warehouse: racks with cartons, a gate of daylight."""
    size = (width, height)
    _floor_and_wall(draw, size, (122, 128, 134), (96, 98, 100))
    _box(draw, size, (0.42, 0.2, 0.62, 0.67), (222, 228, 230))
    for side in (0.0, 0.66):
        for row in range(4):
            top = 0.12 + row * 0.16
            _box(draw, size, (side, top + 0.13, side + 0.36, top + 0.15), (196, 104, 40))
            for place in range(6):
                left = side + 0.01 + place * 0.058
                tone = 150 + 12 * ((place + row * 2) % 4)
                carton = (tone, int(tone * 0.78), int(tone * 0.54))
                _box(draw, size, (left, top + 0.02, left + 0.05, top + 0.13), carton)


def stable(draw: ImageDraw, width: int, height: int) -> None:
    """A stable: stalls of planks, straw, a feed trough."""
    size = (width, height)
    _floor_and_wall(draw, size, (150, 138, 118), (172, 146, 88))
    for post in range(9):
        _box(draw, size, (post * 0.12, 0.14, post * 0.12 + 0.018, 0.72), (92, 66, 44))
    for rail in range(4):
        _box(draw, size, (0, 0.34 + rail * 0.09, 1, 0.37 + rail * 0.09), (120, 90, 60))
    for cow in range(3):
        left, top = 0.12 + cow * 0.3, 0.4
        where = (left * width, top * height, (left + 0.16) * width, (top + 0.18) * height)
        draw.ellipse(where, fill=(66, 54, 48) if cow != 1 else (224, 220, 212))
    _box(draw, size, (0, 0.72, 1, 0.8), (104, 108, 110))


def office(draw: ImageDraw, width: int, height: int) -> None:
    """An interview room: a desk, a window, two chairs, a notice on the wall."""
    size = (width, height)
    _floor_and_wall(draw, size, (214, 218, 220), (150, 140, 128))
    _box(draw, size, (0.08, 0.14, 0.36, 0.5), (176, 204, 226))
    _box(draw, size, (0.215, 0.14, 0.225, 0.5), (236, 236, 236))
    _box(draw, size, (0.62, 0.16, 0.84, 0.4), (240, 238, 230))
    for line in range(6):
        _box(draw, size, (0.64, 0.2 + line * 0.03, 0.82, 0.208 + line * 0.03), (90, 90, 96))
    _box(draw, size, (0.2, 0.62, 0.8, 0.68), (132, 96, 66))
    for leg in (0.22, 0.75):
        _box(draw, size, (leg, 0.68, leg + 0.03, 0.94), (104, 76, 52))
    _box(draw, size, (0.44, 0.5, 0.56, 0.62), (40, 44, 50))
