"""Runs tshark with the dissector and reads what it says of each command."""
import codecs
import subprocess
import xml.etree.ElementTree as ElementTree


class Value:
    """A field with what stands below it."""

    def __init__(self, element):
        self.name = element.get("name")
        self.show = element.get("show", "")
        self.label = element.get("showname", "")
        self.bytes = bytes.fromhex(element.get("value", "") or "")
        self.children = [Value(child) for child in element if child.tag in ("field", "proto")]

    def all(self, name):
        return [child for child in self.children if child.name == name]

    def first(self, name):
        return next((child.show for child in self.children if child.name == name), None)

    def deep(self, name):
        """The fields with a name, however deep."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.deep(name)


class Command(Value):
    """A command, or bytes that are none, with its size."""

    def __init__(self, element, frame):
        super().__init__(element)
        self.size = int(element.get("size"))
        self.frame = frame
        # What the dissector says of it where secrets are hidden.
        self.again = None


def run(arguments, lua, preferences):
    options = ["-X", f"lua_script:{lua}", "-o", "tcp.reassemble_out_of_order:TRUE"]
    for name, value in preferences.items():
        options += ["-o", f"msnp.{name}:{value}"]
    return ["tshark", *options, *arguments]


class Printable:
    """What tshark prints, without control characters and bytes of no text, which it does not escape."""

    FORBIDDEN = {code: "?" for code in range(32) if chr(code) not in "\t\r\n"}

    def __init__(self, file):
        self.file, self.decoder = file, codecs.getincrementaldecoder("utf-8")("replace")

    def read(self, size):
        data = self.file.read(size)
        return self.decoder.decode(data, not data).translate(self.FORBIDDEN).encode()


def dissect(path, lua, passes=1, **preferences):
    """The commands of a capture, by the number of the TCP stream and the sender's port, in order."""
    arguments = ["-r", path, "-T", "pdml", "-J", "msnp tcp", "-Y", "msnp"]
    if passes == 2:
        arguments.append("-2")
    process = subprocess.Popen(run(arguments, lua, preferences), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    streams, number = {}, 0
    for _, element in ElementTree.iterparse(Printable(process.stdout)):
        if element.tag != "packet":
            continue
        tcp = next(proto for proto in element if proto.get("name") == "tcp")
        fields = {field.get("name"): field.get("show") for field in tcp.iter("field")}
        frame = int(element[0].find("field[@name='num']").get("show"))
        key = int(fields["tcp.stream"]), int(fields["tcp.srcport"])
        for proto in element:
            if proto.get("name") == "msnp":
                streams.setdefault(key, []).append(Command(proto, frame))
            for field in proto.iter("field"):
                if field.get("show", "").startswith("Lua Error"):
                    raise SystemExit(f"{path}: frame {frame}: {field.get('show')}")
        element.clear()
    if process.wait() != 0:
        raise SystemExit(f"{path}: tshark failed")
    return streams
