/// A place in a source file, with the number of characters to underline there.
///
/// Characters are Unicode scalars, as in libyaml.
public struct SourceLocation: Sendable, Hashable, Comparable {
    /// The path of the file, as it is shown to the reader.
    public var file: String
    /// The line, counted from 1.
    public var line: Int
    /// The column, counted from 1, in characters.
    public var column: Int
    /// The number of characters to underline, at least 1.
    public var length: Int

    /// Makes a location; a length under 1 becomes 1.
    public init(file: String, line: Int, column: Int, length: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
        self.length = max(1, length)
    }

    /// Orders by file, line and column; the length only decides between two equal places.
    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        (left.file, left.line, left.column, left.length) < (right.file, right.line, right.column, right.length)
    }
}
