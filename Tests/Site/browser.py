"""Debian's Chromium, watched: what a page says in the console or asks for elsewhere is a failure."""
import contextlib
import functools

from playwright.sync_api import sync_playwright

WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


@functools.cache
def browser():
    """The browser of this process, which ends with it."""
    playwright = sync_playwright().start()
    # --no-sandbox because CI runs as root; the pages are our own.
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])


@contextlib.contextmanager
def tab(site, report, viewport=None, **options):
    """A page of the browser whose messages and requests are watched. `go` opens a page of the site."""
    context = browser().new_context(viewport=viewport or WIDE, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    where = lambda: page.url.removeprefix(site.address)
    page.on("console", lambda message: report.fail(where(), f"console: {message.text}"))
    page.on("pageerror", lambda error: report.fail(where(), f"a script failed: {error}"))

    def failed(request):
        # A page that is left takes back what it has not loaded yet.
        if request.failure != "net::ERR_ABORTED":
            report.fail(where(), f"{request.url} could not be loaded: {request.failure}")

    page.on("requestfailed", failed)

    def asked(request):
        if not request.url.startswith((site.address, "data:")):
            report.fail(where(), f"asks for {request.url}")

    page.on("request", asked)
    page.go = lambda path: page.goto(site.address + path, wait_until="load")
    try:
        yield page
    finally:
        context.close()


def expect(report, page, what, actual, expected):
    """A failure that says what was found."""
    if actual != expected:
        report.fail(page, f"{what}: {actual!r}, expected {expected!r}")
