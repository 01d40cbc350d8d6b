"""The command `rembug`: Django's commands under the city's name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command, for example `rembug city load cities/pekalongan`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    execute_from_command_line(["rembug", *sys.argv[1:]])


if __name__ == "__main__":
    main()
