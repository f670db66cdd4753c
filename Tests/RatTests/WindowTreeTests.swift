internal import Rat
internal import Testing

@Suite struct WindowTreeTests {
    @Test func theTreeCanBeAskedFromAnywhere() async throws {
        try await onThread {
            let windowClass = try makeClass()
            let parent = try Window(windowClass, title: "parent of the tree's tests")
            func child(_ id: UInt, of parent: Window) throws -> Window {
                try Window(
                    windowClass,
                    title: "",
                    style: [.child, .visible],
                    parent: parent,
                    id: id
                )
            }
            let (first, second) = (try child(1, of: parent), try child(2, of: parent))
            let inner = try child(3, of: second)
            let owned = try Window(windowClass, title: "", style: .popup, parent: parent)
            #expect(parent.target.children == [first.target, second.target])
            #expect(parent.target.descendants == [first.target, second.target, inner.target])
            #expect(parent.children.map(\.id) == [1, 2])
            #expect(inner.target.parent == second.target && parent.target.parent == nil)
            #expect(owned.target.owner == parent.target && owned.target.parent == nil)
            #expect(inner.target.topLevel == parent.target)
            #expect(inner.target.isInside(parent.target) && !parent.target.isInside(inner.target))
            #expect(first.target.below == second.target && second.target.above == first.target)
            #expect(first.target.above == nil && second.target.below == nil)
            #expect(parent.target.child(id: 2)?.window === second)
            #expect(parent.target.child(id: 9) == nil)
            #expect(Window.Target.topLevel.contains(parent.target))
            #expect(!Window.Target.topLevel.contains(first.target))
            #expect(Window.Target.find(title: "PARENT of the tree's tests") == parent.target)
            #expect(
                Window.Target.find(className: windowClass.name, in: second.target) == inner.target
            )
            #expect(Window.Target.find(className: "no such class") == nil)
            #expect(inner.target.className == windowClass.name)
            #expect(inner.target.isVisible && inner.target.style.contains(.child))
        }
    }

    @Test func aWindowGoesIntoAnother() async throws {
        try await onThread {
            let windowClass = try makeClass()
            let parent = try Window(windowClass, title: "")
            let other = try Window(windowClass, title: "")
            let child = try Window(windowClass, title: "", style: .child, parent: parent)
            try child.setParent(other)
            #expect(child.target.parent == other.target && parent.children.isEmpty)
            expect(.invalidArgument) { try other.setParent(child) }
            let owned = try Window(windowClass, title: "", style: .popup, parent: parent)
            try owned.setOwner(other.target)
            #expect(owned.target.owner == other.target)
            expect(.invalidArgument) { try child.setOwner(other.target) }
        }
    }

    @Test func aWindowForMessagesIsAmongNoOthers() async throws {
        try await onThread {
            let window = try Window(messageOnly: makeClass { _, _ in 7 })
            #expect(try window.send(Message(Message.app)) == 7)
            #expect(!Window.Target.topLevel.contains(window.target))
            #expect(window.target.exists && !window.target.isVisible)
        }
    }

    @Test func aWindowThatIsGoneHasNothing() async throws {
        try await onThread {
            let window = try Window(makeClass(), title: "", style: .overlapped)
            window.destroy()
            let target = window.target
            #expect(!target.exists && target.window == nil && target.parent == nil)
            #expect(
                target.children.isEmpty && target.descendants.isEmpty && target.properties.isEmpty
            )
            #expect(target.className.isEmpty && target.style == [] && target.id == 0)
            #expect(!target.isVisible && !target.isEnabled && target[property: "p"] == nil)
            #expect(target.frame == Area(x: 0, y: 0, width: 0, height: 0))
            expect(.invalidHandle) { try window.setParent(nil) }
            window.style = .caption
            window.isEnabled = false
        }
    }

    @Test func stylesNumbersAndPropertiesAreKept() async throws {
        try await onThread {
            let window = try Window(
                makeClass(),
                title: "",
                style: .overlapped,
                extendedStyle: .noActivate,
                id: 4
            )
            #expect(window.id == 4 && window.extendedStyle.contains(.noActivate))
            window.id = .max
            #expect(window.target.id == .max)
            window.style.insert(.clipChildren)
            #expect(window.target.style.contains([.clipChildren, .caption]))
            window.extendedStyle = []
            #expect(window.extendedStyle == [])
            window.target[property: "Seven"] = 7
            #expect(window.target[property: "sEVEN"] == 7)
            #expect(window.target.properties == ["Seven": 7])
            window.target[property: "seven"] = nil
            #expect(window.target[property: "Seven"] == nil)
            window.target[property: ""] = 1
            #expect(window.target.properties.isEmpty)
        }
    }

    @Test func aClassExtendsAnother() async throws {
        try await onThread {
            let base = try makeClass(background: 5) { _, message in
                message.number == Message.app ? 1 : message.number == Message.app + 1 ? 2 : nil
            }
            let extended = try WindowClass("RatTests.extended", extending: base) { _, message in
                message.number == Message.app ? 3 : nil
            }
            let window = try Window(extended, title: "extended")
            #expect(try window.send(Message(Message.app)) == 3)
            #expect(try window.send(Message(Message.app + 1)) == 2)
            #expect(window.title == "extended")
            let info = WindowClass.info(named: "rattests.EXTENDED")
            #expect(info?.background == 5 && info?.style == [])
            #expect(WindowClass.info(named: "no such class") == nil)
        }
    }
}
