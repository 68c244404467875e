// swift-tools-version: 6.3
import PackageDescription

// Two worlds that never import each other:
//   grammar: CLibYAMLSystem <- YAMLTree <- ProtocolGrammar <- SwiftEmitter <- grammar-tool <- GrammarPlugin
//            ProtocolGrammar <- GrammarReport, ModelEmitter <- ReferenceSite <- reference-tool <- ReferencePlugin
//            ProtocolGrammar <- DissectorEmitter, ModelEmitter <- grammar-tool
//   wire:    WireProtocol <- WireSession <- WireTransport; both know no protocol
//            WireProtocol <- MSNP (generated) <- MSNPSession <- MSNPTransport <- MSNPTickets <- SampleClient <- msnp
//            WireSession <- MSNPSession, WireTransport <- MSNPTransport
//                                                                           <- SampleServer, SampleProxy <- msnp
//                        <- WireXML <- MSNPTickets, SampleServer
// What needs other packages is behind a trait, so that who builds on the rest fetches nothing but this package. TLS does
// not enable Network by `enabledTraits`: SwiftPM 6.3 passes several traits to the compiler in an order that changes from
// plan to plan, and then builds everything anew.
let network: TargetDependencyCondition? = .when(traits: ["Network", "TLS"])

let package = Package(
    name: "msnp-grammar",
    platforms: [.macOS(.v26)],
    products: [
        .library(name: "WireProtocol", targets: ["WireProtocol"]),
        .library(name: "WireSession", targets: ["WireSession"]),
        .library(name: "WireTransport", targets: ["WireTransport"]),
        .library(name: "WireXML", targets: ["WireXML"]),
        .library(name: "MSNP", targets: ["MSNP"]),
        .library(name: "SessionLint", targets: ["SessionLint"]),
        .library(name: "MSNPSession", targets: ["MSNPSession"]),
        .library(name: "MSNPTransport", targets: ["MSNPTransport"]),
        .library(name: "MSNPTickets", targets: ["MSNPTickets"]),
        .library(name: "SampleServer", targets: ["SampleServer"]),
        .library(name: "SampleClient", targets: ["SampleClient"]),
        .library(name: "ProtocolGrammar", targets: ["ProtocolGrammar", "YAMLTree"]),
        .plugin(name: "GrammarPlugin", targets: ["GrammarPlugin"]),
        .plugin(name: "ReferencePlugin", targets: ["ReferencePlugin"]),
        .executable(name: "grammar-tool", targets: ["grammar-tool"]),
        .executable(name: "reference-tool", targets: ["reference-tool"]),
        .executable(name: "msnp", targets: ["msnp"]),
    ],
    traits: [
        .default(enabledTraits: ["TLS"]),
        .trait(
            name: "Network",
            description: "Sessions over TCP, tickets over HTTP, the samples and msnp: all that needs other packages."),
        .trait(
            name: "TLS",
            description:
                "What Network has, and TLS, for https, msnp chat --tls and msnp serve --certificate; builds a second cryptographic library."
        ),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibYAMLSystem", path: "Sources/Grammar/CLibYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
        .target(name: "YAMLTree", dependencies: ["CLibYAMLSystem"], path: "Sources/Grammar/YAMLTree"),
        .target(name: "ProtocolGrammar", dependencies: ["YAMLTree"], path: "Sources/Grammar/ProtocolGrammar"),
        .target(
            name: "SwiftEmitter", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Sources/Grammar/SwiftEmitter"),
        .target(
            name: "GrammarReport", dependencies: ["ProtocolGrammar", "YAMLTree"],
            path: "Sources/Grammar/GrammarReport"),
        .target(
            name: "DissectorEmitter", dependencies: ["ProtocolGrammar"], path: "Sources/Grammar/DissectorEmitter"),
        .target(
            name: "ToolSupport", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Sources/Grammar/ToolSupport"),
        .target(
            name: "ModelEmitter", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Sources/Grammar/ModelEmitter"),
        .executableTarget(
            name: "grammar-tool",
            dependencies: [
                "DissectorEmitter", "GrammarReport", "ModelEmitter", "ProtocolGrammar", "SwiftEmitter",
                "ToolSupport", "YAMLTree",
            ], path: "Sources/Grammar/grammar-tool"),
        .target(
            name: "ReferenceSite", dependencies: ["GrammarReport", "ModelEmitter", "ProtocolGrammar", "YAMLTree"],
            path: "Sources/Grammar/ReferenceSite",
            resources: [
                .embedInCode("Assets/style.css"), .embedInCode("Assets/interpreter"), .embedInCode("Assets/pages"),
                .embedInCode("Assets/script"),
            ]),
        .executableTarget(
            name: "reference-tool",
            dependencies: [
                "DissectorEmitter", "ProtocolGrammar", "ReferenceSite", "SwiftEmitter", "ToolSupport", "YAMLTree",
            ],
            path: "Sources/Grammar/reference-tool"),
        .plugin(name: "GrammarPlugin", capability: .buildTool(), dependencies: ["grammar-tool"]),
        .plugin(
            name: "ReferencePlugin",
            capability: .command(
                intent: .custom(verb: "protocol-reference", description: "Writes the protocol reference as a web site"),
                permissions: [.writeToPackageDirectory(reason: "It writes the pages into the folder Reference.")]),
            dependencies: ["reference-tool"]),

        .target(name: "WireProtocol", path: "Sources/Wire/WireProtocol"),
        .target(name: "WireSession", dependencies: ["WireProtocol"], path: "Sources/Wire/WireSession"),
        .target(
            name: "WireTransport",
            dependencies: [
                "WireSession", "WireProtocol",
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: .when(traits: ["TLS"])),
            ], path: "Sources/Wire/WireTransport"),
        .target(name: "WireXML", dependencies: ["WireProtocol"], path: "Sources/Wire/WireXML"),
        .target(
            name: "MSNP", dependencies: ["WireProtocol"],
            path: "Sources/MSNP/MSNP", exclude: ["Grammar/README.md", "Grammar/COVERAGE.md", "Grammar/vectors"],
            plugins: ["GrammarPlugin"]),
        .target(
            name: "MSNPSession",
            dependencies: ["MSNP", "WireSession", "WireProtocol"],
            path: "Sources/MSNP/MSNPSession"),
        .target(
            name: "SessionLint", dependencies: ["MSNPSession", "MSNP", "WireXML", "WireProtocol"],
            path: "Sources/MSNP/SessionLint"),
        .target(
            name: "MSNPTransport",
            dependencies: [
                "MSNPSession", "WireTransport", "WireSession",
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
            ], path: "Sources/MSNP/MSNPTransport"),
        .target(
            name: "MSNPTickets",
            dependencies: ["MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol"],
            path: "Sources/MSNP/MSNPTickets"),
        .target(
            name: "SampleServer",
            dependencies: [
                "MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol",
                .product(name: "Crypto", package: "swift-crypto", condition: network),
                .product(name: "Logging", package: "swift-log", condition: network),
            ], path: "Sources/Samples/Server"),
        .target(
            name: "SampleClient",
            dependencies: ["MSNPTickets", "MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol"],
            path: "Sources/Samples/Client"),
        .target(
            name: "SampleProxy",
            dependencies: ["MSNPTransport", "MSNPSession", "SessionLint", "MSNP", "WireProtocol"],
            path: "Sources/Samples/Proxy"),
        .target(name: "Terminal", dependencies: ["WireProtocol"], path: "Sources/Samples/Terminal"),
        .executableTarget(
            name: "msnp",
            dependencies: [
                "SampleServer", "SampleClient", "SampleProxy", "Terminal", "MSNPTickets", "MSNPTransport",
                "MSNPSession", "MSNP", "WireProtocol", "SessionLint",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: network),
                .product(name: "Logging", package: "swift-log", condition: network),
            ], path: "Sources/Samples/msnp"),

        .target(
            name: "TestSupport",
            dependencies: [
                "ProtocolGrammar", "YAMLTree", "SampleServer", "MSNPTransport", "MSNPSession", "MSNP", "SessionLint",
                "Terminal", "WireSession", "WireProtocol",
                .product(name: "Crypto", package: "swift-crypto", condition: network),
            ], path: "Tests/TestSupport"),
        .testTarget(name: "YAMLTreeTests", dependencies: ["YAMLTree"]),
        .testTarget(
            name: "ProtocolGrammarTests", dependencies: ["TestSupport", "ProtocolGrammar", "YAMLTree"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "SwiftEmitterTests",
            dependencies: [
                "TestSupport", "SwiftEmitter", "ProtocolGrammar", "YAMLTree", "WireSession", "WireProtocol",
            ],
            exclude: ["Reference/Grammar"]),
        .testTarget(name: "GrammarReportTests", dependencies: ["GrammarReport", "ProtocolGrammar", "YAMLTree"]),
        .testTarget(name: "ModelEmitterTests", dependencies: ["ModelEmitter", "ProtocolGrammar", "YAMLTree"]),
        .testTarget(
            name: "ReferenceSiteTests",
            dependencies: ["TestSupport", "ReferenceSite", "ProtocolGrammar", "YAMLTree"]),
        .testTarget(
            name: "DissectorEmitterTests", dependencies: ["DissectorEmitter", "ProtocolGrammar", "YAMLTree"]),
        .testTarget(name: "WireProtocolTests", dependencies: ["TestSupport", "WireProtocol"]),
        .testTarget(name: "WireXMLTests", dependencies: ["TestSupport", "WireXML", "WireProtocol"]),
        .testTarget(
            name: "SessionLintTests", dependencies: ["TestSupport", "SessionLint", "MSNP", "WireProtocol", "YAMLTree"],
            exclude: ["Recordings"]),
        .testTarget(name: "MSNPTests", dependencies: ["TestSupport", "MSNP", "WireProtocol", "ProtocolGrammar"]),
        .testTarget(
            name: "PinnedTests", dependencies: ["WireSession", "WireProtocol"],
            exclude: ["Grammar/README.md", "Grammar/COVERAGE.md", "Grammar/vectors"], plugins: ["GrammarPlugin"]),
        .testTarget(
            name: "MSNPSessionTests",
            dependencies: [
                "TestSupport", "MSNPSession", "MSNP", "WireProtocol", "ProtocolGrammar",
                .product(name: "Crypto", package: "swift-crypto", condition: network),
            ]),
        .testTarget(
            name: "CommandLineTests",
            dependencies: [
                "TestSupport", "msnp", "SampleServer", "SampleClient", "SampleProxy", "SessionLint", "MSNPTransport",
                "MSNPSession", "MSNP", "WireProtocol", "ProtocolGrammar", "YAMLTree",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: network),
            ]),
        .testTarget(name: "TerminalTests", dependencies: ["TestSupport", "Terminal", "WireProtocol"]),
        .testTarget(name: "IntegrationTests"),
        .testTarget(
            name: "SampleServerTests",
            dependencies: [
                "TestSupport", "SampleServer", "SessionLint", "MSNPTransport", "MSNPSession", "MSNP", "WireTransport",
                "WireProtocol", "ProtocolGrammar", .product(name: "Logging", package: "swift-log", condition: network),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
            ]),
        .testTarget(
            name: "ReplayTests",
            dependencies: [
                "TestSupport", "SampleServer", "SampleClient", "SessionLint", "MSNPTransport", "MSNPSession", "MSNP",
                "WireXML", "WireProtocol", "ProtocolGrammar", "YAMLTree",
                .product(name: "Logging", package: "swift-log", condition: network),
            ]),
        .testTarget(
            name: "SampleTests",
            dependencies: [
                "TestSupport", "SampleServer", "SampleClient", "SampleProxy", "SessionLint", "MSNPTickets",
                "MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol", "ProtocolGrammar",
            ]),
    ],
    swiftLanguageModes: [.v6]
)

let strictness: [SwiftSetting] =
    Context.environment["WARNINGS_AS_ERRORS"] == nil ? [] : [.treatAllWarnings(as: .error)]

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    target.swiftSettings =
        [
            .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
            .define("Network", .when(traits: ["TLS"])),
        ] + strictness
}
