"""Validates the files of grammars, and a list of mistakes that the schemas must catch."""

import json
import pathlib
import sys

import jsonschema
from jsonschema.exceptions import best_match
from ruamel.yaml import YAML

# What somebody does to a file: the file, what is there, what is written instead, and a part of the message.
MISTAKES = [
    ("commands/USR.yaml", "about:", "abuot:", "'abuot' was unexpected"),
    ("commands/USR.yaml", "parameters:", "paramters:", "'paramters' was unexpected"),
    ("commands/USR.yaml", "type:", "typ:", "'typ' was unexpected"),
    ("commands/USR.yaml", "services: [", "services: notification #", "is not of type 'array'"),
    ("commands/USR.yaml", "command: USR", "comand: USR", "'comand' was unexpected"),
    ("commands/USR.yaml", "examples:", "example:", "'example' was unexpected"),
    ("commands/USR.yaml", "versions: 2+", "versions: from 2 on", "does not match"),
    ("commands/CVR.yaml", "optional: true", "optional: yes", "is not valid"),
    ("commands/CVR.yaml", "versions: 4+", "versions: 4..9", "does not match"),
    ("commands/CVR.yaml", "optional: true", "optinal: true", "'optinal' was unexpected"),
    ("commands/MSG.yaml", "format: mime", "format: json", "is not one of"),
    ("commands/QNG.yaml", "transaction: none", "transaction: no", "is not one of"),
    ("errors.yaml", "closes: false", "closes: never", "is not one of"),
    ("errors.yaml", "retry: later", "retry: soon", "is not one of"),
    ("errors.yaml", "name: ", "nam: ", "'nam' was unexpected"),
    ("payloads/plainText.yaml", "kind: mime", "kind: mail", "is not valid"),
    ("payloads/plainText.yaml", "header:", "haeder:", "'haeder' was unexpected"),
    ("sessions/notification.yaml", "then:", "next:", "'next' was unexpected"),
    ("types/lists.yaml", "kind: flags", "kind: flag", "is not valid"),
    ("versions.yaml", "status: complete", "status: done", "is not one of"),
    ("versions.yaml", "name: MSNP2,", "title: MSNP2,", "'title' was unexpected"),
    ("protocol.yaml", "line:", "lines:", "'lines' was unexpected"),
    ("conversations/chat.yaml", "line:", "text:", "'text' was unexpected"),
    ("algorithms/md5SignIn.yaml", "operation: md5", "operation: md4", "is not valid"),
    ("questions.yaml", "readings:", "reading:", "'reading' was unexpected"),
    ("questions.yaml", "preferred: true", "preferred: yes", "is not one of"),
]


def plain(value):
    """What an editor makes of a YAML value; it reads dates as texts."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def readings(text):
    """The document with all scalars as texts, as the tool reads it, and with numbers and booleans, as editors do."""
    return [plain(YAML(typ=kind, pure=True).load(text)) for kind in ("base", "safe")]


def role(path):
    """The name of the schema for a file of a grammar."""
    parts = path.split("/")
    if len(parts) == 1:
        return path.removesuffix(".yaml")
    return parts[0] if parts[0] == "types" else parts[0].removesuffix("s")


def main():
    schemas = {}
    for path in pathlib.Path(sys.argv[1]).glob("*.json"):
        schema = json.loads(path.read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        schemas[path.stem] = jsonschema.Draft7Validator(schema)
    failures, count = 0, 0
    for folder in map(pathlib.Path, sys.argv[2:]):
        for path in sorted(folder.rglob("*.yaml")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink() or (folder / "Grammar").exists() and name.startswith("Grammar"):
                continue
            count += 1
            with open(path, newline="") as file:
                text = file.read()
            for document in readings(text):
                if error := best_match(schemas[role(name)].iter_errors(document)):
                    failures += 1
                    print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
    for name, old, new, message in MISTAKES:
        with open(pathlib.Path(sys.argv[2]) / name, newline="") as file:
            text = file.read()
        if old not in text:
            failures += 1
            print(f"{name} has no '{old}'")
            continue
        for document in readings(text.replace(old, new, 1)):
            errors = list(every(schemas[role(name)].iter_errors(document)))
            if not any(message in error for error in errors):
                failures += 1
                print(f"{name}: '{new}' is not caught as '{message}'", *errors[:5], sep="\n  ")
    print(f"{count} files, {len(MISTAKES)} mistakes, {failures} failures")
    return 1 if failures else 0


def every(errors):
    """The messages of errors and of those inside of them."""
    for error in errors:
        yield error.message
        yield from every(error.context)


sys.exit(main())
