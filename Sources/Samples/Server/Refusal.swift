// Shows: error replies are named by the grammar, `ErrorCode.notOnList`, and carried like any other value.
import MSNP

/// Why a request is not granted; it becomes an error reply.
struct Refusal: Error, Equatable {
    /// The number with its name.
    let code: ErrorCode

    /// Names the reason.
    init(_ code: ErrorCode) {
        self.code = code
    }
}
