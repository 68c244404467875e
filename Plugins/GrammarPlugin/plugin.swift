import Foundation
import PackagePlugin

/// Runs `grammar-tool swift` over the grammar of a target; it only lists files, all that can fail is in the tool.
@main
struct GrammarPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget,
            let source = try GrammarSource(of: target, in: context.package)
        else { return [] }
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        let isForeign = !source.foreignFolders.isEmpty
        let names = Self.shared + (isForeign ? ["Declarations"] : Self.declarations(of: source.files))
        return [
            .buildCommand(
                displayName: "Generating Swift from \(source.folder.lastPathComponent)",
                executable: try context.tool(named: "grammar-tool").url,
                arguments: ["swift", source.folder.path, "--output", output.path]
                    + (source.options.map { ["--options", $0.path] } ?? []) + (isForeign ? ["--files", "few"] : []),
                inputFiles: source.files + source.foreignFolders + (source.options.map { [$0] } ?? []),
                outputFiles: names.map { output.appending(path: $0 + ".swift") })
        ]
    }

    /// The files that every grammar becomes.
    private static let shared = ["Protocol", "Types", "Messages", "Payloads", "Errors", "Sessions"]

    /// The files of commands and payloads. SwiftPM asks for them anew when a file of the target comes or goes; for files
    /// outside of it, which it does not watch, there is one for all.
    private static func declarations(of files: [URL]) -> [String] {
        let commands = files.filter { $0.deletingLastPathComponent().lastPathComponent == "commands" }
            .map { $0.deletingPathExtension().lastPathComponent }
        // Payloads may be in folders by subject.
        let payloads = files.filter { $0.pathComponents.dropLast().suffix(2).contains("payloads") }
            .map { $0.deletingPathExtension().lastPathComponent }
            .map { "Payload\($0.prefix(1).uppercased())\($0.dropFirst())" }
        return commands + payloads
    }
}
