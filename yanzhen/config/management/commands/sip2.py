"""`yanzhen sip2`: the server for self-service machines."""

import asyncio
import signal

from django.core.management.base import BaseCommand

from yanzhen.config.settings import ENV
from yanzhen.doors.sip2.models import Terminal
from yanzhen.doors.sip2.server import Server


class Command(BaseCommand):
    help = "Serve self-service machines over SIP2 until told to stop."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--host", default=ENV.text("SIP2_HOST"))
        parser.add_argument("--port", type=int, default=ENV.number("SIP2_PORT"))

        parser.add_argument(
            "--list", action="store_true", help="say which machines there are and what was learned"
        )

    def handle(self, *args, host: str, port: int, **options) -> None:
        if options["list"]:
            self._list()
            return
        try:
            asyncio.run(self._serve(host, port))
        except OSError as trouble:
            raise SystemExit(
                f"SIP2 端口 {host}:{port} 用不了（{trouble.strerror}）。"
                "请用 SIP2_PORT 换一个端口再启动。"
            ) from None

    def _list(self) -> None:
        for each in Terminal.objects.select_related("node").order_by("account"):
            self.stdout.write(f"{each.account}  {each.node.code}  {each.wire.told}")
            for fit, times in each.learned.get("fits", {}).items():
                self.stdout.write(f"    {fit}: {times}/{each.learned['telling']}")

    async def _serve(self, host: str, port: int) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        server = Server()
        await server.start(host, port)
        self.stdout.write(f"SIP2：{host}:{server.port}")
        self.stdout.flush()
        await stop.wait()
        await server.close()
