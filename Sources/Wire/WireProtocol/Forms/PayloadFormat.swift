/// What the bytes of a payload are, as far as the grammar says.
public enum PayloadFormat: Sendable {
    /// There is no payload.
    case absent
    /// Header fields, an empty line, a body.
    case mime
    /// One XML element with one of these names.
    case xml(roots: [StaticString])
    /// UTF-8 text.
    case text
    /// Anything.
    case bytes
}
