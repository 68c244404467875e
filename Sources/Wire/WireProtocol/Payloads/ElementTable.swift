/// Describes one element of a document.
public final class ElementTable: Sendable {
    /// The name of the element in a document.
    public let elementName: StaticString
    /// The grammar's name for the document whose root this element is; empty for any other element.
    public let payload: StaticString
    /// The attributes, in the order in which new ones are added.
    public let attributes: [AttributeRow]
    /// The child elements, in the order in which new ones are added.
    public let children: [ChildRow]
    /// The minimum number of child elements, all names together.
    public let minimum: Int
    /// An attribute whose presence lifts the minimum.
    public let unless: String?
    /// How programs are known to write the document otherwise, if the element is its root.
    public let deviations: [DocumentDeviation]
    let attributeOrder: [String]
    let childOrder: [String]
    /// An element without content that declares its namespaces.
    public let newElement: XMLElement

    /// Creates the table of an element. The namespaces are those that it declares, by prefix; that without a prefix is
    /// the default one.
    public init(
        _ elementName: StaticString, payload: StaticString = "", attributes: [AttributeRow] = [],
        children: [ChildRow] = [], namespaces: KeyValuePairs<String, String> = [:],
        deviations: [DocumentDeviation] = [], minimum: Int = 0, unless: String? = nil
    ) {
        self.deviations = deviations
        self.elementName = elementName
        self.payload = payload
        self.attributes = attributes
        self.children = children
        self.minimum = minimum
        self.unless = unless
        attributeOrder = attributes.map(\.name)
        childOrder = children.map(\.name)
        newElement = XMLElement(
            "\(elementName)",
            attributes: namespaces.map { prefix, name in
                XMLElement.Attribute(name: prefix.isEmpty ? "xmlns" : "xmlns:\(prefix)", value: name)
            })
    }

    /// Looks for what is not as the table describes it.
    func inspect(_ element: XMLElement, _ found: inout PayloadFindings) {
        if !element.isNamed(newElement.name) {
            found.add(PayloadError(.otherElement(expected: "'\(elementName)'"), field: element.name))
        }
        for row in attributes { row.inspect(element, &found) }
        if minimum > 0, unless.flatMap({ element[attribute: $0] }) == nil {
            element.require(minimum, of: children, &found)
        }
        for row in children { row.inspect(element, &found) }
    }
}

/// An attribute of an element.
public struct AttributeRow: Sendable {
    /// The name in a document.
    public let name: String
    /// The rules of the value.
    public let type: ValueTable
    /// Whether every element must have it, with a value that is not empty.
    public let isRequired: Bool
    /// The bounds of a number, if they are not those of its type.
    public let range: ClosedRange<Int64>?

    /// Creates the row of an attribute.
    public init(_ name: String, _ type: ValueTable, required: Bool = false, range: ClosedRange<Int64>? = nil) {
        self.name = name
        self.type = type
        isRequired = required
        self.range = range
    }

    fileprivate func inspect(_ element: XMLElement, _ found: inout PayloadFindings) {
        let value = element[attribute: name] ?? ""
        if isRequired, value.isEmpty { found.add(PayloadError(.missingField, field: name)) }
        found.inspect(WireBytes(value), type, in: range, name)
    }
}

/// Child elements with one name.
public struct ChildRow: Sendable {
    /// The content of the elements.
    enum Content: Sendable {
        case text(ValueTable)
        case element(any XMLContent.Type)
    }

    /// The name in a document, behind those of the elements around it: `contacts/Contact`.
    public let name: String
    let content: Content
    /// The minimum number of them.
    public let minimum: Int

    /// The type of the text; `nil` for elements that have their own table.
    public var textType: ValueTable? { if case .text(let type) = content { type } else { nil } }
    /// The table of the elements; `nil` for those that contain only text.
    public var elementTable: ElementTable? { if case .element(let type) = content { type.table } else { nil } }

    /// Elements that contain only text.
    public static func text(_ name: String, _ type: ValueTable, minimum: Int = 0) -> ChildRow {
        ChildRow(name: name, content: .text(type), minimum: minimum)
    }

    /// Elements that have their own table.
    public static func element(_ name: String, _ type: any XMLContent.Type, minimum: Int = 0) -> ChildRow {
        ChildRow(name: name, content: .element(type), minimum: minimum)
    }

    fileprivate func inspect(_ element: XMLElement, _ found: inout PayloadFindings) {
        if minimum > 0 { element.require(minimum, of: [self], &found) }
        for child in element[children: name] {
            switch content {
            case .text(let type): found.inspect(WireBytes(child.text), type, name)
            case .element(let type): type.table.inspect(child, &found)
            }
        }
    }
}

extension XMLElement {
    /// Notes if there are fewer elements with these names than a minimum.
    fileprivate func require(_ minimum: Int, of rows: [ChildRow], _ found: inout PayloadFindings) {
        let count = rows.reduce(0) { $0 + self[children: $1.name].count }
        if count < minimum { found.add(PayloadError(.tooFewElements(minimum: minimum), field: name)) }
    }
}
