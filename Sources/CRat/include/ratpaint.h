/** @file ratpaint.h
 *  Regions, what of a window needs painting, scrolling, and drawing outside of paints.
 *
 *  A region is a set of pixels. A window's update region is what of it needs painting: it grows by
 *  invalidation, by moves and by what others uncover, and is emptied by RatBeginPaint(). RatBeginPaint() and
 *  what goes with it are in ratgui.h.
 */
#ifndef RATPAINT_H
#define RATPAINT_H

#include "ratgui.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a region. Any thread may use it; close it with RatCloseRegion() or RatCloseHandle(). */
typedef RatHandle RatRegion;

/** @name How regions are combined */
#define RAT_RGN_AND 1u  /**< What both have. */
#define RAT_RGN_OR 2u   /**< What one of them has. */
#define RAT_RGN_XOR 3u  /**< What just one of them has. */
#define RAT_RGN_DIFF 4u /**< What the first has and the second has not. */
#define RAT_RGN_COPY 5u /**< The first. */

/** @name How much of a rectangle a region has */
#define RAT_COVERS_NONE 0u
#define RAT_COVERS_PART 1u
#define RAT_COVERS_ALL 2u

/** @name What RatRedrawWindow() does */
#define RAT_RDW_INVALIDATE 0x0001u      /**< The region needs painting. */
#define RAT_RDW_INTERNALPAINT 0x0002u   /**< RAT_WM_PAINT is to come, also if nothing needs painting. */
#define RAT_RDW_ERASE 0x0004u           /**< With INVALIDATE: it is to be erased first. */
#define RAT_RDW_VALIDATE 0x0008u        /**< The region needs no painting. INVALIDATE goes before it. */
#define RAT_RDW_NOINTERNALPAINT 0x0010u /**< Takes INTERNALPAINT back. */
#define RAT_RDW_NOERASE 0x0020u         /**< With VALIDATE: nothing is to be erased. */
#define RAT_RDW_NOCHILDREN 0x0040u      /**< The window alone. */
#define RAT_RDW_ALLCHILDREN 0x0080u     /**< What is in it too, also where it is RAT_WS_CLIPCHILDREN. */
#define RAT_RDW_UPDATENOW 0x0100u       /**< Paints at once, as RatUpdateWindow(). */
#define RAT_RDW_ERASENOW 0x0200u        /**< Sends at once what is due before a paint. */
#define RAT_RDW_FRAME 0x0400u           /**< With INVALIDATE: what is not client area too. */
#define RAT_RDW_NOFRAME 0x0800u         /**< With VALIDATE: RAT_WM_NCPAINT is not due any more. */

/** @name What RatScrollWindowEx() does */
#define RAT_SW_SCROLLCHILDREN 0x0001u /**< Children move with what they lie on. */
#define RAT_SW_INVALIDATE 0x0002u     /**< What is uncovered needs painting. */
#define RAT_SW_ERASE 0x0004u          /**< With INVALIDATE: it is to be erased first. */
#define RAT_SW_SMOOTHSCROLL 0x0010u   /**< Taken, and done at once. */

/** @name What RatGetWindowPixels() lends */
#define RAT_DCX_WINDOW 0x0001u          /**< The whole window, not the client area alone. */
#define RAT_DCX_CLIPCHILDREN 0x0008u    /**< Without what is in it. */
#define RAT_DCX_CLIPSIBLINGS 0x0010u    /**< Without what lies above it. */
#define RAT_DCX_EXCLUDERGN 0x0040u      /**< Without the region, instead of within it. */
#define RAT_DCX_INTERSECTRGN 0x0080u    /**< Within the region, as without this. */
#define RAT_DCX_EXCLUDEUPDATE 0x0100u   /**< Without the update region. */
#define RAT_DCX_INTERSECTUPDATE 0x0200u /**< Within the update region. */
#define RAT_DCX_USESTYLE 0x10000u       /**< Clips as the window's style says, as GetDC does. */

/** Makes a region.
 *
 *  It has what at least one of the rectangles covers. An empty or inverted one covers nothing.
 *
 *  @param rects  Rectangles, count of them; may be NULL if that is 0.
 *  @param count  At most 2^24.
 *  @param[out] outRegion  Receives the region, or RAT_INVALID_HANDLE.
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outRegion is NULL, or rects with a count; too many.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No handle is left.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateRectRgn and ExtCreateRegion, in one.
 *  @since 0.1
 *  @see RatCloseRegion
 */
