// swift-tools-version: 6.2
import PackageDescription

// Built by `run.sh` alone, with the fuzzer of the compiler: its programs have no main of their own.
let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v26)],
    dependencies: [.package(name: "msnp-grammar", path: "../..")],
    targets: [
        .target(
            name: "FuzzSupport",
            dependencies: [
                .product(name: "MSNP", package: "msnp-grammar"),
                .product(name: "WireProtocol", package: "msnp-grammar"),
            ])
    ]
        + [
            ("FuzzDecode", []), ("FuzzSplit", []), ("FuzzMatcher", ["ProtocolGrammar"]), ("FuzzPayload", ["WireXML"]),
            ("FuzzGrammar", ["ProtocolGrammar"]), ("FuzzLint", ["SessionLint"]),
        ].map { (name: String, products: [String]) in
            .executableTarget(
                name: name,
                dependencies: ["FuzzSupport"]
                    + (["MSNP", "WireProtocol"] + products).map { .product(name: $0, package: "msnp-grammar") })
        },
    swiftLanguageModes: [.v6]
)
