"""`yanzhen sip2`: the server for self-service machines."""

import asyncio
import contextlib
import errno
import signal

from django.core.management.base import BaseCommand

from yanzhen.config.settings import ENV
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.server import Server

WHY = {errno.EADDRINUSE: "已被别的程序占用", errno.EACCES: "没有权限"}
REST = 10.0  # seconds between two tries for a taken port


class Command(BaseCommand):
    help = "Serve self-service machines over SIP2 until told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default=ENV.text("SIP2_HOST"))
        parser.add_argument("--port", type=int, default=ENV.number("SIP2_PORT"))
        parser.add_argument(
            "--list", action="store_true", help="say which machines there are and what was learned"
        )
        parser.add_argument(
            "--patient", action="store_true", help="wait for a port that is taken, and go on then"
        )

    def handle(self, *args, host: str, port: int, patient: bool, **options) -> None:
        if options["list"]:
            self._list()
            return
        asyncio.run(self._serve(host, port, patient))

    def _list(self) -> None:
        for each in Terminal.objects.select_related("node").order_by("account"):
            self.stdout.write(f"{each.account}  {each.node.code}  {each.wire.told}")
            for fit, times in each.learned.get("fits", {}).items():
                self.stdout.write(f"    {fit}: {times}/{each.learned['telling']}")

    async def _serve(self, host: str, port: int, patient: bool) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        server = Server()
        if await self._opened(server, host, port, stop, patient):
            self.stdout.write(f"SIP2：{host}:{server.port}")
            self.stdout.flush()
            await stop.wait()
            await server.close()

    async def _opened(
        self, server: Server, host: str, port: int, stop: asyncio.Event, patient: bool
    ) -> bool:
        """Whether the port is ours now; a patient server says once why not and tries again."""
        told = False
        while not stop.is_set():
            try:
                await server.start(host, port)
                return True
            except (OSError, OverflowError) as trouble:
                said = f"SIP2 端口 {host}:{port} 用不了（{_why(trouble)}）。"
                if not patient:
                    raise SystemExit(f"{said}请用 SIP2_PORT 换一个端口再启动。") from None
                if not told:
                    self.stderr.write(
                        f"{said}网页照常；自助机要等端口空出来才连得上，"
                        "或者用 SIP2_PORT 换一个端口再启动。"
                    )
                told = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), REST)
        return False


def _why(trouble: Exception) -> str:
    return WHY.get(getattr(trouble, "errno", None) or 0, str(trouble))