RatStatus RatCreateRegion(const RatRect* rects, size_t count, RatRegion* outRegion);

/** Closes a region.
 *
 *  @param region  A region.
 *  @retval RAT_IPC_OK                  Closed.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DeleteObject; none known.
 *  @since 0.1
 *  @see RatCreateRegion
 */
RatStatus RatCloseRegion(RatRegion region);

/** Gives a region other pixels.
 *
 *  @param region  A region.
 *  @param rects  As of RatCreateRegion().
 *  @param count  As of RatCreateRegion().
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rects is NULL with a count; too many. The region is unchanged.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetRectRgn, with many rectangles.
 *  @since 0.1
 *  @see RatGetRegionRects
 */
RatStatus RatSetRegion(RatRegion region, const RatRect* rects, size_t count);

/** Sets a region to what two make.
 *
 *  The three may be the same.
 *
 *  @param target  Receives it.
 *  @param first  A region.
 *  @param second  A region; ignored for RAT_RGN_COPY.
 *  @param mode  RAT_RGN_*.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     No such mode.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  One of them names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread. Not one step for others who change the regions meanwhile.
 *  @win32 CombineRgn; RatGetRegionRects() tells how complex it is.
 *  @since 0.1
 *  @see RatEqualRegions
 */
RatStatus RatCombineRegions(RatRegion target, RatRegion first, RatRegion second, uint32_t mode);

/** Moves a region.
 *
 *  What would leave the coordinates is cut off.
 *
 *  @param region  A region.
 *  @param dx  How far to the right.
 *  @param dy  How far down.
 *  @retval RAT_IPC_OK                  Moved.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 OffsetRgn; none known.
 *  @since 0.1
 *  @see RatGetRegionBounds
 */
RatStatus RatOffsetRegion(RatRegion region, int32_t dx, int32_t dy);

/** Tells the smallest rectangle around a region.
 *
 *  @param region  A region.
 *  @param[out] outBounds  Receives it; all 0 for a region without pixels.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outBounds is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetRgnBox; none known.
 *  @since 0.1
 *  @see RatGetRegionRects
 */
RatStatus RatGetRegionBounds(RatRegion region, RatRect* outBounds);

/** Tells the rectangles of a region.
 *
 *  They do not overlap, and go from top to bottom and from left to right. The same pixels give the same
 *  rectangles, however the region was made.
 *
 *  @param region  A region.
 *  @param[out] rects  Receives them; may be NULL if capacity is 0.
 *  @param capacity  How many rects has room for.
 *  @param[out] outCount  Receives how many there are.
 *  @retval RAT_IPC_OK                    Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG       outCount is NULL, or rects with a capacity.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE    region names no live region.
 *  @retval RAT_IPC_ERR_BUFFER_TOO_SMALL  There are more; outCount tells how many, rects is untouched.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetRegionData; none known.
 *  @since 0.1
 *  @see RatSetRegion
 */
RatStatus RatGetRegionRects(RatRegion region, RatRect* rects, size_t capacity, size_t* outCount);

/** Tells whether a region has a pixel.
 *
 *  @param region  A region.
 *  @param x  The pixel's column.
 *  @param y  Its row.
 *  @param[out] outContains  Receives the answer.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outContains is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 PtInRegion; none known.
 *  @since 0.1
 *  @see RatRegionContainsRect
 */
RatStatus RatRegionContainsPoint(RatRegion region, int32_t x, int32_t y, bool* outContains);

/** Tells how much of a rectangle a region has.
 *
 *  @param region  A region.
 *  @param rect  The rectangle. An empty one is covered by any region.
 *  @param[out] outCoverage  Receives RAT_COVERS_*.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect or outCoverage is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  region names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RectInRegion, which does not tell part from all.
 *  @since 0.1
 *  @see RatRegionContainsPoint
 */
RatStatus RatRegionContainsRect(RatRegion region, const RatRect* rect, uint32_t* outCoverage);

