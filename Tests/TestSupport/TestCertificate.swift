#if Network
import Crypto
import Foundation

/// A certificate that signs itself, and its private key, as a server has them.
public struct TestCertificate: Sendable {
    /// The certificate in PEM form.
    public let certificate: [UInt8]
    /// The key in PEM form.
    public let key: [UInt8]

    /// Makes a certificate.
    ///
    /// - Parameters:
    ///   - names: the host names that it is good for.
    ///   - addresses: the IPv4 addresses that it is good for.
    ///   - valid: when it is valid, in seconds since 1970.
    ///   - seed: another number makes another key.
    public init(
        names: [String] = ["localhost"], addresses: [[UInt8]] = [[127, 0, 0, 1]],
        valid: Range<Int> = 1_000_000_000..<2_500_000_000, seed: UInt8 = 1
    ) throws {
        let privateKey = try P256.Signing.PrivateKey(rawRepresentation: [UInt8](repeating: seed, count: 32))
        // ecdsa-with-SHA256
        let algorithm = Self.sequence([6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2])
        // commonName, as a UTF8String
        let name = Self.sequence(
            Self.value(0x31, Self.sequence([6, 3, 0x55, 4, 3] + Self.value(0x0C, Array("msnp test".utf8)))))
        let hosts = names.flatMap { Self.value(0x82, Array($0.utf8)) } + addresses.flatMap { Self.value(0x87, $0) }
        let extensions =
            Self.sequence([6, 3, 0x55, 0x1D, 0x11] + Self.value(4, Self.sequence(hosts)))
            + Self.sequence([6, 3, 0x55, 0x1D, 0x13, 1, 1, 0xFF] + Self.value(4, Self.sequence([1, 1, 0xFF])))
        let content = Self.sequence(
            [0xA0, 3, 2, 1, 2] + [2, 1, 1] + algorithm + name
                + Self.sequence(Self.time(valid.lowerBound) + Self.time(valid.upperBound)) + name
                + Array(privateKey.publicKey.derRepresentation) + Self.value(0xA3, Self.sequence(extensions)))
        let signature = try privateKey.signature(for: content).derRepresentation
        certificate = Self.pem("CERTIFICATE", Self.sequence(content + algorithm + Self.value(3, [0] + signature)))
        key = Array(privateKey.pemRepresentation.utf8)
    }

    private static func sequence(_ content: [UInt8]) -> [UInt8] { value(0x30, content) }

    /// A value of ASN.1 in the distinguished encoding.
    private static func value(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let count = content.count
        let length =
            count < 0x80
            ? [UInt8(count)] : count < 0x100 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
        return [tag] + length + content
    }

    /// A time with two digits for the year.
    private static func time(_ seconds: Int) -> [UInt8] {
        let text = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        return value(0x17, Array(text.filter { $0.isNumber || $0 == "Z" }.dropFirst(2).utf8))
    }

    private static func pem(_ kind: String, _ bytes: [UInt8]) -> [UInt8] {
        let text = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return Array("-----BEGIN \(kind)-----\n\(text)\n-----END \(kind)-----\n".utf8)
    }
}
#endif
