#if !Network
import Foundation

/// What `msnp` is in a build without the trait: it says how to get the command.
@main
struct WithoutNetwork {
    static func main() {
        let text = "msnp: this build lacks what needs other packages; build it with the trait TLS, the default\n"
        FileHandle.standardError.write(Data(text.utf8))
        exit(64)
    }
}
#endif
