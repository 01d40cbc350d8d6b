"""``python -m rob``."""

import sys

from rob.cli import main

if __name__ == "__main__":
    sys.exit(main())
