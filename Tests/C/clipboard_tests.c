/* The clipboard within one process; Tests/X has what passes between programs. */
#include "send_support.h"

#include <string.h>

static void copyText(RatWindow owner, const char* text)
{
    REQUIRE_OK(RatOpenClipboard(owner));
    REQUIRE_OK(RatEmptyClipboard());
    REQUIRE_OK(RatSetClipboardData(RAT_CF_TEXT, text, text == NULL ? 0 : strlen(text) + 1));
    REQUIRE_OK(RatCloseClipboard());
}

static void checkText(const char* expected)
{
    char text[64] = "";
    size_t size = 0;
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, text, sizeof text, &size), RAT_IPC_OK);
    CHECK_STR(text, expected);
    CHECK_EQ(size, strlen(expected) + 1);
    REQUIRE_OK(RatCloseClipboard());
}

static void noScreen(void) { REQUIRE_OK(RatAttachDisplay("headless")); }

TEST(aClosedClipboardIsReadAndWrittenByNobody)
{
    noScreen();
    size_t size = 7;
    uint32_t next = 7;
    char byte;
    CHECK_STATUS(RatCloseClipboard(), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatEmptyClipboard(), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatSetClipboardData(RAT_CF_TEXT, "a", 2), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, &byte, 1, &size), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(size, 0);
    CHECK_STATUS(RatEnumClipboardFormats(0, &next), RAT_IPC_ERR_WRONG_THREAD);
    CHECK_EQ(next, 0);
}

