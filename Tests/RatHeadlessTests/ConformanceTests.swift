internal import RatDisplay
internal import RatDisplayTestSupport
internal import RatHeadless
internal import Testing

@Suite struct HeadlessConformanceTests {
    @Test(arguments: DisplayRule.allCases)
    func theHeadlessDisplayKeeps(_ rule: DisplayRule) throws {
        let display = HeadlessDisplay()
        let subject = DisplaySubject(display) { display.inject(.lost) }
        #expect(try rule.violations(of: subject) == [])
    }
}
