import Foundation
import Testing

/// Follows the tutorial word by word on a copy of the package, which adds a version by editing `Grammar` alone.
@Suite(.serialized)
struct TutorialTests {
    @Test func eachStepDoesWhatThePageSays() async throws {
        let tutorial = try Tutorial(try Self.page("docs/msnp22.md"))
        #expect(tutorial.steps.count { if case .run = $0 { true } else { false } } >= 10)
        #expect(tutorial.steps.count { if case .replace = $0 { true } else { false } } >= 8)
        let copy = try PackageCopy(named: "tutorial")
        for step in tutorial.steps { try await follow(step, in: copy) }
        try await aRemovedFileIsNoticed(copy)
    }

    private func follow(_ step: Tutorial.Step, in copy: PackageCopy) async throws {
        switch step {
        case .create(let path, let text):
            try #require(!copy.has(path), "\(path) is there already")
            try copy.write(path, text)
        case .replace(let path, let old, let new):
            // A block may end in the middle of a line.
            let (old, new) = (String(old.dropLast()), String(new.dropLast()))
            try copy.edit(path) { text in
                let pieces = text.components(separatedBy: old)
                try #require(pieces.count == 2, "\(path) has \(pieces.count - 1) times:\n\(old)")
                return pieces.joined(separator: new)
            }
        case .run(let script, let expected):
            let outcome = try await copy.shell(script)
            try #require((outcome.status != 0) == expected.fails, "\(script)\n\(outcome.output)")
            if let output = expected.output { #expect(outcome.output == output, "\(script)") }
            var rest = outcome.output[...]
            for part in expected.parts {
                let found = try #require(
                    rest.range(of: part), "after \(script)there is no '\(part)', in this order, in\n\(outcome.output)")
                rest = rest[found.upperBound...]
            }
        }
    }

    private func aRemovedFileIsNoticed(_ copy: PackageCopy) async throws {
        #expect(try copy.generated("Messages.swift").contains("HEY"))
        try copy.remove("Grammar/commands/HEY.yaml")
        try copy.remove("Sources/Samples/Client/Greeting.swift")
        let build = try await copy.shell("swift build --target MSNP")
        #expect(build.status == 0, "\(build.output)")
        #expect(try !copy.generated("Messages.swift").contains("HEY"))
    }

    // MARK: - Pages that nobody can follow

    @Test(arguments: [
        ("Do this:\n\n```yaml\na\n```\n", 3, "nothing says what to do with this block"),
        ("It prints:\n\n```text\na\n```\n", 3, "there is no command that prints this"),
        ("```sh\na\n```\n\nPerhaps:\n\n```text\na\n```\n", 7, "nothing says how this is printed"),
        (
            "In `a`, replace\n\n```yaml\na\n```\n\nwith\n\n```yaml\na\n```\n", 9,
            "this is not what replaces the block before"
        ),
        ("In `a`, replace\n\n```yaml\na\n```\n", 0, "nothing says by what to replace it"),
        ("```sh\na\n", 1, "the block has no end"),
    ])
    func aBlockThatCannotBeFollowedIsAnError(_ page: String, _ line: Int, _ reason: String) {
        #expect(throws: Tutorial.Misunderstanding(line: line, reason: reason)) { try Tutorial(page) }
    }

    @Test func theStepsAreThoseOfThePage() throws {
        let page = """
            First, in words. In
            `a.yaml`, replace

            ```yaml
              x
            ```

            by

            ```yaml
              y
            ```

            ```sh
            run
            ```

            It fails and prints:

            ```text
            no
            ```
            """
        #expect(
            try Tutorial(page).steps == [
                .replace(path: "a.yaml", old: "  x\n", new: "  y\n"),
                .run(script: "run\n", expected: .init(fails: true, output: "no\n")),
            ])
    }

    private static func page(_ path: String) throws -> String {
        try String(contentsOf: PackageCopy.source.appending(path: path), encoding: .utf8)
    }
}
