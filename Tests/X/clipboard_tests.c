/* The clipboard between programs, on an X server that each test has for itself: xclip, and peers that behave as no
 * decent program does. */
#define _GNU_SOURCE
#include "clipboard_peer.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const uint8_t tenBytes[] = "0123456789";

/* -- What the tests do with the clipboard ----------------------------------------------------------- */

static void copyBytes(RatWindow owner, uint32_t format, const void* data, size_t size)
{
    REQUIRE_OK(RatOpenClipboard(owner));
    REQUIRE_OK(RatEmptyClipboard());
    REQUIRE_OK(RatSetClipboardData(format, data, size));
    REQUIRE_OK(RatCloseClipboard());
}

/* To be freed; NULL, and the status, if it fails. */
static uint8_t* paste(uint32_t format, size_t* size, RatStatus* status)
{
    uint8_t* data = NULL;
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    *status = RatGetClipboardData(format, NULL, 0, size);
    if (*status == RAT_IPC_ERR_BUFFER_TOO_SMALL) {
        data = malloc(*size);
        *status = RatGetClipboardData(format, data, *size, size);
    }
    REQUIRE_OK(RatCloseClipboard());
    return data;
}

static void checkPasted(uint32_t format, const void* expected, size_t expectedSize)
{
    size_t size = 0;
    RatStatus status;
    uint8_t* data = paste(format, &size, &status);
    CHECK_STATUS(status, RAT_IPC_OK);
    CHECK_EQ(size, expectedSize);
    CHECK(data != NULL && size == expectedSize && memcmp(data, expected, size) == 0);
    free(data);
}

static void checkNotPasted(uint32_t format, RatStatus expected)
{
    size_t size;
    RatStatus status;
    free(paste(format, &size, &status));
    CHECK_STATUS(status, expected);
}

/* Starts a peer and returns when the library has heard of it. */
static void startHeardPeer(Peer* peer)
{
    RatWindow listener = makeWindow(0);
    RatIsClipboardFormatAvailable(RAT_CF_TEXT);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    drain();
    startPeer(peer);
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    REQUIRE_OK(RatRemoveClipboardFormatListener(listener));
}

static uint64_t millisecondsSince(uint64_t start) { return (now() - start) / 1000000; }

static uint8_t* pattern(size_t size)
{
    uint8_t* bytes = malloc(size + 1);
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)(i * 31 + (i >> 8) * 7);
    return bytes;
}

static uint32_t format(const char* name)
{
    uint32_t number = 0;
    REQUIRE_OK(RatRegisterClipboardFormat(name, &number));
    return number;
}

/* Retrieves and dispatches on a thread of its own, with a window that owns the clipboard. */
typedef struct {
    void (*copy)(RatWindow window);
    RatWindow window;
    RatEvent ready;
    Thread thread;
} Owner;

static intptr_t runOwner(void* context)
{
    Owner* owner = context;
    REQUIRE_OK(tryWindow(0, &owner->window));
    owner->copy(owner->window);
    REQUIRE_OK(RatSetEvent(owner->ready));
    RatMessage msg;
    while (RatGetMessage(threadQueue(), &msg, -1) == RAT_IPC_OK) RatDispatchMessage(&msg);
    return 0;
}

static void startOwner(Owner* owner, void (*copy)(RatWindow window))
{
    registerTestClass();
    owner->copy = copy;
    REQUIRE_OK(RatCreateEvent(false, false, &owner->ready));
    start(&owner->thread, runOwner, owner);
    REQUIRE(RatWaitForObject(owner->ready, SOON) == RAT_WAIT_OK);
}

static void endOwner(Owner* owner)
{
    RatMessage quit = plain(RAT_WM_QUIT);
    REQUIRE_OK(RatPostMessage(owner->window, &quit));
    join(&owner->thread);
}

static void shell(const char* command)
{
    int status = system(command);
    if (status != 0) fprintf(stderr, "%s: %d\n", command, status);
    CHECK(status == 0);
}

/* -- xclip ------------------------------------------------------------------------------------------ */

