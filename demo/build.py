"""`python -m demo.build`: translations, static files, guide pages, an empty database; each when it is out of date."""

from __future__ import annotations

import fcntl
import subprocess  # nosec B404  # lists of words, never a shell
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo import settings
from demo.stamps import ROOT, digest, holds, of_file, put

BUILD = ROOT / "build"
EMPTY_DATABASE = BUILD / "empty.sqlite3"
# What a killed process leaves beside a database; SQLite would put it into the next one of that name:
# https://sqlite.org/howtocorrupt.html (1.3)
COMPANIONS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True)
class BuildStep:
    """Something made by a command of the virtual environment's Python."""

    name: str
    command: tuple[str, ...]
    sources: tuple[str, ...]
    made: Path
    settings: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    def made_from(self, environment: dict[str, str]) -> str:
        """`settings` that name a file count with what the file holds."""
        words = [f"{value} {of_file(value)}" for value in (environment.get(name, "") for name in self.settings)]
        return digest((*self.sources, "requirements.txt"), *self.command, *words)


STEPS = (
    BuildStep(
        name="translations",
        command=("-m", "babel.messages.frontend", "--quiet", "compile", "--domain", "django", "--directory", "locale"),
        sources=("locale/*/LC_MESSAGES/django.po",),
        made=ROOT / "locale" / "ja" / "LC_MESSAGES" / "django.mo",
    ),
    BuildStep(
        name="static files",
        # An old site.css would pass for the joined one: always from nothing.
        command=("manage.py", "collectstatic", "--noinput", "--clear", "--verbosity=0"),
        sources=("static/**/*", "portal/web/built_files.py"),
        made=BUILD / "static" / "staticfiles.json",
    ),
    BuildStep(
        name="guides",
        command=("manage.py", "render_guides"),
        sources=(
            "portal/**/*.py",
            "portal/**/*.toml",
            "portal/**/*.md",
            "templates/**/*",
            "static/**/*",
            "locale/**/*.po",
        ),
        made=BUILD / "demo-guides" / "ja" / "guides" / "index.html",
        settings=("SITE_URL", "SERVICE_FILE", "SERVICE_FILE_FILE"),
    ),
    BuildStep(
        name="database",
        command=("manage.py", "migrate", "--verbosity=0"),
        sources=("*/migrations/*.py", "*/*/migrations/*.py"),
        made=EMPTY_DATABASE,
        environment={"DATABASE_URL": f"sqlite:///{EMPTY_DATABASE}"},
    ),
)


def build(environment: dict[str, str]) -> None:
    """Make what is out of date; ends the process with one sentence when a step fails."""
    with alone():
        for step in STEPS:
            stamp = BUILD / f"{step.name.replace(' ', '-')}.stamp"
            made_from = step.made_from(environment)
            if step.made.exists() and holds(stamp, made_from):
                continue
            make(step, environment)
            put(stamp, made_from)


def make(step: BuildStep, environment: dict[str, str]) -> None:
    print(f"Making the {step.name} …", flush=True)
    for end in ("", *COMPANIONS):
        step.made.with_name(f"{step.made.name}{end}").unlink(missing_ok=True)
    done = subprocess.run(  # nosec B603  # a step of STEPS
        [sys.executable, *step.command], cwd=ROOT, env=environment | step.environment, stdout=subprocess.DEVNULL
    )
    if done.returncode != 0 or not step.made.exists():
        sys.exit(f"The {step.name} could not be made; what went wrong stands above.")


@contextmanager
def alone() -> Iterator[None]:
    """One builder at a time: a second one waits, and then finds everything made."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    build(settings.usual_environment())
