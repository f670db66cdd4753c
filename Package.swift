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
    traits: [
        .trait(name: "X11", description: "Real windows over X11; needs xcb and xkbcommon."),
        .default(enabledTraits: ["X11"]),
    ],
    targets: [
        .target(
            name: "CRatXCB",
            cSettings: [.define("RAT_X11", .when(traits: ["X11"]))],
            linkerSettings: [
                .linkedLibrary("xcb", .when(traits: ["X11"])),
                .linkedLibrary("xcb-xkb", .when(traits: ["X11"])),
                .linkedLibrary("xkbcommon", .when(traits: ["X11"])),
                .linkedLibrary("xkbcommon-x11", .when(traits: ["X11"])),
            ]
        ),
        .target(name: "RatDisplay", swiftSettings: strict),
        .target(
            name: "RatX11",
            dependencies: [
                "RatDisplay",
                .target(name: "CRatXCB", condition: .when(traits: ["X11"])),
            ],
            swiftSettings: strict
        ),

        // Tests.
        .target(
            name: "CRatXTest",
            path: "Tests/CRatXTest",
            cSettings: [.define("RAT_X11", .when(traits: ["X11"]))],
            linkerSettings: [.linkedLibrary("xcb-xtest", .when(traits: ["X11"]))]
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
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)