TEST(tenMegabytesOfTextComeFromXclipAndGoToIt)
{
    /* Without a line, so that what goes out is what came in. */
    shell("head -c 7500000 /dev/urandom | base64 -w 0 > text");
    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    RatIsClipboardFormatAvailable(RAT_CF_TEXT);
    drain();
    shell("xclip -selection clipboard -i text > /dev/null 2>&1");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    FILE* file = fopen("text", "rb");
    REQUIRE(file != NULL);
    char* text = calloc(1, 10000001);
    CHECK_EQ(fread(text, 1, 10000000, file), 10000000);
    fclose(file);
    checkPasted(RAT_CF_TEXT, text, 10000001);
    /* Back out again, by a thread that is busy all the time. */
    copyBytes(listener, RAT_CF_TEXT, text, 10000001);
    shell("xclip -selection clipboard -o > back");
    shell("cmp text back");
    free(text);
}

TEST(theFirstThingThatAProcessDoesMayBeToPaste)
{
    shell("printf 'from xclip' | xclip -selection clipboard -i > /dev/null 2>&1");
    shell("until xclip -selection clipboard -o 2> /dev/null | grep -q 'from xclip'; do :; done");
    checkPasted(RAT_CF_TEXT, "from xclip", sizeof "from xclip");
}

TEST(aForkedChildCopiesAndPastes)
{
    copyBytes(RAT_INVALID_HANDLE, RAT_CF_TEXT, "parent", sizeof "parent");
    /* The clipboard's thread has begun, and sleeps or is about to. */
    shell("test \"$(xclip -selection clipboard -o)\" = parent");
    pid_t child = fork();
    if (child == 0) {
        size_t size;
        RatStatus result;
        uint8_t* text = paste(RAT_CF_TEXT, &size, &result);
        if (text == NULL || strcmp((char*)text, "parent") != 0) _exit(1);
        copyBytes(RAT_INVALID_HANDLE, RAT_CF_TEXT, "child", sizeof "child");
        _exit(system("test \"$(xclip -selection clipboard -o)\" = child") == 0 ? 0 : 2);
    }
    int status;
    REQUIRE(child > 0 && waitpid(child, &status, 0) == child);
    CHECK_EQ(status, 0);
}

TEST(linesAndSignsAreEachSidesOwn)
{
    static const uint16_t wide[] = {'a', '\r', '\n', 0xE4, 0x20AC, 0xD83D, 0xDE00, '\r', '\n', 0};
    copyBytes(makeWindow(0), RAT_CF_UNICODETEXT, wide, sizeof wide);
    shell("printf 'a\\n\\303\\244\\342\\202\\254\\360\\237\\230\\200\\n' > expected");
    shell("xclip -selection clipboard -o -t UTF8_STRING | cmp - expected");
    shell("xclip -selection clipboard -o -t 'text/plain;charset=utf-8' | cmp - expected");
    shell("xclip -selection clipboard -o -t STRING | od -An -tx1 | grep -q '61 0a e4 3f 3f 0a'");
    shell("xclip -selection clipboard -o -t TARGETS | grep -qx UTF8_STRING");
    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    shell("xclip -selection clipboard -i expected > /dev/null 2>&1");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    checkPasted(RAT_CF_UNICODETEXT, wide, sizeof wide);
}

TEST(anyBytesPassUnderAName)
{
    size_t size = 3000001;
    uint8_t* bytes = pattern(size);
    uint32_t own = format("application/x-rat-test");
    copyBytes(makeWindow(0), own, bytes, size);
    shell("xclip -selection clipboard -o -t application/x-rat-test > out");
    FILE* file = fopen("out", "rb");
    uint8_t* back = malloc(size + 1);
    CHECK_EQ(fread(back, 1, size + 1, file), size);
    CHECK(memcmp(bytes, back, size) == 0);
    fclose(file);
    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    shell("xclip -selection clipboard -t application/x-rat-other -i out > /dev/null 2>&1");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    CHECK(!RatIsClipboardFormatAvailable(own));
    CHECK(!RatIsClipboardFormatAvailable(RAT_CF_TEXT));
    checkPasted(format("application/x-rat-other"), bytes, size);
    free(bytes);
    free(back);
}

