"""One style sheet and one script out of their parts: ``python -m huiyin.ui.bundle`` writes ui/app.css and ui/app.js.

The parts are joined in the order of their names. Comments and indentation of the style sheet are left out, of
the script the lines that are comments. There is nothing else to build.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "static" / "ui"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def css() -> str:
    """The whole style sheet."""
    text = "\n".join(p.read_text("utf-8") for p in sorted((FOLDER / "css").glob("*.css")))
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def javascript() -> str:
    """The whole script, without the lines that are comments."""
    text = "\n".join(p.read_text("utf-8") for p in sorted((FOLDER / "js").glob("*.js")))
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))


BUNDLES = {"app.css": css, "app.js": javascript}


def stale() -> bool:
    """Whether a bundle is missing or older than one of its parts."""
    parts = [p.stat().st_mtime_ns for kind in ("css", "js") for p in (FOLDER / kind).iterdir()]
    try:
        made = min((FOLDER / name).stat().st_mtime_ns for name in BUNDLES)
    except FileNotFoundError:
        return True
    return made < max(parts)


def write() -> None:
    """Writes both bundles; each is put in place whole, so a reader never sees half of one."""
    for name, build in BUNDLES.items():
        handle, temporary = tempfile.mkstemp(dir=FOLDER, prefix=f".{name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(build())
        os.chmod(temporary, 0o644)
        os.replace(temporary, FOLDER / name)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(any((FOLDER / name).read_text("utf-8") != build() for name, build in BUNDLES.items()))
    write()
