// swift-tools-version: 6.2
import PackageDescription

// Two worlds that never import each other:
//   grammar: CLibYAMLSystem <- YAMLTree <- ProtocolGrammar <- SwiftEmitter <- grammar-tool <- GrammarPlugin
//   wire:    WireProtocol <- MSNP (generated) <- MSNPSession <- MSNPTransport <- SampleServer, SampleClient <- msnp
let package = Package(
    name: "msnp-grammar",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "WireProtocol", targets: ["WireProtocol"]),
        .library(name: "MSNP", targets: ["MSNP"]),
        .library(name: "MSNPSession", targets: ["MSNPSession"]),
        .library(name: "MSNPTransport", targets: ["MSNPTransport"]),
        .plugin(name: "GrammarPlugin", targets: ["GrammarPlugin"]),
        .executable(name: "grammar-tool", targets: ["grammar-tool"]),
        .executable(name: "msnp", targets: ["msnp"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAMLSystem", path: "Sources/CLibYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "YAMLTree", dependencies: ["CLibYAMLSystem"]),
        .target(name: "ProtocolGrammar", dependencies: ["YAMLTree"]),
        .target(name: "SwiftEmitter", dependencies: ["ProtocolGrammar"]),
        .executableTarget(name: "grammar-tool", dependencies: ["ProtocolGrammar", "SwiftEmitter", "YAMLTree"]),
        .plugin(name: "GrammarPlugin", capability: .buildTool(), dependencies: ["grammar-tool"]),

        .target(name: "WireProtocol"),
        .target(
            name: "MSNP", dependencies: ["WireProtocol"], exclude: ["Grammar/README.md", "Grammar/vectors"],
            plugins: ["GrammarPlugin"]),
        .target(
            name: "MSNPSession",
            dependencies: ["MSNP", "WireProtocol", .product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "MSNPTransport",
            dependencies: [
                "MSNPSession", "MSNP", "WireProtocol",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        .target(name: "SampleServer", dependencies: ["MSNPTransport", "MSNPSession", "MSNP", "WireProtocol"]),
        .target(name: "SampleClient", dependencies: ["MSNPTransport", "MSNPSession", "MSNP", "WireProtocol"]),
        .executableTarget(
            name: "msnp",
            dependencies: [
                "SampleServer", "SampleClient", "MSNPTransport", "MSNPSession", "MSNP", "WireProtocol",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "YAMLTreeTests", dependencies: ["YAMLTree"]),
        .testTarget(
            name: "ProtocolGrammarTests", dependencies: ["ProtocolGrammar", "YAMLTree"], exclude: ["Fixtures"]),
        .testTarget(
            name: "SwiftEmitterTests", dependencies: ["SwiftEmitter", "ProtocolGrammar", "YAMLTree", "WireProtocol"],
            exclude: ["Reference/Grammar"]),
        .testTarget(name: "WireProtocolTests", dependencies: ["WireProtocol"]),
        .testTarget(name: "MSNPTests", dependencies: ["MSNP", "WireProtocol", "ProtocolGrammar", "YAMLTree"]),
        .testTarget(name: "IntegrationTests"),
        .testTarget(
            name: "SampleTests",
            dependencies: ["SampleServer", "SampleClient", "MSNPTransport", "MSNPSession", "MSNP", "WireProtocol"]),
    ],
    swiftLanguageModes: [.v6]
)

let strictness: [SwiftSetting] =
    Context.environment["WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings =
        [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")] + strictness
}
