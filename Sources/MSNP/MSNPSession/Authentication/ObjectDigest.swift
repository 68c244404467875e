import Foundation

/// The two digests of an MSNObject, such as a display picture.
public enum ObjectDigest {
    /// `SHA1D`: the digest of the data, in base64.
    public static func ofData(_ data: [UInt8]) -> String {
        Data(SHA1.hash(data)).base64EncodedString()
    }

    /// `SHA1C`: the digest of the names and values of the attributes that describe the object, in base64.
    public static func ofAttributes(
        creator: String, size: String, type: String, location: String, friendly: String, dataDigest: String
    ) -> String {
        let text = attributes(
            creator: creator, size: size, type: type, location: location, friendly: friendly, dataDigest: dataDigest)
        return ofData(Array(text.utf8))
    }

    /// The text that `SHA1C` is the digest of.
    static func attributes(
        creator: String, size: String, type: String, location: String, friendly: String, dataDigest: String
    ) -> String {
        let attributes = [
            ("Creator", creator), ("Size", size), ("Type", type), ("Location", location), ("Friendly", friendly),
            ("SHA1D", dataDigest),
        ]
        return attributes.map { $0.0 + $0.1 }.joined()
    }

    /// Converts a digest from base64 to lower-case hexadecimal digits; nil if it is not base64.
    public static func hexadecimal(_ digest: String) -> String? {
        Data(base64Encoded: digest).map { MD5Text.hexadecimal($0) }
    }
}
