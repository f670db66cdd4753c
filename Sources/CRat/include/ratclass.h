/** @file ratclass.h
 *  What classes and windows keep for programs, and procedures before a window's own.
 *
 *  Superclassing is RatGetClassInfo(), another name and procedure, RatRegisterClass(), and passing on to
 *  the procedure that was there. Subclassing is RatSetWindowLong() with RAT_GWLP_WNDPROC; or, where
 *  several parts of a program do it to one window, RatSetWindowSubclass().
 */
#ifndef RATCLASS_H
#define RATCLASS_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** @name Indices for RatGetClassLong() and RatSetClassLong() */
#define RAT_GCL_BACKGROUND (-10) /**< RatWindowClass' background. */
#define RAT_GCLP_HCURSOR (-12)    /**< RatWindowClass' cursor. */
#define RAT_GCL_CBWNDEXTRA (-18) /**< Extra bytes of windows made from now on. */
#define RAT_GCL_CBCLSEXTRA (-20) /**< Read only. */
#define RAT_GCLP_WNDPROC (-24)   /**< What windows made from now on begin with. */
#define RAT_GCL_STYLE (-26)      /**< RAT_CS_*. */
#define RAT_GCW_ATOM (-32)       /**< Read only. */

/** Called for a property of an enumeration. Returns false to end it. name is valid during the call. */
typedef bool (*RatEnumPropProc)(RatWindow window, const char* name, uintptr_t value, intptr_t param);

/** Handles one message for a window before its procedure: with the id and the number it was set with.
 *  Pass on to RatDefSubclassProc() what it does not handle. */
typedef RatResult (*RatSubclassProc)(RatWindow window, uint32_t message, uintptr_t wparam,
                                     intptr_t lparam, uintptr_t id, uintptr_t data);

/** Tells what a class was registered with, and what of it was changed since.
 *
 *  @param name              As registered, or RAT_ATOM_NAME().
 *  @param[in,out] outClass  Set its size; receives the rest. name is the pointer that was given.
 *  @param[out] outAtom      Receives the atom; may be NULL.
 *  @retval RAT_IPC_OK               There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG  name or outClass is NULL, or the size is unknown.
 *  @retval RAT_IPC_ERR_NOT_FOUND    The calling thread finds no such class.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClassInfoEx; none known.
 *  @since 0.1
 *  @see RatRegisterClass
 */
RatStatus RatGetClassInfo(const char* name, RatWindowClass* outClass, RatAtom* outAtom);

/** Copies the name of a window's class, as registered.
 *
 *  @param window        A window.
 *  @param[out] buffer   Receives the name and a NUL; may be NULL when size is 0.
 *  @param size          Bytes at buffer.
 *  @param[out] outSize  Receives the bytes needed with the NUL, also when the buffer is too small.
 *  @retval RAT_IPC_OK                    Copied whole.
 *  @retval RAT_IPC_ERR_INVALID_ARG       outSize is NULL, or buffer is NULL and size is not 0.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  Nothing was copied.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClassName, which cuts instead of refusing.
 *  @since 0.1
 *  @see RatGetClassInfo
 */
RatStatus RatGetClassName(RatWindow window, char* buffer, size_t size, size_t* outSize);

/** Reads a number that a window's class keeps.
 *
 *  @param window         A window.
 *  @param index          RAT_GCL_* and its like; from 0 up the offset of sizeof(intptr_t) extra
 *                        bytes, which need not be aligned.
 *  @param[out] outValue  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outValue is NULL, index is none of these, or the extra bytes
 *                                      end before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetClassLongPtr, on the own thread only so far.
 *  @since 0.1
 *  @see RatSetClassLong
 */
RatStatus RatGetClassLong(RatWindow window, int32_t index, intptr_t* outValue);

/** Changes a number that a window's class keeps, for all its windows.
 *
 *  A new procedure is that of windows made from then on; those that exist keep theirs.
 *
 *  @param window         A window.
 *  @param index          As in RatGetClassLong(), but for what is read only.
 *  @param value          The new value; a procedure is not 0.
 *  @param[out] outValue  Receives the old one; may be NULL.
 *  @retval RAT_IPC_OK                  Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG     index is none of these, the extra bytes end before, or value
 *                                      is out of range.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetClassLongPtr, on the own thread only so far.
 *  @since 0.1
 *  @see RatGetClassLong
 */
