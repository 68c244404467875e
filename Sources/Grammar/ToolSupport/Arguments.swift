/// The arguments of a tool.
package struct Arguments {
    /// The words outside of options; the first is the subcommand.
    package private(set) var words: [String] = []
    package private(set) var options: [String: String] = [:]

    /// Nil if an option lacks its value or is repeated.
    package init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                words += rest
                return
            }
            guard word.hasPrefix("--"), word != "--help" else {
                words.append(word)
                continue
            }
            guard let value = rest.popFirst(), options.updateValue(value, forKey: word) == nil else { return nil }
        }
    }

    /// Whether there are `count` words after the subcommand and only known options.
    package func fit(_ count: Int, _ known: Set<String> = []) -> Bool {
        words.count == count + 1 && known.isSuperset(of: options.keys)
    }
}
