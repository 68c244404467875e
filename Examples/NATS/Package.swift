// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// Without traits, nothing but the generator and its runtime is fetched and built.
let package = Package(
    name: "nats",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "msnp-grammar", path: "../..", traits: [])],
    targets: [
        .target(
            name: "NATSProtocol",
            dependencies: [.product(name: "WireProtocol", package: "msnp-grammar")], swiftSettings: settings,
            plugins: [.plugin(name: "GrammarPlugin", package: "msnp-grammar")]),
        .executableTarget(
            name: "nats",
            dependencies: [
                "NATSProtocol", .product(name: "WireProtocol", package: "msnp-grammar"),
                .product(name: "WireSession", package: "msnp-grammar"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "stream-check",
            dependencies: ["NATSProtocol", .product(name: "WireProtocol", package: "msnp-grammar")],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
