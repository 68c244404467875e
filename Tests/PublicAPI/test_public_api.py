"""What the comparison of the public API says of made-up differences, and of the API as it is."""
import glob
import os
import sys
import unittest

import public_api

GRAPHS = glob.glob(os.path.join(os.environ["GRAPHS"], "*.symbols.json"))

CHANGELOG = """# Changelog

## [Unreleased]

### Added

- `Sender.observer`, for recordings.

### Changed

- Commands are `struct CommandCode`.

## [0.1.0]

### Removed

- `Framer`
"""


class PublicAPITests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.api = public_api.declarations(GRAPHS)

    def missing(self, new, changelog=CHANGELOG):
        return public_api.missing(public_api.differences(self.api, new), public_api.unreleased(changelog))

    def test_the_api_has_what_users_call(self):
        modules = {module for module, _ in self.api}
        self.assertEqual(
            modules, {"WireProtocol", "WireSession", "WireTransport", "WireXML", "MSNP", "MSNPSession", "MSNPTransport",
                      "MSNPTickets", "SessionLint", "SampleServer", "SampleClient"})
        self.assertIn(("WireProtocol", "LineWriter.bytes"), self.api)
        self.assertIn(("MSNP", "USR.Initial.init(package:userHandle:)"), self.api)
        self.assertGreater(len(self.api), 5000)

    def test_nothing_is_missing_without_a_difference(self):
        self.assertEqual(self.missing(dict(self.api)), [])

    def test_the_list_of_a_release_is_read_as_it_was_written(self):
        self.assertEqual(public_api.read(public_api.written(self.api).splitlines(keepends=True)), self.api)

    def test_a_removed_declaration_needs_a_line(self):
        new = dict(self.api)
        del new[("WireProtocol", "LineWriter.bytes")]
        self.assertEqual(self.missing(new), [
            'WireProtocol: LineWriter.bytes was removed; name `LineWriter` in CHANGELOG.md under "Changed" or "Removed"'])

    def test_several_of_a_type_need_one(self):
        new = {place: text for place, text in self.api.items() if not place[1].startswith("Framer")}
        count = len(self.api) - len(new)
        self.assertEqual(self.missing(new), [
            f'WireProtocol: Framer and {count - 1} more were removed; name `Framer` in CHANGELOG.md under "Changed" or '
            '"Removed"'])

    def test_a_changed_type_needs_a_line_under_changed(self):
        new = dict(self.api)
        new[("WireProtocol", "Sender.client")] = "case client(Int)"
        self.assertEqual(self.missing(new), [
            'WireProtocol: Sender.client was changed; name `Sender` in CHANGELOG.md under "Changed" or "Removed"'])
        new = dict(self.api)
        new[("WireProtocol", "CommandCode")] = "class CommandCode"
        self.assertEqual(self.missing(new), [])

    def test_an_addition_is_added_or_changes_something(self):
        new = dict(self.api)
        new[("WireProtocol", "Sender.observer")] = "case observer"
        self.assertEqual(self.missing(new), [])
        new[("MSNP", "HEY.Hello")] = "struct Hello"
        self.assertEqual(self.missing(new), [
            'MSNP: HEY.Hello was added; name `HEY` in CHANGELOG.md under "Added" or "Changed"'])


if __name__ == "__main__":
    sys.exit(unittest.main())