TEST(pagesAndPicturesHaveTheNamesOfEachSide)
{
    static const char html[] = "<html><body><b>bold</b></body></html>";
    static const char head[] = "Version:0.9\r\nStartHTML:%010d\r\nEndHTML:%010d\r\n%s";
    char text[256];
    int start = snprintf(text, sizeof text, head, 0, 0, "");
    snprintf(text, sizeof text, head, start, start + (int)strlen(html), html);
    copyBytes(makeWindow(0), format("HTML Format"), text, strlen(text));
    shell("xclip -selection clipboard -o -t text/html > page");
    shell("printf '<html><body><b>bold</b></body></html>' | cmp - page");
    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    shell("xclip -selection clipboard -t text/html -i page > /dev/null 2>&1");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    size_t size;
    RatStatus status;
    char* data = (char*)paste(format("HTML Format"), &size, &status);
    CHECK_STATUS(status, RAT_IPC_OK);
    REQUIRE(data != NULL);
    data = realloc(data, size + 1);
    data[size] = 0;
    CHECK(strstr(data, "<b>bold</b>") != NULL);
    int from = atoi(strstr(data, "StartFragment:") + 14), to = atoi(strstr(data, "EndFragment:") + 12);
    CHECK_EQ(to - from, 11);
    CHECK(memcmp(data + from, "<b>bold</b>", 11) == 0);
    free(data);
    /* One pixel of 32 bits. */
    uint8_t picture[44] = {40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 32, 0};
    memcpy(picture + 40, "\1\2\3\4", 4);
    copyBytes(listener, RAT_CF_DIB, picture, sizeof picture);
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    shell("xclip -selection clipboard -o -t image/bmp > picture");
    shell("head -c 2 picture | grep -q BM && [ $(wc -c < picture) = 58 ]");
    shell("xclip -selection clipboard -t image/bmp -i picture > /dev/null 2>&1");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    checkPasted(RAT_CF_DIB, picture, sizeof picture);
}

/* -- A program with GTK ------------------------------------------------------------------------------ */

/* Runs a few lines of Python, the system's, with a GTK clipboard at hand. */
static void gtk(const char* lines, const char* andThen)
{
    char command[1024];
    snprintf(command, sizeof command,
             "{ echo 'import gi'\n"
             "echo 'gi.require_version(\"Gtk\", \"3.0\")'\n"
             "echo 'from gi.repository import Gdk, GdkPixbuf, Gtk'\n"
             "echo 'board = Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD)'\n"
             "echo '%s'; } > gtk.py; timeout 60 /usr/bin/python3 gtk.py %s",
             lines, andThen);
    shell(command);
}

TEST(aProgramWithGtkCopiesAndPastes)
{
    static const uint16_t text[] = {'G', 0xFC, '\r', '\n', 'x', 0};
    copyBytes(makeWindow(0), RAT_CF_UNICODETEXT, text, sizeof text);
    gtk("open(\"got\", \"wb\").write(board.wait_for_text().encode())", "> /dev/null 2>&1");
    shell("printf 'G\\303\\274\\nx' | cmp - got");
    copyBytes(makeWindow(0), format("application/x-rat-test"), tenBytes, sizeof tenBytes);
    gtk("data = board.wait_for_contents(Gdk.Atom.intern(\"application/x-rat-test\", False))\n"
        "open(\"raw\", \"wb\").write(data.get_data())",
        "> /dev/null 2>&1");
    shell("printf '0123456789\\0' | cmp - raw");

    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    gtk("board.set_text(\"G\" + chr(252) + chr(10) + \"x\", -1)\nGtk.main()", "> /dev/null 2>&1 &");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    checkPasted(RAT_CF_UNICODETEXT, text, sizeof text);
    gtk("board.set_image(GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 2, 3))\nGtk.main()",
        "> /dev/null 2>&1 &");
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    size_t size;
    RatStatus status;
    uint8_t* picture = paste(format("image/png"), &size, &status);
    CHECK_STATUS(status, RAT_IPC_OK);
    CHECK(picture != NULL && size > 8 && memcmp(picture, "\x89PNG", 4) == 0);
    free(picture);
}

/* -- Programs that offer ---------------------------------------------------------------------------- */

TEST(whatAnotherProgramCopiesTakesOwnershipAway)
{
    RatWindow owner = makeWindow(0), seen;
    copyBytes(owner, RAT_CF_TEXT, "mine", 5);
    uint32_t before = RatGetClipboardSequenceNumber();
    Peer peer = {.manner = PEER_ANSWERS, .data = tenBytes, .size = 10};
    startHeardPeer(&peer);
    CHECK(RatGetClipboardSequenceNumber() != before);
    REQUIRE_OK(RatGetClipboardOwner(&seen));
    CHECK_EQ(seen, RAT_INVALID_HANDLE);
    CHECK(findLogged(RAT_WM_DESTROYCLIPBOARD, 0) >= 0);
    checkPasted(RAT_CF_TEXT, "0123456789", 11);
    /* Once is enough. */
    checkPasted(RAT_CF_TEXT, "0123456789", 11);
    CHECK_EQ(peer.asked, 1);
    endPeer(&peer);
}

