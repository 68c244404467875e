"""The version switch: what it hides, marks and carries on."""
from browser import expect, tab

USR = "commands/USR.html"
# The forms that are shown, with the number of their lines of syntax and the text of their mark.
FORMS = """() => Object.fromEntries([...document.querySelectorAll('.form[data-v]')].filter(e => e.checkVisibility())
  .map(e => [e.querySelector('h3').id, [[...e.querySelectorAll('.sx')].filter(s => s.checkVisibility()).length,
    e.querySelector('.form-head .v').textContent]]))"""
BADGES = """() => Object.fromEntries([...document.querySelectorAll('.form[data-v]')].filter(e => e.checkVisibility())
  .map(e => [e.querySelector('h3').id, getComputedStyle(e.querySelector('.form-head'), '::after').content]))"""
BAR = "() => document.querySelector('.note-bar').firstChild?.textContent ?? ''"
LEFT_BEHIND = """() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))
  .filter(h => /^[^:#?]*\\.html/.test(h) && !h.includes('?' + location.search.slice(1)))"""


def switch(site, report):
    with tab(site, report) as page:
        page.go(USR)
        every = page.evaluate(FORMS)
        expect(report, USR, "the bar without a version", page.evaluate(BAR), "")

        page.go(USR + "?v=12")
        forms = page.evaluate(FORMS)
        for name in ("USR.initial", "USR.ticket", "USR.authenticated"):
            if name not in forms:
                report.fail(USR, f"?v=12 hides {name}")
        for name in ("USR.proof", "USR.password", "USR.digest"):
            if name in forms:
                report.fail(USR, f"?v=12 shows {name}, which version 12 lacks")
        for name, (count, _) in forms.items():
            expect(report, USR, f"lines of syntax of {name} with ?v=12", count, 1)
        expect(report, USR, "the mark of USR.ticket with ?v=12", forms.get("USR.ticket", [0, ""])[1],
               "since 8, gone in 15")
        expect(report, USR, "the choice", page.input_value("#version"), "12")
        expect(report, USR, "the bar", page.evaluate(BAR), f"MSNP12. {len(forms)} of {len(every)} forms are shown.")
        lost = page.evaluate(LEFT_BEHIND)
        if lost:
            report.fail(USR, f"links without the chosen version: {lost[:3]}")
        ticks = page.eval_on_selector_all(".axis a[aria-current]", "links => links.map(a => a.textContent)")
        expect(report, USR, "ticks on the axis", ticks, ["12"])

        page.click(".side a[href^='CVR.html']")
        page.wait_for_url("**/CVR.html?v=12")
        expect(report, "commands/CVR.html", "the choice after a link", page.input_value("#version"), "12")
        page.go_back()
        page.select_option("#version", "15")
        expect(report, USR, "the address after a choice", page.evaluate("location.search"), "?v=15")
        if "USR.ticket" in page.evaluate(FORMS):
            report.fail(USR, "shows USR.ticket after 15 was chosen")
        page.click(".axis a[href='?v=8']")
        expect(report, USR, "the address after a click on the axis", page.evaluate("location.search"), "?v=8")
        page.click(".axis a[href='?v=8']")
        expect(report, USR, "the address after a second click", page.evaluate("location.search"), "")
        expect(report, USR, "all forms again", page.evaluate(FORMS), every)
        page.select_option("#version", "9")
        page.click(".note-bar button")
        expect(report, USR, "the forms after 'Show all versions'", page.evaluate(FORMS), every)

        page.go(USR + "?v=999&c=nonsense")
        expect(report, USR, "forms with a version that does not exist", page.evaluate(FORMS), every)
        page.go(USR + "?v=1")
        expect(report, USR, "forms of a version known by name only", page.evaluate(FORMS), {})
        expect(report, USR, "the bar then", page.evaluate(BAR), "MSNP1. It has none of these forms.")
        expect(report, USR, "headings over nothing", page.evaluate(
            "() => [...document.querySelectorAll('.lacking')].map(e => e.previousElementSibling.id).slice(0, 2)"),
            ["from-client", "from-server"])
        page.go(USR + "?v=2#USR.proof")
        if "What the address points to is hidden." not in page.evaluate(BAR):
            report.fail(USR, "does not say that ?v=2 hides the form that the address points to")
        page.go("commands/CVR.html?v=0")
        expect(report, "commands/CVR.html", "the choice of version 0", page.input_value("#version"), "0")