/** Tells whether two regions have the same pixels.
 *
 *  @param first  A region.
 *  @param second  A region.
 *  @param[out] outEqual  Receives the answer.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outEqual is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  One of them names no live region.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 EqualRgn; none known.
 *  @since 0.1
 *  @see RatCombineRegions
 */
RatStatus RatEqualRegions(RatRegion first, RatRegion second, bool* outEqual);

/** Marks a region of a window as in need of painting.
 *
 *  As RatInvalidateRect(), which tells what follows.
 *
 *  @param window  A window.
 *  @param region  In client coordinates; RAT_INVALID_HANDLE for all of the client area. Copied.
 *  @param erase  True: RAT_WM_ERASEBKGND first.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is the desktop, or the root of message-only windows.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; as RatInvalidateRect().
 *  @win32 InvalidateRgn; another thread's window is marked when that one retrieves.
 *  @since 0.1
 *  @see RatValidateRegion
 */
RatStatus RatInvalidateRegion(RatWindow window, RatRegion region, bool erase);

/** Takes a rectangle out of what needs painting.
 *
 *  Also from what is in the window, unless its style is RAT_WS_CLIPCHILDREN. When nothing is left, no
 *  RAT_WM_PAINT comes.
 *
 *  @param window  A window.
 *  @param rect  Client coordinates; NULL for all of it.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is the desktop, or the root of message-only windows.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; as RatInvalidateRect().
 *  @win32 ValidateRect; another thread's window is marked when that one retrieves.
 *  @since 0.1
 *  @see RatInvalidateRect
 */
RatStatus RatValidateRect(RatWindow window, const RatRect* rect);

/** Takes a region out of what needs painting.
 *
 *  As RatValidateRect().
 *
 *  @param window  A window.
 *  @param region  In client coordinates; RAT_INVALID_HANDLE for all of the client area.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is the desktop, or the root of message-only windows.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread; as RatInvalidateRect().
 *  @win32 ValidateRgn; another thread's window is marked when that one retrieves.
 *  @since 0.1
 *  @see RatInvalidateRegion
 */
RatStatus RatValidateRegion(RatWindow window, RatRegion region);

/** Marks, unmarks, erases and paints, as the flags say.
 *
 *  First marks change: of the window, and of what is in it where the style is not RAT_WS_CLIPCHILDREN or
 *  the flags ask for it. What is marked in a child is marked with its frame, and to be erased. A hidden
 *  window takes no mark. Then RAT_RDW_UPDATENOW paints, or else RAT_RDW_ERASENOW sends RAT_WM_NCPAINT and
 *  RAT_WM_ERASEBKGND where they are due, to children of a window that is RAT_WS_CLIPCHILDREN too.
 *
 *  @param window  A window.
 *  @param rect  Client coordinates; NULL for all of the window. Ignored with a region.
 *  @param region  Client coordinates; RAT_INVALID_HANDLE for none.
 *  @param flags  RAT_RDW_*.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     Unknown flags.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is the desktop, or the root of message-only windows.
 *  @reentrancy Runs procedures with RAT_RDW_UPDATENOW and RAT_RDW_ERASENOW.
 *  @threadsafety Any thread; as RatInvalidateRect().
 *  @win32 RedrawWindow; another thread's window is marked when that one retrieves.
 *  @since 0.1
 *  @see RatGetUpdateRegion
 */
RatStatus RatRedrawWindow(RatWindow window, const RatRect* rect, RatRegion region, uint32_t flags);

/** Tells the smallest rectangle around a window's update region.
 *
 *  @param window  A window.
 *  @param[out] outRect  Receives it in client coordinates, as it is before the erase; all 0 if nothing needs painting.
 *  @param erase  True: sends RAT_WM_NCPAINT and RAT_WM_ERASEBKGND if they are due.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outRect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @reentrancy Runs the window's procedure with erase.
 *  @threadsafety The window's own thread.
 *  @win32 GetUpdateRect, whose result is whether the rectangle is empty.
 *  @since 0.1
 *  @see RatGetUpdateRegion
 */
RatStatus RatGetUpdateRect(RatWindow window, RatRect* outRect, bool erase);

