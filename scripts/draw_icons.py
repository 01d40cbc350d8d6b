"""Draws the app icons (192, 512 and maskable 512 px) from our own mark: `python scripts/draw_icons.py`."""

from pathlib import Path

from PIL import Image, ImageDraw

INDIGO, CREAM, WATER, SUN = "#1f3a68", "#fbf8f2", "#5fa3cb", "#f0958c"
TARGET = Path(__file__).resolve().parents[1] / "src" / "rembug" / "web" / "static" / "web"
FINE = 4  # drawn larger, then shrunk: smooth edges


def draw(size: int, *, maskable: bool) -> Image.Image:
    """Return the mark at `size` px; a maskable one fills the square and keeps the mark in its safe middle."""
    side = size * FINE
    image = Image.new("RGBA", (side, side), INDIGO if maskable else (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    if not maskable:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), radius=side * 14 // 64, fill=INDIGO)
    scale = side / 64 * (0.78 if maskable else 1.0)
    middle = side / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return middle + (x - 32) * scale, middle + (y - 32) * scale

    pen.polygon([at(32, 8), at(56, 32), at(32, 56), at(8, 32)], fill=CREAM)
    pen.polygon([at(32, 15), at(49, 32), at(32, 49), at(15, 32)], fill=INDIGO)
    pen.polygon(
        [at(17, 33), at(22, 31), at(28, 34), at(34, 36), at(40, 33), at(47, 32), at(32, 47)], fill=WATER
    )
    pen.ellipse((*at(28, 20.5), *at(36, 28.5)), fill=SUN)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the three files."""
    for name, size, maskable in (
        ("app-192", 192, False),
        ("app-512", 512, False),
        ("app-maskable-512", 512, True),
    ):
        draw(size, maskable=maskable).quantize(64).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
