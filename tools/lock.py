"""Writes the two lock files from pyproject.toml: exact versions with hashes, and never the address of a registry."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.environment import INSTALLER, ROOT
from tools.saying import complain, say

LOCKS = (("requirements.lock", ()), ("requirements-dev.lock", ("--extra", "dev")))
HEADING = "# Written by bin/lock from pyproject.toml. Do not edit by hand.\n"


def main() -> int:
    """Resolve for Python 3.11 and newer on every platform; versions already locked stay unless pyproject moves them."""
    with tempfile.TemporaryDirectory() as folder:
        fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, INSTALLER]
        if subprocess.run(fetch).returncode:
            complain("无法取得 uv", "uv could not be had")
            return 1
        uv = str(Path(folder) / "bin" / "uv")
        for name, extra in LOCKS:
            command = [
                uv,
                "pip",
                "compile",
                "--quiet",
                "--generate-hashes",
                "--no-emit-index-url",
                "--no-header",
            ]
            command += ["--universal", "--python-version", "3.11", *extra, "pyproject.toml", "-o", name]
            if subprocess.run(command, cwd=ROOT).returncode:
                return 1
            path = ROOT / name
            path.write_text(HEADING + path.read_text("utf-8").removeprefix(HEADING), "utf-8")
            say(f"已写入 {name}", f"{name} written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
