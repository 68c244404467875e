import Foundation

/// A copy of the package that a test may change and build; its build folder is kept, so that it is built once.
struct PackageCopy {
    /// The package itself.
    static let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let root: URL
    private let scratch: URL
    /// A folder with a `swift` that builds the copy with options of its own.
    private let tools: URL

    struct Outcome {
        var status: Int32
        /// What came on standard output and standard error.
        var output: String
    }

    init(named name: String) throws {
        let base = Self.source.appending(path: ".build/copies/\(name)")
        root = base.appending(path: "package")
        scratch = base.appending(path: "build")
        tools = base.appending(path: "tools")
        let files = FileManager.default
        try? files.removeItem(at: root)
        for folder in [root, scratch, tools] {
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        for item in ["Package.swift", "Grammar", "Plugins", "Sources", "Tests"] {
            try files.copyItem(at: Self.source.appending(path: item), to: root.appending(path: item))
        }
        try files.createSymbolicLink(at: root.appending(path: ".build"), withDestinationURL: scratch)
        let wrapper = tools.appending(path: "swift")
        try Self.wrapper.write(to: wrapper, atomically: true, encoding: .utf8)
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: wrapper.path)
    }

    func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

    func write(_ path: String, _ text: String) throws {
        try text.write(to: root.appending(path: path), atomically: true, encoding: .utf8)
    }

    func edit(_ path: String, _ change: (String) throws -> String) throws {
        try write(path, try change(try String(contentsOf: root.appending(path: path), encoding: .utf8)))
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

    /// Runs a script of the shell in the copy and waits for its end.
    ///
    /// It has a thread of its own: a build takes minutes, and the other tests need the threads of the pool.
    func shell(_ script: String) async throws -> Outcome {
        try await withCheckedThrowingContinuation { waiter in
            Thread.detachNewThread {
                waiter.resume(with: Result { try run(script) })
            }
        }
    }

    /// Nobody debugs the copy, and without what a debugger or an editor needs it takes a third less time to build. It is
    /// also where the build without TLS is tried.
    private static let wrapper = """
        #!/bin/sh
        subcommand=$1
        shift
        PATH=${PATH#*:} exec swift "$subcommand" --traits Network --disable-index-store \\
            -Xswiftc -gnone -Xcc -g0 -Xcxx -g0 "$@"

        """

    private func run(_ script: String) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-e", "-o", "pipefail", "-c", script]
        process.currentDirectoryURL = root
        let environment = ProcessInfo.processInfo.environment
        process.environment = environment.merging(["PATH": "\(tools.path):\(environment["PATH"] ?? "/usr/bin:/bin")"]) {
            _, new in new
        }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
