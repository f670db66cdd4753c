package import RatSystem

/// How a wait deals with the objects of a kind whose state lies in memory that processes share.
///
/// Our own lock does not keep others from the state, so what is seen may be gone a moment later:
/// taking says whether it succeeded, and sleeping is announced in the state itself. All of it is
/// called under the object's lock.
package struct SharedSignal: Sendable {
    /// What came of trying to take a signal.
    package enum Taking: Equatable, Sendable {
        case taken
        /// From an owner that died.
        case takenFromTheDead
        case unsignaled
        /// The thread owns it as often as can be counted.
        case exhausted
    }

    /// What a thread that wants to sleep finds.
    package enum Sleep: Sendable {
        /// Whoever changes the word's lower half from this value wakes the thread.
        case watched(while: UInt32)
        /// A signal is coming: look again soon, and then announce the sleep for good.
        case briefly(while: UInt32)
        /// There is something to take.
        case notNow
    }

    package let word: @Sendable (ObjectReference) -> SharedWord
    package let take: @Sendable (ObjectReference, ThreadReference) -> Taking
    /// Undoes what `take` did a moment ago.
    package let giveBack: @Sendable (ObjectReference, ThreadReference, Taking) -> Void
    /// Announces that the thread will sleep. Whether it has slept briefly before decides what a
    /// coming signal means.
    package let prepareSleep: @Sendable (ObjectReference, ThreadReference, Bool) -> Sleep
    /// Whether the kernel, which wakes one sleeper only, may wake on the word.
    package let isRobust: @Sendable (ObjectReference) -> Bool
    /// The place in an order that all processes share: who takes several takes them in this order.
    package let order: @Sendable (ObjectReference) -> (UInt8, UInt64)

    package init(
        word: @escaping @Sendable (ObjectReference) -> SharedWord,
        take: @escaping @Sendable (ObjectReference, ThreadReference) -> Taking,
        giveBack: @escaping @Sendable (ObjectReference, ThreadReference, Taking) -> Void,
        prepareSleep: @escaping @Sendable (ObjectReference, ThreadReference, Bool) -> Sleep,
        isRobust: @escaping @Sendable (ObjectReference) -> Bool,
        order: @escaping @Sendable (ObjectReference) -> (UInt8, UInt64)
    ) {
        self.word = word
        self.take = take
        self.giveBack = giveBack
        self.prepareSleep = prepareSleep
        self.isRobust = isRobust
        self.order = order
    }
}

/// The shared objects of one round of a wait: entered, so that their memory stays, and what to
/// sleep on.
struct SharedParking: ~Copyable {
    private(set) var objects: [ObjectReference] = []
    private(set) var words = SharedWordSet()
    /// The word that the kernel may wake one sleeper on.
    private var robust: SharedWord?
    private var isBrief = false

    init() {}

    var isEmpty: Bool { objects.isEmpty }

    /// Under the object's lock. `false` if there is something to take.
    mutating func add(
        _ object: ObjectReference,
        _ signal: SharedSignal,
        _ thread: ThreadReference
    ) -> Bool {
        let word = signal.word(object)
        switch signal.prepareSleep(object, thread, thread.record.hasSleptBriefly) {
        case .notNow: return false
        case .briefly(let value):
            isBrief = true
            words.append(word, while: value)
            words.appendUnwatched()
        case .watched(let value):
            if !signal.isRobust(object) {
                words.append(word, while: value)
            } else if robust == nil {
                robust = word
                words.append(word, while: value)
            } else {
                // The kernel would wake this thread alone; it makes up for the thread's death on
                // one word only.
                words.appendUnwatched()
            }
        }
        object.record.visitors += 1
        objects.append(object)
        return true
    }

    /// Whether the wait has to look at its objects again after a sleep.
    var mustLookAgain: Bool { words.needsRecheck || words.hasChanged }

    /// Sleeps as `ThreadRecord.sleep` does.
    func sleep(_ thread: ThreadReference, until deadline: Instant) {
        robust?.beginPending()
        thread.sleep(until: deadline, watching: words)
    }

    /// The same in a poll, with the keeper watching the words.
    func sleep(_ thread: ThreadReference, until deadline: Instant, polling polls: inout PollSet) {
        let watch = Keeper.watch(words, robust, for: thread)
        let soon = Instant.now().advanced(byNanoseconds: SharedWordSet.recheckNanoseconds)
        let isWatched = watch != nil && !words.needsRecheck
        thread.sleep(until: isWatched ? deadline : min(deadline, soon), polling: &polls)
        if let watch { Keeper.unwatch(watch) }
    }

    /// Ends the round.
    mutating func leaveAll(_ thread: ThreadReference) {
        if let robust {
            robust.passOn()
            SharedWord.endPending()
        }
        for object in objects { Objects.leave(object) }
        thread.record.hasSleptBriefly = isBrief
        isBrief = false
        robust = nil
        objects = []
        words = SharedWordSet()
    }
}
