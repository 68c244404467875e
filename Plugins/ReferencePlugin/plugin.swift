import Foundation
import PackagePlugin

/// Runs `reference-tool` over the grammar of a package; all that can fail is in the tool.
@main
struct ReferencePlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        var extractor = ArgumentExtractor(arguments)
        let output =
            extractor.extractOption(named: "output").last
            ?? context.package.directoryURL.appending(path: "Reference").path
        let target = extractor.extractOption(named: "target").last
        guard extractor.remainingArguments.isEmpty else {
            let rest = extractor.remainingArguments.joined(separator: " ")
            return Diagnostics.error("'\(rest)' is not understood; the options are --target NAME and --output FOLDER")
        }
        guard let folder = try folder(of: target, in: context.package) else { return }
        let process = Process()
        process.executableURL = try context.tool(named: "reference-tool").url
        process.arguments = [folder.path, "--output", output]
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { Diagnostics.error("the reference was not written") }
    }

    /// The grammar of a target; without a name, the only one of the package. Nil with a diagnostic.
    private func folder(of name: String?, in package: Package) throws -> URL? {
        let targets = package.targets.compactMap { $0 as? any SourceModuleTarget }
        if let name {
            guard let target = targets.first(where: { $0.name == name }) else {
                Diagnostics.error("no target is named '\(name)'")
                return nil
            }
            return try GrammarSource(of: target, in: package)?.folder
        }
        var found: [(target: String, folder: URL)] = []
        for target in targets {
            guard let source = try GrammarSource(of: target, in: package, isQuiet: true) else { continue }
            let folder = source.folder.resolvingSymlinksInPath()
            if !found.contains(where: { $0.folder == folder }) { found.append((target.name, folder)) }
        }
        guard found.count == 1 else {
            let names = found.map(\.target).joined(separator: ", ")
            Diagnostics.error(
                found.isEmpty
                    ? "no target of this package has a grammar: neither a folder with protocol.yaml nor a line 'grammar: PACKAGE' in grammar-generator.yaml"
                    : "targets of this package have different grammars; choose one with --target: \(names)")
            return nil
        }
        return found[0].folder
    }
}
