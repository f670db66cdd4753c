/* What the files of librat-win32 share. Nothing of it leaves the library.
 *
 * Windows, queues and objects are Rat's: a HWND or a HANDLE is a RatHandle's number. A window of a Win32 class
 * has `windowProcedure` as its procedure in Rat; which procedure the program gave, and whether it is an A or a W
 * one, is in the window's record. Inside Rat texts are UTF-8 and creation is told by RatCreateStruct; they
 * become what the program's procedure takes where it is called, and nowhere else.
 */
#ifndef INTERNAL_H
#define INTERNAL_H

#include <rat.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include "drawing.h"

#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

static inline RatHandle handleOf(const void* object)
{
    return (RatHandle)(uintptr_t)object;
}

static inline void* objectOf(RatHandle handle)
{
    return (void*)(uintptr_t)handle;
}

/* -- errors.c: what a failure is to GetLastError(), by what the call was about ----------------------- */

typedef enum {
    SUBJECT_OBJECT,
    SUBJECT_WINDOW,
    SUBJECT_CLASS,
    SUBJECT_POST,
    SUBJECT_THREAD,
    SUBJECT_HOOK,
    SUBJECT_ACCELERATOR,
    SUBJECT_DEFERRED,
    SUBJECT_HOTKEY,
    SUBJECT_NAME,
    SUBJECT_CLIPBOARD,
    SUBJECT_COUNT
} Subject;

/* Sets the last error for a failure. Returns whether the status is RAT_IPC_OK. */
bool succeeded(RatStatus status, Subject subject);
/* Sets the last error. Returns FALSE, which most callers return too. */
BOOL failWith(DWORD error);

/* The same where a handle or a pointer is returned. */
static inline void* nullWith(DWORD error)
{
    failWith(error);
    return NULL;
}

/* -- threads.c: the calling thread -------------------------------------------------------------------- */

struct CreationFrame;
struct HookFrame;
struct SubclassFrame;
struct ThreadStart;
typedef struct Apcs Apcs;

/* What a thread has to itself. Zero is a good value for all of it. */
typedef struct {
    DWORD lastError;
    DWORD id;
    RatMessageQueue queue;
    struct CreationFrame* creations;
    struct HookFrame* hooks;
    struct SubclassFrame* subclasses;
    struct ThreadStart* start;
    Apcs* apcs;
    int priority;
    WCHAR highSurrogate;
} Thread;

extern __thread Thread thread __attribute__((tls_model("initial-exec")));

/* The slow half of ownQueue(). */
RatMessageQueue makeOwnQueue(void);

/* The calling thread's queue, which comes into being with the first call; 0 and an error if it cannot. */
static inline RatMessageQueue ownQueue(void)
{
    return LIKELY(thread.queue != 0) ? thread.queue : makeOwnQueue();
}

/* A thread's queue by its number, and the other way round; 0 where there is none. */
RatMessageQueue queueOfThread(DWORD id);
DWORD threadOfQueue(RatMessageQueue queue);

/* -- apc.c: what is queued to a thread ------------------------------------------------------------------- */

/* How many timers with a completion routine a thread has at most. */
#define APC_TIMERS 64

/* A queue with one share, to be dropped; NULL if no memory is left. */
Apcs* makeApcs(void);
Apcs* shareApcs(Apcs* apcs);
void dropApcs(Apcs* apcs);
/* Makes it the calling thread's, which takes a share. False, and the error, if it cannot. */
bool adoptApcs(Apcs* apcs);
/* threads.c: that of a thread by its handle, with a share; NULL and an error if there is none. */
Apcs* takeApcsOfThread(RatHandle handle);
/* Writes what ends an alertable wait behind count handles, where there is room for 1 + APC_TIMERS. How many
 * there are then; 0 and an error if there can be none. */
size_t addApcHandles(RatHandle* handles, size_t count);
/* Runs what has come to the calling thread. False if that was nothing. The handle that has ended a wait was taken by
 * it; 0 for none. */
bool runApcs(RatHandle ended);
/* A timer gets a routine of the calling thread, or loses it. */
bool addApcTimer(RatWaitableTimer timer, uint64_t due, uint64_t period, PTIMERAPCROUTINE routine, LPVOID argument);
void forgetApcTimer(RatWaitableTimer timer);

/* -- text.c: between UTF-8 and UTF-16 ------------------------------------------------------------------ */

