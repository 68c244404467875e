// swift-tools-version: 6.2
import PackageDescription

// Built by `run.sh` alone, with the fuzzer of the compiler: its programs have no main of their own. The compiler would
// build the plugin's tool for fuzzing as well, which then could not run, so this package has no plugin: the sources
// of the toolkit are links, and `run.sh` has the tool write the module MSNP into `.generated` first.
let toolkit: [Target] = [
    .systemLibrary(name: "CLibYAMLSystem", path: "Toolkit/CLibYAML", pkgConfig: "yaml-0.1"),
    .target(name: "YAMLTree", dependencies: ["CLibYAMLSystem"], path: "Toolkit/YAMLTree"),
    .target(name: "ProtocolGrammar", dependencies: ["YAMLTree"], path: "Toolkit/ProtocolGrammar"),
    .target(name: "SwiftEmitter", dependencies: ["ProtocolGrammar", "YAMLTree"], path: "Toolkit/SwiftEmitter"),
    .target(name: "WireProtocol", path: "Toolkit/WireProtocol"),
    .target(name: "WireXML", dependencies: ["WireProtocol"], path: "Toolkit/WireXML"),
    .target(name: "MSNP", dependencies: ["WireProtocol"], path: ".generated/MSNP"),
    .target(
        name: "MSNPSession",
        dependencies: ["MSNP", "WireProtocol", .product(name: "Crypto", package: "swift-crypto")],
        path: "Toolkit/MSNPSession"),
    .target(
        name: "SessionLint", dependencies: ["MSNPSession", "MSNP", "WireXML", "WireProtocol"],
        path: "Toolkit/SessionLint"),
]

let fuzzers: [(name: String, modules: [Target.Dependency])] = [
    ("FuzzDecode", ["FormProperties"]), ("FuzzSplit", []), ("FuzzMatcher", ["ProtocolGrammar", "YAMLTree"]),
    ("FuzzPayload", ["WireXML"]),
    ("FuzzGrammar", ["ProtocolGrammar", "SwiftEmitter", "YAMLTree"]), ("FuzzLint", ["SessionLint"]),
]

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.0.0")],
    targets: toolkit
        + [
            .target(name: "FuzzSupport", dependencies: ["MSNP", "WireProtocol"]),
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
    target.swiftSettings = [.enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility")]
}
