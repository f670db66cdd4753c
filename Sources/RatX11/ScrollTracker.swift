#if X11

internal import RatDisplay

/// An axis of a device that counts how far something was scrolled.
struct ScrollAxis: Equatable {
    /// Of the device's valuators.
    let number: UInt16
    let isVertical: Bool
    /// What the axis counts for one notch; negative where it counts the other way.
    let increment: Double
    /// What it counted last; `nil` if nobody knows.
    var last: Double?
    /// The part of what was turned that is less than a 120th of a notch.
    fileprivate var rest = 0.0

    init(number: UInt16, isVertical: Bool, increment: Double, last: Double? = nil) {
        self.number = number
        self.isVertical = isVertical
        self.increment = increment
        self.last = last
    }
}

/// Makes turns of a wheel of what the axes of devices count.
///
/// Only differences mean something, and only between values that belong together: while the pointer is in
/// another program's windows the axes count on without us, and a wheel that is plugged in starts anywhere. So the
/// values are asked for anew when the pointer comes in, and what was on its way then counts for nothing.
struct ScrollTracker {
    /// By the devices' numbers; only those that have any.
    private var axes: [UInt16: [ScrollAxis]] = [:]
    /// The request that the values of the axes were asked with.
    private var asked: UInt32?

    var isEmpty: Bool { axes.isEmpty }

    /// Takes over what the server says of all devices. `request` is the number of the request that asked.
    mutating func begin(_ axes: [UInt16: [ScrollAxis]], asked request: UInt32) {
        self.axes = axes.filter { !$0.value.isEmpty }
        asked = request
    }

    func has(_ device: UInt16) -> Bool { axes[device] != nil }

    /// Whether a device tells its turns in that direction by an axis.
    func has(_ device: UInt16, isVertical: Bool) -> Bool {
        axes[device]?.contains { $0.isVertical == isVertical } ?? false
    }

    /// The 120ths of a notch that an event has turned, away from the person and to the right, or as many as are whole.
    mutating func turn(
        _ device: UInt16,
        _ values: [ScrollValue],
        sequence: UInt32
    ) -> (vertical: Int32, horizontal: Int32) {
        // What the server made before it answered is in the answer already.
        guard let asked, Int32(bitPattern: sequence &- asked) >= 0 else { return (0, 0) }
        var turned: (vertical: Int32, horizontal: Int32) = (0, 0)
        for index in axes[device]?.indices ?? 0..<0 {
            guard let number = axes[device]?[index].number,
                let value = values.first(where: { $0.number == number })?.value,
                let whole = axes[device]?[index].turn(to: value)
            else { continue }
            if axes[device]?[index].isVertical == true {
                turned.vertical &+= whole
            } else {
                turned.horizontal &+= whole
            }
        }
        return turned
    }
}

extension ScrollAxis {
    fileprivate mutating func turn(to value: Double) -> Int32 {
        defer { last = value }
        guard let last, increment != 0 else { return 0 }
        let distance = isVertical ? last - value : value - last
        let turned = distance / increment * 120 + rest
        // A device that jumps has been reset.
        guard turned.isFinite, abs(turned) <= Self.most else {
            rest = 0
            return 0
        }
        let whole = turned.rounded(.towardZero)
        rest = turned - whole
        return Int32(whole)
    }

    /// A hundred notches: what a hand never turns at once, and what a message can tell.
    private static let most = 12_000.0
}

/// What an event says that an axis counts.
struct ScrollValue: Equatable {
    let number: UInt16
    let value: Double
}

#endif
