"""The GitHub Action's entry: turns the action's inputs into arguments."""

from __future__ import annotations

import sys

from guard.cli import main

if __name__ == "__main__":
    sys.exit(main())
