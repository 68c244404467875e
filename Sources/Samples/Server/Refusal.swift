// Shows: error replies are named by the grammar, `ErrorCode.notOnList`, and carried like any other value.
import MSNP

/// Why a request is refused; sent as an error reply.
struct Refusal: Error, Equatable {
    let code: ErrorCode

    init(_ code: ErrorCode) {
        self.code = code
    }
}
