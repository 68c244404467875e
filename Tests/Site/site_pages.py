"""The pages of a site as a parser of HTML sees them."""
import functools
import json
import pathlib
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "col"}


class Line:
    """A line of the wire on a page."""

    def __init__(self, raw, form, sender, is_exchange):
        self.raw, self.form, self.sender, self.is_exchange = raw, form, sender, is_exchange
        self.payload = self.words = None


class PageReader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.ids, self.links, self.files, self.headings, self.lines = [], [], [], [], []
        self.handlers, self.styled, self.open = [], [], []

    def handle_starttag(self, name, attributes):
        values = dict(attributes)
        classes = (values.get("class") or "").split()
        if "id" in values:
            self.ids.append(values["id"])
        if name == "a" and "href" in values:
            self.links.append(values["href"])
        for key in ("src", "data", "poster", "srcset", "action", "formaction", "xlink:href"):
            if key in values:
                self.files.append(values[key])
        if name in ("link", "use", "image") and "href" in values:
            self.files.append(values["href"])
        if name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(name[1]))
        self.handlers += [f"{name} {key}" for key in values if key.startswith("on")]
        if "data-raw" in values or "wl" in classes:
            is_exchange = any("exchange" in outer for _, outer in self.open)
            self.lines.append(Line(values.get("data-raw"), values.get("data-form"),
                                   "client" if "client" in classes else "server", is_exchange))
        if name not in VOID:
            self.open.append((name, classes))

    def handle_endtag(self, name):
        while self.open and self.open.pop()[0] != name:
            pass


class Page:
    def __init__(self, folder, file):
        self.path = file.relative_to(folder).as_posix()
        data = file.read_bytes()
        self.size = len(data)
        reader = PageReader()
        reader.feed(data.decode())
        self.ids, self.links, self.files = reader.ids, reader.links, reader.files
        self.headings, self.lines, self.handlers = reader.headings, reader.lines, reader.handlers

    @property
    def kind(self):
        """Pages of one kind are made by the same code: those of a folder, and each page of its own."""
        return self.path.split("/")[0] if "/" in self.path else self.path


def paths(folder):
    folder = pathlib.Path(folder)
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.html"))


@functools.cache
def pages(folder):
    """All pages, which are read once in a process."""
    return [Page(folder, folder / path) for path in paths(folder)]


def search_rows(folder):
    """The rows of the index of search: name, kind, address, sentence, other words."""
    text = (pathlib.Path(folder) / "search-index.js").read_text()
    return json.loads(text.removeprefix("window.searchIndex=").rstrip().removesuffix(";"))


def largest_of_each_kind(folder):
    """The largest page of each kind: what goes wrong on others goes wrong there."""
    folder, found = pathlib.Path(folder), {}
    for path in paths(folder):
        kind = path.split("/")[0] if "/" in path else path
        size = (folder / path).stat().st_size
        found[kind] = max(found.get(kind, (0, "")), (size, path))
    return [path for _, path in sorted(found.values(), key=lambda pair: pair[1])]
