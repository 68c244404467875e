// Any bytes in the place of a grammar file give a sound grammar, whose texts become comments and literals alone, or
// diagnostics that name a place.
import FuzzSupport
import ProtocolGrammar
import SwiftEmitter
import YAMLTree

private let others: [SourceFile] = [
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
].map { SourceFile(path: $0.0, bytes: Array($0.1.utf8)) }

private let roles = [
    "commands/ABC.yaml", "protocol.yaml", "versions.yaml", "errors.yaml", "types/more.yaml", "payloads/list.yaml",
    "sessions/main.yaml",
]

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGrammar(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    guard let first = bytes.first else { return 0 }
    let path = roles[Int(first) % roles.count]
    let file = SourceFile(path: path, bytes: Array(bytes.dropFirst()))
    let files = others.filter { $0.path != path } + [file]
    let (grammar, read) = GrammarReader.read(files)
    let found = read.hasErrors ? read : GrammarChecker.check(grammar)
    for diagnostic in found.all {
        check(diagnostic.location.line >= 1 && diagnostic.location.column >= 1, "no place: \(diagnostic)")
        check(!diagnostic.message.isEmpty, "no message")
    }
    check(found.isEmpty || !found.rendered(sources: files).isEmpty, "nothing to show")
    if !found.hasErrors, !SwiftChecker.check(grammar).hasErrors { checkCode(of: grammar) }
    return 0
}

/// Throughout the code, comments and literals end where the emitter ends them.
private func checkCode(of grammar: Grammar) {
    for file in SwiftEmitter.emit(grammar) {
        check(!file.text.unicodeScalars.contains(where: UnsafeCharacter.isUnsafe), "an unsafe character: \(file.name)")
        let code = SwiftTokens.code(of: file.text)
        for mark in ["/*", "<line break>", "<no end>"] {
            check(!code.contains(mark), "\(mark) in \(file.name)")
        }
        for (open, close) in [("{", "}"), ("(", ")"), ("[", "]")] as [(Character, Character)] {
            check(code.count { $0 == open } == code.count { $0 == close }, "\(open) without \(close): \(file.name)")
        }
    }
}
