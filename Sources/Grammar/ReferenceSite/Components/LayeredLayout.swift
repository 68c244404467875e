/// Places the nodes of a graph in rows, so that edges lead downwards as far as they can and labels cover nothing.
///
/// Each edge has its label as a node of its own, in a row between those of its ends. Edges against the direction are laid
/// out turned round. Rows are ordered so that few edges cross, and nodes stand near the middle of their neighbours.
struct LayeredLayout {
    struct Size {
        var width, height: Int
    }

    struct Edge {
        /// The places of its ends among the nodes.
        var from, to: Int
        /// The size of its label.
        var label: Size
    }

    struct Point: Equatable {
        var x, y: Int
    }

    /// An edge with its place.
    struct Route {
        /// The points that it goes through, from the bottom or top of the one node to that of the other.
        var points: [Point]
        /// The middle of its label.
        var label: Point
    }

    /// The middles of the nodes.
    private(set) var nodes: [Point] = []
    /// The edges, as they were given.
    private(set) var routes: [Route] = []
    private(set) var size = Size(width: 0, height: 0)

    private static let columnGap = 28
    private static let rowGap = 22
    private static let margin = 8

    /// A node of the graph, the label of an edge, or a place where an edge passes a row.
    private struct Cell {
        var row: Int
        var size: Size
        /// The cells in the rows above and below that edges connect it with.
        var above: [Int] = []
        var below: [Int] = []
    }

    private var cells: [Cell] = []
    /// The cells of each row, from the left.
    private var rows: [[Int]] = []
    /// The cells between the ends of each edge, from the top.
    private var chains: [[Int]] = []
    private var turned: [Bool] = []

    /// - Parameter sizes: the sizes of the nodes; the first one is where everything begins.
    init(sizes: [Size], edges: [Edge]) {
        guard !sizes.isEmpty else { return }
        turned = Self.turned(edges, count: sizes.count)
        let ranks = Self.ranks(edges, turned, count: sizes.count)
        cells = zip(sizes, ranks).map { Cell(row: 2 * $1, size: $0) }
        for (index, edge) in edges.enumerated() { addChain(of: edge, isTurned: turned[index]) }
        let count = (cells.map(\.row).max() ?? 0) + 1
        rows = (0..<count).map { row in cells.indices.filter { cells[$0].row == row } }
        order()
        place(count: sizes.count, edges)
    }

    // MARK: - Rows

    /// Which edges lead back to a node from which a path leads to them.
    private static func turned(_ edges: [Edge], count: Int) -> [Bool] {
        var result = edges.map { $0.from == $0.to }
        var state = [Int](repeating: 0, count: count)
        /// The nodes of the path so far, each with the edges that are left.
        var path: [(node: Int, edges: [Int])] = []
        func leaving(_ node: Int) -> [Int] { edges.indices.filter { edges[$0].from == node }.reversed() }
        for start in 0..<count where state[start] == 0 {
            state[start] = 1
            path.append((start, leaving(start)))
            while let top = path.last {
                guard let edge = top.edges.last else {
                    state[top.node] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].edges.removeLast()
                let target = edges[edge].to
                if state[target] == 1 { result[edge] = true }
                if state[target] == 0 {
                    state[target] = 1
                    path.append((target, leaving(target)))
                }
            }
        }
        return result
    }

    /// The length of the longest path to each node.
    private static func ranks(_ edges: [Edge], _ turned: [Bool], count: Int) -> [Int] {
        var ranks = [Int](repeating: 0, count: count)
        // No path is longer than there are nodes.
        for _ in 0..<count {
            var isDone = true
            for (edge, isTurned) in zip(edges, turned) where edge.from != edge.to {
                let (upper, lower) = isTurned ? (edge.to, edge.from) : (edge.from, edge.to)
                if ranks[lower] <= ranks[upper] {
                    ranks[lower] = ranks[upper] + 1
                    isDone = false
                }
            }
            if isDone { break }
        }
        return ranks
    }

    /// Adds a cell in each row that an edge passes; the middle one holds its label.
    private mutating func addChain(of edge: Edge, isTurned: Bool) {
        let (upper, lower) = isTurned ? (edge.to, edge.from) : (edge.from, edge.to)
        let passed = cells[upper].row + 1..<max(cells[upper].row + 1, cells[lower].row)
        let middle = passed.isEmpty ? 0 : (passed.lowerBound + passed.upperBound - 1) / 2
        var chain: [Int] = []
        for row in passed {
            cells.append(Cell(row: row, size: row == middle ? edge.label : Size(width: 0, height: 0)))
            chain.append(cells.count - 1)
        }
        chains.append(chain)
        let path = [upper] + chain + [lower]
        for (first, second) in zip(path, path.dropFirst()) where !chain.isEmpty {
            cells[first].below.append(second)
            cells[second].above.append(first)
        }
    }

    // MARK: - Order

    /// Sorts each row by the middle of the neighbours above, then below, and keeps the order with the fewest crossings.
    private mutating func order() {
        var best = rows
        var fewest = crossings
        for sweep in 0..<12 {
            let down = sweep.isMultiple(of: 2)
            for row in down ? Array(rows.indices) : rows.indices.reversed() { sort(row, isDown: down) }
            let count = crossings
            if count < fewest { (best, fewest) = (rows, count) }
        }
        rows = best
    }

