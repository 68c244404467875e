"""Compares the interpreter of the site's pages with the tool's matcher, and uses the paste box and the forms of algorithms
as people do. Arguments: the folder of the site, grammar-tool, the folder of the grammar and, where there is one, the
folder of its vectors.

Needs playwright from PyPI and a Chromium, which CHROMIUM names if it is not /usr/bin/chromium.
"""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import urllib.parse

from playwright.sync_api import sync_playwright

from decoding_rows import Rows

# A file of rows has less than a MiB, which is the most that the tool reads.
MOST_BYTES = 900_000

READ = """rows => rows.map(([version, service, sender, digits]) => {
  const { bytes, Grammar, Lines, Refusal } = Interpreter;
  globalThis.lines = globalThis.lines || new Lines(new Grammar(GrammarModel));
  const data = bytes.fromHexadecimal(digits), end = data.indexOf('\\n');
  const line = end < 0 ? data : data.slice(0, end).replace(/\\r$/, '');
  const count = end < 0 ? 0 : data.length - end - 1;
  const readings = (word, parameter) => lines.readings(word, lines.grammar.type(parameter.type), version);
  try {
    const found = lines.read(line, count || null, { version, service, sender });
    if (found.number !== undefined) return { error: found.number };
    return {
      form: found.form.fullName, transaction: found.transaction || '',
      values: found.values.map(value => [value.name, value.items
        ? value.items.map(item => readings(item.word, value.parameter))
        : value.isAbsent ? [bytes.decode(value.word)] : readings(value.word, value.parameter)]),
      deviations: found.deviations.map(({ about }) => about),
      answers: lines.answers(found, version).map(answer => answer.form),
    };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { kind, form, parameter = '', sentence } = refusal;
    return { kind, form: form ? form.name : '', parameter, sentence };
  }
})"""

PAYLOADS = """rows => rows.map(([version, service, sender, digits]) => {
  const { bytes, frames, Payloads } = Interpreter;
  globalThis.payloads = globalThis.payloads || new Payloads(lines);
  const context = { version, service, sender };
  // Examples leave out what follows each payload.
  const data = bytes.fromHexadecimal(digits) + (GrammarModel.trailer || '');
  const found = frames(lines.grammar, data, context);
  if (found.length !== 1 || found[0].problem || found[0].isCut) return ['it is not framed as one command'];
  const [{ line, payload }] = found;
  if (!payload) return [];
  const problems = branch => branch.children
    ? [...branch.problems, ...branch.children.flatMap(problems)]
    : branch.problem ? [`${branch.name} ${branch.problem}`] : [];
  return problems(payloads.read(payload, lines.read(line, payload.length, context).form, version));
})"""

PASTE = """rows => rows.map(([version, service, sender, text]) => {
  const choose = (id, value) => { const select = document.getElementById(id); if (select) select.value = value; };
  document.getElementById('pasted').value = text;
  choose('paste-version', version); choose('paste-service', service); choose('paste-sender', sender);
  document.getElementById('paste-sender').dispatchEvent(new Event('change'));
  const text_of = selector => [...document.querySelectorAll(selector)].map(element => element.textContent);
  const notes = text_of('#result .note b');
  return { summary: document.getElementById('summary').textContent, forms: text_of('#result h3'),
    refused: notes.includes('Refused. '), deviates: notes.includes('Known deviation. '),
    isShort: notes.includes('Payload. ') };
})"""

ALGORITHMS = """() => Object.entries(GrammarModel.algorithms).flatMap(([name, algorithm]) => {
  const { parse, equal, run, types, format } = Interpreter.algorithms;
  const known = types(algorithm);
  return (algorithm.vectors || []).flatMap((vector, place) => {
    const stated = Object.fromEntries(Object.entries({ ...vector.results, ...vector.inputs })
      .map(([key, value]) => [key, parse(value, known.get(key), known.get(key).inner)]));
    const found = run(GrammarModel, name, stated, stated);
    return Object.keys(vector.results).map(key =>
      equal(found.get(key), stated[key]) ? '' : `${name} ${place + 1}: ${key} is ${format(found.get(key))}`);
  });
})"""