/* Reads a character and moves on. At the end, which is a 0 or `end`, it must not be called. *malformed, if it is
 * not NULL, is set where a character was replaced. */
uint32_t nextNarrow(const unsigned char** at, const unsigned char* end, bool* malformed);
uint32_t nextWide(const WCHAR** at, const WCHAR* end, bool* malformed);
/* How many bytes, or units, a character takes; writes them. */
int narrowSize(uint32_t character);
int writeNarrow(char* to, uint32_t character);
int writeWide(WCHAR* to, uint32_t character);

/* A copy in the other encoding, to be freed; NULL for NULL, and if no memory is left. What is malformed becomes
 * U+FFFD. */
char* narrowCopy(const WCHAR* text);
WCHAR* wideCopy(const char* text);
/* Converts until the buffer of size is full but for the 0 that ends it, cutting nothing in half. Returns what was
 * written without the 0. A size of 0 writes nothing. */
size_t narrowInto(char* buffer, size_t size, const WCHAR* text);
size_t wideInto(WCHAR* buffer, size_t size, const char* text);
/* Cuts UTF-8 to at most size bytes with its 0. */
size_t copyCut(char* buffer, size_t size, const char* text);
size_t wideLength(const WCHAR* text);
/* By units, of which there are at most count, with ASCII letters folded or not; -1, 0 or 1. */
int compareWide(const WCHAR* a, const WCHAR* b, size_t count, bool folds);
/* How long text is in the other encoding. */
size_t narrowLength(const WCHAR* text);
size_t wideLengthOf(const char* text);

/* Text of either width as valid UTF-8; *copy is to be freed. NULL for NULL, and where no memory is left. */
const char* narrowText(const void* text, bool wide, char** copy);
/* A name that may be a number below 65,536, as UTF-8; *copy is to be freed. NULL where no memory is left. */
const char* narrowName(const void* name, bool wide, char** copy);

/* -- characters.c, order.c -------------------------------------------------------------------------------- */

uint32_t upperOf(uint32_t character);
uint32_t lowerOf(uint32_t character);
bool isAlpha(uint32_t character);
bool isDigit(uint32_t character);
/* UTF-8 by the order of lstrcmp(), or that of lstrcmpi(); -1, 0 or 1. */
int compareText(const char* a, const char* b, bool folds);

/* -- procedures.c: windows' and classes' procedures ------------------------------------------------------ */

struct Class;

/* What the library keeps of a window, in the place that RAT_HANDLE_INDEX() names. The window's own thread writes it;
 * others read it by readRecord(). */
typedef struct {
    RatWindow window;
    WNDPROC procedure;
    struct Class* class;
    bool wide;
    bool isHiddenByOwner; /* ShowOwnedPopups() has hidden it. */
} WindowRecord;

/* A procedure and what strings it takes. */
typedef struct {
    WNDPROC procedure;
    bool wide;
} Procedure;

/* The procedure of every window of a Win32 class. */
RatResult windowProcedure(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);

/* The record of a window of the calling thread; NULL if the window is none of a Win32 class, or dead. */
WindowRecord* ownRecord(RatWindow window);
/* A copy of any thread's; false if there is none. */
bool readRecord(RatWindow window, WindowRecord* outRecord);

/* What a program is shown as a procedure: the procedure itself, or a number that only CallWindowProc() and its like
 * understand if it takes the other strings. */
WNDPROC shownProcedure(Procedure procedure, bool wide);
Procedure namedProcedure(WNDPROC shown, bool wide);

/* Calls a procedure with a message as A or W functions have it. */
LRESULT callProcedure(Procedure procedure, HWND window, UINT message, WPARAM wparam, LPARAM lparam, bool wide);

/* Messages that carry text or structures, and those that no program is to see: of the first 0x400 a bit each. */
extern const uint64_t specialMessages[16];

static inline bool isSpecial(UINT message)
{
    return message < 0x400 && (specialMessages[message >> 6] >> (message & 63) & 1) != 0;
}

/* In a message's sender: its text is UTF-16, or its structure one of the A functions. */
#define FORM_WIDE ((RatHandle)0xFFFFFFFFFFFFFFE1u)
#define FORM_NARROW ((RatHandle)0xFFFFFFFFFFFFFFE2u)
/* It is a call of callOwner(). */
#define FORM_CALL ((RatHandle)0xFFFFFFFFFFFFFFE3u)
#define MESSAGE_CALL 0x03F2u

