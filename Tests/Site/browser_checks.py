"""What every page has to do in a browser, and the list of checks of behaviour."""
import pathlib

import axe_playwright_python

import reading_checks
import search_checks
import version_checks
from browser import NARROW, WIDE, tab
from site_pages import largest_of_each_kind, paths

# Telephones of today are wider.
SMALLEST = {"width": 360, "height": 800}

# What stands beyond the right edge, with everything unfolded. Parts that scroll by themselves may be wider.
OVERFLOW = """() => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const scrolls = e => e !== document.body && e !== null
    && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter(e => !scrolls(e)
    && (e.getBoundingClientRect().right > width + 1 || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)));
  const name = e => [e.tagName.toLowerCase(), ...e.classList].join('.');
  const places = wide.slice(-3).map(e => `${name(e.parentElement)} > ${name(e)} "${e.textContent.slice(0, 40)}"`);
  return `${document.documentElement.scrollWidth - width} px too wide: ${places.join('; ')}`;
}"""


def opening(site, part, parts, report):
    """Every page opens without a message or a request elsewhere, and fits telephones."""
    opened = paths(site.folder)[part::parts]
    with tab(site, report, SMALLEST) as page:
        for path in opened:
            page.go(path)
            problem = page.evaluate(OVERFLOW)
            if problem:
                report.fail(path, f"at {SMALLEST['width']} px: {problem}")
    report.note(f"{len(opened)} pages")


def accessibility(site, scheme, report):
    """axe, with all of its rules, on the largest page of each kind: light ones wide, dark ones narrow, since the scheme
    changes nothing but colours."""
    source = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
    checked = largest_of_each_kind(site.folder)
    with tab(site, report, color_scheme=scheme) as page:
        for path in checked:
            for viewport in (WIDE,) if scheme == "light" else (NARROW,):
                page.set_viewport_size(viewport)
                page.go(path)
                page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
                page.evaluate(source + "; undefined")
                found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'], preload: false })")
                for violation in found["violations"]:
                    nodes = violation["nodes"]
                    reason = nodes[0]["failureSummary"].split("\n", 1)[-1].strip().replace("\n", " ")
                    report.fail(path, f"{scheme}, {viewport['width']} px: {violation['id']} ({len(nodes)}): "
                                      f"{nodes[0]['html'][:160]} {reason[:240]}")
    report.note(f"{', '.join(checked)}")


search_of_small_site = search_checks.small_site

of_first_site = {
    "version switch": version_checks.switch, "two versions": version_checks.comparison,
    "every command in some versions": version_checks.sweep, "search": search_checks.table,
    "search by keyboard": search_checks.keyboard, "speed of search": search_checks.speed,
    "words and copying": reading_checks.words, "keyboard": reading_checks.keyboard,
    "without a script": reading_checks.without_script, "print": reading_checks.printed,
    "colour scheme": reading_checks.scheme, "addresses within pages": reading_checks.targets,
}
