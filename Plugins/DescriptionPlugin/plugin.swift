import Foundation
import PackagePlugin

/// Runs `grammar-tool description` over the grammar files of a target; all that can fail is in the tool.
@main
struct DescriptionPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let inputs = target.sourceFiles.map(\.url).filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
        guard let root = inputs.first(where: { $0.lastPathComponent == "protocol.yaml" }) else {
            Diagnostics.error("target '\(target.name)' uses DescriptionPlugin but has no protocol.yaml")
            return []
        }
        let folder = root.deletingLastPathComponent()
        let output = context.pluginWorkDirectoryURL.appending(path: "Generated")
        return [
            .buildCommand(
                displayName: "Describing \(folder.lastPathComponent)",
                executable: try context.tool(named: "grammar-tool").url,
                arguments: ["description", folder.path, "--output", output.path],
                inputFiles: inputs,
                outputFiles: [output.appending(path: "Description.swift")])
        ]
    }
}
