/// What a first look at a document finds, and what Foundation's parser does not tell.
struct XMLOutline: Equatable {
    /// The first byte behind the byte order mark and the declaration.
    var contentStart = 0
    /// The names of the attributes of each start tag, in the order they are written.
    var attributeNames: [[String]] = []
}
