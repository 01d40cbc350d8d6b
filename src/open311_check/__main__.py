"""``python -m open311_check``."""

import sys

from open311_check.cli import main

if __name__ == "__main__":
    sys.exit(main())
