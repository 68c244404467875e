// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "decode-stream",
    platforms: [.macOS(.v26)],
    // Without traits, nothing but this package is fetched.
    dependencies: [.package(name: "msnp-grammar", path: "../..", traits: [])],
    targets: [
        .executableTarget(name: "DecodeStream", dependencies: [.product(name: "MSNP", package: "msnp-grammar")])
    ],
    swiftLanguageModes: [.v6]
)
