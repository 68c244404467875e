#if !Network
import Foundation

/// What `msnp` is in a build without the trait: it says how to get the command.
@main
struct WithoutNetwork {
    static func main() throws {
        try StandardStreams.diagnose(
            "msnp: this build lacks what needs other packages; build it with the trait TLS, the default")
        exit(64)
    }
}
#endif
