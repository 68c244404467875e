import Foundation

/// Base64 without line breaks.
enum Base64 {
    /// Encodes bytes.
    static func text(of bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }
}
