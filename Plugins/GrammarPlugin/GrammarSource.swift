import Foundation
import PackagePlugin

/// The grammar that a target is generated from: its own folder, or that of a package.
struct GrammarSource {
    /// What `grammar-generator.yaml` is called.
    private static let optionsName = "grammar-generator.yaml"

    /// The folder with `protocol.yaml`.
    let folder: URL
    /// The files of the grammar.
    let files: [URL]
    /// The file of options, if there is one.
    let options: URL?
    /// The folders of a grammar outside of the target, whose new files nobody else notices; empty for one inside.
    let foreignFolders: [URL]

    /// The grammar of a target; nil, with a diagnostic unless `isQuiet`, if it has none.
    init?(of target: any SourceModuleTarget, in package: Package, isQuiet: Bool = false) throws {
        // SwiftPM prints no places of its own.
        func refuse(_ text: String, at place: String = "") {
            if !isQuiet { Diagnostics.error(place + text) }
        }
        let own = target.sourceFiles.map(\.url).filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        options = own.first { $0.lastPathComponent == Self.optionsName }
        let named = try options.flatMap(Self.namedPackage)
        let place = "\(options?.path ?? ""):\(named?.line ?? 1): "
        let inside = own.filter { $0.lastPathComponent != Self.optionsName }
        if let root = Self.root(of: inside) {
            if let named {
                refuse(
                    "'grammar: \(named.name)' names a grammar, but target '\(target.name)' has one of its own in \(root.path); remove one of the two",
                    at: place)
                return nil
            }
            (folder, files, foreignFolders) = (root, inside, [])
            return
        }
        guard let named else {
            refuse(
                "target '\(target.name)' uses GrammarPlugin but has no protocol.yaml; put a folder 'Grammar' (or a symbolic link to one) into \(target.directoryURL.path), or say 'grammar: PACKAGE' in its \(Self.optionsName)"
            )
            return nil
        }
        let packages = Self.all(from: package)
        guard let owner = packages.first(where: { [$0.displayName, $0.id].contains(named.name) }) else {
            let names = packages.map(\.displayName).joined(separator: ", ")
            refuse(
                "no package is named '\(named.name)'; this one and its dependencies are \(names)", at: place)
            return nil
        }
        let grammar = owner.directoryURL.appending(path: "Grammar")
        let found = Self.contents(of: grammar)
        guard Self.root(of: found.files) != nil else {
            refuse("package '\(named.name)' has no \(grammar.path)/protocol.yaml", at: place)
            return nil
        }
        (folder, files, foreignFolders) = (grammar, found.files, [grammar] + found.folders)
    }

    /// The folder of `protocol.yaml`, if it is among the files.
    private static func root(of files: [URL]) -> URL? {
        files.first { $0.lastPathComponent == "protocol.yaml" }?.deletingLastPathComponent()
    }

    /// What a file of options says after `grammar:`, and where. The tool checks the file; this only finds the folder.
    private static func namedPackage(_ options: URL) throws -> (name: String, line: Int)? {
        let lines = try String(contentsOf: options, encoding: .utf8).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            guard let match = line.wholeMatch(of: #/grammar\s*:\s*["']?([^\s"'#]+)["']?\s*(#.*)?/#) else { continue }
            return (String(match.1), index + 1)
        }
        return nil
    }

    /// A package and everything that it depends on, each once.
    private static func all(from package: Package) -> [Package] {
        var found: [Package] = []
        var waiting = [package]
        while let next = waiting.popLast() {
            guard !found.contains(where: { $0.id == next.id }) else { continue }
            found.append(next)
            waiting += next.dependencies.map(\.package)
        }
        return found
    }

    /// The grammar files below a folder and the folders that they are in.
    private static func contents(of folder: URL) -> (files: [URL], folders: [URL]) {
        let found = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: [.skipsHiddenFiles])
        let all = (found?.compactMap { $0 as? URL } ?? []).sorted { $0.path < $1.path }
        return (all.filter { $0.pathExtension == "yaml" }, all.filter(\.hasDirectoryPath))
    }
}
