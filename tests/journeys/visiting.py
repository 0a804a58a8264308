"""People who come to the site: their pages, their sign-in, and what went wrong unseen."""

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.journeys.running import Site

PASSWORD = "yanzhen-demo"
HEIGHT = {320: 700, 360: 740, 1280: 900, 1366: 768}


class Visits:
    """The pages of one journey. `troubles` collects console errors and requests to other hosts."""

    def __init__(self, browser: Browser, site: Site):
        self.browser, self.site = browser, site
        self.troubles: list[str] = []
        self._contexts: list[BrowserContext] = []

    def page_as(
        self,
        username: str = "",
        *,
        width: int = 1280,
        js: bool = True,
        mode: str = "",
        theme: str = "light",
    ) -> Page:
        """A page of `username` ("" for somebody who has not signed in)."""
        context = self.browser.new_context(
            base_url=self.site.url, locale="zh-CN", timezone_id="Asia/Shanghai",
            viewport={"width": width, "height": HEIGHT.get(width, 900)}, java_script_enabled=js,
            color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce",
            storage_state=self._signed_in(username) if username else None,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        if mode:
            context.add_cookies([{"name": "yz_mode", "value": mode, "url": self.site.url}])
        page = context.new_page()
        self._watch(page)
        return page

    def leave(self) -> None:
        for context in self._contexts:
            context.close()

    def _signed_in(self, username: str) -> dict:
        """Sign in once a run by the real form; later pages bring the same cookies."""
        if username not in self.site.sign_ins:
            page = self.page_as()
            sign_in(page, username)
            self.site.sign_ins[username] = page.context.storage_state()
        return self.site.sign_ins[username]

    def _watch(self, page: Page) -> None:
        shown: set[str] = set()  # a page that answers 403 or 404 is no trouble, a missing file is

        def answered(response: Response) -> None:
            if response.request.is_navigation_request():
                shown.add(response.url)

        def asked(request: Request) -> None:
            if not request.url.startswith((self.site.url + "/", "data:", "blob:", "about:")):
                self.troubles.append(f"{page.url} talked to another host: {request.url}")

        def said(message: ConsoleMessage) -> None:
            refused = message.text.startswith("Failed to load resource")
            if message.type == "error" and not (refused and message.location["url"] in shown):
                where = message.location["url"]
                self.troubles.append(f"{page.url} console: {message.text} ({where})")

        page.on("response", answered)
        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url} script: {error}"))


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in/")
    fill_in(page, username, password)


def fill_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("用户名或读者证号").fill(username)
    page.get_by_role("textbox", name="密码").fill(password)
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="登录").click()
