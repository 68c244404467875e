#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// No top-level code: a build for fuzzing compiles every program as a library.
@main
enum EntryPoint {
    static func main() {
        exit(Tool.run(Array(CommandLine.arguments.dropFirst())))
    }
}
