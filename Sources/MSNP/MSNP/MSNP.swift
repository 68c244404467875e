/// The typed API of MSNP, the protocol of MSN Messenger.
///
/// Almost everything in this module is generated from the folder `Grammar` at build time: a namespace per command, such as
/// `USR`; a structure per form, such as `USR.Initial`; and the enums `ClientMessage` and `ServerMessage` of everything
/// that arrives.
@_exported import WireProtocol

extension VER.Offer {
    /// Offers versions, best first; those that the grammar has no name for are left out.
    ///
    /// Clients put `.cvr0` last to say that they will send CVR.
    public init(versions: [ProtocolVersion]) { self.init(dialects: versions.compactMap { Dialect($0) }) }
}

extension Dialect {
    /// The name of a version; nil for one that is not in the grammar.
    public init?(_ version: ProtocolVersion) {
        guard let name = version.name else { return nil }
        self.init(checked: WireBytes(name))
    }
}

extension ServerMessage {
    /// The version that the server chose, if this is its answer to an offer.
    public var agreedVersion: ProtocolVersion? {
        guard case .ver(.accepted(let accepted)) = self else { return nil }
        return accepted.dialects.first.flatMap { ProtocolVersion(name: $0.text) }
    }
}