TEST(anOwnerThatGoesLeavesNothing)
{
    Peer peer = {.manner = PEER_ANSWERS, .data = tenBytes, .size = 10};
    startHeardPeer(&peer);
    CHECK(RatIsClipboardFormatAvailable(RAT_CF_TEXT));
    RatWindow listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    endPeer(&peer);
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    CHECK(!RatIsClipboardFormatAvailable(RAT_CF_TEXT));
    CHECK_EQ(RatCountClipboardFormats(), 0);
}

TEST(nothingChangesUnderAReader)
{
    copyBytes(makeWindow(0), RAT_CF_TEXT, "mine", 5);
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    Peer peer = {.manner = PEER_ANSWERS, .data = tenBytes, .size = 10};
    startPeer(&peer);
    /* By the library, when it has heard of the peer. */
    untilListed(&peer);
    char text[16];
    size_t size;
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, text, sizeof text, &size), RAT_IPC_OK);
    CHECK_STR(text, "mine");
    REQUIRE_OK(RatCloseClipboard());
    checkPasted(RAT_CF_TEXT, "0123456789", 11);
    endPeer(&peer);
}

TEST(piecesOfOddSizesAreOneText)
{
    size_t size = 1000003;
    uint8_t* bytes = pattern(size);
    Peer peer = {.manner = PEER_SENDS_PIECES, .target = "x-rat/pieces", .data = bytes, .size = size, .pieceSize = 65537};
    startHeardPeer(&peer);
    checkPasted(format("x-rat/pieces"), bytes, size);
    endPeer(&peer);
    free(bytes);
}

TEST(aProgramThatSaysNothingHasNothingAndCostsThreeSeconds)
{
    Peer peer = {.manner = PEER_HANGS};
    RatIsClipboardFormatAvailable(RAT_CF_TEXT);
    startPeer(&peer);
    uint64_t start = now();
    CHECK(!RatIsClipboardFormatAvailable(RAT_CF_TEXT));
    checkNotPasted(RAT_CF_TEXT, RAT_IPC_ERR_NOT_FOUND);
    CHECK(millisecondsSince(start) < 4000);
    /* It is not asked again. */
    start = now();
    CHECK(!RatIsClipboardFormatAvailable(RAT_CF_TEXT));
    CHECK(millisecondsSince(start) < 1000);
    endPeer(&peer);
}

static void checkHanging(PeerManner manner)
{
    Peer peer = {.manner = manner, .data = tenBytes, .size = 10, .pieceSize = 3};
    startHeardPeer(&peer);
    uint64_t start = now();
    checkNotPasted(RAT_CF_TEXT, RAT_IPC_ERR_TIMEOUT);
    CHECK(millisecondsSince(start) < 4000);
    endPeer(&peer);
}

TEST(aProgramThatHangsWhenAskedCostsTwoSeconds) { checkHanging(PEER_HANGS_AT_DATA); }
TEST(aProgramThatHangsBetweenPiecesCostsTwoSeconds) { checkHanging(PEER_HANGS_IN_PIECES); }

static void checkFailing(PeerManner manner, size_t size, RatStatus expected)
{
    uint8_t* bytes = calloc(1, size);
    Peer peer = {.manner = manner, .data = bytes, .size = size, .pieceSize = size};
    startHeardPeer(&peer);
    checkNotPasted(RAT_CF_TEXT, expected);
    if (peer.isGone) join(&peer.thread);
    else endPeer(&peer);
    /* The clipboard works on. */
    copyBytes(makeWindow(0), RAT_CF_TEXT, "next", 5);
    checkPasted(RAT_CF_TEXT, "next", 5);
    free(bytes);
}

TEST(aProgramThatRefusesHasNothing) { checkFailing(PEER_REFUSES, 10, RAT_IPC_ERR_NOT_FOUND); }
TEST(nonsenseIsNothing) { checkFailing(PEER_SENDS_NONSENSE, 10, RAT_IPC_ERR_NOT_FOUND); }
TEST(aClaimOfFourGigabytesIsRefused) { checkFailing(PEER_CLAIMS_4_GIB, 10, RAT_IPC_ERR_NO_RESOURCES); }
TEST(piecesWithoutAnEndAreRefused) { checkFailing(PEER_SENDS_FOR_EVER, 4 << 20, RAT_IPC_ERR_NO_RESOURCES); }

