import Foundation
import FuzzSupport
import ProtocolGrammar
import ReferenceSite
import SwiftEmitter
import YAMLTree

/// A sound grammar, one of whose files is replaced.
struct Base {
    private let files: [SourceFile]
    /// The files that may be replaced, or added.
    private let paths: [String]
    /// What is generated from it, by name.
    private let code, pages: [String: String]

    private init(_ files: [SourceFile], paths: [String]) {
        let (grammar, read) = GrammarReader.read(files)
        check(!files.isEmpty && !read.hasErrors && !GrammarChecker.check(grammar).hasErrors, "it is not sound")
        self.files = files
        self.paths = paths
        code = Dictionary(SwiftEmitter.emit(grammar).map { ($0.name, $0.text) }) { first, _ in first }
        pages = Dictionary(ReferenceSite.emit(grammar, files: files).map { ($0.name, $0.text) }) { first, _ in first }
        for file in SwiftEmitter.emit(grammar) { checkCode(file) }
        for page in ReferenceSite.emit(grammar, files: files) { checkPage(page) }
    }

    /// Whether a file is not the same as without the file that was replaced.
    func isNew(_ file: GeneratedFile) -> Bool { code[file.name] != file.text }

    /// Whether a page is not the same as without the file that was replaced.
    func isNew(_ page: SiteFile) -> Bool { pages[page.name] != page.text }

    /// Next to nothing, for speed.
    static let small = Base(
        [
            ("versions.yaml", "versions: { 1: { name: T1, status: complete }, 2: { name: T2, status: complete } }\n"),
            (
                "protocol.yaml",
                """
                protocol: T
                services: { main: {} }
                types: { Token: { kind: token }, Number: { kind: integer, minimum: 0, maximum: 9 } }

                """
            ),
            ("errors.yaml", "errors: { 200: { name: bad } }\n"),
            ("types/more.yaml", "types: { Mood: { kind: enumeration, values: { good: { value: G } } } }\n"),
            (
                "commands/BAS.yaml",
                """
                command: BAS
                about: Uses the types.
                client:
                  say:
                    about: Says it.
                    parameters:
                      - { name: word, type: Token }
                      - { name: count, type: Number }
                      - { name: mood, type: Mood }

                """
            ),
        ].map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) },
        paths: [
            "commands/ABC.yaml", "protocol.yaml", "versions.yaml", "errors.yaml", "types/more.yaml",
            "payloads/list.yaml", "sessions/main.yaml", "conversations/talk.yaml", "questions.yaml",
        ])

    /// The grammar of the emitter's tests, which uses every feature.
    static let full: Base = {
        let folder = URL(filePath: #filePath).appending(path: "../../../../SwiftEmitterTests/Reference/Grammar")
            .standardizedFileURL
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        let files = paths.filter { $0.hasSuffix(".yaml") }.sorted().map { path in
            let data = FileManager.default.contents(atPath: folder.appending(path: path).path)
            return SourceFile(path: path, bytes: Array(data ?? Data()))
        }
        return Base(files, paths: files.map(\.path))
    }()

    /// A file at a place.
    func file(_ place: UInt8, _ bytes: ArraySlice<UInt8>) -> SourceFile {
        SourceFile(path: paths[Int(place) % paths.count], bytes: Array(bytes))
    }

    /// The whole grammar with one file replaced.
    func files(with file: SourceFile) -> [SourceFile] { files.filter { $0.path != file.path } + [file] }
}
