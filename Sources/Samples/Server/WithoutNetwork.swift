#if !Network
/// Exists with the trait `Network` or `TLS`, as the rest of the module.
@available(*, unavailable, message: "SampleServer needs the trait Network or TLS of the package msnp-grammar")
public struct SampleServer {
    /// Says what is missing.
    public init() {}
}
#endif
