import WireProtocol

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
