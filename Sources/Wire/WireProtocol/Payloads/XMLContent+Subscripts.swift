/// What an element holds, as generated properties read and write it: a value that does not fit its type is absent, and a
/// new one is added in the order of the table.
extension XMLContent {
    /// An attribute as text.
    public subscript(attribute name: String) -> String? {
        get { element[attribute: name] }
        set { element.set(attribute: name, to: newValue, in: Self.table) }
    }

    /// An attribute with a type.
    public subscript<Value: WireValue>(attributeValue name: String) -> Value? {
        get { element.value(attribute: name, as: Value.self) }
        set { element.set(attribute: name, to: newValue, in: Self.table) }
    }

    /// An attribute that is one of two words.
    public subscript<Words: WireBoolean>(attributeFlag name: String, type: Words.Type) -> Bool? {
        get { element.flag(attribute: name, as: type) }
        set { element.set(attribute: name, to: newValue, as: type, in: Self.table) }
    }

    /// The text of the first child with a name or path.
    public subscript(text path: String) -> String? {
        get { element[text: path] }
        set { element.set(child: path, to: newValue, in: Self.table) }
    }

    /// The text of the first child with a name or path, with a type.
    public subscript<Value: WireValue>(textValue path: String) -> Value? {
        get { element.value(child: path, as: Value.self) }
        set { element.set(child: path, to: newValue, in: Self.table) }
    }

    /// The text of the first child with a name or path, which is one of two words.
    public subscript<Words: WireBoolean>(textFlag path: String, type: Words.Type) -> Bool? {
        get { element.flag(child: path, as: type) }
        set { element.set(child: path, to: newValue, as: type, in: Self.table) }
    }

    /// The texts of the children with a name or path.
    public subscript(texts path: String) -> [String] {
        get { element.texts(children: path) }
        set { element.set(children: path, to: newValue, in: Self.table) }
    }

    /// The first child with a name or path.
    public subscript<Content: XMLContent>(child path: String) -> Content? {
        get { element.child(path) }
        set { element.set(child: path, to: newValue, in: Self.table) }
    }

    /// The children with a name or path.
    public subscript<Content: XMLContent>(children path: String) -> [Content] {
        get { element.children(path) }
        set { element.set(children: path, to: newValue, in: Self.table) }
    }
}
