"""`python -m demo.run manage.py check`: Python with the demo's settings in its environment."""

from __future__ import annotations

import os
import sys

from demo import settings

if __name__ == "__main__":
    os.execve(sys.executable, [sys.executable, *sys.argv[1:]], settings.usual())  # noqa: S606  our own interpreter
