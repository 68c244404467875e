"""Compiles and runs the Swift that the pages of the reference offer for their lines, and compares what it writes.

    examples.py PROGRAMS OPTIONS SITE FOLDER

Percent codes count as what they stand for: a reader accepts more of them than a writer needs.
"""
import glob
import html.parser
import os
import re
import subprocess
import sys
import urllib.parse

PROGRAMS, OPTIONS, SITE, FOLDER = sys.argv[1:]


class Lines(html.parser.HTMLParser):
    """The lines of a page, each with its version, its form and the Swift that makes it."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-code" in attributes:
            keys = ("data-raw", "data-version", "data-form", "data-code")
            self.found.append(tuple(attributes[key] for key in keys))


def unescaped(text):
    """The bytes of a line as the page spells it."""
    codes = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}
    pattern = re.compile(r"\\(x[0-9A-F]{2}|.)|([^\\]+)", re.S)
    parts = []
    for code, plain in pattern.findall(text):
        parts.append(plain.encode() if plain else codes.get(code) or bytes([int(code[1:], 16)]))
    return b"".join(parts)


def normal(line):
    """The words of a line, decoded, and its payload."""
    head, _, payload = line.partition(b"\r\n")
    return [urllib.parse.unquote_to_bytes(word) for word in head.split(b" ") if word], payload


def main():
    lines = []
    for page in sorted(glob.glob(os.path.join(SITE, "**", "*.html"), recursive=True)):
        parser = Lines()
        with open(page, encoding="utf-8") as file:
            parser.feed(file.read())
        lines += [line for line in parser.found if line not in lines]
    if len(lines) < 200:
        sys.exit(f"only {len(lines)} lines with Swift were found")
    program = ["import MSNP", "import WireProtocol", ""]
    for number, (raw, version, form, code) in enumerate(lines):
        second = unescaped(raw).split(b"\r\n")[0].split(b" ")[1:2]
        transaction = second[0].decode() if second and second[0].isdigit() and len(second[0]) < 10 else "0"
        program += [
            f"func line{number}() throws -> [UInt8] {{",
            f"    // {form}",
            f"    let form = {code}",
            f"    var line = LineWriter(version: ProtocolVersion({version}))",
            f"    try encode(form, TransactionID({transaction}), into: &line)",
            "    return line.bytes",
            "}",
        ]
    path = os.path.join(FOLDER, "main.swift")
    calls = ", ".join(f"line{number}" for number in range(len(lines)))
    program.append(f"""
func encode(_ form: some TransactionForm & WritableForm, _ id: TransactionID, into line: inout LineWriter) throws {{
    try form.encode(into: &line, transaction: id)
}}
func encode(_ form: some PlainForm & WritableForm, _ id: TransactionID, into line: inout LineWriter) throws {{
    try form.encode(into: &line)
}}
func encode(
    _ form: some OptionalTransactionForm & WritableForm, _ id: TransactionID, into line: inout LineWriter
) throws {{
    try form.encode(into: &line, transaction: id.value == 0 ? nil : id)
}}
let makers: [() throws -> [UInt8]] = [{calls}]
for maker in makers {{
    do {{
        print(try maker().map {{ String($0, radix: 16) }}.joined(separator: " "))
    }} catch {{
        print("!", error)
    }}
}}
""")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(program))
    with open(OPTIONS, encoding="utf-8") as file:
        options = file.read().splitlines()
    objects = [
        path for module in ("MSNP", "WireProtocol")
        for path in glob.glob(os.path.join(PROGRAMS, f"{module}.build", "**", "*.o"), recursive=True)
    ]
    binary = os.path.join(FOLDER, "examples")
    built = subprocess.run(
        ["swiftc", "-swift-version", "6", "-Onone", *options, path, *objects, "-o", binary],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if built.returncode != 0:
        sys.exit("the Swift of the pages does not compile:\n" + built.stdout[-6000:])
    written = subprocess.run([binary], text=True, stdout=subprocess.PIPE, check=True).stdout.splitlines()
    wrong = 0
    for (raw, version, form, code), text in zip(lines, written, strict=True):
        if text.startswith("!"):
            problem = text
        else:
            made = bytes(int(digits, 16) for digits in text.split())
            problem = None if normal(made) == normal(unescaped(raw)) else f"writes {made}"
        if problem:
            wrong += 1
            print(f"{form} in version {version}: {code}\n  {problem}\n  not {raw}", file=sys.stderr)
    if wrong:
        sys.exit(f"the Swift of {wrong} lines is wrong")
    print(f"the Swift of {len(lines)} lines compiles and writes them")


if __name__ == "__main__":
    main()
