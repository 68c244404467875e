#if Network
import NIOCore

#if TLS
import NIOSSL
#endif

/// Why a server cannot use a certificate.
public enum CertificateError: Error, Sendable, Equatable {
    /// This build lacks TLS.
    case noTLS
    /// There is no certificate in PEM form.
    case noCertificate
    /// There is no private key in PEM form, or it has a pass phrase.
    case noKey
    /// The key belongs to another certificate.
    case wrongKey
    /// The certificate is valid only from this time on, in seconds since 1970.
    case notYetValid(from: Int)
    /// The certificate has expired at this time, in seconds since 1970.
    case expired(at: Int)
}

/// The certificate that a server shows to its clients, and its private key; in builds with the `TLS` trait.
public struct ServerCertificate: Sendable {
    #if TLS
    /// The TLS settings, from TLS 1.0 on, as old clients need it; clients show no certificate.
    private let context: NIOSSLContext
    #endif

    /// Reads a certificate, followed by those that prove it, and its private key, both in PEM form.
    ///
    /// - Parameters:
    ///   - certificates: the certificate, and those that prove it.
    ///   - key: the private key.
    ///   - time: when the certificate must be valid, in seconds since 1970.
    public init(certificates: [UInt8], key: [UInt8], time: Int) throws(CertificateError) {
        #if TLS
        guard !certificates.isEmpty, let chain = try? NIOSSLCertificate.fromPEMBytes(certificates),
            let own = chain.first
        else { throw .noCertificate }
        guard time >= Int(own.notValidBefore) else { throw .notYetValid(from: Int(own.notValidBefore)) }
        guard time <= Int(own.notValidAfter) else { throw .expired(at: Int(own.notValidAfter)) }
        guard !key.isEmpty, let privateKey = try? NIOSSLPrivateKey(bytes: key, format: .pem) else { throw .noKey }
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        do {
            context = try NIOSSLContext(configuration: configuration)
        } catch NIOSSLError.failedToLoadPrivateKey {
            throw .wrongKey
        } catch {
            throw .noCertificate
        }
        #else
        throw .noTLS
        #endif
    }

    /// Adds TLS to a channel.
    package func secure(_ channel: any Channel) throws {
        #if TLS
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        #endif
    }
}
#endif