DIGESTS = """([data, key]) => {
  const { bytes, digests } = Interpreter;
  const [one, two] = [data, key].map(bytes.fromHexadecimal);
  return [digests.md5(one), digests.sha1(one), digests.hmacSHA1(two, one)].map(bytes.hexadecimal);
}"""


def escaped(data):
    """Bytes in one line of text, as string literals have them."""
    marks = {10: "\\n", 13: "\\r", 9: "\\t", 92: "\\\\"}
    return "".join(marks.get(byte) or (chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}") for byte in data)


def dumps(data):
    """The bytes in the layouts of usual tools, by name."""
    rows = [(start, data[start:start + 16]) for start in range(0, len(data), 16)]
    shown = lambda row: "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
    pairs = lambda row: " ".join(f"{byte:02x}" for byte in row)
    halves = lambda row: pairs(row[:8]) + "  " + pairs(row[8:])
    words = lambda row: " ".join(row[place:place + 2].hex() for place in range(0, len(row), 2))
    return {
        "pairs": pairs(data),
        "digits": data.hex(),
        "hexdump -C": "".join(f"{start:08x}  {halves(row).strip():<48}  |{shown(row)}|\n" for start, row in rows)
        + f"{len(data):08x}\n",
        "xxd": "".join(f"{start:08x}: {words(row):<39}  {shown(row)}\n" for start, row in rows),
        "Wireshark": "".join(f"{start:04x}   {pairs(row):<47}   {shown(row)}\n" for start, row in rows),
        "tcpdump": "".join(f"\t0x{start:04x}:  {words(row):<39}  {shown(row)}\n" for start, row in rows),
        "C": ", ".join(f"0x{byte:02x}" for byte in data),
        "literal": '"' + escaped(data) + '"',
    }


class Test:
    def __init__(self, page, tool, grammar, vectors):
        self.page, self.tool, self.grammar, self.complaints = page, tool, grammar, []
        model = subprocess.run([tool, "export", "json", grammar], check=True, capture_output=True, text=True).stdout
        self.model = json.loads(model)
        self.right = Rows(self.model)
        self.right.examples(only_right=True)
        self.right.conversations()
        self.named = Rows(self.model)
        self.named.examples()
        self.named.conversations()
        if vectors:
            self.named.vectors(vectors)

    def complain(self, text):
        self.complaints.append(text)
        if len(self.complaints) <= 20:
            print(text)

    def expect(self, what, expected, found):
        if expected != found:
            self.complain(f"{what}: expected {expected!r}, found {found!r}")

    def explained(self, rows):
        """What the tool says of rows."""
        texts, result = [f"{row[0]}\t{row[1]}\t{row[2]}\t{row[3].hex()}\n" for row in rows], []
        while texts:
            count, size = 0, 0
            while count < len(texts) and size + len(texts[count]) < MOST_BYTES:
                size, count = size + len(texts[count]), count + 1
            with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
                file.writelines(texts[:count])
                file.flush()
                done = subprocess.run([self.tool, "explain", self.grammar, "--rows", file.name], check=True,
                                      capture_output=True, text=True)
            result += [json.loads(line) for line in done.stdout.splitlines()]
            texts = texts[count:]
        return result

    def in_page(self, script, rows, size=2000):
        result = []
        for start in range(0, len(rows), size):
            part = [[*row[:3], row[3].hex()] for row in rows[start:start + size]]
            result += self.page.evaluate(script, part)
        return result

    def agreement(self):
        """Each line, right or wrong, is for the page what it is for the tool."""
        rows = Rows(self.model)
        rows.rows = dict(self.named.rows)
        rows.elsewhere(10000)
        rows.mutations(10000)
        rows = list(rows.rows)
        expected, found = self.explained(rows), self.in_page(READ, rows)
        count = 0
        for row, one, two in zip(rows, expected, found):
            is_error = "errors" in self.model and row[2] == "server" and row[3][:3].isdigit()
            # The matcher knows lines of commands only; errors are compared below.
            if is_error and one.get("kind") == "unknownCommand":
                continue
            count += 1
            self.expect(f"{row[:3]} {escaped(row[3])}", one, two)
        print(f"{count} lines are read as by the tool")

    def errors(self):
        """A number in place of a command is an error that may have a transaction ID."""
        rows = []
        for error in self.model.get("errors", []):
            for version in (self.named.versions[0], self.named.versions[-1]):
                for text in ("", " 7", " 7 8", " x"):
                    row = (version, self.named.services[0], "server", f"{error['number']}{text}\r\n".encode())
                    rows.append((row, error["number"] if text in ("", " 7") else None))
        for (row, number), found in zip(rows, self.in_page(READ, [row for row, _ in rows])):
            self.expect(f"the error {escaped(row[3])}", number, found.get("error"))

    def payload_contents(self):
        """What an example shows as right has a payload without problems."""
        matched = self.explained(list(self.right.rows))
        rows = [row for row, said in zip(self.right.rows, matched) if "values" in said]
        for row, problems in zip(rows, self.in_page(PAYLOADS, rows)):
            if problems:
                self.complain(f"{row[:3]} {escaped(row[3])}: {problems}")
        print(f"{len(rows)} commands have sound payloads")

    def paste(self):
        """The box says of each line what the tool says of it, in the first of its versions."""
        rows = list({row[1:]: row for row in reversed(self.named.rows)}.values())
        expected = self.explained(rows)
        texts = [[str(row[0]), row[1], row[2], escaped(row[3]) if row[3].strip() else ""] for row in rows]
        found = []
        for start in range(0, len(texts), 500):
            found += self.page.evaluate(PASTE, texts[start:start + 500])
        for row, one, two in zip(rows, expected, found):
            what = f"the box with {row[:3]} {escaped(row[3])}"
            if "form" in one and "values" in one:
                self.expect(what, one["form"], two["forms"][0] if two["forms"] else None)
                self.expect(f"{what}, deviations", bool(one["deviations"]), two["deviates"])
            # What is wrong with its payload alone is said beside the reading of a line.
            elif one["kind"] not in ("unknownCommand", "wrongPayloadLength") and not two["isShort"]:
                if not two["refused"] and len(two["forms"]) == 1:
                    self.complain(f"{what}: expected {one}, found {two}")
        print(f"{len(rows)} lines were pasted")

    def layouts(self):
        """The same bytes are read from dumps of all tools."""
        rows = random.Random(3).sample(list(self.right.rows), min(60, len(self.right.rows)))
        for version, service, sender, data in rows:
            plain = self.page.evaluate(PASTE, [[str(version), service, sender, escaped(data)]])[0]
            for name, text in dumps(data).items():
                found = self.page.evaluate(PASTE, [[str(version), service, sender, text]])[0]
                self.expect(f"{name} of {escaped(data)}", plain["forms"], found["forms"])
        print(f"{len(rows)} commands are read from {len(dumps(b'x'))} kinds of dumps")

    def bulk(self, url):
        """Of very much text the box reads the beginning, and says so."""
        version, service, sender, line = next(
            row for row in self.right.rows if row[3].count(b"\n") == 1 and row[3].isascii())
        for count, kind in ((60, "text"), (61, "text"), (20_000, "text"), (61, "dump"), (20_000, "dump")):
            pasted = (line * count).hex(" ") if kind == "dump" else (line * count).decode()
            self.page.goto("about:blank")
            self.page.goto(f"{url}#v={version}&service={service}&from={sender}&as={kind}")
            # Typing so much takes a browser longer than reading it.
            self.page.evaluate("""text => {
              const box = document.getElementById('pasted');
              box.value = text;
              box.dispatchEvent(new Event('input'));
            }""", pasted)
            self.page.wait_for_function("document.querySelectorAll('#result > h2').length === 60")
            said = "Only the first 60 commands are read." in self.page.inner_text("#summary")
            self.expect(f"the box says that it read a part of {count} commands ({kind})", count > 60, said)
        print("up to 20,000 commands were pasted at once")

    def address(self, url):
        """What is typed stands in the address, which shows the same elsewhere."""
        self.page.goto(url)
        self.page.keyboard.press("Escape")
        self.page.locator("[data-sample]").first.click()
        text = self.page.input_value("#pasted")
        summary = self.page.inner_text("#summary")
        address = self.page.evaluate("location.href")
        self.expect("the text in the address", text,
                    urllib.parse.parse_qs(urllib.parse.urlsplit(address).fragment).get("text", [""])[0])
        self.page.goto("about:blank")
        self.page.goto(address)
        self.expect("the text from the address", text, self.page.input_value("#pasted"))
        self.expect("the summary from the address", summary, self.page.inner_text("#summary"))
        self.page.goto(url + "#text=%00%F0%ZZ&v=999&from=nobody&as=x")
        self.page.locator("#pasted").fill("")
        self.page.wait_for_function("document.getElementById('summary').textContent === 'The result comes here.'")

    def keyboard(self, url):
        """All of the box can be reached by keyboard, and says what it is."""
        self.page.goto(url)
        self.page.focus("#pasted")
        count = self.page.locator(".paste :is(textarea, select, button)").count()
        for place in range(count):
            focused = self.page.evaluate("""() => {
              const element = document.activeElement;
              const name = element.labels && element.labels.length ? element.labels[0].textContent : element.textContent;
              return [Boolean(element.closest('.paste')), name.trim()];
            }""")
            if not focused[0] or not focused[1]:
                self.complain(f"control {place + 1} of the box has no focus or no name: {focused}")
            self.page.keyboard.press("Tab")

    def algorithms(self, site):
        """Each algorithm gives each known answer, in the page of its own as well."""
        results = self.page.evaluate(ALGORITHMS)
        for complaint in filter(None, results):
            self.complain(complaint)
        chance = random.Random(5)
        for length in list(range(130)) + [1000]:
            data, key = chance.randbytes(length), chance.randbytes(chance.randrange(1, 100))
            expected = [hashlib.md5(data).hexdigest(), hashlib.sha1(data).hexdigest(), hmac(key, data)]
            self.expect(f"digests of {length} bytes", expected, self.page.evaluate(DIGESTS, [data.hex(), key.hex()]))
        forms = 0
        for path in sorted((site / "algorithms").glob("*.html")):
            self.page.goto(path.as_uri())
            for form in self.page.locator("form[data-algorithm]").all():
                name = form.get_attribute("data-algorithm")
                if not self.model["algorithms"][name].get("vectors"):
                    continue
                forms += 1
                form.locator("button[type=submit]").click()
                said = form.locator("[role=status]").inner_text()
                if "That is the known answer." not in said:
                    self.complain(f"{path.name}: {said}")
        print(f"{len(results)} values of algorithms, {forms} forms")


def hmac(key, data):
    import hmac as library
    return library.new(key, data, "sha1").hexdigest()


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    tool, grammar = sys.argv[2:4]
    url = (site / "paste.html").as_uri()
    said = []
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: said.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda request: request.url.startswith(("file:", "data:", "about:"))
                or said.append(f"request: {request.url}"))
        page.goto(url)
        test = Test(page, tool, grammar, sys.argv[4] if len(sys.argv) > 4 else None)
        test.agreement()
        test.errors()
        test.payload_contents()
        test.paste()
        test.layouts()
        test.bulk(url)
        test.address(url)
        test.keyboard(url)
        test.algorithms(site)
        browser.close()
    for text in said:
        test.complain(text)
    print(f"{len(test.complaints)} complaints")
    return 1 if test.complaints else 0


sys.exit(main())
