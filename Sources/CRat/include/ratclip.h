/** @file ratclip.h
 *  The clipboard: data in several formats that a person copies in one place and pastes in another.
 *
 *  All threads of a process share it, and on an X display all programs do: what one copies the others paste,
 *  by the selection CLIPBOARD. Without such a display it is the process's alone.
 *
 *  To copy: RatOpenClipboard() with a window, RatEmptyClipboard(), RatSetClipboardData() for each format, the
 *  best one first, RatCloseClipboard(). Other programs see it when it is closed. To paste: open,
 *  RatGetClipboardData(), close.
 *
 *  Texts end with a 0 and have lines that end with CR LF. RAT_CF_UNICODETEXT is UTF-16, RAT_CF_TEXT and
 *  RAT_CF_OEMTEXT are UTF-8; each is made from each other, when the clipboard is closed, and RAT_CF_LOCALE is
 *  added. X programs get text as UTF8_STRING, text/plain and STRING with line feeds, RAT_CF_DIB as image/bmp,
 *  "HTML Format" as text/html, "PNG" as image/png, and every other format with a name as the target of that
 *  name; and the other way round.
 *
 *  Another program that hangs costs a caller at most 3 seconds to learn what it offers, 2 seconds for each
 *  step of getting data, and 30 seconds altogether; meanwhile what is sent to the thread's windows is
 *  handled. A window that does not render what it has promised costs 5 seconds. No format has more than 256
 *  MiB. A thread of the library's own serves other programs, so that none waits for a window that is busy.
 *  What a program has copied is gone when it ends, unless there is a clipboard manager, which is asked to keep
 *  it then, for at most 2 seconds.
 */
#ifndef RATCLIP_H
#define RATCLIP_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** @name Formats; others are made by RatRegisterClipboardFormat() */
#define RAT_CF_TEXT 1u
#define RAT_CF_OEMTEXT 7u
#define RAT_CF_DIB 8u          /**< A BITMAPINFO of Win32, then pixels. */
#define RAT_CF_UNICODETEXT 13u
#define RAT_CF_LOCALE 16u      /**< 4 bytes that name a language; always the invariant one. */
#define RAT_CF_PRIVATEFIRST 0x0200u /**< To RAT_CF_PRIVATELAST: this process's own, not given to others. */
#define RAT_CF_PRIVATELAST 0x02FFu

/** @name Messages to the window that owns the clipboard, and to listeners */
#define RAT_WM_RENDERFORMAT 0x0305     /**< Sent: set the data of the format wparam, without opening the clipboard. */
#define RAT_WM_RENDERALLFORMATS 0x0306 /**< Sent before RAT_WM_DESTROY: open, set all that was promised, close. */
#define RAT_WM_DESTROYCLIPBOARD 0x0307 /**< Sent: what the window has copied is not there any more. */
#define RAT_WM_CLIPBOARDUPDATE 0x031D  /**< Posted to listeners: there is something else on the clipboard. */

/** Opens the clipboard for the calling thread; no other one can open it until RatCloseClipboard().
 *
 *  While it is open nothing changes on it but by this thread. Opening again with the same window does nothing. A
 *  thread that ends, and a window that is destroyed, close what is open by them.
 *
 *  @param window  In whose name, of any thread; it becomes the owner by RatEmptyClipboard(). RAT_INVALID_HANDLE
 *                 for none.
 *  @retval RAT_IPC_OK                  It is open.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   Another thread has it open, or this one in the name of another window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window is not RAT_INVALID_HANDLE, and no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OpenClipboard. Other programs can copy meanwhile: what they copy is there once it is closed.
 *  @since 0.1
 *  @see RatCloseClipboard
 */
RatStatus RatOpenClipboard(RatWindow window);

/** Closes the clipboard, and gives what is new on it to other programs and the listeners.
 *
 *  When it returns, other programs can paste. It waits for the X server to say so, for at most 2 seconds.
 *
 *  @retval RAT_IPC_OK                It is closed.
 *  @retval RAT_IPC_ERR_WRONG_THREAD  The calling thread has not opened it.
 *  @reentrancy RAT_WM_CLIPBOARDUPDATE is posted. While it waits, procedures of the thread's own windows run.
 *  @threadsafety The thread that has opened it.
 *  @win32 CloseClipboard.
 *  @since 0.1
 *  @see RatOpenClipboard
 */
RatStatus RatCloseClipboard(void);

