import Foundation
import PackagePlugin

/// Runs `grammar-tool swift` over the grammar files of a target; it only lists files, all that can fail is in the tool.
@main
struct GrammarPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let files = target.sourceFiles.map(\.url)
            .filter { $0.pathExtension == "yaml" }
            .sorted { $0.path < $1.path }
        let inputs = files.filter { $0.lastPathComponent != "grammar-generator.yaml" }
        let options = files.first { $0.lastPathComponent == "grammar-generator.yaml" }
        guard let root = inputs.first(where: { $0.lastPathComponent == "protocol.yaml" }) else {
            Diagnostics.error(
                "target '\(target.name)' uses GrammarPlugin but has no protocol.yaml; put a folder 'Grammar' (or a symbolic link to one) into \(target.directoryURL.path)"
            )
            return []
        }
        let folder = root.deletingLastPathComponent()
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        let commands = inputs.filter { $0.deletingLastPathComponent().lastPathComponent == "commands" }
            .map { $0.deletingPathExtension().lastPathComponent + ".swift" }
        // Payloads may be in folders by subject.
        let payloads = inputs.filter { $0.pathComponents.dropLast().suffix(2).contains("payloads") }
            .map { $0.deletingPathExtension().lastPathComponent }
            .map { "Payload\($0.prefix(1).uppercased())\($0.dropFirst()).swift" }
        let shared = ["Protocol", "Types", "Messages", "Payloads", "Errors", "Sessions"].map { $0 + ".swift" }
        let outputs = (commands + payloads + shared)
            .map { output.appending(path: $0) }
        return [
            .buildCommand(
                displayName: "Generating Swift from \(folder.lastPathComponent)",
                executable: try context.tool(named: "grammar-tool").url,
                arguments: ["swift", folder.path, "--output", output.path]
                    + (options.map { ["--options", $0.path] } ?? []),
                inputFiles: files,
                outputFiles: outputs)
        ]
    }
}
