"""The `yanzhen` command: Django's commands, with words instead of underscores.

`yanzhen marc import FILE` runs the command `marc_import`, `yanzhen check-invariants`
runs `check_invariants`.
"""

import os
import sys


def spelled(arguments: list[str], known: set[str]) -> list[str]:
    """Join the leading words of `arguments` into the longest command name in `known`."""
    for count in (2, 1):
        name = "_".join(arguments[:count]).replace("-", "_")
        if len(arguments) >= count and name in known:
            return [name, *arguments[count:]]
    return arguments


def main() -> None:
    """Run the command said on the command line; what it writes is for its owner alone."""
    # The processes that read an import import this module too, and need no Django.
    import django
    from django.core.management import execute_from_command_line, get_commands

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
    django.setup()
    execute_from_command_line(["yanzhen", *spelled(sys.argv[1:], set(get_commands()))])


if __name__ == "__main__":
    main()
