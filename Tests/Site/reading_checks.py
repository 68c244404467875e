"""Reading: words of lines, copying, keyboard, paper, and pages without a script."""
from browser import NARROW, expect, tab
from site_pages import largest_of_each_kind

USR = "commands/USR.html"


def words(site, report):
    with tab(site, report, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.go(USR)
        figure = "details.exchange[open] .wire"
        word = page.locator(f"{figure} a.w[data-name=userHandle]").first
        target = word.get_attribute("href").removeprefix("#")
        word.hover()
        expect(report, USR, "the tip's heading", page.inner_text(".tip.open b"), "userHandle")
        expect(report, USR, "the tip", page.inner_text(".tip.open p"), word.get_attribute("data-about"))
        for selector in (f"[id='{target}']", f".sx a[href='#{target}']"):
            if "on" not in (page.locator(selector).first.get_attribute("class") or "").split():
                report.fail(USR, f"{selector} does not light up with its word")
        page.keyboard.press("Escape")
        expect(report, USR, "tips after Escape", page.locator(".tip.open").count(), 0)
        plain = page.locator(f"{figure} span.w[data-name]").first
        plain.focus()
        expect(report, USR, "the tip of a word that has the focus", page.inner_text(".tip.open b"), "TrID")
        expect(report, USR, "what describes the word", plain.get_attribute("aria-describedby"), "tip")
        copying(page, report)
    with tab(site, report, NARROW, has_touch=True, is_mobile=True) as page:
        page.go(USR)
        word = page.locator("details.exchange[open] a.w[data-name=userHandle]").first
        word.tap()
        expect(report, USR, "the address after a first tap", page.evaluate("location.hash"), "")
        expect(report, USR, "tips after a first tap", page.locator(".tip.open").count(), 1)
        word.tap()
        expect(report, USR, "the address after a second tap", page.evaluate("location.hash"),
               word.get_attribute("href"))


def copying(page, report):
    """The buttons of figures give what the lines are: escaped, as bytes, and as the code that makes them."""
    page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
    for figure in page.locator(".wire").all()[:6]:
        raw = "".join(figure.evaluate("figure => [...figure.querySelectorAll('.wl')].map(line => line.dataset.raw)"))
        button = figure.locator(".copy button", has_text="escaped")
        button.click()
        expect(report, USR, "escaped", page.evaluate("() => navigator.clipboard.readText()"), raw)
        figure.locator(".copy button", has_text="raw").click()
        plain = raw.encode().decode("unicode_escape").encode("latin-1").decode()
        expect(report, USR, "raw", page.evaluate("() => navigator.clipboard.readText()"), plain)
        code = figure.evaluate("figure => [...figure.querySelectorAll('.wl')].map(line => line.dataset.code)")
        figure.locator(".copy button", has_text="Swift").click()
        expect(report, USR, "Swift", page.evaluate("() => navigator.clipboard.readText()"), "\n".join(code))
    expect(report, USR, "the label after copying", page.locator(".copy button", has_text="Copied").count() > 0, True)
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.copy button')].some(b => b.textContent === 'Copied')")
    cases = {
        "A\\r\\n": "A\r\n", "\\\\r": "\\r", "\\x41\\t": "A\t", "é\\x00": "é\0", "\\xC3\\xA9": "é",
        "\\xEF\\xBB\\xBFA": "\ufeffA",
    }
    for escaped, text in cases.items():
        expect(report, "site.js", f"unescaped {escaped!r}", page.evaluate("t => reference.unescaped(t)", escaped), text)
    is_no_text = page.evaluate("() => reference.unescaped('\\\\xFF') === undefined")
    expect(report, "site.js", "bytes that are no text", is_no_text, True)


def keyboard(site, report):
    with tab(site, report) as page:
        page.go(USR)
        order = []
        for _ in range(8):
            page.keyboard.press("Tab")
            order.append(page.evaluate("""() => { const e = document.activeElement;
              return e.id || (e.closest('.side') ? 'side' : e.classList[e.classList.length - 1]) || e.tagName; }"""))
        expect(report, USR, "the order of the focus", order[:5], ["skip", "brand", "search", "version", "needs-js"])
        if "side" in order:
            report.fail(USR, f"the manual comes before the page: {order}")
        page.go(USR)
        page.keyboard.press("Tab")
        box = page.evaluate("() => document.activeElement.getBoundingClientRect().top")
        if box < 0:
            report.fail(USR, "the link to skip to the content is not seen when it has the focus")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
        expect(report, USR, "the focus after skipping is in the content", inside, True)
        # Everything that can be followed or pressed can be reached, and its focus is seen.
        page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        unreachable = page.evaluate("""() =>
          [...document.querySelectorAll('main .w[data-name], main button')].filter(e => e.tabIndex < 0)
          .map(e => e.outerHTML.slice(0, 80))""")
        if unreachable:
            report.fail(USR, f"cannot be reached by keyboard: {unreachable[:3]}")
        page.focus("main a[href]")
        page.keyboard.press("Tab")
        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        expect(report, USR, "the outline of the focus", outline, "solid")


TEXT = "() => document.querySelector('main').innerText.replace(/\\s+/g, ' ').trim()"
SECRETS = """() => [...document.querySelectorAll('main *')].filter(e => {
  const style = getComputedStyle(e);
  return e.innerText?.trim() && (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0')
    && !e.closest('.anchor, .needs-js, .sr, .tip, details:not([open])');
}).map(e => e.outerHTML.slice(0, 100))"""


def without_script(site, report):
    """The content of each kind of page is there, unfolds, and names no part that only a script could work."""
    with tab(site, report, java_script_enabled=False) as page:
        for path in largest_of_each_kind(site.folder):
            page.go(path)
            if len(page.evaluate(TEXT)) < 40:
                report.fail(path, f"without a script there is only {page.evaluate(TEXT)!r}")
            hidden = page.evaluate(SECRETS)
            if hidden:
                report.fail(path, f"cannot be seen without a script: {hidden[:3]}")
            for selector in (".search", ".switch", ".theme", ".needs-js"):
                if page.locator(selector).count() and page.locator(selector).first.is_visible():
                    report.fail(path, f"{selector} is shown, but nothing works it")
            fold = page.locator("main details:not([open]) > summary")
            if fold.count():
                fold.first.click()
                if page.locator("main details:not([open]) > summary").count() == fold.count() + 1:
                    report.fail(path, "a fold does not open without a script")
        page.set_viewport_size(NARROW)
        page.go("index.html")
        page.click(".browse")
        expect(report, "index.html", "where Browse leads", page.evaluate("location.hash"), "#browse")


# The brightest part of the colours of the paper and of the text.
BRIGHTNESS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  return ['backgroundColor', 'color'].map(key => {
    canvas.fillStyle = getComputedStyle(document.body)[key];
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
  });
}"""


def printed(site, report):
    """Paper has the content, unfolded, in dark ink, and nothing of the frame."""
    with tab(site, report, color_scheme="dark") as page:
        for path in largest_of_each_kind(site.folder):
            page.go(path)
            page.emulate_media(media="print")
            for selector in (".top", ".side", ".rail", ".copy", ".skip", ".anchor", ".needs-js"):
                if page.locator(selector).count() and page.locator(selector).first.is_visible():
                    report.fail(path, f"{selector} is printed")
            if not page.locator("h1").is_visible():
                report.fail(path, "the heading is not printed")
            paper, ink = page.evaluate(BRIGHTNESS)
            if paper < 250 or ink > 80:
                report.fail(path, f"prints ink of brightness {ink} on paper of {paper}, of 255")
            page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
            folded = page.evaluate("() => document.querySelectorAll('main details:not([open], .step)').length")
            expect(report, path, "folds that stay closed on paper", folded, 0)
            page.emulate_media(media="screen")


def scheme(site, report):
    paper = "() => getComputedStyle(document.body).backgroundColor"
    with tab(site, report, color_scheme="light") as page:
        page.go(USR)
        light = page.evaluate(paper)
        expect(report, USR, "the button", page.inner_text(".theme"), "Auto")
        page.click(".theme")
        page.click(".theme")
        dark = page.evaluate(paper)
        expect(report, USR, "the button after two clicks", page.inner_text(".theme"), "Dark")
        if light == dark:
            report.fail(USR, f"the dark scheme is as light: {dark}")
        page.go("index.html")
        expect(report, "index.html", "the scheme on the next page", page.evaluate(paper), dark)
        page.click(".theme")
        page.go(USR)
        expect(report, USR, "the scheme of the system again", page.evaluate(paper), light)


def targets(site, report):
    """An address that points into a fold opens it, and shows the place even though the switch has moved it."""
    with tab(site, report) as page:
        for address in (USR + "#USR.authenticated", USR + "?v=18#USR.proof", USR + "#history"):
            page.go(address)
            page.wait_for_function("() => document.readyState === 'complete'")
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
            top = page.evaluate("""() =>
              document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top""")
            header = page.evaluate("() => document.querySelector('.top').getBoundingClientRect().bottom")
            is_at_end = page.evaluate("() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2")
            if not header <= top < 500 and not is_at_end:
                report.fail(address, f"the place is at {top:.0f} px, under a header of {header:.0f} px")
