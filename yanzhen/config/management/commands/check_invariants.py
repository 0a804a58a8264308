"""`yanzhen check-invariants`: say what does not hold; exit code 1 if anything."""

from django.core.management.base import BaseCommand, CommandError

from yanzhen.config import invariants


class Command(BaseCommand):
    help = "Check every invariant of every package against the database."

    def handle(self, *args, **options) -> None:
        found = list(invariants.broken())
        for name, sentence in found:
            self.stdout.write(f"{name}: {sentence}")
        if found:
            raise CommandError(f"{len(found)} 处不符。请把上面的内容发给维护人员。")
        self.stdout.write(f"{len(invariants.INVARIANTS)} 条不变量全部成立。")
