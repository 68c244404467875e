"""Lines in the contexts that a grammar names for them, and lines made from those, for readers that must agree."""
import pathlib
import random

SERVICES = {"DS": "dispatch", "NS": "notification", "SB": "switchboard", "FT": "fileTransfer"}
ESCAPES = {"r": b"\r", "n": b"\n", "t": b"\t", "\\": b"\\"}


def bytes_of(column):
    """The bytes of a column with escapes."""
    result, rest = b"", column
    while rest:
        if rest[0] != "\\":
            result, rest = result + rest[0].encode(), rest[1:]
        elif rest[1] == "x":
            result, rest = result + bytes.fromhex(rest[2:4]), rest[4:]
        else:
            result, rest = result + ESCAPES[rest[1]], rest[2:]
    return result


def numbers(versions, known):
    """The versions of a set such as `2-7,10`; all of them for none."""
    if versions is None:
        return list(known)
    result = []
    for part in filter(None, versions.replace("CVR0", "0").replace(" ", "").split(",")):
        ends = [int(end) for end in part.split("-")]
        result += range(ends[0], ends[-1] + 1)
    return [number for number in result if number in known]


def wire(line, payload):
    return line.encode() + b"\r\n" + (payload or "").encode()


class Rows:
    """Rows of version, service, sender and bytes, each once."""

    def __init__(self, model):
        self.model = model
        self.versions = [version["number"] for version in model["versions"]]
        self.services = [service["name"] for service in model["services"]]
        self.rows = {}

    def add(self, versions, service, sender, data):
        for version in numbers(versions, self.versions):
            self.rows[(version, service, sender, data)] = None

    def examples(self, only_right=False):
        """All example lines, right and wrong, and those of deviations; or the right ones."""
        for command in self.model["commands"].values():
            for example in command.get("examples", []):
                for line in example["lines"]:
                    self.add(example.get("versions"), example["service"], line["sender"],
                             wire(line["line"], line.get("payload")))
            if only_right:
                continue
            for line in command.get("invalid", []):
                self.add(line.get("versions"), line["service"], line["sender"],
                         wire(line["line"], line.get("payload")))
            for sender in ("client", "server"):
                for form in command.get(sender, {"forms": []})["forms"]:
                    for deviation in form.get("deviations", []):
                        for line in deviation.get("examples", []):
                            for service in form.get("services", self.services):
                                self.add(line.get("versions"), service, sender,
                                         wire(line["line"], line.get("payload")))

    def conversations(self):
        for conversation in self.model["conversations"]:
            actors = {actor["name"]: actor for actor in conversation.get("actors", [])}
            for step in conversation["steps"]:
                service = actors[step["to"]].get("service") or actors[step["from"]].get("service")
                if "line" not in step or service is None:
                    continue
                sender = "client" if "account" in actors[step["from"]] else "server"
                self.add(step.get("versions", conversation.get("versions")), service, sender,
                         wire(step["line"], step.get("payload")))

    def vectors(self, folder):
        for path in sorted(pathlib.Path(folder).glob("vectors-*.tsv")):
            for row in path.read_text().split("\n"):
                columns = row.split("\t")
                if len(columns) == 6:
                    self.add(columns[0], SERVICES[columns[1]], "client" if columns[2] == "C>S" else "server",
                             bytes_of(columns[4]))

    def elsewhere(self, count, seed=2):
        """What there is, in other versions and services and from the other side."""
        chance = random.Random(seed)
        rows = list(self.rows)
        for _ in range(count):
            data = chance.choice(rows)[3]
            context = chance.choice(self.versions), chance.choice(self.services), chance.choice(["client", "server"])
            self.rows[(*context, data)] = None

    def mutations(self, count, seed=1):
        """Lines that are almost right."""
        chance = random.Random(seed)
        rows = list(self.rows)
        words = sorted({word for row in rows for word in row[3].split(b"\r\n")[0].split(b" ")})
        for _ in range(count):
            version, service, sender, data = chance.choice(rows)
            line, end, payload = data.partition(b"\r\n")
            parts = line.split(b" ")
            for _ in range(chance.randint(1, 2)):
                place = chance.randrange(len(parts))
                kind = chance.randrange(8)
                if kind == 0:
                    parts.insert(place + 1, chance.choice(words))
                elif kind == 1 and len(parts) > 1:
                    del parts[max(1, place)]
                    if not parts:
                        parts = [b"X"]
                elif kind == 2:
                    parts[place] = chance.choice(words)
                elif kind == 3:
                    parts.insert(place + 1, b"")
                elif kind == 4 and parts[place]:
                    letters = bytearray(parts[place])
                    letters[chance.randrange(len(letters))] = chance.choice(b"09aAzZ%{}-:;,.=\xc3\xa9\x01~")
                    parts[place] = bytes(letters)
                elif kind == 5:
                    parts[place] = parts[place].swapcase()
                elif kind == 6:
                    parts[place] = parts[place] + chance.choice([b"%2", b"0", b".5", b";x", b":1", b"%20", b"\xff"])
                else:
                    parts[place] = chance.choice([b"0", b"1", b"007", b"-1", b"4294967295", b"4294967296",
                                                  b"99999999999999999999", b"{0}", b"-", b"%"])
            self.rows[(version, service, sender, b" ".join(parts) + end + payload)] = None