TEST(aPropertyThatIsTooLargeIsNotTaken)
{
    size_t size = (256 << 20) + 1;
    uint8_t* bytes = calloc(1, size);
    Peer peer = {.manner = PEER_IS_TOO_LARGE, .data = bytes, .size = size};
    startHeardPeer(&peer);
    RatStatus status;
    free(paste(RAT_CF_TEXT, &size, &status));
    /* To write it takes a while. */
    CHECK(status == RAT_IPC_ERR_NO_RESOURCES || status == RAT_IPC_ERR_TIMEOUT);
    CHECK_EQ(size, 0);
    endPeer(&peer);
    free(bytes);
}

TEST(aProgramThatDiesWhenAskedHasNothing)
{
    Peer peer = {.manner = PEER_DIES_AT_DATA};
    startHeardPeer(&peer);
    uint64_t start = now();
    size_t size;
    RatStatus status;
    free(paste(RAT_CF_TEXT, &size, &status));
    CHECK(status == RAT_IPC_ERR_NOT_FOUND || status == RAT_IPC_ERR_TIMEOUT);
    CHECK(millisecondsSince(start) < 4000);
    /* Who was too slow to be asked still lives. */
    CHECK(peer.isGone || status == RAT_IPC_ERR_TIMEOUT);
    if (peer.isGone) join(&peer.thread);
    else endPeer(&peer);
}

TEST(aProgramThatDiesBetweenPiecesHasNothing)
{
    Peer peer = {.manner = PEER_DIES_IN_PIECES, .data = tenBytes, .size = 10, .pieceSize = 3};
    startHeardPeer(&peer);
    uint64_t start = now();
    size_t size;
    RatStatus status;
    free(paste(RAT_CF_TEXT, &size, &status));
    CHECK(status == RAT_IPC_ERR_NOT_FOUND || status == RAT_IPC_ERR_TIMEOUT);
    CHECK(millisecondsSince(start) < 4000);
    /* Who was too slow to be asked still lives. */
    CHECK(peer.isGone || status == RAT_IPC_ERR_TIMEOUT);
    if (peer.isGone) join(&peer.thread);
    else endPeer(&peer);
}

/* -- Programs that paste ---------------------------------------------------------------------------- */

static void copyLarge(RatWindow window)
{
    size_t size = 2000003;
    uint8_t* bytes = pattern(size);
    copyBytes(window, format("x-rat/large"), bytes, size);
    free(bytes);
}

TEST(aBusyThreadKeepsNobodyFromPasting)
{
    /* This thread retrieves nothing from here on. */
    copyLarge(makeWindow(0));
    Paster paster;
    openPaster(&paster);
    REQUIRE(ask(&paster, "x-rat/large", "HERE"));
    size_t size;
    char type[64] = "";
    uint8_t* data = take(&paster, "HERE", &size, type);
    uint8_t* expected = pattern(2000003);
    CHECK_EQ(size, 2000003);
    CHECK_STR(type, "x-rat/large");
    CHECK(data != NULL && memcmp(data, expected, 2000003) == 0);
    CHECK(!ask(&paster, "x-rat/none", "HERE"));
    CHECK(ask(&paster, "TIMESTAMP", "HERE"));
    free(data);
    free(expected);
    closePaster(&paster);
}

static void copyPromise(RatWindow window)
{
    REQUIRE_OK(RatOpenClipboard(window));
    REQUIRE_OK(RatEmptyClipboard());
    REQUIRE_OK(RatSetClipboardData(RAT_CF_TEXT, NULL, 0));
    REQUIRE_OK(RatSetClipboardData(RAT_CF_PRIVATEFIRST, NULL, 0));
    REQUIRE_OK(RatCloseClipboard());
}

static bool renderText(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam, RatResult* result)
{
    (void)window, (void)lparam, (void)result;
    if (message == RAT_WM_RENDERFORMAT)
        CHECK_STATUS(RatSetClipboardData((uint32_t)wparam, "made\r\nnow", 10), RAT_IPC_OK);
    return false;
}

