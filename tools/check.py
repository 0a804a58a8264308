"""Everything that is checked besides tests; the same at home and in CI."""

import subprocess
import sys

PY = sys.executable
CHECKS = (
    ("格式 ruff format", [PY, "-m", "ruff", "format", "--check", "--quiet", "."]),
    ("写法 ruff", [PY, "-m", "ruff", "check", "--quiet", "."]),
    ("类型 mypy", [PY, "-m", "mypy", "yanzhen"]),
    ("依赖方向", [PY, "-m", "pytest", "tests/architecture"]),
    ("迁移", [PY, "-m", "yanzhen.config.command", "makemigrations", "--check", "--dry-run"]),
    ("上线检查", [PY, "-m", "yanzhen.config.command", "check"]),
    ("译文", [PY, "-m", "tools.translations", "check"]),
    ("文档", [PY, "-m", "tools.docs", "--check"]),
)


def main() -> int:
    failed = []
    for name, command in CHECKS:
        print(f"-- {name}", flush=True)
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    print("全部通过。" if not failed else f"没有通过：{'、'.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
