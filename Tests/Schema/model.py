"""Validates exported models against their schema, and shows that it catches mistakes and says nothing of keys that no
model has."""
import copy
import json
import pathlib
import sys

import jsonschema
from jsonschema.exceptions import best_match

# What is changed in a model, and what the validator must say of it.
MISTAKES = [
    (("format",), 2, "1 was expected"),
    (("commands", "USR", "client", "forms", 0, "transaction"), "sometimes", "'sometimes' is not one of"),
    (("commands", "USR", "client", "forms", 0, "parameters", 0, "optinal"), True, "'optinal' was unexpected"),
    (("commands", "USR", "client", "forms", 0, "versions"), "2+", "does not match"),
    (("commands", "USR", "client", "choices", 0, "order", 0, "tests"), [{"least": 1}], "is not valid under any"),
    (("types", "Status", "kind"), "enum", "is not valid under any"),
    (("payloads", "plainText", "kind"), "mail", "is not valid under any"),
    (("algorithms", "md5SignIn", "steps", 0, "operation"), "md4", "is not valid under any"),
    (("errors", 0, "number"), "200", "is not of type 'integer'"),
    (("limits",), {"line": 1}, "is a required property"),
]

# What the language of grammars has and none of these grammars uses.
UNUSED = {
    "bitField.versions", "client.notes", "conversationStep.mistake", "documentDeviation.sources", "shape.versions",
    "spelling.sources", "spelling.versions", "step.receives.body", "version.base",
}


def declared(schema, path=""):
    """The keys that a schema names, with the places of their declarations."""
    for key, value in schema.get("properties", {}).items():
        yield f"{path}.{key}"
        yield from declared(value, f"{path}.{key}")
    for name, value in schema.get("definitions", {}).items():
        yield from declared(value, name)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from declared(schema[word], path)
    for word in ("oneOf", "anyOf"):
        for value in schema.get(word, []):
            yield from declared(value, path)


class Uses:
    """The declared keys that a document has."""

    def __init__(self, schema):
        self.root, self.found = schema, set()

    def follow(self, value, schema, path=""):
        while "$ref" in schema or "allOf" in schema:
            path = schema.get("$ref", schema.get("allOf", [{}])[0].get("$ref")).split("/")[-1]
            schema = self.root["definitions"][path]
        for word in ("oneOf", "anyOf"):
            for choice in schema.get(word, []):
                validator = jsonschema.Draft7Validator({**choice, "definitions": self.root["definitions"]})
                if validator.is_valid(value):
                    self.follow(value, choice, path)
                    break
        if isinstance(value, list) and "items" in schema:
            for item in value:
                self.follow(item, schema["items"], path)
        elif isinstance(value, dict):
            for key, item in value.items():
                if key in schema.get("properties", {}):
                    self.found.add(f"{path}.{key}")
                    self.follow(item, schema["properties"][key], f"{path}.{key}")
                elif isinstance(schema.get("additionalProperties"), dict):
                    self.follow(item, schema["additionalProperties"], path)


def every(errors):
    """The messages of errors and of those inside of them."""
    for error in errors:
        yield error.message
        yield from every(error.context)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    failures, uses, models = 0, Uses(schema), []
    for path in sys.argv[2:]:
        models.append(json.loads(pathlib.Path(path).read_text()))
        if error := best_match(validator.iter_errors(models[-1])):
            failures += 1
            print(f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message}")
        else:
            uses.follow(models[-1], schema)
    for key in sorted(set(declared(schema)) - uses.found - UNUSED):
        failures += 1
        print(f"{sys.argv[1]}: no model has {key}")
    for place, value, message in MISTAKES:
        model = copy.deepcopy(models[0])
        inner = model
        for key in place[:-1]:
            inner = inner[key]
        inner[place[-1]] = value
        if not any(message in error for error in every(validator.iter_errors(model))):
            failures += 1
            print(f"{'/'.join(map(str, place))}: {value!r} is not caught as '{message}'")
    print(f"{len(models)} models, {len(MISTAKES)} mistakes, {failures} failures")
    return 1 if failures else 0


sys.exit(main())
