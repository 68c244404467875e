import Foundation
import PackagePlugin

/// Runs `grammar-tool swift` over the grammar files of a target; it only lists files, all that can fail is in the tool.
@main
struct GrammarPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let inputs = target.sourceFiles.map(\.url)
            .filter { $0.pathExtension == "yaml" }
            .sorted { $0.path < $1.path }
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
        let outputs =
            (commands + ["Protocol.swift", "Types.swift", "Messages.swift", "Errors.swift", "Sessions.swift"])
            .map { output.appending(path: $0) }
        return [
            .buildCommand(
                displayName: "Generating Swift from \(folder.lastPathComponent)",
                executable: try context.tool(named: "grammar-tool").url,
                arguments: ["swift", folder.path, "--output", output.path],
                inputFiles: inputs,
                outputFiles: outputs)
        ]
    }
}
