// Two windows, each with a thread of its own, that talk by messages. What the mouse does in one is posted to
// the other, which shows it as a ring, and nobody waits. A click is sent: the other puts a dot on its side as
// well, and answers how many it has. Escape or a close button ends both.
//
//     swift run two-threads-swift
import Dispatch
import Glibc
import Rat
import Synchronization

/// Runs a board to its end on the calling thread.
func run(_ side: Side) -> Int32 {
    do {
        return try Board(side).run()
    } catch {
        print("two-threads-swift: \(side.rawValue): \(error)")
        exit(1)
    }
}

let rightCode = Mutex<Int32>(0)
let rightThread = DispatchGroup()
DispatchQueue(label: "right").async(group: rightThread) {
    rightCode.withLock { $0 = run(.right) }
}
let leftCode = run(.left)
rightThread.wait()
exit(max(leftCode, rightCode.withLock { $0 }))
