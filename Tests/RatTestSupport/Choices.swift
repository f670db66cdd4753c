/// The choices that a scenario leaves open, to be gone through one way after another.
package struct Choices {
    private var path: [(taken: Int, count: Int)] = []
    private var depth = 0

    /// One of `count` ways to go on: another one each time that the scenario comes here the same way.
    package mutating func choose(among count: Int) -> Int {
        if depth == path.count { path.append((0, count)) }
        precondition(path[depth].count == count, "the scenario is not the same each time")
        defer { depth += 1 }
        return path[depth].taken
    }

    /// Runs a scenario once for each way that its choices can go. Returns how many there are.
    @discardableResult package static func forEach(
        _ scenario: (inout Choices) throws -> Void
    ) rethrows -> Int {
        var choices = Choices()
        var count = 0
        repeat {
            choices.depth = 0
            try scenario(&choices)
            count += 1
        } while choices.advance()
        return count
    }

    private mutating func advance() -> Bool {
        while let last = path.popLast() {
            if last.taken + 1 < last.count {
                path.append((last.taken + 1, last.count))
                return true
            }
        }
        return false
    }
}
