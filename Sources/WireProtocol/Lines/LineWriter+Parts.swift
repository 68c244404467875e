extension LineWriter {
    /// Throws when what was written since a place is empty, too long for a part of a word, or holds what ends it.
    public func check(
        partFrom start: Int, limit: Int = .max, emptyAllowed: Bool = false, before: StaticString = "",
        _ second: StaticString = "", _ third: StaticString = "", _ fourth: StaticString = ""
    ) throws(ValueError) {
        guard emptyAllowed || count > start else { throw ValueError(.empty) }
        guard count &- start <= limit else { throw ValueError(.tooLong(limit: limit), offset: limit) }
        try refuse(before, from: start)
        try refuse(second, from: start)
        try refuse(third, from: start)
        try refuse(fourth, from: start)
    }

    /// Throws when what was written since a place is empty, too long for a part of a word, or holds what ends it.
    public func check(
        partFrom start: Int, limit: Int = .max, emptyAllowed: Bool = false, before marks: [StaticString]
    ) throws(ValueError) {
        try check(partFrom: start, limit: limit, emptyAllowed: emptyAllowed)
        for mark in marks { try refuse(mark, from: start) }
    }

    private func refuse(_ mark: StaticString, from start: Int) throws(ValueError) {
        guard mark.utf8CodeUnitCount > 0 else { return }
        let first = mark.withUTF8Buffer { $0.first ?? 0 }
        let written = buffer.span.extracting(..<count)
        var index = start
        while let found = firstIndex(of: first, in: written, from: index) {
            guard !written.extracting(found...).begins(with: mark) else {
                throw ValueError(.forbiddenCharacter(first), offset: found &- start)
            }
            index = found &+ 1
        }
    }
}