TEST(aPromiseIsKeptWhenAnotherProgramPastes)
{
    onMessage = renderText;
    Owner owner;
    startOwner(&owner, copyPromise);
    uint32_t before = RatGetClipboardSequenceNumber();
    Paster paster;
    openPaster(&paster);
    for (int i = 0; i < 2; i++) {
        REQUIRE(ask(&paster, "UTF8_STRING", "HERE"));
        size_t size;
        char type[64] = "";
        uint8_t* data = take(&paster, "HERE", &size, type);
        CHECK_EQ(size, 8);
        CHECK(data != NULL && memcmp(data, "made\nnow", 8) == 0);
        CHECK_STR(type, "UTF8_STRING");
        free(data);
    }
    CHECK_EQ(RatGetClipboardSequenceNumber(), before);
    closePaster(&paster);
    endOwner(&owner);
}

TEST(aPromiseThatIsNotKeptIsRefused)
{
    Owner owner;
    startOwner(&owner, copyPromise);
    Paster paster;
    openPaster(&paster);
    CHECK(!ask(&paster, "UTF8_STRING", "HERE"));
    closePaster(&paster);
    endOwner(&owner);
}

TEST(aPromiseOfAThreadThatHangsIsRefusedInTime)
{
    copyPromise(makeWindow(0));
    Paster paster;
    openPaster(&paster);
    uint64_t start = now();
    askOnly(&paster, "UTF8_STRING", "HERE");
    /* Others are answered meanwhile. */
    CHECK(ask(&paster, "TARGETS", "THERE"));
    CHECK(millisecondsSince(start) < 4000);
    CHECK(!awaitAnswer(&paster));
    CHECK(millisecondsSince(start) < 8000);
    closePaster(&paster);
}

TEST(manyAreGivenAtOnceAndWhatIsNotThereIsMarked)
{
    copyBytes(makeWindow(0), RAT_CF_TEXT, "all", 4);
    Paster paster;
    openPaster(&paster);
    xcb_connection_t* connection = paster.connection;
    uint32_t pairs[] = {
        atomOf(connection, "UTF8_STRING"), atomOf(connection, "A"), atomOf(connection, "x-rat/none"),
        atomOf(connection, "B"),           atomOf(connection, "TARGETS"), atomOf(connection, "C"),
    };
    xcb_change_property(connection, XCB_PROP_MODE_REPLACE, paster.window, atomOf(connection, "HERE"),
                        atomOf(connection, "ATOM_PAIR"), 32, 6, pairs);
    CHECK(ask(&paster, "MULTIPLE", "HERE"));
    size_t size;
    uint32_t* told = (uint32_t*)take(&paster, "HERE", &size, NULL);
    REQUIRE(size == sizeof pairs);
    CHECK_EQ(told[1], pairs[1]);
    CHECK_EQ(told[3], 0);
    CHECK_EQ(told[5], pairs[5]);
    uint8_t* text = take(&paster, "A", &size, NULL);
    CHECK(size == 3 && memcmp(text, "all", 3) == 0);
    /* Nor are there more than 64 at once. */
    uint32_t many[130];
    for (int i = 0; i < 130; i++) many[i] = pairs[i % 2];
    xcb_change_property(connection, XCB_PROP_MODE_REPLACE, paster.window, atomOf(connection, "HERE"),
                        atomOf(connection, "ATOM_PAIR"), 32, 130, many);
    CHECK(!ask(&paster, "MULTIPLE", "HERE"));
    /* Without a list there is nothing to give. */
    CHECK(!ask(&paster, "MULTIPLE", "NOWHERE"));
    free(told);
    free(text);
    closePaster(&paster);
}

TEST(onePasterThatStopsBetweenPiecesKeepsNoOther)
{
    copyLarge(makeWindow(0));
    Paster stopped, gone, other;
    openPaster(&stopped);
    openPaster(&gone);
    openPaster(&other);
    CHECK(ask(&stopped, "x-rat/large", "HERE"));
    CHECK(ask(&gone, "x-rat/large", "HERE"));
    closePaster(&gone);
    REQUIRE(ask(&other, "x-rat/large", "HERE"));
    size_t size;
    uint8_t* data = take(&other, "HERE", &size, NULL);
    CHECK_EQ(size, 2000003);
    free(data);
    closePaster(&stopped);
    closePaster(&other);
}

