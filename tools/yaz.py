"""Index Data's YAZ tools, which read our MARC files in tests; Debian's where that is possible."""

import os
import shutil
import subprocess

NAME = "yaz-marcdump"


def find() -> str | None:
    """The path of yaz-marcdump on this machine."""
    return shutil.which(NAME)


def install() -> str | None:
    """Install Debian's yaz if we may; return the path of yaz-marcdump or None."""
    if find() is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("正在安装 yaz（MARC 互读测试用）……", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "yaz"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            **quiet,
        )
    return find()
