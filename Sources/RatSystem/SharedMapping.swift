internal import CRatLinux

/// Files as a part of this process's memory.
package enum SharedMapping {
    package static let pageSize = Int(sysconf(CInt(_SC_PAGESIZE)))

    /// Maps a part of a file; what is written there, all who map it see. `offset` is a multiple of
    /// the page size.
    package static func map(
        _ file: borrowing OpenFile,
        isWritable: Bool,
        offset: Int,
        byteCount: Int
    ) throws(Errno) -> UnsafeMutableRawPointer? {
        let descriptor = file.rawValue
        let protection = isWritable ? PROT_READ | PROT_WRITE : PROT_READ
        // MAP_FAILED is -1, as with every other call.
        let address = try systemCall {
            unsafe Int(
                bitPattern: mmap(nil, byteCount, protection, MAP_SHARED, descriptor, offset)
            )
        }
        return unsafe UnsafeMutableRawPointer(bitPattern: address)
    }

    package static func unmap(
        _ address: UnsafeMutableRawPointer,
        byteCount: Int
    ) throws(Errno) {
        _ = try systemCall { unsafe munmap(address, byteCount) }
    }
}

/// How much there is of what cannot be had beyond.
package enum SystemLimits {
    /// The largest file that this process may make: beyond it the kernel kills, not fails.
    package static var fileSize: UInt64 {
        var limit = rlimit()
        let isKnown = unsafe getrlimit(CInt(RLIMIT_FSIZE.rawValue), &limit) == 0
        return isKnown ? UInt64(limit.rlim_cur) : .max
    }

    /// Memory that can be had without taking it from a program that uses it, swap included; `nil`
    /// if the kernel does not say.
    package static var availableMemory: UInt64? {
        guard let text = text(of: "/proc/meminfo") else { return nil }
        var total: UInt64?
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0] == "MemAvailable:" || words[0] == "SwapFree:",
                let count = UInt64(words[1])
            else { continue }
            total = (total ?? 0) + count * 1024
        }
        return total
    }

    private static func text(of path: String) -> String? {
        let name = path.utf8CString.map { $0 }
        guard let file = try? OpenFile.file(name, in: OpenFile(), isForWriting: false) else {
            return nil
        }
        let descriptor = file.rawValue
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = try? systemCall {
            unsafe bytes.withUnsafeMutableBytes {
                unsafe read(descriptor, $0.baseAddress, $0.count)
            }
        }
        return count.map { String(decoding: bytes.prefix($0), as: UTF8.self) }
    }
}
