import Foundation

/// Writes down what the code makes of very many lines, and compares what two states of the code make of them.
@main
struct Snapshot {
    static let usage = """
        usage: snapshot record FILE [--lines N] [--seed N] [--grammar FOLDER] [--like FILE] [--full]
                              [--careful]
               snapshot compare OLD NEW

        record gives lines to the code and writes what comes out, a line of JSON each. They come from the examples of
        the grammar, its vectors and a generator; with --like they are those of another snapshot, so that the grammar
        may have changed. With --full the commands of streams are written whole and not as checksums.
        With --careful the input that the code is given stands in the first line of FILE.input, for when the program crashes.
        compare lists what is different, grouped by kind; its status is 1 if something is.

        """

    static func main() {
        var arguments = CommandLine.arguments.dropFirst()
        do {
            switch arguments.popFirst() {
            case "record": try record(arguments)
            case "compare":
                guard let old = arguments.popFirst(), let new = arguments.popFirst(), arguments.isEmpty else {
                    throw Wrong(description: "compare needs two files")
                }
                exit(try Comparison.run(old, new) ? 0 : 1)
            default: throw Wrong(description: "say what to do")
            }
        } catch let error as Wrong {
            print("snapshot: \(error)\n\(usage)")
            exit(2)
        } catch {
            print("snapshot: \(error)")
            exit(2)
        }
    }

    struct Wrong: Error, CustomStringConvertible { var description: String }

    private static func record(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        guard let path = rest.popFirst() else { throw Wrong(description: "record needs a file") }
        var lines = 1_000_000
        var seed: UInt64 = 0x4D53_4E50
        var folder = GrammarSource.standardFolder
        var model: String?
        var subject = Subject()
        var isCareful = false
        while let name = rest.popFirst() {
            if name == "--full" || name == "--careful" {
                if name == "--full" { subject.isFull = true } else { isCareful = true }
                continue
            }
            guard let value = rest.popFirst() else { throw Wrong(description: "\(name) is no option or needs a value") }
            switch name {
            case "--lines": lines = Int(value) ?? lines
            case "--seed": seed = UInt64(value) ?? seed
            case "--grammar": folder = value
            case "--like": model = value
            default: throw Wrong(description: "\(name) is no option")
            }
        }
        var writer = try SnapshotWriter(path: path, takesNotes: isCareful)
        var json = JSONWriter()
        func take(_ input: Input) throws {
            json.clear()
            if isCareful {
                json.object { input.write(to: &$0) }
                try writer.note(json.bytes)
                json.clear()
            }
            json.object { json in
                input.write(to: &json)
                json.array("found") { subject.write(input, to: &$0) }
            }
            try writer.add(json.bytes, to: input.part)
        }
        if let model {
            var reader = try SnapshotReader(path: model)
            while let line = try reader.next() {
                guard let input = JSON(line).flatMap({ Input($0) }) else {
                    throw Wrong(description: "\(model) has a line that is no record")
                }
                try take(input)
            }
        } else {
            let source = try GrammarSource(folder: folder)
            try InputMaker(source: source, seed: seed, lines: lines).make(take)
        }
        try writer.flush()
        for part in writer.parts { print("\(part.name): \(part.records) records, checksum \(part.checksum.text)") }
    }
}
