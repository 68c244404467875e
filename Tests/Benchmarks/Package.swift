// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that nobody builds it who does not measure.
let package = Package(
    name: "benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "msnp-grammar", path: "../..", traits: ["Network"])],
    targets: [
        .target(name: "CBaseline", cSettings: [.define("_GNU_SOURCE")]),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "CBaseline",
                .product(name: "MSNP", package: "msnp-grammar"),
                .product(name: "WireProtocol", package: "msnp-grammar"),
            ]),
        .executableTarget(
            name: "load",
            dependencies: ["MSNPSession", "MSNPTransport", "SampleServer"].map {
                .product(name: $0, package: "msnp-grammar")
            }),
    ],
    swiftLanguageModes: [.v6]
)
