import RatCore

@testable import RatMessaging

/// Nodes of a test's own, which no pool knows.
final class Shelf {
    private var nodes: [NodeReference] = []
    private var cells: [CellReference] = []

    deinit {
        for node in nodes { unsafe node.unsafePointer.deallocate() }
        for cell in cells { unsafe cell.unsafePointer.deallocate() }
    }

    func make(_ number: UInt32, lane: Int = 4, target: Handle = .invalid) -> NodeReference {
        let memory = UnsafeMutablePointer<MessageNode>.allocate(capacity: 1)
        unsafe memory.initialize(to: MessageNode())
        let node = unsafe NodeReference(memory: memory)
        node.node.message.header.message = number
        node.node.message.header.target = target
        node.node.lane = UInt8(lane)
        nodes.append(node)
        return node
    }

    /// A cell that holds the node of such a message, in no strip.
    func makeCell(
        _ number: UInt32,
        lane: Int = 4,
        target: Handle = .invalid
    ) -> CellReference {
        let memory = UnsafeMutablePointer<MessageCell>.allocate(capacity: 1)
        let cell = unsafe CellReference(unsafe: memory)
        cell.fill(from: make(number, lane: lane, target: target))
        cell.cell.nextOfTarget = nil
        cells.append(cell)
        return cell
    }

    /// A handle as a window's. Those of one place differ in generation.
    static func window(_ place: Int, generation: Int = 1) -> Handle {
        Handle(
            process: 1,
            kind: .window,
            generation: UInt32(generation),
            index: UInt32(place)
        )
    }
}

extension CellReference {
    var number: UInt32 { cell.message }
}

extension NodeReference {
    var number: UInt32 { node.message.header.message }
}

extension NodeList {
    /// The numbers of its nodes, from either end: the same backwards, or the list is broken.
    var numbers: [UInt32]? {
        var forwards: [UInt32] = []
        var node = first
        while let current = node {
            forwards.append(current.number)
            node = current.node.next
        }
        var backwards: [UInt32] = []
        node = last
        while let current = node {
            backwards.append(current.number)
            // What comes before the first one is not said.
            node = current == first ? nil : current.node.previous
        }
        return forwards == backwards.reversed() ? forwards : nil
    }
}

extension NodeReference {
    /// Where the node is.
    var address: UInt { unsafe UInt(bitPattern: raw) }
}
