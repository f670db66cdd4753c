/// First in, first out; both ends cost the same however many there are.
struct Fifo<Element> {
    private var elements: [Element] = []
    private var head = 0

    var count: Int { elements.count - head }
    var isEmpty: Bool { count == 0 }
    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard let first else { return nil }
        head += 1
        // Moving what is left once in a while costs a step for each that has gone.
        if head * 2 >= elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return first
    }

    mutating func removeFirst(where isWanted: (Element) -> Bool) {
        guard let index = elements[head...].firstIndex(where: isWanted) else { return }
        elements.remove(at: index)
    }
}
