"""The virtual environment in .venv: made once, filled from a lock file, left alone while the lock stays the same."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.saying import complain, say

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / ".venv"
PYTHON = PLACE / "bin" / "python"
INSTALLER = "uv==0.13.9"


class CannotSetUp(Exception):
    """The machine lacks something that only its owner can give; the message says what, in both languages."""


def ensure(lock: str) -> Path:
    """The interpreter of .venv with every package of ``lock`` (a file in the checkout); seconds once, nothing later."""
    wanted = _digest(ROOT / lock)
    stamp = PLACE / f".{lock}.sha256"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return PYTHON
    if not _works():
        say("正在建立虚拟环境 .venv", "making the virtual environment .venv")
        _make()
    say(f"正在安装 {lock}", f"installing {lock}")
    _install(ROOT / lock)
    _put_sources_on_path()
    stamp.write_text(wanted)
    return PYTHON


def as_root() -> bool:
    """Whether this process may install system packages."""
    return os.geteuid() == 0


def apt_install(packages: Sequence[str], *, needed: bool = True) -> bool:
    """Install Debian packages when we are root and apt is here; says so and answers whether it went well.

    No word of failure about those that are not ``needed``.
    """
    if not packages or not as_root() or not shutil.which("apt-get"):
        return not packages
    say(f"正在用 apt 安装：{' '.join(packages)}", f"installing by apt: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode == 0 and command is install:
            return True
    if needed:
        complain("apt 安装失败：", "apt failed:")
        sys.stderr.write(done.stdout[-2000:] + done.stderr[-2000:])
    return False


def _digest(lock: Path) -> str:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return hashlib.sha256(lock.read_bytes() + python.encode() + str(ROOT).encode()).hexdigest()


def _works() -> bool:
    """Whether .venv is whole: its interpreter starts and has pip (a moved checkout or a new Python breaks both)."""
    if not PYTHON.exists():
        return False
    done = subprocess.run([PYTHON, "-c", "import pip"], capture_output=True)
    return done.returncode == 0


def _make() -> None:
    make = [sys.executable, "-m", "venv", "--clear", str(PLACE)]
    done = subprocess.run(make, capture_output=True, text=True)
    if done.returncode == 0:
        return
    packages = ["python3-venv"]
    if apt_install(packages) and subprocess.run(make, capture_output=True).returncode == 0:
        return
    shutil.rmtree(PLACE, ignore_errors=True)
    raise CannotSetUp(
        "缺少 Python 的 venv 模块，请先运行：sudo apt-get install -y python3-venv"
        " / Python's venv module is missing; run first: sudo apt-get install -y python3-venv"
    )


def _install(lock: Path) -> None:
    """By uv, which takes seconds; by pip where uv cannot be had or fails. Both check every hash of the lock."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]
    if not (PLACE / "bin" / "uv").exists():
        subprocess.run([*pip, "install", "--quiet", INSTALLER], capture_output=True)
    uv = PLACE / "bin" / "uv"
    if uv.exists():
        command = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes"]
        if subprocess.run([*command, "-r", str(lock)], capture_output=True).returncode == 0:
            return
    command = [*pip, "install", "--quiet", "--require-hashes", "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise CannotSetUp("安装软件包失败，原因见上 / the packages could not be installed; the reason stands above")


def _put_sources_on_path() -> None:
    """One line in site-packages instead of an editable install: nothing is built, so nothing is downloaded for it."""
    for folder in PLACE.glob("lib/python*/site-packages"):
        (folder / "huiyin.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
