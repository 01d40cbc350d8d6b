"""The command line: ``rob tide | stations | verify | onset | flood | scenario | learn``."""

from rob.cli.main import main

__all__ = ["main"]
