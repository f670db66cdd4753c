package enum ProcessBarrier {
    package static func run() -> Bool { false }
}
