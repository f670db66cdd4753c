import RatTestSupport
import Testing

@testable import RatMessaging

@Suite struct NodeListTests {
    @Test func everyShortSequenceOfStepsGivesWhatAnArrayGives() {
        var failure: String?
        Choices.forEach { choices in
            let shelf = Shelf()
            var list = NodeList()
            var model: [NodeReference] = []
            for step in UInt32(0)..<6 where failure == nil {
                switch choices.choose(among: 4) {
                case 0, 1:
                    let node = shelf.make(step)
                    list.append(node)
                    model.append(node)
                case 2:
                    let expected = model.isEmpty ? nil : model.removeFirst()
                    if list.popFirst() != expected { failure = "popFirst" }
                case 3 where !model.isEmpty:
                    list.remove(model.remove(at: model.count / 2))
                default: break
                }
                if list.numbers != model.map(\.number) { failure = "links" }
                if list.isEmpty != model.isEmpty { failure = "isEmpty" }
                let even = model.first { $0.number % 2 == 0 }
                if list.first(where: { $0.number % 2 == 0 }) != even { failure = "first(where:)" }
            }
        }
        #expect(failure == nil)
    }
}
