/// Something with a unique name.
public protocol Named {
    var name: String { get }
}

/// Elements in file order with lookup by name. If a name occurs twice, lookup finds the first element.
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

    /// Appends all elements of a sequence.
    public mutating func append(contentsOf others: some Sequence<Element>) {
        for element in others { append(element) }
    }
}
