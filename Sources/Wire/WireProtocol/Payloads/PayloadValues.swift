/// The bytes of a value in a payload; a value that no line could hold is written as its text.
private func wireBytes<Value: WireValue>(_ value: Value) -> WireBytes {
    var writer = LineWriter(version: ProtocolVersion(0))
    do throws(ValueError) {
        try value.write(to: &writer)
    } catch {
        return WireBytes(value.text)
    }
    return WireBytes(writer.bytes)
}

/// The value of the bytes; `nil` if they are empty or not a value of the type.
private func value<Value: WireValue>(_ wire: WireBytes?) -> Value? {
    guard let wire, !wire.isEmpty else { return nil }
    if Value.table.failure(ofValue: wire) == nil { return Value(checked: wire) }
    return wire.withSpan { Value.table.respelled($0, in: nil) }.map { Value(checked: WireBytes($0.bytes)) }
}

extension ValueTable {
    /// The Boolean that the bytes stand for; `nil` if they are empty or not one of the two words.
    fileprivate func flag(_ wire: WireBytes?) -> Bool? {
        guard let wire, case .boolean(let falseWord, let trueWord) = kind else { return nil }
        return wire.equals(trueWord) ? true : wire.equals(falseWord) ? false : nil
    }

    /// The word for a Boolean; `nil` for other types.
    fileprivate func word(_ flag: Bool) -> StaticString? {
        guard case .boolean(let falseWord, let trueWord) = kind else { return nil }
        return flag ? trueWord : falseWord
    }
}

extension HeaderBlock {
    /// The value of a field; `nil` if there is none, it is empty, or it does not fit the type.
    public func value<Value: WireValue>(_ name: StaticString, as type: Value.Type) -> Value? {
        WireProtocol.value(value(name)?.withoutTrailingBlanks(Value.table))
    }

    /// The value of the line before the fields; `nil` if there is none or it does not fit the type.
    public func startLine<Value: WireValue>(as type: Value.Type) -> Value? {
        WireProtocol.value(startLine)
    }

    /// Sets the line before the fields to a value, adds it, or removes it.
    public mutating func setStartLine<Value: WireValue>(to value: Value?) {
        startLine = value.map(wireBytes)
    }

    /// The Boolean in a field; `nil` if there is none, it is empty, or it is neither of the two words.
    public func flag(_ name: StaticString, as type: (some WireBoolean).Type) -> Bool? {
        type.table.flag(value(name)?.withoutTrailingBlanks(type.table))
    }

    /// Sets the first field with a name to a value, adds it in the order of the table, or removes it.
    public mutating func set<Value: WireValue>(_ name: StaticString, to value: Value?, in table: FieldTable? = nil) {
        set(name, value.map(wireBytes), order: table?.order ?? [])
    }

    /// Sets the first field with a name to a Boolean, adds it in the order of the table, or removes it.
    public mutating func set(
        _ name: StaticString, to flag: Bool?, as type: (some WireBoolean).Type, in table: FieldTable? = nil
    ) {
        set(name, flag.flatMap(type.table.word).map { WireBytes("\($0)") }, order: table?.order ?? [])
    }

    /// Sets the first field with a name to a text, adds it in the order of the table, or removes it.
    ///
    /// A text that would end its line is refused when the block is written.
    public mutating func set(_ name: StaticString, to text: String?, in table: FieldTable? = nil) {
        set(name, text.map { WireBytes($0) }, order: table?.order ?? [])
    }
}

extension XMLElement {
    // MARK: - Attributes

    /// The value of an attribute; `nil` if there is none, it is empty, or it does not fit the type.
    public func value<Value: WireValue>(attribute name: String, as type: Value.Type) -> Value? {
        WireProtocol.value(self[attribute: name].map { WireBytes($0) })
    }

    /// The Boolean in an attribute; `nil` if there is none, it is empty, or it is neither of the two words.
    public func flag(attribute name: String, as type: (some WireBoolean).Type) -> Bool? {
        type.table.flag(self[attribute: name].map { WireBytes($0) })
    }

    /// Sets an attribute to a text, adds it in the order of the table, or removes it.
    public mutating func set(attribute name: String, to value: String?, in table: ElementTable? = nil) {
        let followers = (table?.attributeOrder ?? []).drop { $0 != name }
        guard let value, self[attribute: name] == nil,
            let place = attributes.firstIndex(where: { followers.contains($0.name) })
        else {
            self[attribute: name] = value
            return
        }
        attributes.insert(Attribute(name: name, value: value), at: place)
    }

