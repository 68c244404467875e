import Foundation

/// A copy of the package that a test may change and build; its build folder is kept, so that it is built once.
struct PackageCopy {
    let root: URL
    private let scratch: URL

    struct Outcome {
        var status: Int32
        var output: String
    }

    init(named name: String) throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let base = source.appending(path: ".build/copies/\(name)")
        root = base.appending(path: "package")
        scratch = base.appending(path: "build")
        let files = FileManager.default
        try? files.removeItem(at: root)
        try files.createDirectory(at: root, withIntermediateDirectories: true)
        for item in ["Package.swift", "Grammar", "Plugins", "Sources", "Tests"] {
            try files.copyItem(at: source.appending(path: item), to: root.appending(path: item))
        }
    }

    func write(_ path: String, _ text: String) throws {
        try text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
    }

    func edit(_ path: String, _ change: (String) -> String) throws {
        try write(path, change(try String(contentsOf: root.appending(path: path), encoding: .utf8)))
    }

    func append(_ path: String, _ text: String) throws {
        try edit(path) { $0 + text }
    }

    func remove(_ path: String) throws {
        try FileManager.default.removeItem(at: root.appending(path: path))
    }

    /// The text of a file that the plugin generated.
    func generated(_ name: String) throws -> String {
        let folder = scratch.appending(path: "plugins/outputs")
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
            .compactMap { $0 as? URL }.first { $0.lastPathComponent == name && $0.path.contains("/MSNP/") }
        guard let found else { throw CocoaError(.fileNoSuchFile) }
        return try String(contentsOf: found, encoding: .utf8)
    }

    /// Runs a command of SwiftPM on the copy and waits for its end.
    ///
    /// It has a thread of its own: a build takes minutes, and the other tests need the threads of the pool.
    func swift(_ subcommand: String, _ arguments: String..., input: String = "") async throws -> Outcome {
        try await withCheckedThrowingContinuation { waiter in
            Thread.detachNewThread {
                waiter.resume(with: Result { try run(subcommand, arguments, input) })
            }
        }
    }

    /// Nobody debugs the copy, and without what a debugger or an editor needs it takes a third less time to build. It is
    /// also where the build without TLS is tried.
    private static let quick = [
        "--disable-default-traits",
        "--disable-index-store", "-Xswiftc", "-gnone", "-Xcc", "-g0", "-Xcxx", "-g0",
    ]

    private func run(_ subcommand: String, _ arguments: [String], _ input: String) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["swift", subcommand, "--package-path", root.path, "--scratch-path", scratch.path] + Self.quick + arguments
        let output = Pipe()
        let standardInput = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = standardInput
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