TEST(withoutXfixesTheClipboardIsTheProcessesOwn)
{
    REQUIRE(setenv("RAT_X11_DISABLE", "xfixes", 1) == 0);
    copyBytes(makeWindow(0), RAT_CF_TEXT, "mine", 5);
    checkPasted(RAT_CF_TEXT, "mine", 5);
    Paster paster;
    openPaster(&paster);
    CHECK(!ask(&paster, "UTF8_STRING", "HERE"));
    closePaster(&paster);
}

/* -- The end of the process -------------------------------------------------------------------------- */

static Manager manager;

static void checkKept(void)
{
    if (strcmp(manager.text, "stays") == 0) return;
    fprintf(stderr, "the manager has \"%s\"\n", manager.text);
    _exit(1);
}

TEST(aManagerKeepsWhatAProgramThatEndsHasCopied)
{
    /* Runs after what the library does then. */
    REQUIRE(atexit(checkKept) == 0);
    startManager(&manager);
    copyBytes(makeWindow(0), RAT_CF_TEXT, "stays", 6);
}

TEST(aChildThatEndsAsksNobody)
{
    copyBytes(makeWindow(0), RAT_CF_TEXT, "stays", 6);
    uint64_t start = now();
    pid_t child = fork();
    if (child == 0) {
        CHECK_EQ(RatCountClipboardFormats(), 0);
        exit(0);
    }
    int status;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK_EQ(status, 0);
    CHECK(millisecondsSince(start) < 1500);
    /* The parent's goes on. */
    Paster paster;
    openPaster(&paster);
    CHECK(ask(&paster, "UTF8_STRING", "HERE"));
    closePaster(&paster);
}

/* -- Several threads with windows -------------------------------------------------------------------- */

static void copyOwnName(RatWindow window) { copyBytes(window, RAT_CF_TEXT, "thread", 7); }

TEST(threadsWithWindowsShareItWithEachOtherAndOtherPrograms)
{
    Owner owner;
    startOwner(&owner, copyOwnName);
    RatWindow seen, listener = makeWindow(0);
    REQUIRE_OK(RatAddClipboardFormatListener(listener));
    checkPasted(RAT_CF_TEXT, "thread", 7);
    REQUIRE_OK(RatGetClipboardOwner(&seen));
    CHECK_EQ(seen, owner.window);
    Peer peer = {.manner = PEER_ANSWERS, .data = tenBytes, .size = 10};
    startPeer(&peer);
    pumpUntil(RAT_WM_CLIPBOARDUPDATE);
    checkPasted(RAT_CF_TEXT, "0123456789", 11);
    copyBytes(listener, RAT_CF_TEXT, "main", 5);
    shell("[ \"$(xclip -selection clipboard -o)\" = main ]");
    endPeer(&peer);
    endOwner(&owner);
    checkPasted(RAT_CF_TEXT, "main", 5);
}

TEST(theServerMayGoWhileItIsWaitedFor)
{
    Peer peer = {.manner = PEER_ENDS_THE_SERVER};
    startHeardPeer(&peer);
    REQUIRE_OK(RatOpenClipboard(RAT_INVALID_HANDLE));
    size_t size;
    uint64_t start = now();
    CHECK_STATUS(RatGetClipboardData(RAT_CF_TEXT, NULL, 0, &size), RAT_IPC_ERR_NOT_CONNECTED);
    CHECK(millisecondsSince(start) < 1900);
    REQUIRE_OK(RatCloseClipboard());
    CHECK_EQ(RatCountClipboardFormats(), 0);
    join(&peer.thread);
}

/* -- The server ------------------------------------------------------------------------------------- */

TEST(withoutItsServerTheClipboardIsTheProcessesOwn)
{
    copyBytes(makeWindow(0), RAT_CF_TEXT, "mine", 5);
    Peer peer = {.manner = PEER_ANSWERS, .data = tenBytes, .size = 10};
    startHeardPeer(&peer);
    const char* pid = getenv("XVFB_PID");
    REQUIRE(pid != NULL && kill(atoi(pid), SIGKILL) == 0);
    join(&peer.thread);
    size_t size;
    RatStatus status;
    free(paste(RAT_CF_TEXT, &size, &status));
    CHECK(status == RAT_IPC_ERR_NOT_CONNECTED || status == RAT_IPC_ERR_NOT_FOUND);
    copyBytes(RAT_INVALID_HANDLE, RAT_CF_TEXT, "alone", 6);
    checkPasted(RAT_CF_TEXT, "alone", 6);
}
