import Foundation
import ProtocolGrammar
import YAMLTree

/// This package as it is checked out.
package enum Repository {
    package static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        .standardizedFileURL

    /// The files below a folder whose names end so, by path; their paths are relative to the folder.
    package static func files(in folder: URL, ending: String) throws -> [SourceFile] {
        let folder = folder.resolvingSymlinksInPath()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        return try paths.filter { $0.hasSuffix(ending) }.map { path in
            SourceFile(path: path, bytes: Array(try Data(contentsOf: folder.appending(path: path))))
        }
    }

    /// The files of the grammar.
    package static func grammarFiles() throws -> [SourceFile] {
        try files(in: folder.appending(path: "Grammar"), ending: ".yaml")
    }

    /// The grammar that the module MSNP is generated from.
    package static let grammar: Grammar = {
        do {
            let files = try grammarFiles()
            let (grammar, diagnostics) = GrammarReader.read(files)
            precondition(!diagnostics.hasErrors, diagnostics.rendered(sources: files))
            return grammar
        } catch {
            preconditionFailure("\(error)")
        }
    }()
}
