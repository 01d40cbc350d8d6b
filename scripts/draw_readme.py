"""Photographs the home page of a running simulated city for the README: `python scripts/draw_readme.py [ADDRESS]`."""

import io
import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parents[1] / "docs" / "home.webp"
PHONE = {"width": 360, "height": 780}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""


def photograph(address: str) -> bytes:
    """Return the first screen of the home page on a phone, in Indonesian, as PNG; refuse a city that is real."""
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_context(viewport=PHONE, locale="id-ID", device_scale_factor=2).new_page()  # type: ignore[arg-type]
        page.goto(address, wait_until="networkidle")
        if not page.locator(".band").count():
            raise SystemExit(f"{address} shows no simulated city: start one with `make run`.")
        picture = page.screenshot()
        browser.close()
    return picture


def main() -> None:
    """Write the picture."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000/"
    Image.open(io.BytesIO(photograph(address))).save(TARGET, quality=70, method=6)
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
