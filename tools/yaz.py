"""Find Debian's yaz, whose client speaks SRU and Z39.50, or install it where that is possible."""

import os
import shutil
import subprocess


def find(name: str = "yaz-client") -> str | None:
    """The path of one of its programs on this machine."""
    return shutil.which(name)


def install() -> str | None:
    """Install yaz if we may; return the path of its client or None."""
    if find() is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("正在安装 yaz（SRU 与 Z39.50 测试用）……", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "yaz"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            **quiet,
        )
    return find()
