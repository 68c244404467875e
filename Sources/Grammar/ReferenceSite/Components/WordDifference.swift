/// Two texts as one: words of the older one alone are deleted, words of the newer one alone are inserted.
enum WordDifference {
    private enum Side: Hashable {
        case both, old, new
    }

    /// How many pairs of words are compared; longer texts stand one behind the other.
    private static let limit = 250_000

    static func html(from old: String, to new: String) -> HTML {
        runs(from: words(of: old), to: words(of: new)).map { run in
            let text = run.words.joined(separator: " ")
            return switch run.side {
            case .both: HTML(text)
            case .old: tag("del") { text }
            case .new: tag("ins") { text }
            }
        }
        .joined(separator: " ")
    }

    private static func words(of text: String) -> [Substring] { text.split(separator: " ") }

    /// Runs of words of one side, deletions in front of insertions.
    private static func runs(from old: [Substring], to new: [Substring]) -> [(side: Side, words: [Substring])] {
        var result: [(side: Side, words: [Substring])] = []
        func add(_ side: Side, _ word: Substring) {
            if result.last?.side == side {
                result[result.count - 1].words.append(word)
            } else {
                result.append((side, [word]))
            }
        }
        var (before, after) = (0, 0)
        for pair in pairs(old, new) + [(old.count, new.count)] {
            while before < pair.0 {
                add(.old, old[before])
                before += 1
            }
            while after < pair.1 {
                add(.new, new[after])
                after += 1
            }
            if pair.0 < old.count {
                add(.both, old[pair.0])
                (before, after) = (pair.0 + 1, pair.1 + 1)
            }
        }
        return result
    }

    /// The places of a longest common sequence of words in both texts.
    private static func pairs(_ old: [Substring], _ new: [Substring]) -> [(Int, Int)] {
        guard !old.isEmpty, !new.isEmpty, old.count <= limit / new.count else { return [] }
        // How many words the texts have in common from each pair of places on.
        let width = new.count + 1
        var common = [Int](repeating: 0, count: (old.count + 1) * width)
        for first in old.indices.reversed() {
            for second in new.indices.reversed() {
                let place = first * width + second
                common[place] =
                    old[first] == new[second]
                    ? common[place + width + 1] + 1 : max(common[place + width], common[place + 1])
            }
        }
        var result: [(Int, Int)] = []
        var (first, second) = (0, 0)
        while first < old.count, second < new.count {
            let place = first * width + second
            if old[first] == new[second] {
                result.append((first, second))
                (first, second) = (first + 1, second + 1)
            } else if common[place + width] >= common[place + 1] {
                first += 1
            } else {
                second += 1
            }
        }
        return result
    }
}