    /// Sets an attribute to a value, adds it in the order of the table, or removes it.
    public mutating func set<Value: WireValue>(
        attribute name: String, to value: Value?, in table: ElementTable? = nil
    ) {
        set(attribute: name, to: value.map { wireBytes($0).description }, in: table)
    }

    /// Sets an attribute to a Boolean, adds it in the order of the table, or removes it.
    public mutating func set(
        attribute name: String, to flag: Bool?, as type: (some WireBoolean).Type, in table: ElementTable? = nil
    ) {
        set(attribute: name, to: flag.flatMap(type.table.word).map { "\($0)" }, in: table)
    }

    // MARK: - Elements with a text

    /// The value in the first child with a name; `nil` if there is none, it is empty, or it does not fit the type.
    public func value<Value: WireValue>(child name: String, as type: Value.Type) -> Value? {
        WireProtocol.value(self[text: name].map { WireBytes($0) })
    }

    /// The Boolean in the first child with a name; `nil` if there is none, it is empty, or it is neither of the two
    /// words.
    public func flag(child name: String, as type: (some WireBoolean).Type) -> Bool? {
        type.table.flag(self[text: name].map { WireBytes($0) })
    }

    /// The texts of the children with a name.
    public func texts(children name: String) -> [String] { self[children: name].map(\.text) }

    /// Replaces the children with a name by one with a text, or removes them.
    public mutating func set(child name: String, to text: String?, in table: ElementTable? = nil) {
        let child = text.map { text in
            var element = self[children: name].first ?? XMLElement(XMLName.last(of: name))
            element.text = text
            return element
        }
        replace(name, by: child.map { [$0] }, in: table)
    }

    /// Replaces the children with a name by one with a value, or removes them.
    public mutating func set<Value: WireValue>(child name: String, to value: Value?, in table: ElementTable? = nil) {
        set(child: name, to: value.map { wireBytes($0).description }, in: table)
    }

    /// Replaces the children with a name by one with a Boolean, or removes them.
    public mutating func set(
        child name: String, to flag: Bool?, as type: (some WireBoolean).Type, in table: ElementTable? = nil
    ) {
        set(child: name, to: flag.flatMap(type.table.word).map { "\($0)" }, in: table)
    }

    /// Replaces the children with a name by one for each text.
    public mutating func set(children name: String, to texts: [String], in table: ElementTable? = nil) {
        replace(name, by: texts.map { XMLElement(XMLName.last(of: name), text: $0) }, in: table)
    }

    // MARK: - Elements of their own

    /// The children with a name; in each, what does not fit its type is absent.
    public func children<Content: XMLContent>(_ name: String) -> [Content] {
        self[children: name].map { Content(unchecked: $0) }
    }

    /// The first child with a name; in it, what does not fit its type is absent.
    public func child<Content: XMLContent>(_ name: String) -> Content? {
        self[children: name].first.map { Content(unchecked: $0) }
    }

    /// Replaces the children with a name.
    public mutating func set(children name: String, to contents: [some XMLContent], in table: ElementTable? = nil) {
        replace(name, by: contents.map(\.element), in: table)
    }

    /// Replaces the children with a name by one, or removes them.
    public mutating func set(child name: String, to content: (some XMLContent)?, in table: ElementTable? = nil) {
        replace(name, by: content.map { [$0.element] }, in: table)
    }

    private mutating func replace(_ path: String, by elements: [XMLElement]?, in table: ElementTable?) {
        replace(path, by: elements, order: table?.childOrder ?? [])
    }

    /// Replaces the children with a name or path; new ones are inserted before the first that follows in the order, or
    /// at the end.
    ///
    /// The elements around them are made if need be, also for an empty list; `nil` makes none.
    private mutating func replace(_ path: String, by elements: [XMLElement]?, order: [String]) {
        let (name, rest) = XMLName.split(path)
        let followers = order.drop { $0 != path }.map { XMLName.split($0).name }.filter { $0 != name }
        let place =
            content.firstIndex { $0.isElement(named: name) }
            ?? content.firstIndex { node in followers.contains { node.isElement(named: $0) } } ?? content.count
        guard let rest else {
            content.removeAll { $0.isElement(named: name) }
            return content.insert(contentsOf: (elements ?? []).map(Node.element), at: min(place, content.count))
        }
        var around: XMLElement
        if place < content.count, case .element(let element) = content[place], element.isNamed(name) {
            around = element
            content.remove(at: place)
        } else {
            guard elements != nil else { return }
            around = XMLElement(name)
        }
        let inner = order.compactMap { path in
            let (first, rest) = XMLName.split(path)
            return first == name ? rest : nil
        }
        around.replace(rest, by: elements, order: inner)
        content.insert(.element(around), at: min(place, content.count))
    }
}
