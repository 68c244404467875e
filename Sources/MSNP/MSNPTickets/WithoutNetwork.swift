#if !Network
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "MSNPTickets needs the trait Network or TLS of the package msnp-grammar")
public struct WebTickets {
    /// Says what is missing.
    public init() {}
}
#endif
