/// The few elements of drawings that pages have.
enum SVG {
    static func line(from x1: String, to x2: String, y: String) -> HTML {
        tag("line", Attribute("x1", x1), Attribute("y1", y), Attribute("x2", x2), Attribute("y2", y)) {}
    }

    static func path(_ commands: String, _ attributes: Attribute...) -> HTML {
        .element("path", attributes + [Attribute("d", commands)], HTML())
    }

    static func circle(x: String, y: String, radius: String, _ attributes: Attribute...) -> HTML {
        let place = [Attribute("cx", x), Attribute("cy", y), Attribute("r", radius)]
        return .element("circle", attributes + place, HTML())
    }

    static func rectangle(x: Int, y: Int, width: Int, height: Int, _ attributes: Attribute...) -> HTML {
        let place = [
            Attribute("x", "\(x)"), Attribute("y", "\(y)"), Attribute("width", "\(width)"),
            Attribute("height", "\(height)"),
        ]
        return .element("rect", attributes + place, HTML())
    }

    /// A text at a place; its pieces are `tspan` elements or plain text.
    static func text(x: String, y: String, _ attributes: [Attribute] = [], _ content: HTML) -> HTML {
        .element("text", [Attribute("x", x), Attribute("y", y)] + attributes, content)
    }

    /// A point from which lengths in pixels count, somewhere on the width of a drawing.
    static func origin(x: String, y: String, _ content: HTML) -> HTML {
        .element("svg", [Attribute("x", x), Attribute("y", y), Attribute("overflow", "visible")], content)
    }
}
