/* Regions. */
#include "support.h"

static RatRegion region(RatRect rect)
{
    RatRegion made = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(&rect, 1, &made));
    return made;
}

static void checkRects(RatRegion region, const RatRect* expected, size_t count)
{
    RatRect rects[16];
    size_t found = 0;
    REQUIRE_OK(RatGetRegionRects(region, rects, 16, &found));
    CHECK_EQ(found, count);
    for (size_t i = 0; i < found && i < count; i++) {
        CHECK_EQ(rects[i].left, expected[i].left);
        CHECK_EQ(rects[i].top, expected[i].top);
        CHECK_EQ(rects[i].right, expected[i].right);
        CHECK_EQ(rects[i].bottom, expected[i].bottom);
    }
}

TEST(aRegionIsWhatItsRectanglesCover)
{
    RatRect given[] = {{0, 0, 10, 10}, {5, 5, 15, 15}, {3, 3, 3, 9}, {9, 9, 2, 2}};
    RatRegion made = RAT_INVALID_HANDLE;
    REQUIRE_OK(RatCreateRegion(given, 4, &made));
    CHECK_EQ(RatGetHandleKind(made), RAT_HANDLE_REGION);
    RatRect bands[] = {{0, 0, 10, 5}, {0, 5, 15, 10}, {5, 10, 15, 15}};
    checkRects(made, bands, 3);
    RatRect bounds;
    REQUIRE_OK(RatGetRegionBounds(made, &bounds));
    CHECK(bounds.left == 0 && bounds.top == 0 && bounds.right == 15 && bounds.bottom == 15);
    bool contains = false;
    REQUIRE_OK(RatRegionContainsPoint(made, 14, 14, &contains));
    CHECK(contains);
    REQUIRE_OK(RatRegionContainsPoint(made, 14, 4, &contains));
    CHECK(!contains);
    uint32_t coverage = 9;
    RatRect inside = {2, 2, 9, 9}, across = {8, 0, 12, 5}, outside = {11, 0, 15, 5};
    REQUIRE_OK(RatRegionContainsRect(made, &inside, &coverage));
    CHECK_EQ(coverage, RAT_COVERS_ALL);
    REQUIRE_OK(RatRegionContainsRect(made, &across, &coverage));
    CHECK_EQ(coverage, RAT_COVERS_PART);
    REQUIRE_OK(RatRegionContainsRect(made, &outside, &coverage));
    CHECK_EQ(coverage, RAT_COVERS_NONE);
    REQUIRE_OK(RatOffsetRegion(made, 100, -5));
    RatRect moved[] = {{100, -5, 110, 0}, {100, 0, 115, 5}, {105, 5, 115, 10}};
    checkRects(made, moved, 3);
    REQUIRE_OK(RatSetRegion(made, NULL, 0));
    checkRects(made, NULL, 0);
    REQUIRE_OK(RatCloseRegion(made));
    CHECK_STATUS(RatCloseRegion(made), RAT_IPC_ERR_INVALID_HANDLE);
}

TEST(regionsAreCombined)
{
    RatRegion a = region((RatRect){0, 0, 10, 10}), b = region((RatRect){5, 0, 15, 10});
    RatRegion target = region((RatRect){0, 0, 1, 1});
    struct {
        uint32_t mode;
        RatRect rects[2];
        size_t count;
    } rows[] = {
        {RAT_RGN_AND, {{5, 0, 10, 10}}, 1},
        {RAT_RGN_OR, {{0, 0, 15, 10}}, 1},
        {RAT_RGN_XOR, {{0, 0, 5, 10}, {10, 0, 15, 10}}, 2},
        {RAT_RGN_DIFF, {{0, 0, 5, 10}}, 1},
        {RAT_RGN_COPY, {{0, 0, 10, 10}}, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        REQUIRE_OK(RatCombineRegions(target, a, b, rows[i].mode));
        checkRects(target, rows[i].rects, rows[i].count);
    }
    bool equal = false;
    REQUIRE_OK(RatEqualRegions(target, a, &equal));
    CHECK(equal);
    REQUIRE_OK(RatCombineRegions(a, a, b, RAT_RGN_OR));
    REQUIRE_OK(RatEqualRegions(target, a, &equal));
    CHECK(!equal);
    CHECK_STATUS(RatCombineRegions(a, a, b, 0), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCombineRegions(a, a, b, 6), RAT_IPC_ERR_INVALID_ARG);
}

TEST(badRegionsAreRefused)
{
    RatRect rect = {0, 0, 1, 1};
    RatRegion made = region(rect);
    RatRegion other = 7;
    CHECK_STATUS(RatCreateRegion(&rect, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatCreateRegion(NULL, 1, &other), RAT_IPC_ERR_INVALID_ARG);
    CHECK_EQ(other, RAT_INVALID_HANDLE);
    CHECK_STATUS(RatCreateRegion(&rect, SIZE_MAX, &other), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetRegion(made, NULL, 3), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetRegionBounds(made, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetRegionRects(made, &rect, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    size_t count = 9;
    CHECK_STATUS(RatGetRegionRects(made, NULL, 1, &count), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetRegionRects(made, NULL, 0, &count), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(count, 1);
    CHECK_STATUS(RatRegionContainsPoint(made, 0, 0, NULL), RAT_IPC_ERR_INVALID_ARG);
    uint32_t coverage;
    CHECK_STATUS(RatRegionContainsRect(made, NULL, &coverage), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegionContainsRect(made, &rect, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatEqualRegions(made, made, NULL), RAT_IPC_ERR_INVALID_ARG);
    RatWaitResult waited = RatWaitForObject(made, 0);
    CHECK_EQ(waited, RAT_WAIT_FAILED);
    REQUIRE_OK(RatOffsetRegion(made, INT32_MAX, INT32_MIN));
}