/** Copies a window's update region.
 *
 *  @param window  A window.
 *  @param region  Receives it, in client coordinates.
 *  @param erase  As of RatGetUpdateRect().
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is another thread's.
 *  @reentrancy Runs the window's procedure with erase.
 *  @threadsafety The window's own thread.
 *  @win32 GetUpdateRgn; RatGetRegionRects() tells how complex it is.
 *  @since 0.1
 *  @see RatExcludeUpdateRegion
 */
RatStatus RatGetUpdateRegion(RatWindow window, RatRegion region, bool erase);

/** Takes a window's update region out of a region.
 *
 *  Drawing in what is left touches nothing that is to be painted anyway.
 *
 *  @param window  A window.
 *  @param region  In client coordinates; changed.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is another thread's.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 ExcludeUpdateRgn, which takes a device context's clip; RAT_DCX_EXCLUDEUPDATE does that.
 *  @since 0.1
 *  @see RatGetUpdateRegion
 */
RatStatus RatExcludeUpdateRegion(RatWindow window, RatRegion region);

/** Lends a window's pixels, outside of a paint.
 *
 *  The update region stays as it is. Any number may be lent at a time; what was drawn is shown when they are
 *  given back, in that order. Nothing can be seen of a hidden window, so its clip is empty.
 *
 *  @param window  A window.
 *  @param region  In the coordinates of what is lent: at most that is shown. RAT_INVALID_HANDLE for no limit.
 *  @param flags  RAT_DCX_*.
 *  @param[out] outPaint  Receives where to draw; one RatReleaseWindowPixels() is owed.
 *  @retval RAT_IPC_OK                  Draw.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outPaint is NULL, or unknown flags.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or region no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   It has no display, or that is lost.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory for the pixels.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 GetDCEx, with pixels in the place of a device context.
 *  @since 0.1
 *  @see RatReleaseWindowPixels
 */
RatStatus RatGetWindowPixels(RatWindow window, RatRegion region, uint32_t flags, RatPaint* outPaint);

/** Gives lent pixels back, and shows what was drawn on them.
 *
 *  Shown is the clip, as far as it can still be seen.
 *
 *  @param window  The window of RatGetWindowPixels().
 *  @param paint  What that gave.
 *  @retval RAT_IPC_OK                  Handed to the display.
 *  @retval RAT_IPC_ERR_INVALID_ARG     paint is NULL, or nothing that is lent of this window.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    It is another thread's.
 *  @retval RAT_IPC_ERR_NOT_CONNECTED   The display is lost; the pixels are given back all the same.
 *  @reentrancy Calls nothing back.
 *  @threadsafety The window's own thread.
 *  @win32 ReleaseDC; none known.
 *  @since 0.1
 *  @see RatGetWindowPixels
 */
RatStatus RatReleaseWindowPixels(RatWindow window, const RatPaint* paint);

/** Scrolls what a window's client area shows.
 *
 *  What lies in rect is moved, within rect and clip, and so is what needs painting there. Moved is only what
 *  can be seen; what gets no right pixels that way is uncovered.
 *
 *  @param window  A window. Nothing is done if it is hidden.
 *  @param dx  How far to the right.
 *  @param dy  How far down.
 *  @param rect  Client coordinates; NULL for all of it.
 *  @param clip  Client coordinates; NULL for no limit.
 *  @param updateRegion  Receives what was uncovered and what needed painting before, there and where it was moved;
 *                       may be RAT_INVALID_HANDLE.
 *  @param[out] outRect  Receives the smallest rectangle around what was uncovered; may be NULL.
 *  @param flags  RAT_SW_*.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     Unknown flags.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  window names no live window, or updateRegion no region.
 *  @retval RAT_IPC_ERR_WRONG_THREAD    The window is another thread's.
 *  @reentrancy Runs the procedures of children with RAT_SW_SCROLLCHILDREN.
 *  @threadsafety The window's own thread.
 *  @win32 ScrollWindowEx, which tells how complex the region is.
 *  @since 0.1
 *  @see RatRedrawWindow
 */
RatStatus RatScrollWindowEx(RatWindow window, int32_t dx, int32_t dy, const RatRect* rect,
                            const RatRect* clip, RatRegion updateRegion, RatRect* outRect, uint32_t flags);

#ifdef __cplusplus
}
#endif

#endif /* RATPAINT_H */
