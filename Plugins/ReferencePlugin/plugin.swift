import Foundation
import PackagePlugin

/// Runs `grammar-tool reference` over the folder `Grammar` of a package; all that can fail is in the tool.
@main
struct ReferencePlugin: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        var extractor = ArgumentExtractor(arguments)
        let root = context.package.directoryURL
        let output = extractor.extractOption(named: "output").last ?? root.appending(path: "Reference").path
        let process = Process()
        process.executableURL = try context.tool(named: "grammar-tool").url
        process.arguments = ["reference", root.appending(path: "Grammar").path, "--output", output]
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { Diagnostics.error("the reference was not written") }
    }
}
