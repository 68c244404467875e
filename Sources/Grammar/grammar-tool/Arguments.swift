/// The words of a command line after the name of the tool.
struct Arguments {
    /// The words that belong to no option, the first of them the subcommand.
    private(set) var words: [String] = []
    private(set) var options: [String: String] = [:]

    /// Nil if an option has no value or comes twice.
    init?(_ arguments: [String]) {
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

    /// Whether there are so many words after the subcommand and no other options than these.
    func fit(_ count: Int, _ known: Set<String> = []) -> Bool {
        words.count == count + 1 && known.isSuperset(of: options.keys)
    }
}
