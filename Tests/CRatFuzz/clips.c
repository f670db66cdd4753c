/* ratclip.h. */
#include "procedures.h"

static uint32_t someFormat(Fuzz* f)
{
    static const uint32_t formats[] = {
        RAT_CF_TEXT, RAT_CF_OEMTEXT, RAT_CF_DIB, RAT_CF_UNICODETEXT, RAT_CF_LOCALE, RAT_CF_PRIVATEFIRST,
    };
    return oneIn(f, 10) ? (uint32_t)bits(f) : ONE_OF(f, formats);
}

static void openClipboard(Fuzz* f)
{
    RatOpenClipboard(oneIn(f, 3) ? RAT_INVALID_HANDLE : oneIn(f, 10) ? anything(f) : some(f, WINDOWS));
    if (oneIn(f, 2)) RatEmptyClipboard();
}

static void closeClipboard(Fuzz* f)
{
    (void)f;
    RatCloseClipboard();
}

static void setClipboardData(Fuzz* f)
{
    char bytes[64];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)bits(f);
    RatSetClipboardData(someFormat(f), oneIn(f, 3) ? NULL : bytes, oneIn(f, 20) ? SIZE_MAX : below(f, sizeof bytes));
    if (oneIn(f, 3)) RatSetClipboardData(someFormat(f), NULL, 0);
}

static void getClipboardData(Fuzz* f)
{
    char bytes[64];
    size_t size;
    RatGetClipboardData(someFormat(f), oneIn(f, 3) ? NULL : bytes, below(f, sizeof bytes), oneIn(f, 20) ? NULL : &size);
}

static void askClipboard(Fuzz* f)
{
    uint32_t next = 0;
    RatWindow window;
    RatIsClipboardFormatAvailable(someFormat(f));
    RatEnumClipboardFormats(someFormat(f), oneIn(f, 20) ? NULL : &next);
    uint32_t count = RatCountClipboardFormats();
    if (count > 100) complain("the clipboard", "it has more formats than there are");
    RatGetClipboardSequenceNumber();
    RatGetClipboardOwner(oneIn(f, 20) ? NULL : &window);
    RatGetOpenClipboardWindow(oneIn(f, 20) ? NULL : &window);
}

static void nameFormat(Fuzz* f)
{
    char name[16];
    uint32_t format = (uint32_t)bits(f);
    RatRegisterClipboardFormat(oneIn(f, 20) ? NULL : oneIn(f, 20) ? "" : "Fuzz", oneIn(f, 20) ? NULL : &format);
    RatGetClipboardFormatName(format, oneIn(f, 20) ? NULL : name, below(f, sizeof name), NULL);
}

static void listen(Fuzz* f)
{
    RatHandle window = oneIn(f, 10) ? anything(f) : some(f, WINDOWS);
    if (oneIn(f, 2)) RatAddClipboardFormatListener(window);
    else RatRemoveClipboardFormatListener(window);
}

const FuzzCall clipCalls[] = {
    {"RatOpenClipboard", 2, openClipboard},
    {"RatCloseClipboard", 2, closeClipboard},
    {"RatSetClipboardData", 2, setClipboardData},
    {"RatGetClipboardData", 2, getClipboardData},
    {"RatIsClipboardFormatAvailable", 1, askClipboard},
    {"RatRegisterClipboardFormat", 1, nameFormat},
    {"RatAddClipboardFormatListener", 1, listen},
    {NULL, 0, NULL},
};
