"""Makes the sites and checks them, two checks at a time. Prints each failure with its page and reason."""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

import browser_checks
import static_checks
from site_pages import paths

GRAMMARS = {
    "msnp": "Grammar", "nats": "Examples/NATS/Sources/NATSProtocol/Grammar",
    "reference": "Tests/SwiftEmitterTests/Reference/Grammar",
}
SHOWN = 25


class Site:
    def __init__(self, name, folder):
        self.name, self.folder, self.grammar = name, folder / name, pathlib.Path(GRAMMARS[name])
        self.address = self.folder.resolve().as_uri() + "/"


class Report:
    """The failures and figures of a check."""

    def __init__(self):
        self.failures, self.notes = [], []

    def fail(self, page, reason):
        self.failures.append(f"{page}: {reason}")

    def note(self, text):
        self.notes.append(text)


def run(name, check, arguments):
    report, start = Report(), time.monotonic()
    try:
        check(*arguments, report)
    except Exception:
        report.fail(name, "the check itself failed:\n" + traceback.format_exc())
    return report, time.monotonic() - start


def decoding(site, programs, report):
    """The interpreter of the pages agrees with LineMatcher, and the paste box and the algorithms work."""
    vectors = site.grammar / "vectors"
    result = subprocess.run(
        [sys.executable, pathlib.Path(__file__).with_name("decode_test.py"), site.folder, programs / "grammar-tool",
         site.grammar] + ([vectors] if vectors.is_dir() else []), capture_output=True, text=True, timeout=900)
    said = (result.stdout + result.stderr).strip().splitlines()
    for line in said:
        report.note(line)
    if result.returncode:
        report.fail("decode_test.py", f"ended with {result.returncode}: {said[-1] if said else 'it said nothing'}")


def checks(sites, programs):
    """The checks with their names, those that take long first."""
    first = sites["msnp"]
    yield "html is valid", static_checks.validity, (list(sites.values()),)
    # The small grammar's examples show lines; what stands behind them is no content that it describes.
    for name in ("msnp", "nats"):
        yield f"decoding, {name}", decoding, (sites[name], programs)
    parts = 3 if len(paths(first.folder)) > 200 else 1
    for part in range(parts):
        yield f"pages open, msnp {part + 1}/{parts}", browser_checks.opening, (first, part, parts)
    for number, scheme in enumerate(("light", "dark")):
        yield f"accessibility, msnp {scheme}", browser_checks.accessibility, (first, scheme)
    for name, check in browser_checks.of_first_site.items():
        yield name, check, (first,)
    for name, site in sites.items():
        yield f"links, ids, headings, sizes and lines, {name}", static_checks.files, (site,)
        if site is not first:
            yield f"pages open, {name}", browser_checks.opening, (site, 0, 1)
            yield f"accessibility, {name}", browser_checks.accessibility, (site, "light")
            yield f"search, {name}", browser_checks.search_of_small_site, (site,)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=pathlib.Path, help="the folder of reference-tool and grammar-tool")
    parser.add_argument("-k", default="", metavar="NAME", help="run only checks whose names contain this")
    parser.add_argument("--keep", metavar="FOLDER", help="make the sites in this folder and keep them")
    options = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        sites = {name: Site(name, folder) for name in GRAMMARS}
        tool = options.programs / "reference-tool"
        makers = [subprocess.Popen([tool, site.grammar, "--output", site.folder]) for site in sites.values()]
        if any([maker.wait() for maker in makers]):
            sys.exit(f"{tool} failed")
        print(f"made the sites in {time.monotonic() - start:.1f} s")
        chosen = [check for check in checks(sites, options.programs) if options.k in check[0]]
        failures = 0
        with concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
            jobs = [(name, pool.submit(run, name, check, arguments)) for name, check, arguments in chosen]
            for name, job in jobs:
                report, seconds = job.result()
                print(f"{'ok    ' if not report.failures else 'FAILED'} {name} ({seconds:.1f} s)", flush=True)
                for note in report.notes:
                    print(f"       {note}")
                for failure in report.failures[:SHOWN]:
                    print(f"       {failure}")
                if len(report.failures) > SHOWN:
                    print(f"       and {len(report.failures) - SHOWN} more")
                failures += len(report.failures)
        print(f"{len(chosen)} checks in {time.monotonic() - start:.0f} s")
        if failures or not chosen:
            sys.exit(f"{failures} failures" if chosen else f"no check is named {options.k!r}")


if __name__ == "__main__":
    main()
