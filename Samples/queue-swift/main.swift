// A thread that measures, a task that keeps the readings, and tasks that ask about them: they talk through
// one queue, in values. Needs no window and no display.
//
//     swift run queue-swift
import Dispatch
import Glibc
import Rat

/// What a message is about says what it carries.
enum Topic {
    static let reading = Message.app
    /// The last reading was posted.
    static let end = Message.app + 1
    /// For a sensor's number; answered with a summary.
    static let question = Message.app + 2
}

struct Reading: BitwiseCopyable {
    var sensor: Int32
    var celsius: Double
}

struct Summary: BitwiseCopyable {
    var count = 0
    var mean = 0.0

    mutating func add(_ value: Double) {
        count += 1
        mean += (value - mean) / Double(count)
    }
}

/// Posts one reading after the other. A thread's work: it waits where the queue is full.
func measure(into queue: MessageQueue) throws {
    for step in 0..<1000 {
        let celsius = 20 + 5 * sin(Double(step) / 100)
        try queue.post(Topic.reading, Reading(sensor: Int32(step % 2), celsius: celsius))
    }
    try queue.post(Message(Topic.end))
}

/// Keeps the readings until the queue is closed. Questions come ahead of them, and are answered at the end.
func keep(_ queue: MessageQueue) async throws {
    var sums: [Int32: Summary] = [:]
    var questions: [Message] = []
    var isComplete = false
    for await message in queue.messages {
        switch message.number {
        case Topic.reading:
            guard let reading = message.value(as: Reading.self) else { break }
            sums[reading.sensor, default: Summary()].add(reading.celsius)
        case Topic.end:
            isComplete = true
        case Topic.question:
            questions.append(message)
        default:
            break
        }
        guard isComplete else { continue }
        for question in questions {
            let sensor = question.value(as: Int32.self) ?? 0
            try question.request?.reply(sums[sensor, default: Summary()])
        }
        questions = []
    }
}

/// Asks about a sensor. The task is suspended until the answer is there.
func ask(_ queue: MessageQueue, sensor: Int32) async throws -> Summary? {
    try await queue.send(Topic.question, sensor).value()
}

do {
    let queue = try MessageQueue(MessageQueue.Options(capacity: 64, overflow: .wait()))
    let keeper = Task { try await keep(queue) }
    DispatchQueue(label: "measuring").async {
        do { try measure(into: queue) } catch { print("queue-swift: \(error)") }
    }
    async let first = ask(queue, sensor: 0)
    async let second = ask(queue, sensor: 1)
    for (sensor, sum) in try await [first, second].enumerated() {
        guard let sum else { continue }
        print("sensor \(sensor): \(sum.count) readings, \((sum.mean * 10).rounded() / 10) degrees")
    }
    queue.close()
    try await keeper.value
} catch {
    print("queue-swift: \(error)")
    exit(1)
}
