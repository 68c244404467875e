"""Search: what people type, and where they should arrive."""
import re
import statistics

from browser import expect, tab
from site_pages import search_rows

# Queries and the address of the first result.
TABLE = [
    ("USR", r"commands/USR\.html"), ("usr", r"commands/USR\.html"), ("USR.ticket", r"commands/USR\.html#USR\.ticket"),
    ("ILN", r"commands/ILN\.html"), ("911", r"errors/911\.html"), ("authenticationFailed", r"errors/911\.html"),
    ("authentication failed", r"errors/911\.html"), ("ERR_AUTHENTICATION_FAILED", r"errors/911\.html"),
    ("12", r"versions/MSNP12\.html"), ("MSNP12", r"versions/MSNP12\.html"), ("msnp 12", r"versions/MSNP12\.html"),
    ("Content-Type text/x-msmsgscontrol", r"payloads/control\.html.*"),
    ("text/x-msmsgscontrol", r"payloads/control\.html.*"), ("CurrentMedia", r"payloads/user(Data)?\.html.*"),
    ("TypingUser", r"payloads/control\.html.*"),
    ("BSY", r"types/\w*Status\.html.*"), ("mobileOnline", r"types/ClientCapabilities\.html.*"),
    ("Pidgin", r"programs/pidgin-2\.10\.html.*"), ("productChallenge", r"algorithms/productChallenge\.html.*"),
    ("product challenge", r"algorithms/productChallenge\.html.*"), ("userHandle", r".*userHandle"),
]
HITS = "() => [...document.querySelectorAll('#hits a')].map(a => a.getAttribute('href'))"


def ask(page, query):
    page.fill("#search", query)
    page.wait_for_selector("#hits [role=option]")
    return page.evaluate(HITS)


def table(site, report):
    with tab(site, report) as page:
        page.go("index.html")
        page.focus("#search")
        page.wait_for_function("() => window.searchIndex")
        for query, address in TABLE:
            hits = ask(page, query)
            if not hits or not re.fullmatch(address, hits[0]):
                report.fail("search", f"{query!r} finds {hits[:3]} first, expected {address}")
        page.fill("#search", "zzzzqqqq")
        text = page.inner_text("#hits")
        if not text.startswith("Nothing found."):
            report.fail("search", f"what does not exist gives {text!r}")
        # From a page in a folder, with a version.
        page.go("commands/USR.html?v=12")
        page.focus("#search")
        expect(report, "commands/USR.html", "ILN", ask(page, "ILN")[:1], ["../commands/ILN.html?v=12"])
        page.click("#hits a")
        page.wait_for_url("**/commands/ILN.html?v=12")


def keyboard(site, report):
    with tab(site, report) as page:
        page.go("commands/USR.html")
        focused = "() => document.activeElement.id"
        chosen = """() => {
          const id = document.querySelector('#search').getAttribute('aria-activedescendant');
          return document.getElementById(id)?.id; }"""
        page.keyboard.press("/")
        expect(report, "search", "the focus after /", page.evaluate(focused), "search")
        page.keyboard.type("ticket")
        page.wait_for_selector("#hits a")
        expect(report, "search", "what was typed after /", page.input_value("#search"), "ticket")
        expect(report, "search", "the first result is chosen", page.evaluate(chosen), "hit-0")
        page.keyboard.press("ArrowDown")
        expect(report, "search", "after arrow down", page.evaluate(chosen), "hit-1")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        last = page.evaluate("() => document.querySelector('#hits a:last-child').id")
        expect(report, "search", "arrow up from the first result", page.evaluate(chosen), last)
        selected = page.eval_on_selector_all("#hits [aria-selected=true]", "all => all.map(e => e.id)")
        expect(report, "search", "what is said to be selected", selected, [last])
        page.keyboard.press("Escape")
        expect(report, "search", "results after Escape", page.evaluate(HITS), [])
        expect(report, "search", "the list after Escape", page.get_attribute("#search", "aria-expanded"), "false")
        page.keyboard.press("/")
        page.keyboard.type("ILN")
        page.wait_for_selector("#hits a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/commands/ILN.html")
        # Typing ahead of the index.
        page.go("commands/USR.html")
        page.evaluate("""() => { const box = document.querySelector('#search'); box.focus(); box.value = 'USR';
          box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' })); }""")
        page.wait_for_load_state("load")
        # A slash that is typed into a field stays there.
        page.go("commands/USR.html")
        page.focus("#search")
        page.keyboard.type("a/b")
        expect(report, "search", "a slash within a query", page.input_value("#search"), "a/b")


SPEED = """queries => {
  const box = document.querySelector('#search'), times = [];
  for (const query of queries) {
    box.value = query;
    const start = performance.now();
    box.dispatchEvent(new Event('input'));
    if (!document.querySelector('#hits [role=option]')) throw new Error(`${query} shows nothing`);
    document.querySelector('#hits').getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""


def speed(site, report):
    with tab(site, report) as page:
        page.go("index.html")
        loading = page.evaluate("""() => new Promise(done => {
          const box = document.querySelector('#search'), start = performance.now();
          box.value = 'USR';
          const seen = new MutationObserver(() => done(performance.now() - start));
          seen.observe(document.querySelector('#hits'), { childList: true });
          box.focus();
        })""")
        queries = [query[:length] for query, _ in TABLE for length in range(1, len(query) + 1)]
        times = page.evaluate(SPEED, queries)
        median, worst = statistics.median(times), max(times)
        report.note(f"first use with loading the index {loading:.0f} ms; after each of {len(times)} keys: median "
                    f"{median:.1f} ms, worst {worst:.1f} ms ({queries[times.index(worst)]!r})")
        if median > 50:
            report.fail("search", f"the first result takes {median:.0f} ms in the median; the limit is 50")


def small_site(site, report):
    """Each command of another grammar is the first result for its name."""
    with tab(site, report) as page:
        page.go("index.html")
        page.focus("#search")
        page.wait_for_function("() => window.searchIndex")
        commands = [row for row in search_rows(site.folder) if row[1] == "command"]
        if not commands:
            report.fail("search-index.js", "has no commands")
        for name, _, address, _, _ in commands:
            expect(report, "search", f"the first result for {name!r}", ask(page, name)[:1], [address])
