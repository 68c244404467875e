/// Something that others refer to by its name.
public protocol Named {
    var name: String { get }
}

/// Things in the order of the files that are also found by name; of equal names the first is found.
public struct NamedList<Element: Named & Sendable>: RandomAccessCollection, Sendable, ExpressibleByArrayLiteral {
    private var elements: [Element] = []
    private var places: [String: Int] = [:]

    public init(arrayLiteral elements: Element...) {
        for element in elements { append(element) }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { elements.count }

    public subscript(position: Int) -> Element { elements[position] }

    public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }

    public subscript(name: String) -> Element? {
        places[name].map { elements[$0] }
    }

    public mutating func append(_ element: Element) {
        if places[element.name] == nil { places[element.name] = elements.count }
        elements.append(element)
    }

    /// Appends everything of another list.
    public mutating func append(contentsOf others: some Sequence<Element>) {
        for element in others { append(element) }
    }
}
