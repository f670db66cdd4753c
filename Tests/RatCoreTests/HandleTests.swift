import Testing

@testable import RatCore

@Suite struct HandleTests {
    @Test(arguments: [HandleKind.event, .messageQueue, .window])
    func fieldsComeBackAsTheyWentIn(kind: HandleKind) {
        let handle = Handle(process: 4_194_303, kind: kind, generation: 0x1FFFF, index: 0xFFFFF)
        #expect(handle.process == 4_194_303)
        #expect(handle.kind == kind)
        #expect(handle.isOfKind(kind))
        #expect(handle.index == 0xFFFFF)
        #expect(handle.rawValue == ~UInt64(0) & ~(0x1F << 37) | kind.rawValue << 37)
    }

    @Test func fieldsDoNotOverlap() {
        let bits = [
            Handle(process: 0x3FFFFF, kind: .event, generation: 0, index: 0).rawValue & ~(1 << 37),
            Handle(process: 0, kind: .event, generation: 0x1FFFF, index: 0).rawValue & ~(1 << 37),
            Handle(process: 0, kind: .event, generation: 0, index: 0xFFFFF).rawValue & ~(1 << 37),
            0x1F << 37,
        ]
        #expect(bits.reduce(0, ^) == .max)
        #expect(bits.reduce(0) { $0 + $1.nonzeroBitCount } == 64)
    }

    @Test func generationAndIndexWrapInsideTheirFields() {
        let handle = Handle(process: 1, kind: .event, generation: 0x20000, index: 0x100000)
        #expect(handle == Handle(process: 1, kind: .event, generation: 0, index: 0))
    }

    @Test func invalidHandleIsOfNoKind() {
        #expect(Handle.invalid.rawValue == 0)
        #expect(Handle.invalid.kind == nil)
        for kind in [HandleKind.event, .messageQueue, .window] {
            #expect(!Handle.invalid.isOfKind(kind))
        }
    }

    @Test func numberOfNoKindIsNotTakenForOne() {
        for number in UInt64(0)...31 {
            let kind = Handle(rawValue: number << 37).kind
            #expect(kind == nil || kind?.rawValue == number)
        }
        #expect(Handle(rawValue: 31 << 37).kind == nil)
    }
}
