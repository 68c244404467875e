// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "pinned-client",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "msnp-grammar", path: "../..", traits: [])],
    targets: [
        // The plugin generates the API of MSNP12 into this target: see grammar-generator.yaml.
        .executableTarget(
            name: "PinnedClient",
            dependencies: ["WireProtocol", "WireSession"].map { .product(name: $0, package: "msnp-grammar") },
            plugins: [.plugin(name: "GrammarPlugin", package: "msnp-grammar")])
    ],
    swiftLanguageModes: [.v6]
)
