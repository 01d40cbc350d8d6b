"""Photos that nobody can take for real ones: flat drawings with the word SIMULASI across them."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 480)
GROUND, PX_PER_CM = 400, 2.2
SKIES = ("#cfd8dc", "#b3c7d6", "#dcd3c4", "#aebfd0")
WALLS = ("#c98f6b", "#b9b08f", "#8fa3a8", "#c7a9a9")


def picture(chance: Random, depth_cm: float) -> bytes:
    """Return a small JPEG of a street under so much water."""
    image = Image.new("RGB", SIZE, chance.choice(SKIES))
    pen = ImageDraw.Draw(image)
    left = -20
    while left < SIZE[0]:
        width, top = chance.randint(90, 170), chance.randint(150, 240)
        pen.rectangle((left, top, left + width, GROUND), fill=chance.choice(WALLS))
        pen.polygon(((left - 8, top), (left + width // 2, top - 50), (left + width + 8, top)), fill="#7a4a3a")
        pen.rectangle((left + 24, top + 50, left + 56, GROUND), fill="#4b3b30")
        left += width + chance.randint(4, 30)
    pen.rectangle((0, GROUND, *SIZE), fill="#7d7a74")
    surface = GROUND + 40 - int(depth_cm * PX_PER_CM)
    pen.rectangle((0, surface, *SIZE), fill="#7c8a86")
    for y in range(surface + 8, SIZE[1], 18):
        shift = chance.randint(0, 40)
        for x in range(-shift, SIZE[0], 60):
            pen.line((x, y, x + 26, y), fill="#9fb0ac", width=2)
    font = ImageFont.load_default(size=92)
    pen.text(
        (SIZE[0] / 2, SIZE[1] / 2),
        "SIMULASI",
        font=font,
        fill="#ffffff",
        anchor="mm",
        stroke_width=4,
        stroke_fill="#1f3a68",
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