    private mutating func sort(_ row: Int, isDown: Bool) {
        let other = isDown ? row - 1 : row + 1
        guard rows.indices.contains(other) else { return }
        let places = Dictionary(zip(rows[other], rows[other].indices), uniquingKeysWith: { first, _ in first })
        let keys = rows[row].enumerated().map { place, cell -> (cell: Int, key: Double, place: Int) in
            let found = (isDown ? cells[cell].above : cells[cell].below).compactMap { places[$0] }
            let key = found.isEmpty ? Double(place) : Double(found.reduce(0, +)) / Double(found.count)
            return (cell, key, place)
        }
        rows[row] = keys.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.cell)
    }

    private var crossings: Int {
        var count = 0
        for (upper, lower) in zip(rows, rows.dropFirst()) {
            let places = Dictionary(zip(lower, lower.indices), uniquingKeysWith: { first, _ in first })
            let ends = upper.enumerated().flatMap { place, cell in
                cells[cell].below.compactMap { below in places[below].map { (place, $0) } }
            }
            for (index, end) in ends.enumerated() {
                count += ends[..<index].count { $0.0 < end.0 && $0.1 > end.1 }
            }
        }
        return count
    }

    // MARK: - Places

    private mutating func place(count: Int, _ edges: [Edge]) {
        let columns = self.columns
        var tops: [Int] = []
        var y = Self.margin
        for row in rows {
            tops.append(y)
            y += (row.map { cells[$0].size.height }.max() ?? 0) + Self.rowGap
        }
        let heights = rows.map { row in row.map { cells[$0].size.height }.max() ?? 0 }
        func point(_ cell: Int) -> Point {
            Point(x: columns[cell], y: tops[cells[cell].row] + heights[cells[cell].row] / 2)
        }
        nodes = (0..<count).map(point)
        size = Size(
            width: (cells.indices.map { columns[$0] + cells[$0].size.width / 2 }.max() ?? 0) + Self.margin,
            height: y - Self.rowGap + Self.margin)
        routes = edges.indices.map { index in
            let edge = edges[index]
            let (upper, lower) = turned[index] ? (edge.to, edge.from) : (edge.from, edge.to)
            var points = [Point(x: columns[upper], y: nodes[upper].y + cells[upper].size.height / 2)]
            for cell in chains[index] {
                let row = cells[cell].row
                points += [Point(x: columns[cell], y: tops[row]), Point(x: columns[cell], y: tops[row] + heights[row])]
            }
            points.append(Point(x: columns[lower], y: nodes[lower].y - cells[lower].size.height / 2))
            let label = chains[index].max { cells[$0].size.width < cells[$1].size.width }.map(point) ?? nodes[upper]
            return Route(points: turned[index] ? points.reversed() : points, label: label)
        }
    }

    /// The middle of each cell: as near to its neighbours as the others in its row allow.
    private var columns: [Int] {
        var columns = [Double](repeating: 0, count: cells.count)
        for row in rows { spread(row, wanted: row.map { _ in (0, 1) }, in: &columns) }
        for sweep in 0..<24 {
            let isDown = sweep.isMultiple(of: 2)
            for row in isDown ? rows : rows.reversed() {
                let wanted = row.map { cell -> (place: Double, weight: Double) in
                    let near = cells[cell].above + cells[cell].below
                    if near.isEmpty { return (columns[cell], 0.1) }
                    let sum = near.reduce(0) { $0 + columns[$1] }
                    return (sum / Double(near.count), Double(near.count))
                }
                spread(row, wanted: wanted, in: &columns)
            }
        }
        let left = cells.indices.map { columns[$0] - Double(cells[$0].size.width) / 2 }.min() ?? 0
        return columns.map { Int(($0 - left).rounded()) + Self.margin }
    }

    /// Puts the cells of a row as near as possible to where they want to be, in their order and with gaps between them.
    private func spread(_ row: [Int], wanted: [(place: Double, weight: Double)], in columns: inout [Double]) {
        var offset = 0.0
        var offsets: [Double] = []
        for (index, cell) in row.enumerated() {
            if index > 0 {
                let previous = cells[row[index - 1]].size.width
                offset += Double(previous + cells[cell].size.width) / 2 + Double(Self.columnGap)
            }
            offsets.append(offset)
        }
        // Cells that would overlap form a block, which stands at the mean of their wishes.
        var blocks: [(place: Double, weight: Double, count: Int)] = []
        for (wish, offset) in zip(wanted, offsets) {
            blocks.append((wish.place - offset, wish.weight, 1))
            while blocks.count > 1, blocks[blocks.count - 2].place > blocks[blocks.count - 1].place {
                let last = blocks.removeLast()
                let other = blocks.removeLast()
                let weight = last.weight + other.weight
                let place = (last.place * last.weight + other.place * other.weight) / weight
                blocks.append((place, weight, last.count + other.count))
            }
        }
        let places = blocks.flatMap { Array(repeating: $0.place, count: $0.count) }
        for ((cell, offset), place) in zip(zip(row, offsets), places) { columns[cell] = place + offset }
    }
}
