"""Static files in production: named by their content, and missed without an accident."""

import logging

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

log = logging.getLogger("yanzhen.static")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """A page still comes, in plain dress, where the files were never collected; else even the page
    that says sorry would fail."""

    def stored_name(self, name: str) -> str:
        try:
            return super().stored_name(name)
        except ValueError:
            return name


def say_if_uncollected() -> None:
    """`yanzhen serve` collects by itself; whoever starts the web server otherwise is told."""
    if not settings.TRIAL and not (settings.STATIC_ROOT / StaticFiles.manifest_name).exists():
        log.warning(
            "还没有收集静态文件，页面会没有样式。请运行 yanzhen collectstatic --noinput 再重启。"
        )
