"""`python -m demo.run manage.py check`: Python with the demo's settings in its environment."""

from __future__ import annotations

import os
import sys

from demo import settings

if __name__ == "__main__":
    environment = settings.usual_environment()
    os.execve(sys.executable, [sys.executable, *sys.argv[1:]], environment)  # noqa: S606  # nosec B606  # our own Python
