#!/bin/sh
# Make .venv with exactly the locked dependencies. Uses uv if it is there, else fetches it.
set -eu

PYTHON=${PYTHON:-python3}
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "需要 Python 3.11 或更新。请先安装，例如 Debian/Ubuntu：apt-get install python3 python3-venv" >&2
    exit 1
fi

if command -v uv >/dev/null 2>&1; then
    UV=uv
    [ -x .venv/bin/python ] || uv venv --quiet --python "$PYTHON" .venv
else
    [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv 2>/dev/null || {
        echo "这台机器的 Python 缺少 venv。Debian/Ubuntu 请运行：apt-get install python3-venv" >&2
        rm -rf .venv
        exit 1
    }
    .venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
    UV=.venv/bin/uv
fi

echo "正在安装依赖（按 requirements.lock，逐个核对指纹）……"
"$UV" pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
"$UV" pip install --quiet --python .venv/bin/python --no-deps --editable .