TEST(badArgumentsOfTheClipboardAreRefused)
{
    noScreen();
    RatWindow window = makeWindow(0), gone = makeWindow(0);
    REQUIRE_OK(RatDestroyWindow(gone));
    size_t size;
    char byte;
    CHECK_STATUS(RatOpenClipboard(gone), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatOpenClipboard(threadQueue()), RAT_IPC_ERR_INVALID_HANDLE);
    REQUIRE_OK(RatOpenClipboard(window));
    REQUIRE_OK(RatEmptyClipboard());
    CHECK_STATUS(RatSetClipboardData(0, "a", 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClipboardData(0xBFFF, "a", 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClipboardData(0x10000, "a", 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClipboardData(RAT_CF_TEXT, NULL, 2), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatSetClipboardData(RAT_CF_TEXT, "a", SIZE_MAX), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatSetClipboardData(RAT_CF_TEXT, "a", (256u << 20) + 1), RAT_IPC_ERR_NO_RESOURCES);
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, NULL, 1, &size), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, &byte, 1, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, &byte, 1, &size), RAT_IPC_ERR_NOT_FOUND);
    CHECK_STATUS(RatEnumClipboardFormats(0, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetClipboardOwner(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatGetOpenClipboardWindow(NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatRegisterClipboardFormat(NULL, NULL), RAT_IPC_ERR_INVALID_ARG);
    CHECK_STATUS(RatAddClipboardFormatListener(gone), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_STATUS(RatRemoveClipboardFormatListener(window), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatAddClipboardFormatListener(window));
    CHECK_STATUS(RatAddClipboardFormatListener(window), RAT_IPC_ERR_ALREADY_EXISTS);
    REQUIRE_OK(RatRemoveClipboardFormatListener(window));
    CHECK(!RatIsClipboardFormatAvailable(0));
    CHECK(!RatIsClipboardFormatAvailable(UINT32_MAX));
    REQUIRE_OK(RatCloseClipboard());
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    REQUIRE_OK(RatEmptyClipboard());
    /* Who would render it? */
    CHECK_STATUS(RatSetClipboardData(RAT_CF_TEXT, NULL, 0), RAT_IPC_ERR_INVALID_ARG);
}

static intptr_t tryToOpen(void* window)
{
    CHECK_STATUS(RatOpenClipboard(*(RatWindow*)window), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatOpenClipboard(RAT_INVALID_HANDLE), RAT_IPC_ERR_ACCESS_DENIED);
    CHECK_STATUS(RatEmptyClipboard(), RAT_IPC_ERR_WRONG_THREAD);
    return 0;
}

TEST(oneThreadHasItOpenInTheNameOfOneWindow)
{
    noScreen();
    RatWindow window = makeWindow(0), other = makeWindow(0), seen;
    REQUIRE_OK(RatOpenClipboard(window));
    CHECK_STATUS(RatOpenClipboard(window), RAT_IPC_OK);
    CHECK_STATUS(RatOpenClipboard(other), RAT_IPC_ERR_ACCESS_DENIED);
    REQUIRE_OK(RatGetOpenClipboardWindow(&seen));
    CHECK_EQ(seen, window);
    onThread(tryToOpen, &window);
    REQUIRE_OK(RatCloseClipboard());
    CHECK_STATUS(RatCloseClipboard(), RAT_IPC_ERR_WRONG_THREAD);
    REQUIRE_OK(RatGetOpenClipboardWindow(&seen));
    CHECK_EQ(seen, RAT_INVALID_HANDLE);
}

static intptr_t openAndLeave(void* unused)
{
    (void)unused;
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    REQUIRE_OK(RatEmptyClipboard());
    REQUIRE_OK(RatSetClipboardData(RAT_CF_TEXT, "left", 5));
    return 0;
}

TEST(aThreadThatEndsClosesWhatItHasOpen)
{
    noScreen();
    onThread(openAndLeave, NULL);
    checkText("left");
}

TEST(dataIsCopiedWholeOrNotAtAll)
{
    noScreen();
    uint32_t format, next;
    REQUIRE_OK(RatRegisterClipboardFormat("Rat test", &format));
    REQUIRE_OK(RatOpenClipboard(makeWindow(0)));
    REQUIRE_OK(RatEmptyClipboard());
    REQUIRE_OK(RatSetClipboardData(format, "\0\1\2", 3));
    REQUIRE_OK(RatSetClipboardData(RAT_CF_PRIVATEFIRST, "", 0));
    size_t size;
    char bytes[4] = "xxx";
    CHECK_STATUS(RatGetClipboardData(format, NULL, 0, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, 3);
    CHECK_STATUS(RatGetClipboardData(format, bytes, 2, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_STR(bytes, "xxx");
    CHECK_STATUS(RatGetClipboardData(format, bytes, SIZE_MAX, &size), RAT_IPC_OK);
    CHECK(memcmp(bytes, "\0\1\2", 3) == 0);
    CHECK_STATUS(RatGetClipboardData(RAT_CF_PRIVATEFIRST, NULL, 0, &size), RAT_IPC_OK);
    CHECK_EQ(size, 0);
    REQUIRE_OK(RatCloseClipboard());
    CHECK_EQ(RatCountClipboardFormats(), 2);
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    REQUIRE_OK(RatEnumClipboardFormats(0, &next));
    CHECK_EQ(next, format);
    REQUIRE_OK(RatEnumClipboardFormats(next, &next));
    CHECK_EQ(next, RAT_CF_PRIVATEFIRST);
    REQUIRE_OK(RatEnumClipboardFormats(next, &next));
    CHECK_EQ(next, 0);
    char name[16];
    CHECK_STATUS(RatGetClipboardFormatName(format, name, 3, &size), RAT_IPC_ERR_BUFFER_TOO_SMALL);
    CHECK_EQ(size, 9);
    REQUIRE_OK(RatGetClipboardFormatName(format, name, sizeof name, NULL));
    CHECK_STR(name, "Rat test");
    CHECK_STATUS(RatGetClipboardFormatName(RAT_CF_TEXT, name, sizeof name, NULL), RAT_IPC_ERR_NOT_FOUND);
}

TEST(malformedTextBecomesWhatIsRight)
{
    noScreen();
    static const uint16_t broken[] = {'a', 0xD800, 'b'};
    static const uint16_t right[] = {'a', 0xFFFD, 'b', 0};
    REQUIRE_OK(RatOpenClipboard(makeWindow(0)));
    REQUIRE_OK(RatEmptyClipboard());
    /* Neither is there a 0, nor a second half of what is one. An odd byte at the end is none. */
    REQUIRE_OK(RatSetClipboardData(RAT_CF_UNICODETEXT, broken, sizeof broken - 1 + 1));
    REQUIRE_OK(RatCloseClipboard());
    checkText("a\xEF\xBF\xBD" "b");
    copyText(makeWindow(0), "a\xFF" "b");
    uint16_t wide[8];
    size_t size;
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    REQUIRE_OK(RatGetClipboardData(RAT_CF_UNICODETEXT, wide, sizeof wide, &size));
    CHECK_EQ(size, sizeof right);
    CHECK(memcmp(wide, right, sizeof right) == 0);
}

/* What the owner's procedure does when it is asked to render. */
static bool (*render)(RatWindow window, uint32_t format);

static bool renders(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)lparam, (void)result;
    if (message == RAT_WM_RENDERFORMAT && render != NULL) render(window, (uint32_t)wparam);
    return false;
}

static bool asksForItself(RatWindow window, uint32_t format)
{
    (void)window;
    size_t size;
    CHECK_STATUS(RatGetClipboardData(format, NULL, 0, &size), RAT_IPC_ERR_NOT_FOUND);
    return true;
}

TEST(anOwnerThatAsksForWhatItIsToRenderGetsNothing)
{
    noScreen();
    onMessage = renders;
    render = asksForItself;
    RatWindow window = makeWindow(0);
    copyText(window, NULL);
    size_t size;
    REQUIRE_OK(RatOpenClipboard(window));
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, NULL, 0, &size), RAT_IPC_ERR_NOT_FOUND);
    CHECK(findLogged(RAT_WM_RENDERFORMAT, 0) >= 0);
}

static bool empties(RatWindow window, uint32_t format)
{
    REQUIRE_OK(RatEmptyClipboard());
    CHECK_STATUS(RatSetClipboardData(format, "new", 4), RAT_IPC_OK);
    (void)window;
    return true;
}

TEST(anOwnerMayEmptyTheClipboardWhileItRenders)
{
    noScreen();
    onMessage = renders;
    render = empties;
    RatWindow window = makeWindow(0);
    copyText(window, NULL);
    size_t size;
    REQUIRE_OK(RatOpenClipboard(window));
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, NULL, 0, &size), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatCloseClipboard());
    checkText("new");
}

static bool dies(RatWindow window, uint32_t format)
{
    (void)format;
    REQUIRE_OK(RatDestroyWindow(window));
    return true;
}

TEST(anOwnerMayDieWhileItRenders)
{
    noScreen();
    onMessage = renders;
    render = dies;
    RatWindow window = makeWindow(0), seen;
    copyText(window, NULL);
    size_t size;
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, NULL, 0, &size), RAT_IPC_ERR_NOT_FOUND);
    REQUIRE_OK(RatGetClipboardOwner(&seen));
    CHECK_EQ(seen, RAT_INVALID_HANDLE);
    REQUIRE_OK(RatCloseClipboard());
    CHECK_EQ(RatCountClipboardFormats(), 0);
}