# Where the columns of the chosen versions stand over the lines, and where their ticks stand on the axis: left, width.
COLUMNS = """() => ['::after', '::before'].map(part => {
  const style = getComputedStyle(document.querySelector('.lives td:last-child'), part);
  return style.content === 'none' ? null : [parseFloat(style.left), parseFloat(style.width)];
})"""
TICKS = """numbers => numbers.map(number => {
  const tick = document.querySelector(`.axis a[href='?v=${number}']`), box = tick.getBoundingClientRect();
  return [box.left - tick.closest('th').getBoundingClientRect().left, box.width];
})"""


def comparison(site, report):
    with tab(site, report) as page:
        page.go(USR + "?v=12")
        page.select_option("#compare", "15")
        expect(report, USR, "the address", page.evaluate("location.search"), "?v=12&c=15")
        badges = page.evaluate(BADGES)
        for name, badge in {
            "USR.ticket": '"only in " "MSNP12"', "USR.proof": '"only in " "MSNP15"', "USR.authenticated": "none",
            "USR.initial": "none",
        }.items():
            actual = badges.get(name, "hidden").replace('"only in MSNP', '"only in " "MSNP')
            expect(report, USR, f"the badge of {name}", actual, badge)
        if "USR.digest" in badges:
            report.fail(USR, "shows USR.digest, which both versions lack")
        columns, ticks = page.evaluate(COLUMNS), page.evaluate(TICKS, [12, 15])
        for column, tick, number in zip(columns, ticks, (12, 15)):
            if column is None or abs(column[0] - tick[0]) > 1 or abs(column[1] - tick[1]) > 1:
                report.fail(USR, f"the column of {number} stands at {column}, its tick at {tick}")
        lost = page.evaluate(LEFT_BEHIND)
        if lost:
            report.fail(USR, f"links without both versions: {lost[:3]}")
        entry = page.locator(".side li", has=page.locator("a[href^='LST.html']"))
        expect(report, USR, "the mark of LST in the manual", entry.get_attribute("class"), "only")
        page.select_option("#version", "15")
        expect(report, USR, "the same version twice", page.evaluate("location.search"), "?v=15")
        page.select_option("#version", "")
        expect(report, USR, "no version", page.evaluate("location.search"), "")
        expect(report, USR, "the second choice then", page.is_disabled("#compare"), True)


# Chooses versions on a page and returns what is wrong: parts that are shown and should not be, and the reverse.
SWEEP = """numbers => {
  const choice = document.querySelector('#version'), wrong = [];
  const has = (set, number) => set.split(',').map(range => range.split('-').map(Number))
    .some(([from, to = from]) => from <= number && number <= to);
  for (const number of numbers) {
    choice.value = String(number); choice.dispatchEvent(new Event('change'));
    for (const e of document.querySelectorAll('[data-v]')) {
      if (e.hidden !== has(e.dataset.v, number)) continue;
      wrong.push(`?v=${number}: ${e.tagName} of ${e.dataset.v} is ${e.hidden ? 'hidden' : 'shown'}`);
    }
    for (const form of document.querySelectorAll('.form[data-v]:not([hidden])')) {
      const name = form.querySelector('h3').id, lines = form.querySelectorAll('.sx:not([hidden])').length;
      if (lines !== 1) wrong.push(`?v=${number}: ${name} has ${lines} lines of syntax`);
    }
  }
  return wrong;
}"""


def sweep(site, report):
    """On every page of a command: what is shown is what the version has, and a form has one line of syntax."""
    found = sorted((site.folder / "commands").glob("*.html"))
    with tab(site, report) as page:
        for file in found:
            path = f"commands/{file.name}"
            page.go(path)
            for problem in page.evaluate(SWEEP, [0, 2, 8, 12, 16, 21]):
                report.fail(path, problem)
    report.note(f"{len(found)} pages in 6 versions")
