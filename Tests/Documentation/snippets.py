"""Compiles the Swift on the pages of the documentation.

    snippets.py PROGRAMS OPTIONS FOLDER

A block of Swift that begins with an import is a program, or a part of one, that compiles by itself. A page that creates
a grammar gets the Swift of that grammar as well, after grammar-tool has checked it.
"""
import glob
import os
import re
import subprocess
import sys

PROGRAMS, OPTIONS, FOLDER = sys.argv[1:]
BLOCK = re.compile(r"(?P<before>[^\n]*)\n\n```(?P<language>\w*)\n(?P<text>.*?)^```$", re.S | re.M)


def run(*words):
    """Runs a program; ends with what it printed if it fails."""
    result = subprocess.run(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"{' '.join(words[:3])} ... failed:\n{result.stdout}")
    return result.stdout


def blocks(path):
    with open(path, encoding="utf-8") as file:
        return [match.groupdict() for match in BLOCK.finditer(file.read())]


def generated(page, folder):
    """The Swift of the grammar that a page creates, if there is one."""
    created = [(re.search(r"Create `([^`]+)`:$", block["before"]), block["text"]) for block in blocks(page)]
    created = [(match.group(1), text) for match, text in created if match]
    if not created:
        return []
    for path, text in created:
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    grammar, swift = os.path.join(folder, "Grammar"), os.path.join(folder, "Generated")
    printed = run(os.path.join(PROGRAMS, "grammar-tool"), "check", grammar)
    if printed:
        sys.exit(f"{page}: the check of the grammar printed\n{printed}")
    run(os.path.join(PROGRAMS, "grammar-tool"), "swift", grammar, "--output", swift)
    return sorted(glob.glob(os.path.join(swift, "*.swift")))


def main():
    with open(OPTIONS, encoding="utf-8") as file:
        options = file.read().splitlines()
    pages = sorted(glob.glob("docs/Toolkit.docc/*.md")) + ["README.md"]
    count = 0
    for page in pages:
        folder = os.path.join(FOLDER, os.path.basename(page))
        more = generated(page, folder)
        for number, block in enumerate(blocks(page)):
            if block["language"] != "swift" or not block["text"].startswith("import "):
                continue
            path = os.path.join(folder, str(number), "main.swift")
            os.makedirs(os.path.dirname(path))
            with open(path, "w", encoding="utf-8") as file:
                file.write(block["text"])
            run("swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors", *options, path, *more)
            count += 1
    if count < 8:
        sys.exit(f"only {count} blocks of Swift were found")
    print(f"{count} blocks of Swift on {len(pages)} pages compile")


if __name__ == "__main__":
    main()
