// The interpreter of the grammar and the generated decoders never disagree.
import Foundation
import FuzzSupport
import MSNP
import ProtocolGrammar
import WireProtocol
import YAMLTree

private let matcher = LineMatcher(grammar())

private func grammar() -> Grammar {
    let folder = URL(filePath: #filePath).appending(path: "../../../../../Grammar").standardizedFileURL
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    let files = paths.filter { $0.hasSuffix(".yaml") }.sorted().map { path in
        SourceFile(
            path: path, bytes: Array(FileManager.default.contents(atPath: folder.appending(path: path).path) ?? Data()))
    }
    let read = GrammarReader.read(files)
    check(!read.diagnostics.hasErrors, "the grammar is not sound")
    return read.grammar
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMatcher(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let input = FuzzInput(start, count) else { return 0 }
    for case .frame(let frame) in input.events(cut: input.stream.count) {
        let line = frame.lineBytes.array
        let name = String(decoding: line.prefix { $0 != 0x20 }, as: UTF8.self)
        guard matcher.grammar.command(named: name)?.isNamedOnly == false else { continue }
        let expected = try? matcher.match(
            line, payloadCount: frame.payload?.count, sender: input.sender == .client ? .client : .server,
            service: input.service.rawValue, version: Int(input.version.number)
        ).form.name
        let found = input.read(frame)?.form.map { type(of: $0).form.description }
        check(expected == found, "\(expected ?? "refused") by the grammar, \(found ?? "refused") by the code")
    }
    return 0
}
