import TestSupport
import Testing

@testable import ReferenceSite

/// Drawings of states: nothing covers anything else, and arrows lead downwards as far as they can.
struct LayeredLayoutTests {
    /// Graphs by the ends of their edges: lines, a diamond, long edges, cycles, a loop, parts that no path leads to.
    private static let graphs: [(count: Int, edges: [(Int, Int)])] = [
        (1, []), (2, [(0, 1)]), (4, [(0, 1), (0, 2), (1, 3), (2, 3)]), (4, [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)]),
        (3, [(0, 1), (1, 2), (2, 0)]), (3, [(0, 1), (1, 0), (1, 2), (2, 1)]), (2, [(0, 0), (0, 1)]), (4, [(2, 3)]),
        (6, [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5)]),
    ]

    private static func layout(_ graph: Int) -> (
        sizes: [LayeredLayout.Size], edges: [LayeredLayout.Edge], LayeredLayout
    ) {
        let (count, ends) = graphs[graph]
        let sizes = (0..<count).map { LayeredLayout.Size(width: 60 + 20 * $0, height: 34) }
        let edges = ends.enumerated().map { index, end in
            LayeredLayout.Edge(from: end.0, to: end.1, label: .init(width: 40 + 30 * (index % 3), height: 17 + index))
        }
        return (sizes, edges, LayeredLayout(sizes: sizes, edges: edges))
    }

    private struct Box {
        var left, right, top, bottom: Int

        init(_ middle: LayeredLayout.Point, _ size: LayeredLayout.Size) {
            (left, right) = (middle.x - size.width / 2, middle.x + size.width / 2)
            (top, bottom) = (middle.y - size.height / 2, middle.y + size.height / 2)
        }

        func covers(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    @Test(arguments: graphs.indices) func nodesAndLabelsCoverNothing(_ graph: Int) {
        let (sizes, edges, layout) = Self.layout(graph)
        let labelled = zip(edges, layout.routes).filter { $0.0.from != $0.0.to }
        let boxes = zip(layout.nodes, sizes).map(Box.init) + labelled.map { Box($0.1.label, $0.0.label) }
        for (index, box) in boxes.enumerated() {
            for other in boxes[..<index] { #expect(!box.covers(other), "\(box) covers \(other)") }
            #expect(box.left >= 0 && box.top >= 0)
            #expect(box.right <= layout.size.width && box.bottom <= layout.size.height)
        }
    }

    @Test(arguments: graphs.indices) func edgesBeginAndEndAtTheirNodes(_ graph: Int) {
        let (sizes, edges, layout) = Self.layout(graph)
        for (edge, route) in zip(edges, layout.routes) where edge.from != edge.to {
            for (point, node) in [(route.points.first, edge.from), (route.points.last, edge.to)] {
                #expect(point?.x == layout.nodes[node].x)
                let distance = point.map { abs($0.y - layout.nodes[node].y) }
                #expect(distance == sizes[node].height / 2)
            }
        }
    }

    @Test(arguments: [1, 2, 3, 7, 8]) func arrowsLeadDownwardsWhereThereIsNoCycle(_ graph: Int) {
        let (_, edges, layout) = Self.layout(graph)
        for edge in edges { #expect(layout.nodes[edge.from].y < layout.nodes[edge.to].y) }
    }

    @Test func oneArrowOfACycleLeadsUpwards() {
        let (_, edges, layout) = Self.layout(4)
        #expect(edges.count { layout.nodes[$0.from].y > layout.nodes[$0.to].y } == 1)
    }

    @Test func nothingHasNoSize() {
        let layout = LayeredLayout(sizes: [], edges: [])
        #expect(layout.size.width == 0 && layout.nodes.isEmpty)
    }
}
