"""`rembug vendor`: copy the pinned front-end libraries into the static files."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# From node_modules, to static/vendor. Only what pages load; source maps and sources stay behind.
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/dist/images/marker-icon.png": "leaflet/images/marker-icon.png",
}


def copy(source: Path, target: Path) -> list[Path]:
    """Copy every library file and return where they went; the map to a source file is cut off its last line."""
    written = []
    for origin, name in FILES.items():
        file = source / origin
        if not file.is_file():
            raise FileNotFoundError(origin)
        goal = target / name
        goal.parent.mkdir(parents=True, exist_ok=True)
        if goal.suffix in {".js", ".css"}:
            lines = file.read_text().splitlines()
            goal.write_text("\n".join(line for line in lines if "sourceMappingURL" not in line) + "\n")
        else:
            shutil.copyfile(file, goal)
        written.append(goal)
    return written


class Command(BaseCommand):
    """Copies the files; run after `npm ci`."""

    help = "Copy the pinned front-end libraries from node_modules into the static files."

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(__file__).resolve().parents[2] / "static" / "vendor"
        try:
            written = copy(settings.ROOT / "node_modules", target)
        except FileNotFoundError as error:
            raise CommandError(f"node_modules/{error} is missing. Run: npm ci --ignore-scripts") from error
        self.stdout.write(f"{len(written)} front-end files copied.")
