"""Whether a file can be opened at all, said in words before anything begins."""

import os
from pathlib import Path

from django.utils.translation import gettext as _

from yanzhen.groundwork.refusals import Refused


def unreadable(path: Path) -> Refused | None:
    """A refusal when `path` is missing, a folder, empty, or not ours to read."""
    about = {"name": path.name or str(path)}
    if path.is_dir():
        message, remedy = _("“%(name)s”是一个文件夹。"), _("请写出里面要导入的那个文件。")
    elif not path.exists():
        message, remedy = _("找不到文件“%(name)s”。"), _("请检查文件名和所在的文件夹。")
    elif not path.is_file():
        message, remedy = _("“%(name)s”不是普通文件。"), _("请先存成文件再导入。")
    elif not os.access(path, os.R_OK):
        message, remedy = _("没有权限读文件“%(name)s”。"), _("请管理员放开这个文件的读取权限。")
    elif not path.stat().st_size:
        message, remedy = _("文件“%(name)s”是空的。"), _("请重新拷贝或下载这个文件。")
    else:
        return None
    return Refused("file-unreadable", message % about, remedy, status=422)
