/// Puts pieces of HTML one after the other; a string among them is text.
@resultBuilder
enum HTMLBuilder {
    static func buildExpression(_ piece: HTML) -> HTML { piece }
    static func buildExpression(_ text: String) -> HTML { HTML(text) }
    static func buildExpression(_ pieces: [HTML]) -> HTML { pieces.joined() }
    static func buildBlock(_ pieces: HTML...) -> HTML { pieces.joined() }
    static func buildOptional(_ piece: HTML?) -> HTML { piece ?? HTML() }
    static func buildEither(first: HTML) -> HTML { first }
    static func buildEither(second: HTML) -> HTML { second }
    static func buildArray(_ pieces: [HTML]) -> HTML { pieces.joined() }
}

/// An element, such as `tag("p", .class("lede")) { form.about }`.
func tag(_ name: StaticString, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML) -> HTML {
    .element(name, attributes, content())
}

/// The same with attributes that were collected before.
func tag(_ name: StaticString, _ attributes: [Attribute], @HTMLBuilder content: () -> HTML) -> HTML {
    .element(name, attributes, content())
}

/// Pieces without an element around them.
func group(@HTMLBuilder content: () -> HTML) -> HTML { content() }