/* A call to be made on the thread of a window. */
typedef struct OwnerCall {
    RatStatus (*run)(struct OwnerCall* call);
    RatStatus status;
} OwnerCall;

/* The first parameter of MESSAGE_CALL: nobody waits for the call, and it is freed when it is over. */
#define CALL_IS_OWNED 1
/* Makes a call from malloc() within the owner's next retrieval, and frees it. */
bool callOwnerLater(RatWindow window, OwnerCall* call);

/* Makes the call, on the calling thread if the window is its own, else within the owner's next retrieval. */
RatStatus callOwner(RatWindow window, OwnerCall* call);

/* Where a window is being created; linked to the creation that it happens in. */
typedef struct CreationFrame {
    RatWindow window;         /* 0 until its first message. */
    const RatCreateStruct* original; /* While its procedure is called with it. */
    HINSTANCE instance;
    const void* className;    /* As given, of the width below. */
    const void* title;
    bool wide;
    struct CreationFrame* outer;
} CreationFrame;

CreationFrame* creationOf(RatWindow window);

/* The structure that a procedure is told of creation with, of either width: the two differ in nothing but what
 * their strings are made of. */
typedef union {
    CREATESTRUCTA narrow;
    CREATESTRUCTW wide;
} CreateStruct;

/* Fills it in; the copies are to be freed by freeCreation(). */
typedef struct {
    CreateStruct told;
    void* copies[2];
} Creation;
void tellCreation(Creation* creation, const RatCreateStruct* original, const CreationFrame* frame, bool wide);
void freeCreation(Creation* creation);

/* -- longs.c: numbers that windows and classes keep --------------------------------------------------------- */

/* How those of a window, or those of its class, are had from Rat. */
typedef struct {
    RatIpcStatus (*read)(RatWindow window, size_t offset, void* out, size_t size);
    RatIpcStatus (*write)(RatWindow window, size_t offset, const void* bytes, size_t size);
    RatIpcStatus (*get)(RatWindow window, int32_t index, intptr_t* out);
    RatIpcStatus (*set)(RatWindow window, int32_t index, intptr_t value, intptr_t* outOld);
} Numbers;

/* A number that is asked for, or set. */
typedef struct {
    OwnerCall call;
    const Numbers* numbers;
    RatWindow window;
    int index;
    bool sets;
    intptr_t value;
    intptr_t old;
    size_t bytes; /* Not 0: extra bytes, so many. */
} LongCall;

LongCall longCall(const Numbers* numbers, HWND window, int index, bool sets, LONG_PTR value, size_t bytes);
/* Makes the call on the window's thread. What was there before; 0 and an error if it failed. */
LONG_PTR finishLong(LongCall* call);

/* -- classes.c --------------------------------------------------------------------------------------------- */

typedef struct Class {
    Procedure procedure;
    UINT style;
    HINSTANCE instance;
    HICON icon;
    HCURSOR cursor;
    HICON smallIcon;
    HBRUSH background;
    char* menuName;      /* UTF-8, to be freed, or a number below 65,536. */
    WCHAR* wideMenuName; /* Its copy, to be freed, once it was asked for. */
} Class;

/* The class of an atom; NULL if it is none of a Win32 class. It stays while a window of it lives. */
Class* classOfAtom(RatAtom atom);

/* -- paint.c, objects.c: device contexts and brushes --------------------------------------------------------- */

typedef enum { DC_FREE, DC_PAINT, DC_WINDOW, DC_ERASE } DcKind;

typedef struct {
    int kind; /* A DcKind; the place is free while it is DC_FREE. */
    RatWindow window;
    RatPaint paint;          /* What is lent; a copy for DC_ERASE. */
    const RatPaint* erasing; /* DC_ERASE: the one that Rat knows. */
    uint64_t drawing;        /* What the library that draws keeps of it. */
} Dc;

Dc* makeDc(DcKind kind, RatWindow window);
void freeDc(Dc* dc);
/* NULL if it is none. */
Dc* dcOf(HDC handle);
/* The contexts of a window that is being destroyed lend no pixels any more. */
void emptyDcs(RatWindow window);
/* NULL until the library that draws is loaded. */
const Drawing* connectedDrawing(void);

