internal import Glibc

/// Where the names of the tests' queues are: a directory of this process's own.
package enum RuntimeDirectory {
    /// To be asked for before the first name is used. Made once: whoever changed it later would take others' names away.
    package static let path: String = {
        var template = Array("/tmp/rat-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { fatalError("no directory: errno \(errno)") }
        unsafe setenv("RAT_RUNTIME_DIR", template, 1)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }()
}
