/// The names of elements and attributes, with or without the prefix of a namespace.
enum XMLName {
    /// Whether two names are equal without their prefixes.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        left == right || local(left).elementsEqual(local(right))
    }

    /// Whether an attribute declares a namespace.
    static func isDeclaration(_ name: String) -> Bool { name == "xmlns" || name.hasPrefix("xmlns:") }

    /// The first name of a path, and the rest if there is more.
    static func split(_ path: String) -> (name: String, rest: String?) {
        guard let slash = path.utf8.firstIndex(of: 0x2F) else { return (path, nil) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    /// The last name of a path.
    static func last(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// A name without its prefix.
    private static func local(_ name: String) -> Substring.UTF8View {
        guard let colon = name.utf8.firstIndex(of: 0x3A) else { return name[...].utf8 }
        return name[name.index(after: colon)...].utf8
    }
}
