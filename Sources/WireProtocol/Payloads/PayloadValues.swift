/// The bytes of a value in a payload; a value that a line of no version could hold is written as it reads.
private func wireBytes<Value: WireValue>(_ value: Value) -> WireBytes {
    var writer = LineWriter(version: ProtocolVersion(0))
    do throws(ValueError) {
        try value.write(to: &writer)
    } catch {
        return WireBytes(value.text)
    }
    return WireBytes(writer.bytes)
}

/// Reads a value; an empty one is none.
@inlinable
func read<Value: WireValue>(
    _ wire: WireBytes?, as type: Value.Type, _ name: @autoclosure () -> String
) throws(PayloadError) -> Value? {
    guard let wire, !wire.isEmpty else { return nil }
    return try make(wire, name())
}

/// Makes a value of the bytes of a field.
@inlinable
func make<Value: WireValue>(_ wire: WireBytes, _ name: @autoclosure () -> String) throws(PayloadError) -> Value {
    do throws(ValueError) {
        return try Value(wire: wire, version: ProtocolVersion(0))
    } catch {
        throw PayloadError(.invalidValue(error.reason), field: name(), offset: error.offset)
    }
}

private func check(
    _ number: Int64?, in range: ClosedRange<Int64>, _ name: @autoclosure () -> String
) throws(PayloadError) {
    guard let number, !range.contains(number) else { return }
    let text = "\(range.lowerBound)...\(range.upperBound)"
    throw PayloadError(.invalidValue(.outOfRange(text)), field: name())
}

extension HeaderBlock {
    /// The value of a field; nil if there is none, or it is empty or does not fit the type.
    @inlinable
    public func value<Value: WireValue>(_ name: StaticString, as type: Value.Type) -> Value? {
        try? read(value(name), as: type, "\(name)")
    }

    /// Sets the first field with a name to a value, adds it, or removes it.
    public mutating func set<Value: WireValue>(_ name: StaticString, to value: Value?, order: [StaticString] = []) {
        set(name, value.map(wireBytes), order: order)
    }

    /// Sets the first field with a name to a text; what would end the line is refused when the block is written.
    public mutating func set(_ name: StaticString, to text: String?, order: [StaticString] = []) {
        set(name, text.map { WireBytes($0) }, order: order)
    }

    /// Throws if there is no field of a name.
    public func require(_ name: StaticString) throws(PayloadError) {
        if value(name) == nil { throw PayloadError(.missingField, field: "\(name)") }
    }

    /// Throws if a field is there and does not fit a type.
    @inlinable
    public func check<Value: WireValue>(_ name: StaticString, as type: Value.Type) throws(PayloadError) {
        guard let wire = value(name), !wire.isEmpty else { return }
        let _: Value = try make(wire, "\(name)")
    }

    /// Throws if a field is there and is no number of a range.
    public func check(_ name: StaticString, in range: ClosedRange<Int64>) throws(PayloadError) {
        try WireProtocol.check(read(value(name), as: Int64.self, "\(name)"), in: range, "\(name)")
    }
}

extension XMLElement {
    /// An attribute read as a type; nil if there is none, or it is empty or does not fit.
    public func value<Value: WireValue>(attribute name: String, as type: Value.Type) -> Value? {
        try? read(self[attribute: name].map { WireBytes($0) }, as: type, name)
    }

    /// The text of the first child of a name read as a type; nil if there is none, or it is empty or does not fit.
    public func value<Value: WireValue>(child name: String, as type: Value.Type) -> Value? {
        try? read(self[text: name].map { WireBytes($0) }, as: type, name)
    }

    /// Sets an attribute to a value, or removes it.
    public mutating func set(attribute name: String, to value: String?, order: [String] = []) {
        let followers = order.drop { $0 != name }
        guard let value, self[attribute: name] == nil,
            let place = attributes.firstIndex(where: { followers.contains($0.name) })
        else {
            self[attribute: name] = value
            return
        }
        attributes.insert(Attribute(name: name, value: value), at: place)
    }

    /// Sets an attribute to a value, or removes it.
    public mutating func set<Value: WireValue>(attribute name: String, to value: Value?, order: [String] = []) {
        set(attribute: name, to: value.map { wireBytes($0).description }, order: order)
    }

    /// Replaces the children of a name; new ones stand before the first child that follows in `order`, or at the end.
    public mutating func set(children name: String, to elements: [XMLElement], order: [String] = []) {
        let followers = order.drop { $0 != name }
        let place =
            content.firstIndex { $0.elementName == name }
            ?? content.firstIndex { node in node.elementName.map { followers.contains($0) } ?? false }
        content.removeAll { $0.elementName == name }
        content.insert(contentsOf: elements.map(Node.element), at: min(place ?? content.count, content.count))
    }

    /// Replaces the children of a name by one with a text, or removes them.
    public mutating func set(child name: String, to text: String?, order: [String] = []) {
        let child = text.map { text in
            var element = self[children: name].first ?? XMLElement(name)
            element.text = text
            return element
        }
        set(children: name, to: child.map { [$0] } ?? [], order: order)
    }

    /// Replaces the children of a name by one with a value, or removes them.
    public mutating func set<Value: WireValue>(child name: String, to value: Value?, order: [String] = []) {
        set(child: name, to: value.map { wireBytes($0).description }, order: order)
    }

    /// Throws if there is no attribute of a name, or an empty one.
    public func require(attribute name: String) throws(PayloadError) {
        if self[attribute: name]?.isEmpty != false { throw PayloadError(.missingField, field: name) }
    }

    /// Throws if there are fewer elements of the names than a minimum.
    public func require(_ minimum: Int, of names: String...) throws(PayloadError) {
        let count = names.reduce(0) { $0 + self[children: $1].count }
        if count < minimum { throw PayloadError(.tooFewElements(minimum: minimum), field: name) }
    }

    /// Throws if the element has another name.
    public func require(name expected: StaticString) throws(PayloadError) {
        if name != "\(expected)" { throw PayloadError(.otherElement(expected: "'\(expected)'"), field: name) }
    }

    /// Throws if an attribute is there and does not fit a type.
    public func check<Value: WireValue>(attribute name: String, as type: Value.Type) throws(PayloadError) {
        _ = try read(self[attribute: name].map { WireBytes($0) }, as: type, name)
    }

    /// Throws if an attribute is there and is no number of a range.
    public func check(attribute name: String, in range: ClosedRange<Int64>) throws(PayloadError) {
        let number = try read(self[attribute: name].map { WireBytes($0) }, as: Int64.self, name)
        try WireProtocol.check(number, in: range, name)
    }

    /// Throws if the text of a child of a name does not fit a type.
    public func check<Value: WireValue>(children name: String, as type: Value.Type) throws(PayloadError) {
        for child in self[children: name] { _ = try read(WireBytes(child.text), as: type, name) }
    }

    /// Throws if the text of a child of a name is no number of a range.
    public func check(children name: String, in range: ClosedRange<Int64>) throws(PayloadError) {
        for child in self[children: name] {
            try WireProtocol.check(read(WireBytes(child.text), as: Int64.self, name), in: range, name)
        }
    }
}
