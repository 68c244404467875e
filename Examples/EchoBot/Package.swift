// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "echo-bot",
    platforms: [.macOS(.v26)],
    // Sessions over TCP and tickets over https; `traits: ["Network"]` leaves out TLS.
    dependencies: [.package(name: "msnp-grammar", path: "../..")],
    targets: [
        .executableTarget(
            name: "EchoBot",
            dependencies: ["MSNP", "MSNPSession", "MSNPTickets", "MSNPTransport"].map {
                .product(name: $0, package: "msnp-grammar")
            })
    ],
    swiftLanguageModes: [.v6]
)
