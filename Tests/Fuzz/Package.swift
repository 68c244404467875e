// swift-tools-version: 6.3
import PackageDescription

// Built by `run.sh` alone, with the fuzzer of the compiler: its programs have no main of their own. The compiler would
// build the plugin's tool for fuzzing as well, which then could not run, so this package has no plugin: the sources
// of the toolkit are links, and `run.sh` has the tool write the module MSNP into `.generated` first. The samples and
// their transport are links for the same reason, and so that HTTP parser and services are watched alike. They alone
// need SwiftNIO, which takes a few minutes once; each fuzzer is a product of its own, and the others go without.
let testable: [SwiftSetting] = [
    .unsafeFlags(["-enable-testing"]),
    // A trait of the package.
    .define("Network"),
]

let toolkit: [Target] = [
    .systemLibrary(name: "CLibYAMLSystem", path: "Toolkit/CLibYAML", pkgConfig: "yaml-0.1"),
    .target(name: "YAMLTree", dependencies: ["CLibYAMLSystem"], path: "Toolkit/YAMLTree"),
    .target(name: "ProtocolGrammar", dependencies: ["YAMLTree"], path: "Toolkit/ProtocolGrammar"),
    .target(name: "SwiftEmitter", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Toolkit/SwiftEmitter"),
    .target(
        name: "GrammarReport", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Toolkit/GrammarReport"),
    .target(name: "ModelEmitter", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Toolkit/ModelEmitter"),
    .target(
        name: "ReferenceSite", dependencies: ["GrammarReport", "ModelEmitter", "ProtocolGrammar", "YAMLTree"],
        path: "Toolkit/ReferenceSite",
        resources: [
            .embedInCode("Assets/style.css"), .embedInCode("Assets/interpreter"), .embedInCode("Assets/pages"),
            .embedInCode("Assets/script"),
        ]),
    .target(name: "WireProtocol", path: "Toolkit/WireProtocol"),
    .target(name: "WireSession", dependencies: ["WireProtocol"], path: "Toolkit/WireSession"),
    .target(
        name: "WireTransport",
        dependencies: [
            "WireSession", "WireProtocol", .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOPosix", package: "swift-nio"),
        ], path: "Toolkit/WireTransport", swiftSettings: testable),
    .target(name: "WireXML", dependencies: ["WireProtocol"], path: "Toolkit/WireXML"),
    .target(name: "MSNP", dependencies: ["WireProtocol"], path: ".generated/MSNP"),
    .target(
        name: "MSNPSession", dependencies: ["MSNP", "WireSession", "WireProtocol"], path: "Toolkit/MSNPSession"),
    .target(
        name: "SessionLint", dependencies: ["MSNPSession", "MSNP", "WireXML", "WireProtocol"],
        path: "Toolkit/SessionLint"),
    .target(
        name: "MSNPTransport",
        dependencies: [
            "MSNPSession", "WireTransport", "WireSession", .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
        ], path: "Toolkit/MSNPTransport", swiftSettings: testable),
    .target(
        name: "MSNPTickets", dependencies: ["MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol"],
        path: "Toolkit/MSNPTickets", swiftSettings: testable),
    .target(
        name: "SampleServer",
        dependencies: [
            "MSNPTransport", "MSNPSession", "MSNP", "WireXML", "WireProtocol",
            .product(name: "Crypto", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
        ], path: "Toolkit/SampleServer", swiftSettings: testable),
]

let embedded: [Target.Dependency] = [
    "MSNPTransport", .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOEmbedded", package: "swift-nio"),
]

let fuzzers: [(name: String, modules: [Target.Dependency])] = [
    ("FuzzDecode", ["FormProperties"]), ("FuzzSplit", []), ("FuzzMatcher", ["ProtocolGrammar", "YAMLTree"]),
    ("FuzzPayload", ["WireXML"]),
    ("FuzzGrammar", ["ProtocolGrammar", "ReferenceSite", "SwiftEmitter", "YAMLTree"]), ("FuzzLint", ["SessionLint"]),
    ("FuzzServices", embedded + ["SampleServer", "WireXML"]),
    ("FuzzTickets", embedded + ["MSNPTickets", "MSNPSession"]),
]

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: toolkit
        + [
            .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
            .target(name: "FuzzSupport", dependencies: ["CMalloc", "MSNP", "WireProtocol"]),
            .target(
                name: "FormProperties", dependencies: ["MSNP", "WireProtocol"], path: ".generated/FormProperties"),
        ]
        + fuzzers.map { fuzzer in
            .executableTarget(
                name: fuzzer.name, dependencies: ["FuzzSupport", "MSNP", "WireProtocol"] + fuzzer.modules)
        },
    swiftLanguageModes: [.v6]
)

for target in toolkit where target.type == .regular {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        ]
}