TEST(aListenerThatDiesIsForgotten)
{
    noScreen();
    RatWindow listener = makeWindow(0), other = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    REQUIRE_OK(RatAddClipboardFormatListener(other));
    REQUIRE_OK(RatDestroyWindow(listener));
    copyText(RAT_INVALID_HANDLE, "news");
    CHECK_EQ(pumpUntil(RAT_WM_CLIPBOARDUPDATE).header.target, other);
}

/* Readers and writers at once. */
enum { ROUNDS = 200, COPIERS = 3 };

static intptr_t copyAndPaste(void* context)
{
    char own[16], text[16];
    size_t size;
    for (int round = 0; round < ROUNDS; round++) {
        while (RatOpenClipboard(RAT_INVALID_HANDLE) != RAT_IPC_OK) RatIsClipboardFormatAvailable(RAT_CF_TEXT);
        own[0] = *(const char*)context;
        memset(own + 1, own[0], sizeof own - 2);
        own[sizeof own - 1] = 0;
        REQUIRE_OK(RatEmptyClipboard());
        REQUIRE_OK(RatSetClipboardData(RAT_CF_TEXT, own, sizeof own));
        REQUIRE_OK(RatGetClipboardData(RAT_CF_TEXT, text, sizeof text, &size));
        CHECK_STR(text, own);
        REQUIRE_OK(RatCloseClipboard());
    }
    return 0;
}

TEST(threadsThatCopyAtOnceSeeWholeTexts)
{
    noScreen();
    Thread threads[COPIERS];
    uint32_t before = RatGetClipboardSequenceNumber();
    for (int i = 0; i < COPIERS; i++) start(&threads[i], copyAndPaste, &"abc"[i]);
    for (int i = 0; i < COPIERS; i++) join(&threads[i]);
    CHECK_EQ(RatGetClipboardSequenceNumber() - before, 2 * ROUNDS * COPIERS);
    CHECK_EQ(RatCountClipboardFormats(), 4);
}

static bool emptied(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)window, (void)wparam, (void)lparam, (void)result;
    if (message == RAT_WM_DESTROYCLIPBOARD) CHECK_STATUS(RatCloseClipboard(), RAT_IPC_OK);
    return false;
}

TEST(anOwnerThatClosesTheClipboardWhileItIsEmptiedEndsThat)
{
    noScreen();
    onMessage = emptied;
    RatWindow window = makeWindow(0);
    copyText(window, "kept");
    REQUIRE_OK(RatOpenClipboard(window));
    CHECK_STATUS(RatEmptyClipboard(), RAT_IPC_ERR_WRONG_THREAD);
    checkText("kept");
}
