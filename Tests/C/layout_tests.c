/* What a compiled program relies on: sizes, offsets and numbers of the interface. */
#include "support.h"

/* The specification's header fields come first, in its order. */
_Static_assert(offsetof(RatMessageHeader, message) == 0, "message");
_Static_assert(offsetof(RatMessageHeader, wparam) == 8, "wparam");
_Static_assert(offsetof(RatMessageHeader, lparam) == 16, "lparam");
_Static_assert(offsetof(RatMessageHeader, sender) == 24, "sender");
_Static_assert(offsetof(RatMessageHeader, size) == 32, "size");
_Static_assert(offsetof(RatMessageHeader, priority) == 36, "priority");
_Static_assert(offsetof(RatMessageHeader, flags) == 40, "flags");
_Static_assert(offsetof(RatMessageHeader, origin) == 44, "origin");
_Static_assert(offsetof(RatMessageHeader, target) == 48, "target");
_Static_assert(offsetof(RatMessageHeader, time) == 56, "time");
_Static_assert(offsetof(RatMessageHeader, x) == 64, "x");
_Static_assert(offsetof(RatMessageHeader, y) == 68, "y");
_Static_assert(offsetof(RatMessageHeader, token) == 72, "token");
_Static_assert(sizeof(RatMessageHeader) == 80, "RatMessageHeader");
_Static_assert(offsetof(RatMessage, header) == 0, "header");
_Static_assert(offsetof(RatMessage, payload) == 80, "payload");
_Static_assert(sizeof(RatMessage) == 88, "RatMessage");

_Static_assert(sizeof(RatHandle) == 8, "RatHandle");
_Static_assert(sizeof(RatIpcStatus) == 4, "RatIpcStatus");
_Static_assert(sizeof(RatWaitResult) == 4, "RatWaitResult");
_Static_assert(sizeof(RatRect) == 16, "RatRect");
_Static_assert(sizeof(RatWindowClass) == 40, "RatWindowClass");
_Static_assert(sizeof(RatCreateStruct) == 64, "RatCreateStruct");
_Static_assert(sizeof(RatWindowCreation) == 72, "RatWindowCreation");
_Static_assert(sizeof(RatWindowPos) == 40, "RatWindowPos");
_Static_assert(sizeof(RatSizeCalculation) == 56, "RatSizeCalculation");
_Static_assert(sizeof(RatMinMaxInfo) == 40, "RatMinMaxInfo");
_Static_assert(sizeof(RatWindowPlacement) == 44, "RatWindowPlacement");
_Static_assert(sizeof(RatInput) == 40, "RatInput");
_Static_assert(sizeof(RatMovePoint) == 16, "RatMovePoint");
_Static_assert(sizeof(RatTrackMouse) == 24, "RatTrackMouse");
_Static_assert(sizeof(RatAccelerator) == 6, "RatAccelerator");
_Static_assert(sizeof(RatHelpInfo) == 40, "RatHelpInfo");
_Static_assert(sizeof(RatStyleStruct) == 8, "RatStyleStruct");
_Static_assert(offsetof(RatPaint, rect) == 24, "rect");
_Static_assert(offsetof(RatPaint, erase) == 40, "erase");
_Static_assert(offsetof(RatPaint, clip) == 48, "clip");
_Static_assert(offsetof(RatPaint, token) == 56, "token");
_Static_assert(sizeof(RatPaint) == 64, "RatPaint");

_Static_assert(sizeof(RatCopyData) == 24, "RatCopyData");
_Static_assert(sizeof(RatCallHook) == 32, "RatCallHook");
_Static_assert(sizeof(RatReturnHook) == 40, "RatReturnHook");
_Static_assert(sizeof(RatMouseHook) == 40, "RatMouseHook");
_Static_assert(sizeof(RatCreateHook) == 16, "RatCreateHook");
_Static_assert(sizeof(RatActivateHook) == 16, "RatActivateHook");
_Static_assert(sizeof(RatTraceEvent) == 56, "RatTraceEvent");

_Static_assert(offsetof(RatCompletion, status) == 8, "status");
_Static_assert(offsetof(RatCompletion, bytesTransferred) == 16, "bytesTransferred");
_Static_assert(offsetof(RatCompletion, misc) == 24, "misc");
_Static_assert(sizeof(RatCompletion) == 32, "RatCompletion");

_Static_assert(RAT_INVALID_HANDLE == 0, "RAT_INVALID_HANDLE");
_Static_assert(RAT_WAIT_OK == 0 && RAT_WAIT_TIMEOUT == 1 && RAT_WAIT_FAILED == 2 &&
                   RAT_WAIT_ABANDONED == 3,
               "RatWaitResult");

TEST(theSpecificationsDesignatedInitialisersCompileAsTheyAre)
{
    RatMessage msg = {
        .header = {.message = 100, .wparam = (uintptr_t)7, .lparam = 0, .size = 0},
        .payload = NULL,
    };
    CHECK_EQ(msg.header.message, 100);
    CHECK_EQ(msg.header.wparam, 7);
    CHECK_EQ(msg.header.priority, RAT_PRIORITY_NORMAL);
    CHECK_EQ(msg.header.target, RAT_INVALID_HANDLE);
}
