/// The candidate nearest to a misspelt word, or nil when none is near enough.
///
/// Near enough is a Damerau-Levenshtein distance (insert, delete, replace, swap two neighbours) of at most a third of
/// the length of the word. Among equally near candidates the first one wins; the word itself is never suggested.
/// Long words get no suggestion and the search ends after a number of steps, so that a hostile file costs little.
public func suggestion(for word: String, among candidates: [String]) -> String? {
    let letters = Array(word)
    guard letters.count <= 64 else { return nil }
    var nearest: String?
    var limit = letters.count / 3
    var steps = 100_000
    for candidate in candidates where limit > 0 && candidate != word {
        let other = Array(candidate)
        steps -= other.count
        guard steps > 0 else { return nearest }
        guard abs(other.count - letters.count) <= limit else { continue }
        steps -= letters.count * other.count
        let distance = editDistance(letters, other)
        if distance <= limit {
            nearest = candidate
            limit = distance - 1
        }
    }
    return nearest
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var older: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var best = min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                best = min(best, older[column - 1] + 1)
            }
            current.append(best)
        }
        older = previous
        previous = current
    }
    return previous[right.count]
}