RatStatus RatSetClassLong(RatWindow window, int32_t index, intptr_t value, intptr_t* outValue);

/** Copies some of a class's extra bytes.
 *
 *  @param window       A window.
 *  @param offset       Where they begin.
 *  @param[out] buffer  Receives them; may be NULL when size is 0.
 *  @param size         How many.
 *  @retval RAT_IPC_OK                  Copied.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buffer is NULL and size is not 0, or the extra bytes end
 *                                      before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetClassWord and GetClassLong for any size.
 *  @since 0.1
 *  @see RatWriteClassExtra
 */
RatStatus RatReadClassExtra(RatWindow window, size_t offset, void* buffer, size_t size);

/** Changes some of a class's extra bytes.
 *
 *  @param window  A window.
 *  @param offset  Where they begin.
 *  @param buffer  Copied from; may be NULL when size is 0.
 *  @param size    How many.
 *  @retval RAT_IPC_OK                  Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buffer is NULL and size is not 0, or the extra bytes end
 *                                      before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetClassWord and SetClassLong for any size.
 *  @since 0.1
 *  @see RatReadClassExtra
 */
RatStatus RatWriteClassExtra(RatWindow window, size_t offset, const void* buffer, size_t size);

/** Copies some of a window's extra bytes.
 *
 *  @param window       A window.
 *  @param offset       Where they begin.
 *  @param[out] buffer  Receives them; may be NULL when size is 0.
 *  @param size         How many.
 *  @retval RAT_IPC_OK                  Copied.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buffer is NULL and size is not 0, or the extra bytes end
 *                                      before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetWindowWord and GetWindowLong for any size.
 *  @since 0.1
 *  @see RatWriteWindowExtra
 */
RatStatus RatReadWindowExtra(RatWindow window, size_t offset, void* buffer, size_t size);

/** Changes some of a window's extra bytes.
 *
 *  @param window  A window.
 *  @param offset  Where they begin.
 *  @param buffer  Copied from; may be NULL when size is 0.
 *  @param size    How many.
 *  @retval RAT_IPC_OK                  Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG     buffer is NULL and size is not 0, or the extra bytes end
 *                                      before.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowWord and SetWindowLong for any size.
 *  @since 0.1
 *  @see RatReadWindowExtra
 */
RatStatus RatWriteWindowExtra(RatWindow window, size_t offset, const void* buffer, size_t size);

/** Calls a window procedure.
 *
 *  @param proc     What to call; NULL does nothing.
 *  @param window   Handed to it, as is the rest.
 *  @param message  The message.
 *  @param wparam   First parameter.
 *  @param lparam   Second parameter.
 *  @return The procedure's; 0 for NULL.
 *  @reentrancy Runs proc.
 *  @threadsafety Any thread; procedures expect the window's own.
 *  @win32 CallWindowProc; procedures are plain functions here and may as well be called directly.
 *  @since 0.1
 *  @see RatSetWindowLong
 */
RatResult RatCallWindowProc(RatWindowProc proc, RatWindow window, uint32_t message,
                            uintptr_t wparam, intptr_t lparam);

/** Hangs a number on a window, in the place of one of that name.
 *
 *  It goes with the window; what it may point to is the program's to free, in RAT_WM_NCDESTROY at
 *  the latest.
 *
 *  @param window  A window.
 *  @param name    1 to 255 bytes of UTF-8, compared without regard to ASCII case. Copied.
 *  @param value   Any.
 *  @retval RAT_IPC_OK                  It hangs there.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name is NULL, or not 1 to 255 bytes of UTF-8.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetProp; values of 0 are kept.
 *  @since 0.1
 *  @see RatRemoveProp
 */
RatStatus RatSetProp(RatWindow window, const char* name, uintptr_t value);

/** Reads a number that hangs on a window.
 *
 *  @param window         A window.
 *  @param name           1 to 255 bytes of UTF-8, compared without regard to ASCII case.
 *  @param[out] outValue  Receives it.
 *  @retval RAT_IPC_OK                  There it is.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outValue is NULL, or name is NULL, or not 1 to 255 bytes of
 *                                      UTF-8.
 *  @retval RAT_IPC_ERR_NOT_FOUND       The window has none of that name.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetProp; none known.
 *  @since 0.1
 *  @see RatSetProp
 */
