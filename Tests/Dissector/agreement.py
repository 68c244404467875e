"""Compares what the dissector says of a stream with what `msnp decode` says of the same bytes."""
import base64
import json
import re
import subprocess

TITLE = re.compile(r"(?:(?P<command>[^ :]+): )?(?P<reason>.*)", re.S)


def filter_name(name):
    """`iconURL` as filters spell it: `icon_url`."""
    name = re.sub(r"([A-Z])([A-Z]+)s$", lambda match: match[1] + match[2].lower() + "s", name)
    for pattern in (r"([a-z])([A-Z])", r"([A-Z])([A-Z][a-z])", r"([0-9])([A-Z])"):
        name = re.sub(pattern, r"\1_\2", name)
    return name.lower()


def decode(msnp, data, version, service, sender, secrets=True):
    """The commands as JSON, and the problems with their places."""
    arguments = [msnp, "decode", "--version", version, "--service", service, "--sender", sender]
    done = subprocess.run(
        arguments + (["--show-secrets"] if secrets else []), input=data, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr.decode()}")
    problems = []
    for line in done.stderr.decode().splitlines():
        place, text = re.match(r"byte (\d+): (.*)", line).groups()
        problems.append((int(place), text))
    return [json.loads(line) for line in done.stdout.decode().splitlines()], problems


def shown(text):
    """A text as tshark writes it."""
    escapes = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\f": "\\f", "\a": "\\a", "\b": "\\b",
               "\\": "\\\\"}
    return "".join(
        escapes.get(character) or (f"\\x{ord(character):02x}" if ord(character) < 32 else character)
        for character in text)


def is_same(value, show):
    # Wireshark ends a text at a zero byte, so the dissector shows a symbol for it.
    value = value.replace("\0", "\u2400")
    if show in (value, shown(value)) or value == {"1": "true", "0": "false"}.get(show):
        return True
    return show.startswith("0x") and value.isdigit() and int(show, 16) == int(value)


class Comparison:
    def __init__(self, title):
        self.title, self.complaints, self.commands, self.values = title, [], 0, 0

    def complain(self, what, expected, found):
        self.complaints.append(f"{self.title}: {what}: msnp decode says {expected!r}, the dissector {found!r}")

    def expect(self, what, expected, found):
        self.values += 1
        if expected != found:
            self.complain(what, expected, found)

    def names(self, what, names, field):
        """The names of values: `"away"`, `["mobile", { "generation": ... }]`, `{ "part": ... }`."""
        if names is None:
            return
        if isinstance(names, str):
            self.expect(what, names, field.first(field.name + ".name"))
        elif isinstance(names, dict):
            for part, inner in names.items():
                below = [child for child in field.children if child.name.endswith("." + filter_name(part))]
                self.expect(f"{what}.{part}", 1, len(below))
                for child in below:
                    self.names(f"{what}.{part}", inner, child)
        else:
            bits = {child.name.rsplit(".", 1)[1] for child in field.children if child.show == "1"}
            bits -= {child.name.rsplit(".", 1)[1] for child in field.children if child.children}
            expected = {filter_name(name) for name in names if isinstance(name, str)}
            self.expect(what, expected, bits)
            for part in names:
                if isinstance(part, dict):
                    self.names(what, part, field)

    def command(self, json_command, command):
        self.commands += 1
        name, form = json_command["command"], json_command["form"]
        title = f"{name} {form} in frame {command.frame}"
        self.expect(f"{title}, command", name, command.first("msnp.command"))
        self.expect(f"{title}, transaction", int(json_command.get("transaction", -1)),
                    int(command.first("msnp.transaction") or -1))
        prefix = "msnp." + name.lower() + "."
        if form == "error":
            self.expect(f"{title}, code", name, command.first("msnp.error"))
            prefix = "msnp.error."
        else:
            self.expect(f"{title}, form", f"{name}.{form}", command.first("msnp.form"))
        found = {child.name for child in command.children if child.name.startswith(prefix)}
        expected = set()
        for parameter, value in json_command["parameters"].items():
            field = prefix + filter_name(parameter)
            values = command.all(field)
            listed = value if isinstance(value, list) else [value]
            expected |= {field} if listed else set()
            if len(listed) != len(values) or not all(
                    is_same(one, other.show) for one, other in zip(listed, values)):
                self.complain(f"{title}, {parameter}", value, [other.show for other in values])
            self.values += len(listed)
            names = json_command.get("names", {}).get(parameter)
            for index, other in enumerate(values):
                self.names(f"{title}, {parameter}", names[index] if isinstance(value, list) and names else names, other)
        # A word that only a deviation has is shown, too.
        if not json_command.get("deviations") or expected - found:
            self.expect(f"{title}, parameters", expected, found)
        payload = json_command.get("payload", "").encode() or base64.b64decode(json_command.get("payloadBase64", ""))
        shown_payload = command.all("msnp.payload")
        self.expect(f"{title}, payload", payload, shown_payload[0].bytes if shown_payload else b"")
        deviations = [field.show.rstrip(".") for field in command.deep("msnp.deviation")]
        self.expect(f"{title}, deviations", len(json_command.get("deviations", [])), len(deviations))
        for text, about in zip(json_command.get("deviations", []), deviations):
            sentence = about.split(".")[0].split(" (")[0].lower()[:30]
            if sentence not in text.lower():
                self.complain(f"{title}, deviation", text, about)
        if command.again:
            hidden = {field.show for field in command.again.deep("msnp.hidden")}
            self.expect(f"{title}, secrets", set(json_command["redacted"]), hidden)
        for member, field in (("problems", "msnp.problem"), ("insideProblems", "msnp.inside_problem")):
            self.problems(f"{title}, {member}", json_command.get(member, []),
                          [found.show for found in command.deep(field)])

    def problems(self, title, expected, found):
        """As many problems, with the same fields."""
        names = [sorted(re.findall(r"^'([^']*)'", text) for text in texts) for texts in (expected, found)]
        if len(expected) != len(found) or names[0] != names[1]:
            self.complain(title, expected, found)
        self.values += len(expected)

    def stream(self, commands, data, expected, problems):
        """Compares the commands of one sender, whose bytes are `data`."""
        expected, problems, offset = list(expected), list(problems), 0
        for command in commands:
            end = offset + command.size
            problem = next((field.show for field in command.all("msnp.problem")), None)
            line = data[offset:offset + 60]
            if problem is None:
                if not expected:
                    return self.complain(f"byte {offset} {line}", None, command.label)
                self.command(expected.pop(0), command)
            elif not problems or not offset <= problems[0][0] <= end:
                self.complain(f"byte {offset} {line}", problems[:1], problem)
                return
            else:
                self.problem(problems.pop(0)[1], problem, f"byte {offset} {line}")
            offset = end
        if problems and problems[0][1] == "the input ends inside a command":
            problems.pop(0)
        if expected or problems:
            self.complain(f"after byte {offset}", (expected + problems)[:1], None)

    def problem(self, text, found, place):
        form = re.search(r"\(form '(\w+)'", text)
        parameter = re.search(r"parameter '([^']*)'", text)
        if form:
            self.expect(f"{place}, form of {text}", form[1], (re.match(r"\w+\.(\w+): ", found) or [0, None])[1])
        if parameter:
            self.expect(f"{place}, parameter of {text}", parameter[1], (re.search(r"'([^']*)'", found) or [0, None])[1])
