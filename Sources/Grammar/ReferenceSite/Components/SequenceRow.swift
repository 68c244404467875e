/// A row of a sequence diagram: an arrow from one lane to another, with words above it.
///
/// Lengths along the width are shares of it, so that a row fits any width. Where it is too small for all words, the last
/// of them are left out; which ones is known from the number of their characters, because all have the same width.
struct SequenceRow {
    enum Arrow {
        /// Something is said.
        case solid
        /// A connection begins.
        case dashed
        /// A connection ends.
        case crossed
    }

    var number: Int
    /// The lanes at both ends, counted from 0, and how many there are.
    var from, to, lanes: Int
    var arrow: Arrow
    /// The first word stands out.
    var words: [String]
    /// The whole row in words.
    var label: String

    var html: HTML {
        tag("svg", Attribute("role", "img"), .label(label)) {
            SVG.text(x: "0", y: "36", [.class("n")], HTML("\(number)"))
            SVG.line(from: share(from), to: share(to), y: "32")
            ends
            SVG.text(
                x: anchor == .middle
                    ? Self.percent((center(from) + center(to)) / 2) : share(min(from, to), last: anchor),
                y: "21", anchor == .middle ? [] : [.class(anchor.rawValue)], text)
        }
    }

    // MARK: - Along the width

    /// The middle of a lane in hundredths of a percent.
    private func center(_ lane: Int) -> Int { (2 * lane + 1) * 5000 / max(1, lanes) }

    private func share(_ lane: Int) -> String { Self.percent(center(lane)) }

    /// The lane at which a text begins or ends that is too long to stand over the middle of its arrow.
    private func share(_ lane: Int, last anchor: Anchor) -> String {
        anchor == .end ? share(max(from, to)) : share(lane)
    }

    private static func percent(_ hundredths: Int) -> String {
        let rest = hundredths % 100
        return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)%"
    }

    private enum Anchor: String {
        case middle, start, end
    }

    /// Over the middle if the words have room there, otherwise from the end of the arrow with more room on its other side.
    private var anchor: Anchor {
        let middle = (center(from) + center(to)) / 2
        if characters <= Self.fitting(2 * min(middle, 10000 - middle), in: 46) { return .middle }
        return middle <= 5000 ? .start : .end
    }

    /// The room for the words in hundredths of a percent.
    private var room: Int {
        let middle = (center(from) + center(to)) / 2
        return switch anchor {
        case .middle: 2 * min(middle, 10000 - middle)
        case .start: 10000 - center(min(from, to))
        case .end: center(max(from, to))
        }
    }

    // MARK: - Words

    private var characters: Int { words.reduce(-1) { $0 + $1.count + 1 } }

    /// The widths in rem below which the style sheet takes words away; the first one is the least that there is.
    private static let widths = [22, 36, 46, 58, 68]

    /// How many characters fit into a share of a width; one has 7.6 of the 16 pixels of a rem.
    private static func fitting(_ share: Int, in rem: Int) -> Int { share * rem * 16 * 10 / (10000 * 76) }

    @HTMLBuilder
    private var text: HTML {
        if let first = words.first { tag("tspan", .class("k")) { first } }
        for chunk in chunks { tag("tspan", chunk.width.map { [.class("r\($0)")] } ?? []) { chunk.text } }
        if let width = ellipsis { tag("tspan", width == 0 ? [] : [.class("e\(width)")]) { " …" } }
    }

    /// The words behind the first one, together with those that are taken away at the same width.
    private var chunks: [(text: String, width: Int?)] {
        var result: [(text: String, width: Int?)] = []
        var count = words.first?.count ?? 0
        for word in words.dropFirst() {
            count += word.count + 1
            guard let place = place(of: count) else { break }
            let width = place == 0 ? nil : Self.widths[place]
            if let last = result.last, last.width == width {
                result[result.count - 1].text += " " + word
            } else {
                result.append((" " + word, width))
            }
        }
        return result
    }

    /// The first width into which as many characters fit, with an ellipsis if they are not all; nil if none does.
    private func place(of count: Int) -> Int? {
        let needed = count == characters ? count : count + 2
        return Self.widths.firstIndex { needed <= Self.fitting(room, in: $0) }
    }

    /// The width up to which an ellipsis stands for words: 0 for any width, nil if all words always have room.
    private var ellipsis: Int? {
        if words.count < 2 { return nil }
        guard let place = place(of: characters) else { return 0 }
        return place == 0 ? nil : Self.widths[place]
    }

    // MARK: - Arrows

    @HTMLBuilder
    private var ends: HTML {
        let sign = to >= from ? "-" : ""
        switch arrow {
        case .solid:
            SVG.origin(x: share(to), y: "32", SVG.path("M0 0 L\(sign)9 -5 L\(sign)9 5 Z", .class("head")))
            SVG.circle(x: share(from), y: "32", radius: "3", .class("head"))
        case .dashed:
            SVG.origin(x: share(to), y: "32", SVG.path("M\(sign)8 -5 L0 0 L\(sign)8 5"))
        case .crossed:
            SVG.origin(x: share(to), y: "32", SVG.path("M-5 -5 L5 5 M-5 5 L5 -5", .class("end")))
        }
    }
}