/** Takes everything off the clipboard, which the window that it was opened with owns from then on.
 *
 *  The owner before, if it is a window of this process, is sent RAT_WM_DESTROYCLIPBOARD, for at most 5 seconds.
 *
 *  @retval RAT_IPC_OK                It is empty.
 *  @retval RAT_IPC_ERR_WRONG_THREAD  The calling thread has not opened it.
 *  @reentrancy Runs the owner's procedure, and while it waits for another thread's, procedures of its own windows.
 *  @threadsafety The thread that has opened it.
 *  @win32 EmptyClipboard.
 *  @since 0.1
 *  @see RatSetClipboardData
 */
RatStatus RatEmptyClipboard(void);

/** Puts data of a format on the clipboard, in the place of what was there of that format.
 *
 *  With NULL it is promised: when somebody wants it the owner is sent RAT_WM_RENDERFORMAT, and then sets it,
 *  without opening the clipboard.
 *
 *  @param format  RAT_CF_*, or a number that was registered.
 *  @param data    Copied. NULL promises it.
 *  @param size    Bytes of it, at most 256 MiB; 0 with NULL.
 *  @retval RAT_IPC_OK                 It is there, or promised.
 *  @retval RAT_IPC_ERR_WRONG_THREAD   The calling thread has not opened the clipboard, and renders nothing.
 *  @retval RAT_IPC_ERR_INVALID_ARG    format is none, data is NULL where size is not 0, or it is promised where
 *                                     no window owns the clipboard.
 *  @retval RAT_IPC_ERR_NO_RESOURCES   It is larger than 256 MiB.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED  What is there is another program's: empty the clipboard first.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The thread that has opened the clipboard; the owner's while it renders.
 *  @win32 SetClipboardData, which takes a handle of memory over and could add to another program's data.
 *  @since 0.1
 *  @see RatGetClipboardData
 */
RatStatus RatSetClipboardData(uint32_t format, const void* data, size_t size);

/** Copies the data of a format from the clipboard.
 *
 *  What comes from another program is fetched once, and kept while it is on the clipboard: to ask for the size first
 *  costs nothing more. A window of this process that has promised it is sent RAT_WM_RENDERFORMAT.
 *
 *  @param      format   RAT_CF_*, or a number that was registered.
 *  @param[out] buffer   Receives the data. May be NULL if size is 0.
 *  @param      size     Bytes of room in it.
 *  @param[out] outSize  Receives how many bytes there are; 0 after a failure other than too small a buffer.
 *  @retval RAT_IPC_OK                    There it is.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  buffer is untouched, outSize is set.
 *  @retval RAT_IPC_ERR_NOT_FOUND         There is nothing of that format, or it was not rendered.
 *  @retval RAT_IPC_ERR_TIMEOUT           Who has it did not answer, or not go on, in time.
 *  @retval RAT_IPC_ERR_NO_RESOURCES      Another program has more than 256 MiB of it.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED     The display was lost meanwhile. Without one the clipboard is the
 *                                        process's own.
 *  @retval RAT_IPC_ERR_WRONG_THREAD      The calling thread has not opened the clipboard.
 *  @retval RAT_IPC_ERR_INVALID_ARG       outSize is NULL, or buffer is and size is not 0.
 *  @reentrancy Runs the owner's procedure; while it waits, procedures of the thread's own windows.
 *  @threadsafety The thread that has opened the clipboard.
 *  @win32 GetClipboardData, which gives a handle of the system's.
 *  @since 0.1
 *  @see RatSetClipboardData
 */
RatStatus RatGetClipboardData(uint32_t format, void* buffer, size_t size, size_t* outSize);

/** Tells whether there is something of a format on the clipboard. It need not be open.
 *
 *  Waits for another program to say what it offers, if it has only just copied, for at most 3 seconds.
 *
 *  @param format  RAT_CF_*, or a number that was registered.
 *  @return Whether there is, or it can be made from what there is.
 *  @reentrancy While it waits, procedures of the thread's own windows run.
 *  @threadsafety Any thread.
 *  @win32 IsClipboardFormatAvailable.
 *  @since 0.1
 *  @see RatEnumClipboardFormats
 */
bool RatIsClipboardFormatAvailable(uint32_t format);

/** Counts the formats on the clipboard. It need not be open.
 *
 *  Waits as RatIsClipboardFormatAvailable() does.
 *
 *  @return How many there are, those that are made from others included.
 *  @reentrancy While it waits, procedures of the thread's own windows run.
 *  @threadsafety Any thread.
 *  @win32 CountClipboardFormats.
 *  @since 0.1
 *  @see RatEnumClipboardFormats
 */
uint32_t RatCountClipboardFormats(void);

