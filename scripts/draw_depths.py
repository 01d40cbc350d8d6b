"""Draw `web/depth.svg`: an adult and a motorbike standing in water, one symbol for each depth class, true to scale."""

from pathlib import Path

OUT = Path(__file__).parents[1] / "src/rembug/web/static/web/depth.svg"
GROUND, PX_PER_CM = 91.0, 0.507  # an adult of 165 cm is 83.7 high in a picture of 64 × 96
MOTOR_GROUND, MOTOR_PX_PER_CM = 66.0, 0.43  # a wheel of 56 cm is 24 wide in a picture of 96 × 72

# class: (colour of the scale, centimetres drawn: within the class, where the body part says it best)
LEVELS = {
    "ankle": ("#cfe3ee", 11),
    "calf": ("#9cc7df", 26),
    "knee": ("#5fa3cb", 46),
    "thigh": ("#2f7db0", 68),
    "waist": ("#155a8a", 100),
    "chest": ("#0a3560", 128),
}
MOTOR_LEVELS = {"calf": 28, "knee": 47, "thigh": 76}

ADULT = (
    '<g id="adult" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">'
    '<circle cx="32" cy="13.6" r="6.2" fill="currentColor" stroke="none"/>'
    '<path fill="currentColor" stroke-width="4" d="M25.5 26q6.5-2.4 13 0l-1.8 21h-9.4z"/>'
    '<path stroke-width="4.4" d="M23.4 27.5 20 46.5M40.6 27.5 44 46.5"/>'
    '<path stroke-width="6.4" d="M28.7 48 28 86M35.3 48 36 86"/>'
    '<path stroke-width="4.4" d="M27.4 88.6h-4.2M36.6 88.6h4.2"/></g>'
)
MOTOR = (
    '<g id="motor" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">'
    '<path stroke-width="3.4" d="M10.4 54a11.6 11.6 0 1 0 23.2 0 11.6 11.6 0 1 0-23.2 0M62.4 54'
    'a11.6 11.6 0 1 0 23.2 0 11.6 11.6 0 1 0-23.2 0"/>'
    '<circle cx="22" cy="54" r="2.4" fill="currentColor" stroke="none"/>'
    '<circle cx="74" cy="54" r="2.4" fill="currentColor" stroke="none"/>'
    '<path stroke-width="3.6" d="M74 54 65.4 24.5M58.5 21.5q5.5-1.8 8.5 1.6l3-3.6"/>'
    '<path fill="currentColor" stroke-width="3" d="M67.4 30q-1 12.4-9.4 19.6H42q-3.4-8.8-10-9.8l-16-1.6q-2-.6-1.4-2.2'
    " 1-2.4 "
    '4.4-2.6l24-.4q4.4 0 6 3.6l3.6 6.8q5.4-3.4 7.2-14.8z"/>'
    '<path stroke-width="5" d="M44 57.6 18.5 51.5"/><path stroke-width="2.4" d="M42 50l2 7.6"/></g>'
)


def wave(level: float, width: int, ground: float, colour: str) -> str:
    """Return water from a level down to the ground, with small waves on top."""
    crest = "".join("q4-2.4 8 0t8 0" for _ in range(width // 16 + 1))
    return (
        f'<path fill="{colour}" fill-opacity=".82" d="M0 {level:.1f}{crest}V{ground + 3:.0f}H0z"/>'
        f'<path fill="none" stroke="#1f3a68" stroke-width="1.4" d="M0 {level:.1f}{crest}"/>'
    )


def symbol(name: str, box: str, inner: str) -> str:
    """Return one symbol of the sprite."""
    return f'<symbol id="{name}" viewBox="{box}">{inner}</symbol>\n'


def main() -> None:
    """Write the sprite."""
    line = '<path fill="none" stroke="#827a6b" stroke-width="2" stroke-linecap="round" d="M{} {}H{}"/>'
    floor, road = line.format(4, 92.5, 60), line.format(2, 67.5, 94)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{ADULT}{MOTOR}</defs>\n']
    parts.append(symbol("dry", "0 0 64 96", f'{floor}<use href="#adult"/>'))
    for code, (colour, cm) in LEVELS.items():
        water = wave(GROUND - cm * PX_PER_CM, 64, GROUND, colour)
        parts.append(symbol(code, "0 0 64 96", f'{floor}<use href="#adult"/>{water}'))
    for code, cm in MOTOR_LEVELS.items():
        water = wave(MOTOR_GROUND - cm * MOTOR_PX_PER_CM, 96, MOTOR_GROUND, LEVELS[code][0])
        parts.append(symbol(f"motor-{code}", "0 0 96 72", f'{road}<use href="#motor"/>{water}'))
    OUT.write_text("".join([*parts, "</svg>\n"]))


if __name__ == "__main__":
    main()
