// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nobody builds it who does not compare two states of the code.
let package = Package(
    name: "snapshot",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "msnp-grammar", path: "../..")],
    targets: [
        .executableTarget(
            name: "snapshot",
            dependencies: ["MSNP", "WireProtocol", "ProtocolGrammar"].map {
                .product(name: $0, package: "msnp-grammar")
            },
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ])
    ],
    swiftLanguageModes: [.v6]
)