/* 0xAARRGGBB of a brush, or of a system colour's number plus 1; 0 of none, and of the hollow brush. */
uint32_t brushPixels(HBRUSH brush);

/* The shape of a pointer, RAT_CURSOR_*, and the pointer of a shape. */
uint32_t shapeOf(HCURSOR cursor);
HCURSOR pointerOf(RatCursor shape);
/* Whether it is an object of the library that draws. */
bool isDrawn(HGDIOBJ object);

/* -- waiting.c -------------------------------------------------------------------------------------------------- */

/* WAIT_OBJECT_0 and its like; the error is set for WAIT_FAILED. */
DWORD waitResult(RatWaitResult result, size_t index);

/* Waits for any of at most MAXIMUM_WAIT_OBJECTS objects, for what is queued to the thread, and with a mask that is
 * not NULL for messages too. *index is count for messages. */
RatWaitResult waitAlertably(const RatHandle* handles, size_t count, DWORD milliseconds, const DWORD* wakeMask,
                            uint32_t flags, size_t* index, bool* ranApcs);

/* -- objects.c: what kind of region it is; RGN_ERROR and an error if it is none -------------------------------- */

int complexityOf(RatRegion region);

/* -- messages.c ------------------------------------------------------------------------------------------------ */

/* MSG is made from a message of the calling thread's queue, and the other way round. */
static inline void toMsg(const RatMessage* from, MSG* to)
{
    to->hwnd = from->header.target == thread.queue ? NULL : (HWND)objectOf(from->header.target);
    to->message = from->header.message;
    to->wParam = from->header.wparam;
    to->lParam = from->header.lparam;
    to->time = (DWORD)(from->header.time / 1000000u);
    to->pt.x = from->header.x;
    to->pt.y = from->header.y;
}

static inline void fromMsg(const MSG* from, RatMessage* to)
{
    to->header.message = from->message;
    to->header.wparam = from->wParam;
    to->header.lparam = from->lParam;
    to->header.sender = RAT_INVALID_HANDLE;
    to->header.size = 0;
    to->header.priority = RAT_PRIORITY_NORMAL;
    to->header.flags = 0;
    to->header.target = handleOf(from->hwnd);
    to->header.time = (uint64_t)from->time * 1000000u;
    to->header.x = from->pt.x;
    to->header.y = from->pt.y;
    to->header.token = 0;
    to->payload = NULL;
}

/* The part of a message that a poster or sender fills in; Rat sets the rest. */
static inline void beginMessage(RatMessage* m, UINT message, WPARAM wparam, LPARAM lparam)
{
    m->header.message = message;
    m->header.wparam = wparam;
    m->header.lparam = lparam;
    m->header.sender = RAT_INVALID_HANDLE;
    m->header.size = 0;
    m->header.priority = RAT_PRIORITY_NORMAL;
    m->payload = NULL;
}

/* -- files.c: handles of files ------------------------------------------------------------------------------------- */

typedef struct File File;
enum { CAN_READ = 1, CAN_WRITE = 2, CAN_DELETE = 4 };

bool isFileHandle(HANDLE handle);
BOOL closeFile(HANDLE handle);
/* The file of a handle that has these rights, held until letGoFile(); NULL and the error if there is none. */
File* holdFile(HANDLE handle, uint32_t access);
void letGoFile(File* file);
int descriptorOf(const File* file);
/* Whether no handle of this process keeps a file from being deleted. */
bool mayDelete(const char* path);
DWORD errorOfErrno(int error);
/* What was not found: the file, or the directory that it would be in. */
DWORD errorOfPath(const char* path, int error);
/* A path with slashes, to be freed; NULL and the error where it names a drive, or is none. */
char* linuxPath(const void* given, bool wide);

/* -- objects that have more to them than their handle ------------------------------------------------------- */

/* threads.c: CloseHandle() of a thread's last reference. */
void forgetThread(RatHandle handle);
/* The handle of the calling thread if CreateThread() has made it, else 0. */
RatHandle ownHandle(void);
/* hooks.c: frees the slots of a thread that ends. */
void endHooksOfThread(DWORD id);
/* named.c: what belongs to a handle goes with it. Called before the handle is closed. */
void forgetNamed(RatHandle handle);
/* modules.c: this process's program as a handle. */
HINSTANCE ownModule(void);

#endif /* INTERNAL_H */