RatStatus RatGetProp(RatWindow window, const char* name, uintptr_t* outValue);

/** Takes a number from a window.
 *
 *  @param window         A window.
 *  @param name           1 to 255 bytes of UTF-8, compared without regard to ASCII case.
 *  @param[out] outValue  Receives it; may be NULL.
 *  @retval RAT_IPC_OK                  It is gone.
 *  @retval RAT_IPC_ERR_INVALID_ARG     name is NULL, or not 1 to 255 bytes of UTF-8.
 *  @retval RAT_IPC_ERR_NOT_FOUND       The window has none of that name.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RemoveProp; none known.
 *  @since 0.1
 *  @see RatSetProp
 */
RatStatus RatRemoveProp(RatWindow window, const char* name, uintptr_t* outValue);

/** Calls a function for each number that hangs on a window, in no order.
 *
 *  The list is made first, and what is changed meanwhile does not change it.
 *
 *  @param window  A window.
 *  @param proc    Called for each.
 *  @param param   Handed to it.
 *  @retval RAT_IPC_OK                  All were called for.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_CANCELLED       proc ended it.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @reentrancy Calls proc, which may do anything.
 *  @threadsafety Any thread.
 *  @win32 EnumPropsEx; none known.
 *  @since 0.1
 *  @see RatGetProp
 */
RatStatus RatEnumProps(RatWindow window, RatEnumPropProc proc, intptr_t param);

/** Puts a procedure before a window's others, or changes the number of one that is there.
 *
 *  What is put last is called first. A message that is on its way does not come to a procedure put
 *  there meanwhile. One that is there already under that id keeps its place. They go with the
 *  window, after RAT_WM_NCDESTROY.
 *
 *  @param window  A window.
 *  @param proc    The procedure.
 *  @param id      Tells apart what one procedure is set for several times.
 *  @param data    Handed to it with each message.
 *  @retval RAT_IPC_OK                  It is there.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 SetWindowSubclass of comctl32; none known.
 *  @since 0.1
 *  @see RatRemoveWindowSubclass
 */
RatStatus RatSetWindowSubclass(RatWindow window, RatSubclassProc proc, uintptr_t id,
                               uintptr_t data);

/** Reads the number that a procedure was put before a window with.
 *
 *  @param window        A window.
 *  @param proc          The procedure.
 *  @param id            Tells apart what one procedure is set for several times.
 *  @param[out] outData  Receives it; may be NULL.
 *  @retval RAT_IPC_OK                  It is there.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It is not there under that id.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetWindowSubclass of comctl32; none known.
 *  @since 0.1
 *  @see RatSetWindowSubclass
 */
RatStatus RatGetWindowSubclass(RatWindow window, RatSubclassProc proc, uintptr_t id,
                               uintptr_t* outData);

/** Takes a procedure away that was put before a window, wherever it stands.
 *
 *  May be called from the procedure itself: its call goes on, and RatDefSubclassProc() still passes
 *  on. With the last one the window has the procedure that it had before.
 *
 *  @param window  A window.
 *  @param proc    The procedure.
 *  @param id      Tells apart what one procedure is set for several times.
 *  @retval RAT_IPC_OK                  It is gone.
 *  @retval RAT_IPC_ERR_INVALID_ARG     proc is NULL.
 *  @retval RAT_IPC_ERR_NOT_FOUND       It is not there under that id.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 RemoveWindowSubclass of comctl32; none known.
 *  @since 0.1
 *  @see RatSetWindowSubclass
 */
RatStatus RatRemoveWindowSubclass(RatWindow window, RatSubclassProc proc, uintptr_t id);

/** Passes a message on to the next procedure, in the end to the window's own.
 *
 *  @param window   The window the procedure was called for.
 *  @param message  The message, which may be another.
 *  @param wparam   First parameter.
 *  @param lparam   Second parameter.
 *  @return What that returns; 0 if the window is gone, or no procedure put before it is running.
 *  @reentrancy Runs the next procedure.
 *  @threadsafety The window's own thread; on another it does nothing and returns 0.
 *  @win32 DefSubclassProc of comctl32; none known.
 *  @since 0.1
 *  @see RatSetWindowSubclass
 */
RatResult RatDefSubclassProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);

#ifdef __cplusplus
}
#endif
#endif /* RATCLASS_H */
