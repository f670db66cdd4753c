// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .strictMemorySafety(),
]

let package = Package(
    name: "rat",
    products: [
        .library(name: "Rat", targets: ["Rat"]),
        .library(name: "rat", type: .dynamic, targets: ["RatABI"]),
        .library(name: "rat-gdi", type: .dynamic, targets: ["RatGDI"]),
    ],
    traits: [
        .trait(name: "X11", description: "Real windows over X11; needs xcb and xkbcommon."),
        .trait(name: "GDI", description: "Drawing for ported programs; needs cairo."),
        .default(enabledTraits: ["X11", "GDI"]),
    ],
    targets: [
        // Contracts and shims: C headers, no logic.
        .target(name: "CRat"),
        .target(name: "CRatLinux"),
        .target(
            name: "CRatXCB",
            cSettings: [.define("RAT_X11", .when(traits: ["X11"]))],
            linkerSettings: [
                .linkedLibrary("xcb", .when(traits: ["X11"])),
                .linkedLibrary("xcb-cursor", .when(traits: ["X11"])),
                .linkedLibrary("xcb-shm", .when(traits: ["X11"])),
                .linkedLibrary("xcb-sync", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xfixes", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xinput", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xkb", .when(traits: ["X11"])),
                .linkedLibrary("xkbcommon", .when(traits: ["X11"])),
                .linkedLibrary("xkbcommon-x11", .when(traits: ["X11"])),
            ]
        ),

        .target(name: "CRatGDI", dependencies: ["CRat"]),
        .target(
            name: "CRatCairo",
            cSettings: [.define("RAT_GDI_CAIRO", .when(traits: ["GDI"]))],
            linkerSettings: [.linkedLibrary("cairo", .when(traits: ["GDI"]))]
        ),

        // The engine, lowest first. Arrows point down only.
        .target(name: "RatSystem", dependencies: ["CRatLinux"], swiftSettings: strict),
        .target(name: "RatCore", dependencies: ["RatSystem"], swiftSettings: strict),
        .target(name: "RatIPC", dependencies: ["RatCore", "RatSystem"], swiftSettings: strict),
        .target(
            name: "RatMessaging",
            dependencies: ["RatCore", "RatSystem"],
            swiftSettings: strict
        ),
        .target(
            name: "RatLinks",
            dependencies: ["RatCore", "RatIPC", "RatMessaging", "RatSystem"],
            swiftSettings: strict
        ),
        .target(name: "RatDisplay", swiftSettings: strict),
        .target(name: "RatHeadless", dependencies: ["RatDisplay"], swiftSettings: strict),
        .target(
            name: "RatX11",
            dependencies: [
                "RatDisplay",
                .target(name: "CRatXCB", condition: .when(traits: ["X11"])),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "RatWindowing",
            dependencies: ["RatCore", "RatDisplay", "RatMessaging", "RatSystem"],
            swiftSettings: strict
        ),
        .target(
            name: "RatRuntime",
            dependencies: [
                "RatCore", "RatDisplay", "RatHeadless", "RatIPC", "RatMessaging", "RatSystem",
                "RatWindowing",
                .target(name: "RatX11", condition: .when(traits: ["X11"])),
            ],
            swiftSettings: strict
        ),

        // Faces.
        .target(
            name: "RatABI",
            dependencies: [
                "CRat", "RatCore", "RatDisplay", "RatIPC", "RatLinks", "RatMessaging", "RatRuntime",
                "RatSystem",
                "RatWindowing",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Rat",
            dependencies: [
                "RatCore", "RatDisplay", "RatIPC", "RatLinks", "RatMessaging", "RatRuntime",
                "RatSystem", "RatWindowing",
            ],
            // Properties that give spans.
            swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]
        ),

        // Drawing. It knows nothing of the engine, and the engine nothing of it.
        .target(
            name: "RatGDI",
            dependencies: [
                "CRat", "CRatGDI",
                .target(name: "CRatCairo", condition: .when(traits: ["GDI"])),
            ],
            swiftSettings: strict
        ),

        // Programs to start from. Those in C are built against the installed library.
        .executableTarget(
            name: "hello-window-swift",
            dependencies: ["Rat"],
            path: "Samples/hello-window-swift",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "queue-swift",
            dependencies: ["Rat"],
            path: "Samples/queue-swift",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "two-threads-swift",
            dependencies: ["Rat"],
            path: "Samples/two-threads-swift",
            swiftSettings: strict
        ),

        // Tests. Support targets hold what several test targets share.
        .target(
            name: "RatTestSupport",
            dependencies: ["RatCore", "RatSystem"],
            path: "Tests/RatTestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatSystemTests",
            dependencies: ["RatSystem", "RatTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatCoreTests",
            dependencies: ["RatCore", "RatIPC", "RatSystem", "RatTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatIPCTests",
            dependencies: ["RatCore", "RatIPC", "RatSystem", "RatTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatMessagingTests",
            dependencies: ["RatCore", "RatIPC", "RatMessaging", "RatSystem", "RatTestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatLinksTests",
            dependencies: [
                "RatCore", "RatIPC", "RatLinks", "RatMessaging", "RatSystem", "RatTestSupport",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CRatXTest",
            path: "Tests/CRatXTest",
            cSettings: [.define("RAT_X11", .when(traits: ["X11"]))],
            linkerSettings: [
                .linkedLibrary("xcb-randr", .when(traits: ["X11"])),
                .linkedLibrary("xcb-sync", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xfixes", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xtest", .when(traits: ["X11"])),
            ]
        ),
        .target(
            name: "RatX11TestSupport",
            dependencies: [
                "RatDisplay",
                .target(name: "CRatXCB", condition: .when(traits: ["X11"])),
                .target(name: "CRatXTest", condition: .when(traits: ["X11"])),
                .target(name: "RatX11", condition: .when(traits: ["X11"])),
            ],
            path: "Tests/RatX11TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatX11Tests",
            dependencies: [
                "RatDisplay",
                .target(name: "CRatXCB", condition: .when(traits: ["X11"])),
                .target(name: "RatX11", condition: .when(traits: ["X11"])),
                .target(name: "RatX11TestSupport", condition: .when(traits: ["X11"])),
            ],
            exclude: ["Traces"],
            swiftSettings: strict
        ),
        .target(
            name: "RatDisplayTestSupport",
            dependencies: ["RatDisplay"],
            path: "Tests/RatDisplayTestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatDisplayTests",
            dependencies: ["RatDisplay"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatHeadlessTests",
            dependencies: ["RatDisplay", "RatDisplayTestSupport", "RatHeadless"],
            swiftSettings: strict
        ),
        .target(
            name: "RatWindowingTestSupport",
            dependencies: [
                "RatCore", "RatDisplay", "RatHeadless", "RatMessaging", "RatSystem", "RatWindowing",
            ],
            path: "Tests/RatWindowingTestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatWindowingTests",
            dependencies: [
                "RatCore", "RatDisplay", "RatHeadless", "RatMessaging", "RatSystem",
                "RatTestSupport", "RatWindowing", "RatWindowingTestSupport",
            ],
            swiftSettings: strict
        ),
        .target(name: "CRatFuzz", dependencies: ["CRat"], path: "Tests/CRatFuzz"),
        .target(
            name: "CRatSoak",
            dependencies: [
                "CRat",
                .target(name: "CRatXTest", condition: .when(traits: ["X11"])),
            ],
            path: "Tests/CRatSoak",
            cSettings: [.define("RAT_X11", .when(traits: ["X11"]))]
        ),
        .testTarget(
            name: "RatABITests",
            dependencies: [
                "CRatFuzz", "RatABI", "RatCore", "RatWindowing",
                .target(name: "CRatSoak", condition: .when(traits: ["X11"])),
                .target(name: "RatX11TestSupport", condition: .when(traits: ["X11"])),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatGDITests",
            dependencies: ["CRat", "CRatGDI", "RatGDI"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "RatTests",
            dependencies: [
                "Rat", "RatCore", "RatDisplay", "RatHeadless", "RatIPC", "RatLinks", "RatSystem",
                "RatTestSupport", "RatWindowing", "RatWindowingTestSupport",
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