/** Gives the format behind another one, in the order in which they were set, then what is made from them.
 *
 *  @param      format   The one before; 0 for the first one.
 *  @param[out] outNext  Receives it; 0 behind the last one, and behind one that is not there.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_WRONG_THREAD  The calling thread has not opened the clipboard.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outNext is NULL.
 *  @reentrancy While it waits for another program, procedures of the thread's own windows run.
 *  @threadsafety The thread that has opened the clipboard.
 *  @win32 EnumClipboardFormats.
 *  @since 0.1
 *  @see RatCountClipboardFormats
 */
RatStatus RatEnumClipboardFormats(uint32_t format, uint32_t* outNext);

/** Gives the number of a format that programs agree on by its name.
 *
 *  The same name gives the same number as long as the process lives, and the same as RatRegisterWindowMessage().
 *  Other programs know the format by its name.
 *
 *  @param      name       1 to 255 bytes of UTF-8, compared without regard to ASCII case. Copied.
 *  @param[out] outFormat  Receives the number: 0xC000 to 0xFFFF.
 *  @retval RAT_IPC_OK                There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG   A pointer is NULL, or the name is empty, too long or no UTF-8.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  All 16,384 numbers are given.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RegisterClipboardFormat; other processes may have another number for the name.
 *  @since 0.1
 *  @see RatGetClipboardFormatName
 */
RatStatus RatRegisterClipboardFormat(const char* name, uint32_t* outFormat);

/** Gives the name of a format that was registered.
 *
 *  @param format        0xC000 to 0xFFFF.
 *  @param buffer        Receives the name and a NUL; the caller's. May be NULL if size is 0.
 *  @param size          Bytes of room in it.
 *  @param[out] outSize  Receives the bytes needed, with the NUL. May be NULL.
 *  @retval RAT_IPC_OK                    The name is there.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  buffer is untouched.
 *  @retval RAT_IPC_ERR_NOT_FOUND         No format with a name has that number.
 *  @retval RAT_IPC_ERR_INVALID_ARG       buffer is NULL and size is not 0.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClipboardFormatName.
 *  @since 0.1
 *  @see RatRegisterClipboardFormat
 */
RatStatus RatGetClipboardFormatName(uint32_t format, char* buffer, size_t size, size_t* outSize);

/** Tells which window owns the clipboard: the one with which it was open when it was emptied last.
 *
 *  @param[out] outWindow  Receives it; RAT_INVALID_HANDLE if that was no window, or is destroyed, or if another
 *                         program has copied since.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; it may be another one a moment later.
 *  @win32 GetClipboardOwner, for windows of this process.
 *  @since 0.1
 *  @see RatEmptyClipboard
 */
RatStatus RatGetClipboardOwner(RatWindow* outWindow);

/** Tells in the name of which window the clipboard is open.
 *
 *  @param[out] outWindow  Receives it; RAT_INVALID_HANDLE if it is not open in this process, or without a window.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  outWindow is NULL.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; it may be another one a moment later.
 *  @win32 GetOpenClipboardWindow, for windows of this process.
 *  @since 0.1
 *  @see RatOpenClipboard
 */
RatStatus RatGetOpenClipboardWindow(RatWindow* outWindow);

/** Counts the changes of the clipboard, by this program and by others; rendering is none.
 *
 *  @return The count; two that differ say that there was a change between them. It wraps.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClipboardSequenceNumber; each process has a count of its own.
 *  @since 0.1
 *  @see RatAddClipboardFormatListener
 */
uint32_t RatGetClipboardSequenceNumber(void);

/** Has RAT_WM_CLIPBOARDUPDATE posted to a window whenever there is something else on the clipboard.
 *
 *  It ends by itself when the window is destroyed.
 *
 *  @param window  Of any thread.
 *  @retval RAT_IPC_OK                  It listens.
 *  @retval RAT_IPC_ERR_ALREADY_EXISTS  It did before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 AddClipboardFormatListener.
 *  @since 0.1
 *  @see RatRemoveClipboardFormatListener
 */
RatStatus RatAddClipboardFormatListener(RatWindow window);

/** Ends what RatAddClipboardFormatListener() began.
 *
 *  @param window  Of any thread. What was posted to it before stays in its queue.
 *  @retval RAT_IPC_OK                  It does not listen any more.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It did not.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RemoveClipboardFormatListener.
 *  @since 0.1
 *  @see RatAddClipboardFormatListener
 */
RatStatus RatRemoveClipboardFormatListener(RatWindow window);

#ifdef __cplusplus
}
#endif

#endif /* RATCLIP_H */
