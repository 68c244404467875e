/// A text of a conversation with the names of values in it, such as `USR 1 $(alice)`.
struct ConversationText {
    /// Why a text cannot be expanded.
    enum Problem: Error, Equatable {
        /// A `$(` without a name and `)` behind it.
        case unclosed
        case unknown(String)
        case tooLong
    }

    private enum Piece {
        case plain(Substring)
        case value(String)
        case unclosed
    }

    private var pieces: [Piece] = []

    init(_ text: String) {
        var rest = text[...]
        while let start = rest.firstRange(ofMark: "$(") {
            if start.lowerBound > rest.startIndex { pieces.append(.plain(rest[..<start.lowerBound])) }
            rest = rest[start.upperBound...]
            guard let end = rest.firstIndex(of: ")"), GrammarName.isUsable(String(rest[..<end])) else {
                pieces.append(.unclosed)
                break
            }
            pieces.append(.value(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { pieces.append(.plain(rest)) }
    }

    /// The names in it.
    var names: [String] {
        pieces.compactMap { piece in
            if case .value(let name) = piece { name } else { nil }
        }
    }

    /// The text with its values.
    func expanded(atMost limit: Int, _ value: (String) -> String?) throws(Problem) -> String {
        var result = ""
        for piece in pieces {
            switch piece {
            case .plain(let text): result += text
            case .unclosed: throw .unclosed
            case .value(let name):
                guard let text = value(name) else { throw .unknown(name) }
                result += text
            }
            if result.utf8.count > limit { throw .tooLong }
        }
        return result
    }
}

extension Substring {
    /// The place of a mark of two characters.
    fileprivate func firstRange(ofMark mark: String) -> Range<Index>? {
        var rest = self
        while let first = mark.first, let start = rest.firstIndex(of: first) {
            if rest[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            rest = rest[index(after: start)...]
        }
        return nil
    }
}
