"""Compares the public API with that of the last release, and asks for a line in the changelog for each difference.

    public_api.py GRAPHS            compares
    public_api.py GRAPHS --release  writes the list of the release

GRAPHS is a folder of symbol graphs. The list of the last release is `released.txt` beside this file: a line for each
public declaration, with its module, its path and itself. Without it there was no release.
"""
import argparse
import glob
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RELEASED = os.path.join(HERE, "released.txt")
CHANGELOG = os.path.join(HERE, "../../CHANGELOG.md")


def declarations(graphs):
    """The public declarations as texts by module and path, such as ('MSNP', 'USR.Initial.package'), in order."""
    found = {}
    for path in sorted(graphs):
        with open(path, encoding="utf-8") as file:
            graph = json.load(file)
        module = graph["module"]["name"]
        for symbol in graph["symbols"]:
            place = (module, ".".join(symbol["pathComponents"]))
            text = "".join(part["spelling"] for part in symbol.get("declarationFragments", []))
            found.setdefault(place, set()).add(" ".join(text.split()))
    # Overloads and extensions share a path.
    return {place: " | ".join(sorted(texts)) for place, texts in sorted(found.items())}


def written(found):
    return "".join(f"{module}\t{path}\t{text}\n" for (module, path), text in found.items())


def read(lines):
    rows = (line.rstrip("\n").split("\t", 2) for line in lines)
    return {(module, path): text for module, path, text in rows}


def differences(old, new):
    """What was removed, changed and added, each a list of places."""
    return {
        "removed": [place for place in old if place not in new],
        "changed": [place for place in old if place in new and old[place] != new[place]],
        "added": [place for place in new if place not in old],
    }


def unreleased(changelog):
    """The names in backticks under each heading of the first part of a changelog, by heading in lower case."""
    part = re.split(r"^## ", changelog, flags=re.M)[1]
    names = {}
    for section in re.split(r"^### ", part, flags=re.M)[1:]:
        heading, _, text = section.partition("\n")
        words = names.setdefault(heading.strip().lower(), set())
        for code in re.findall(r"`([^`]+)`", text):
            words.update(re.findall(r"\w+", code))
    return names


# The headings under which a difference may stand. What an addition breaks, such as a case, stands under "Changed".
HEADINGS = {"removed": ["changed", "removed"], "changed": ["changed", "removed"], "added": ["added", "changed"]}


def missing(found, names):
    """A sentence for each type whose difference the changelog does not name."""
    sentences = []
    for kind, places in found.items():
        known = set().union(*(names.get(heading, set()) for heading in HEADINGS[kind]))
        types = {}
        for module, path in places:
            types.setdefault((module, re.split(r"[.(]", path)[0]), []).append(path)
        for (module, outermost), paths in types.items():
            if outermost in known:
                continue
            more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
            headings = " or ".join(f'"{heading.capitalize()}"' for heading in HEADINGS[kind])
            sentences.append(
                f"{module}: {paths[0]}{more} {'was' if not more else 'were'} {kind}; name `{outermost}` in CHANGELOG.md "
                f"under {headings}")
    return sentences


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("graphs")
    parser.add_argument("--release", action="store_true")
    options = parser.parse_args()
    new = declarations(glob.glob(os.path.join(options.graphs, "*.symbols.json")))
    if options.release:
        with open(RELEASED, "w", encoding="utf-8") as file:
            file.write(written(new))
        print(f"{len(new)} declarations written to {os.path.relpath(RELEASED)}")
        return
    if not os.path.exists(RELEASED):
        print(f"{len(new)} public declarations; there is no release to compare them with")
        return
    with open(RELEASED, encoding="utf-8") as file:
        found = differences(read(file), new)
    with open(CHANGELOG, encoding="utf-8") as file:
        sentences = missing(found, unreleased(file.read()))
    print(", ".join(f"{len(places)} {kind}" for kind, places in found.items()))
    if sentences:
        sys.exit("\n".join(sentences))


if __name__ == "__main__":
    main()
