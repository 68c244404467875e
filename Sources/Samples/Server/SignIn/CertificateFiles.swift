#if Network
import Foundation
import MSNPTransport

/// Reads the certificate of the web services and its private key from files in PEM form.
public enum CertificateFiles {
    /// Why the files cannot be used.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// A file cannot be read.
        case unreadable(String, reason: String)
        /// A file is larger than the limit.
        case tooLarge(String)
        /// What the files hold cannot be used.
        case unusable(certificate: String, key: String, CertificateError)

        /// The file and what is wrong with it.
        public var description: String {
            switch self {
            case .unreadable(let file, let reason): "cannot read \(file): \(reason)"
            case .tooLarge(let file): "\(file) is larger than \(CertificateFiles.limit) bytes"
            case .unusable(let certificate, let key, let error):
                switch error {
                case .noTLS: "this program was built without the trait TLS, which is on by default"
                case .noCertificate: "\(certificate) holds no certificate in PEM form"
                case .noKey: "\(key) holds no private key in PEM form without a pass phrase"
                case .wrongKey: "the private key in \(key) is not that of the certificate in \(certificate)"
                case .notYetValid(let time):
                    "the certificate in \(certificate) is not valid before \(CertificateFiles.date(time))"
                case .expired(let time): "the certificate in \(certificate) expired at \(CertificateFiles.date(time))"
                }
            }
        }
    }

    /// The largest file, in bytes.
    public static let limit = 1 << 20

    /// Reads both files, which may be the same.
    public static func read(
        certificate: String, key: String, clock: ServerClock = .system
    ) throws(Problem) -> ServerCertificate {
        let (certificates, keyBytes) = (try bytes(of: certificate), try bytes(of: key))
        do throws(CertificateError) {
            return try ServerCertificate(certificates: certificates, key: keyBytes, time: clock.unixTime())
        } catch {
            throw .unusable(certificate: certificate, key: key, error)
        }
    }

    private static func bytes(of path: String) throws(Problem) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) {
            let file = try SystemFile(reading: path, calls: .system)
            guard try file.isRegular() else { throw .notRegular }
            bytes = try file.read(limit: limit + 1)
        } catch {
            throw .unreadable(path, reason: error.description)
        }
        guard bytes.count <= limit else { throw .tooLarge(path) }
        return bytes
    }

    private static func date(_ time: Int) -> String { Date(timeIntervalSince1970: Double(time)).formatted(.iso8601) }
}
#endif
