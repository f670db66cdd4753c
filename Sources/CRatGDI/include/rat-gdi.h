/** @file rat-gdi.h
 *  Drawing: device contexts over pixels, pens, brushes, fonts, bitmaps and text, as Win32's GDI has them.
 *
 *  A context draws into pixels that somebody lends: those of RatBeginPaint() and RatGetWindowPixels(), a
 *  program's own, or a bitmap's. It knows no windows. Pixels are 32 bits in the machine's byte order,
 *  0xAARRGGBB; whatever is drawn is opaque. Colours are 0xRRGGBB, and what stands above that is ignored.
 *  Nothing is antialiased but text.
 *
 *  Any thread may use any object. What two threads draw with one context comes in some order.
 *  Coordinates beyond 2^27 count as 2^27. Texts are UTF-8; what is malformed is drawn as U+FFFD.
 */
#ifndef RAT_GDI_H
#define RAT_GDI_H

#include "rat.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Names a context, a pen, a brush, a font or a bitmap, and how often its place was used. */
typedef uint64_t RatGdiObject;

/** @name Kinds of objects */
#define RAT_GDI_PEN 1u
#define RAT_GDI_BRUSH 2u
#define RAT_GDI_CONTEXT 3u
#define RAT_GDI_FONT 6u
#define RAT_GDI_BITMAP 7u

/** A brush of a colour. It is a number, has no memory behind it and needs no closing. */
#define RAT_GDI_SOLID_BRUSH(color) (UINT64_C(0x0B00000000000000) | ((uint32_t)(color) & 0xFFFFFFu))
/** The brush that paints nothing. */
#define RAT_GDI_NULL_BRUSH UINT64_C(0x0B01000000000000)
/** The brush and the pen of the context's own colours: RAT_GDI_BRUSH_COLOR, RAT_GDI_PEN_COLOR. */
#define RAT_GDI_CONTEXT_BRUSH UINT64_C(0x0B02000000000000)
#define RAT_GDI_CONTEXT_PEN UINT64_C(0x0B03000000000000)

/** @name Objects that are always there. Closing them does nothing. */
#define RAT_GDI_BLACK_PEN UINT64_C(0x0D00000200000000)
#define RAT_GDI_WHITE_PEN UINT64_C(0x0D00000200000001)
#define RAT_GDI_NULL_PEN UINT64_C(0x0D00000200000002)
#define RAT_GDI_SYSTEM_FONT UINT64_C(0x0D00000C00000003)      /**< 16 pixels high; what a context begins with. */
#define RAT_GDI_DIALOG_FONT UINT64_C(0x0D00000C00000004)      /**< 8 points. */
#define RAT_GDI_FIXED_FONT UINT64_C(0x0D00000C00000005)       /**< Every character as wide as the others. */
#define RAT_GDI_EMPTY_BITMAP UINT64_C(0x0D00000E00000006)     /**< What a memory context begins with: one pixel. */

/** @name Pens */
#define RAT_GDI_SOLID 0u
#define RAT_GDI_DASH 1u
#define RAT_GDI_DOT 2u
#define RAT_GDI_DASHDOT 3u
#define RAT_GDI_DASHDOTDOT 4u
#define RAT_GDI_NOTHING 5u     /**< Draws nothing. */
#define RAT_GDI_INSIDEFRAME 6u /**< Solid; wide ones stay within the rectangle of what they go around. */

/** @name Brushes */
#define RAT_GDI_BRUSH_SOLID 0u
#define RAT_GDI_BRUSH_NULL 1u
#define RAT_GDI_BRUSH_HATCHED 2u
#define RAT_GDI_BRUSH_PATTERN 3u

/** @name Hatches */
#define RAT_GDI_HORIZONTAL 0u
#define RAT_GDI_VERTICAL 1u
#define RAT_GDI_FORWARD_DIAGONAL 2u  /**< Downwards to the right. */
#define RAT_GDI_BACKWARD_DIAGONAL 3u /**< Upwards to the right. */
#define RAT_GDI_CROSS 4u
#define RAT_GDI_DIAGONAL_CROSS 5u

/** @name Attributes of a context */
#define RAT_GDI_TEXT_COLOR 0u
#define RAT_GDI_BACKGROUND_COLOR 1u /**< Behind opaque text, between hatches and dashes. White at first. */
#define RAT_GDI_BACKGROUND_MODE 2u  /**< 1 transparent, 2 opaque, as at first. */
#define RAT_GDI_TEXT_ALIGN 3u       /**< RAT_GDI_TA_*. */
#define RAT_GDI_MIX 4u              /**< How pens and brushes meet what is there: Win32's R2_*, 1 to 16; 13 at first. */
#define RAT_GDI_FILL_MODE 5u        /**< What is inside of a polygon: 1 alternate, as at first, 2 winding. */
#define RAT_GDI_STRETCH_MODE 6u     /**< Kept; pixels are repeated or left out. 1 to 4. */
#define RAT_GDI_BRUSH_COLOR 7u      /**< Of RAT_GDI_CONTEXT_BRUSH; white at first. */
#define RAT_GDI_PEN_COLOR 8u        /**< Of RAT_GDI_CONTEXT_PEN. */

/** @name Text alignment */
#define RAT_GDI_TA_UPDATECP 1u  /**< The text goes to the position, and moves it. */
#define RAT_GDI_TA_RIGHT 2u
#define RAT_GDI_TA_CENTER 6u
#define RAT_GDI_TA_BOTTOM 8u
#define RAT_GDI_TA_BASELINE 24u

/** @name Points of a context */
#define RAT_GDI_VIEWPORT_ORIGIN 0u /**< The pixel of the window origin. */
#define RAT_GDI_WINDOW_ORIGIN 1u   /**< The coordinates of the viewport origin. */
#define RAT_GDI_BRUSH_ORIGIN 2u    /**< The pixel where hatches and patterns begin. */
#define RAT_GDI_POSITION 3u        /**< Where the next line begins. */

/** @name Arcs */
#define RAT_GDI_ARC 0u
#define RAT_GDI_CHORD 1u
#define RAT_GDI_PIE 2u

/** @name How RatGdiClip() changes a clip */
#define RAT_GDI_CLIP_AND 1u  /**< To what is also in the rectangles. */
#define RAT_GDI_CLIP_DIFF 4u /**< To what is not in them. */
#define RAT_GDI_CLIP_COPY 5u /**< To the rectangles, whose coordinates are pixels. */

/** @name RatGdiTextOut() */
#define RAT_GDI_ETO_OPAQUE 2u  /**< The rectangle is filled with the background colour first. */
#define RAT_GDI_ETO_CLIPPED 4u /**< Nothing is drawn outside of the rectangle. */

/** @name RatGdiDrawText() */
#define RAT_GDI_DT_CENTER 0x0001u
#define RAT_GDI_DT_RIGHT 0x0002u
#define RAT_GDI_DT_VCENTER 0x0004u /**< With SINGLELINE, as BOTTOM. */
#define RAT_GDI_DT_BOTTOM 0x0008u
#define RAT_GDI_DT_WORDBREAK 0x0010u
#define RAT_GDI_DT_SINGLELINE 0x0020u
#define RAT_GDI_DT_EXPANDTABS 0x0040u
#define RAT_GDI_DT_TABSTOP 0x0080u /**< Bits 8 to 15: how many characters a tab stands for. */
#define RAT_GDI_DT_NOCLIP 0x0100u
#define RAT_GDI_DT_EXTERNALLEADING 0x0200u
#define RAT_GDI_DT_CALCRECT 0x0400u /**< Draws nothing; the rectangle is made as large as the text. */
#define RAT_GDI_DT_NOPREFIX 0x0800u /**< '&' stands for itself, and underlines nothing. */
#define RAT_GDI_DT_INTERNAL 0x1000u
#define RAT_GDI_DT_EDITCONTROL 0x2000u /**< A line that fits in part is not drawn. */
#define RAT_GDI_DT_PATH_ELLIPSIS 0x4000u
#define RAT_GDI_DT_END_ELLIPSIS 0x8000u
#define RAT_GDI_DT_RTLREADING 0x20000u /**< Taken, and does nothing. */
#define RAT_GDI_DT_WORD_ELLIPSIS 0x40000u
#define RAT_GDI_DT_NOFULLWIDTHCHARBREAK 0x80000u /**< Taken, and does nothing. */
#define RAT_GDI_DT_HIDEPREFIX 0x100000u
#define RAT_GDI_DT_PREFIXONLY 0x200000u

/** Pixels in memory. */
typedef struct {
    uint32_t* pixels; /**< The top left one; NULL if there are none. */
    ptrdiff_t stride; /**< Bytes from one row to the next, a multiple of 4; negative where rows go upwards. */
    int32_t width;
    int32_t height;
} RatGdiPixels;

/** Where a context draws. */
typedef struct {
    uint32_t size;       /**< sizeof(RatGdiTarget). */
    uint32_t clipCount;  /**< How many rectangles clip has. */
    const RatRect* clip; /**< What may be drawn on, in pixels; they do not overlap. NULL: all. Copied. */
    RatGdiPixels pixels; /**< Must stay while the context lives. */
} RatGdiTarget;

/** What a font is to be like. */
typedef struct {
    uint32_t size;    /**< sizeof(RatGdiFont). */
    int32_t height;   /**< Pixels: above 0 of a line, below 0 of the letters alone; 0 for a usual one. */
    int32_t weight;   /**< 0 for a usual one; from 600 on it is bold. */
    uint32_t flags;   /**< RAT_GDI_FONT_*. */
    const char* face; /**< A family that fontconfig finds; NULL or "" for a usual one. What is not there is replaced
                           by what is like it. */
} RatGdiFont;
#define RAT_GDI_FONT_ITALIC 1u
#define RAT_GDI_FONT_UNDERLINE 2u
#define RAT_GDI_FONT_STRIKEOUT 4u
#define RAT_GDI_FONT_FIXED 8u /**< Where face does not say: every character as wide as the others. */
#define RAT_GDI_FONT_SERIF 16u
#define RAT_GDI_FONT_ALIASED 32u /**< Pixels are of the text's colour or untouched. */

/** What an object is. */
typedef struct {
    uint32_t size;       /**< sizeof(RatGdiDescription). */
    uint32_t kind;       /**< RAT_GDI_PEN to RAT_GDI_BITMAP. */
    uint32_t style;      /**< Of a pen, or RAT_GDI_BRUSH_*. */
    uint32_t hatch;      /**< Of a hatched brush. */
    uint32_t color;      /**< Of a pen or brush. */
    int32_t width;       /**< Of a pen. */
    RatGdiPixels pixels; /**< Of a bitmap; they stay until it is closed and no context has it selected. */
    int32_t fontHeight;  /**< As it was asked for, and so is the rest. */
    int32_t fontWeight;
    uint32_t fontFlags;
    char fontFace[64];   /**< Cut to fit. */
} RatGdiDescription;

/** What a context's font measures, in pixels. */
typedef struct {
    uint32_t size; /**< sizeof(RatGdiTextMetrics). */
    int32_t height; /**< Of a line: ascent and descent. */
    int32_t ascent;
    int32_t descent;
    int32_t internalLeading; /**< What of the height is above the letters. */
    int32_t externalLeading; /**< What may be left free between lines; not in the height. */
    int32_t averageWidth;
    int32_t maximumWidth;
    int32_t isFixed; /**< Not 0: all characters are equally wide. */
} RatGdiTextMetrics;

/** Makes a context.
 *
 *  It has the black pen, the white brush and the system font selected.
 *
 *  @param target  Where it draws; NULL for a memory context, which draws into the bitmap that is selected
 *                 into it.
 *  @param[out] outContext  Receives the context, or 0. Close it with RatGdiClose().
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outContext is NULL; the target's size, stride, or a rectangle is
 *                                    wrong.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateCompatibleDC, GetDC and BeginPaint, in one.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreateContext(const RatGdiTarget* target, RatGdiObject* outContext);

/** Closes an object.
 *
 *  Its handle is dead at once. What is selected into a context, or saved in one, is drawn with until
 *  another is selected. What is always there stays.
 *
 *  @param object  A context, pen, brush, font or bitmap.
 *  @retval RAT_IPC_OK                  Closed.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  object names no live object.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DeleteObject and DeleteDC; deleting what is selected succeeds, as in Wine.
 *  @since 0.1
 *  @see RatGdiCreateContext
 */
RatStatus RatGdiClose(RatGdiObject object);

/** Tells what an object is.
 *
 *  @param object  An object. Of a context its font is described.
 *  @param[out] outDescription  Receives it; its size is set by the caller.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outDescription is NULL, or its size is wrong.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  object names no live object.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetObject and GetObjectType.
 *  @since 0.1
 *  @see RatGdiSelect
 */
RatStatus RatGdiDescribe(RatGdiObject object, RatGdiDescription* outDescription);

/** Has a context draw with an object, or into a bitmap.
 *
 *  A bitmap can be selected into one memory context at a time.
 *
 *  @param context  A context.
 *  @param object  A pen, brush, font or bitmap.
 *  @param[out] outPrevious  Receives what was selected of that kind, which may be closed by now; may be
 *                           NULL.
 *  @retval RAT_IPC_OK                  Selected.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context, or object nothing that can be
 *                                      selected.
 *  @retval RAT_IPC_ERR_ACCESS_DENIED   The bitmap is selected elsewhere, or the context is none of memory.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SelectObject, without regions.
 *  @since 0.1
 *  @see RatGdiGetSelected
 */
RatStatus RatGdiSelect(RatGdiObject context, RatGdiObject object, RatGdiObject* outPrevious);

/** Tells what a context draws with.
 *
 *  @param context  A context.
 *  @param kind  RAT_GDI_PEN, RAT_GDI_BRUSH, RAT_GDI_FONT or RAT_GDI_BITMAP.
 *  @param[out] outObject  Receives it; 0 for the bitmap of a context that is none of memory.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outObject is NULL, or there is no such kind.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetCurrentObject; none known.
 *  @since 0.1
 *  @see RatGdiSelect
 */
RatStatus RatGdiGetSelected(RatGdiObject context, uint32_t kind, RatGdiObject* outObject);

/** Notes all of a context's state but its bitmap.
 *
 *  @param context  A context.
 *  @param[out] outLevel  Receives how many states are noted now; may be NULL.
 *  @retval RAT_IPC_OK                  Noted.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    65,536 are.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SaveDC; the bitmap is not part of it.
 *  @since 0.1
 *  @see RatGdiRestore
 */
RatStatus RatGdiSave(RatGdiObject context, int32_t* outLevel);

/** Takes a context back to a state that was noted, and forgets that one and later ones.
 *
 *  @param context  A context.
 *  @param level  What RatGdiSave() gave; below 0 counted from the last one, which is -1.
 *  @retval RAT_IPC_OK                  It is as it was.
 *  @retval RAT_IPC_ERR_INVALID_ARG     There is no such level.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RestoreDC; none known.
 *  @since 0.1
 *  @see RatGdiSave
 */
RatStatus RatGdiRestore(RatGdiObject context, int32_t level);

/** Changes an attribute of a context.
 *
 *  @param context  A context.
 *  @param attribute  RAT_GDI_TEXT_COLOR to RAT_GDI_PEN_COLOR.
 *  @param value  A colour, or one of those named there.
 *  @param[out] outPrevious  Receives what it was; may be NULL.
 *  @retval RAT_IPC_OK                  Changed.
 *  @retval RAT_IPC_ERR_INVALID_ARG     There is no such attribute, or no such value of it.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetTextColor, SetBkMode and their like.
 *  @since 0.1
 *  @see RatGdiGetAttribute
 */
RatStatus RatGdiSetAttribute(RatGdiObject context, uint32_t attribute, uint32_t value,
                             uint32_t* outPrevious);

/** Tells an attribute of a context.
 *
 *  @param context  A context.
 *  @param attribute  RAT_GDI_TEXT_COLOR to RAT_GDI_PEN_COLOR.
 *  @param[out] outValue  Receives it.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outValue is NULL, or there is no such attribute.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetTextColor, GetBkMode and their like.
 *  @since 0.1
 *  @see RatGdiSetAttribute
 */
RatStatus RatGdiGetAttribute(RatGdiObject context, uint32_t attribute, uint32_t* outValue);

/** Moves a point of a context.
 *
 *  Coordinates are pixels less the viewport origin, plus the window origin. The clip stays where it is.
 *
 *  @param context  A context.
 *  @param which  RAT_GDI_VIEWPORT_ORIGIN to RAT_GDI_POSITION.
 *  @param x  The column.
 *  @param y  The row.
 *  @param[out] outPrevious  Receives where it was; may be NULL.
 *  @retval RAT_IPC_OK                  Moved.
 *  @retval RAT_IPC_ERR_INVALID_ARG     There is no such point.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 MoveToEx, SetViewportOrgEx, SetWindowOrgEx and SetBrushOrgEx.
 *  @since 0.1
 *  @see RatGdiGetPoint
 */
RatStatus RatGdiSetPoint(RatGdiObject context, uint32_t which, int32_t x, int32_t y, RatPoint* outPrevious);

/** Tells a point of a context.
 *
 *  @param context  A context.
 *  @param which  RAT_GDI_VIEWPORT_ORIGIN to RAT_GDI_POSITION.
 *  @param[out] outPoint  Receives it.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outPoint is NULL, or there is no such point.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetCurrentPositionEx, GetViewportOrgEx and their like.
 *  @since 0.1
 *  @see RatGdiSetPoint
 */
RatStatus RatGdiGetPoint(RatGdiObject context, uint32_t which, RatPoint* outPoint);

/** Limits where a context draws.
 *
 *  Its target's own clip remains a limit.
 *
 *  @param context  A context.
 *  @param mode  RAT_GDI_CLIP_*.
 *  @param rects  Rectangles, count of them; NULL with RAT_GDI_CLIP_COPY takes the limit away.
 *  @param count  At most 2^16; 2^12 unless they go from top to bottom and from left to right, as a region's
 *                do.
 *  @retval RAT_IPC_OK                  Limited.
 *  @retval RAT_IPC_ERR_INVALID_ARG     No such mode, rects is NULL, or too many.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 IntersectClipRect, ExcludeClipRect and SelectClipRgn.
 *  @since 0.1
 *  @see RatGdiGetClipBox
 */
RatStatus RatGdiClip(RatGdiObject context, uint32_t mode, const RatRect* rects, size_t count);

/** Tells the smallest rectangle around what a context can draw on.
 *
 *  @param context  A context.
 *  @param[out] outBox  Receives it; all 0 if there is nothing.
 *  @param[out] outCount  Receives of how many rectangles that is; may be NULL.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outBox is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetClipBox; none known.
 *  @since 0.1
 *  @see RatGdiClip
 */
RatStatus RatGdiGetClipBox(RatGdiObject context, RatRect* outBox, uint32_t* outCount);

/** Makes a pen.
 *
 *  @param style  RAT_GDI_SOLID to RAT_GDI_INSIDEFRAME.
 *  @param width  Pixels; 0 counts as 1, and what is below as its opposite. Wide pens are round, and never
 *                dashed.
 *  @param color  A colour.
 *  @param[out] outPen  Receives the pen, or 0.
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outPen is NULL, or there is no such style.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreatePen; none known.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreatePen(uint32_t style, int32_t width, uint32_t color, RatGdiObject* outPen);

/** Makes a brush of lines.
 *
 *  RAT_GDI_SOLID_BRUSH() makes the others.
 *
 *  @param hatch  RAT_GDI_HORIZONTAL to RAT_GDI_DIAGONAL_CROSS.
 *  @param color  Of the lines; what is between them has the background colour if the mode is opaque.
 *  @param[out] outBrush  Receives the brush, or 0.
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outBrush is NULL, or there is no such hatch.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateHatchBrush; none known.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreateHatchBrush(uint32_t hatch, uint32_t color, RatGdiObject* outBrush);

/** Makes a brush that repeats a bitmap.
 *
 *  The pixels are copied, at most 2^24 of them.
 *
 *  @param bitmap  A bitmap.
 *  @param[out] outBrush  Receives the brush, or 0.
 *  @retval RAT_IPC_OK                  Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outBrush is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  bitmap names no live bitmap.
 *  @retval RAT_IPC_ERR_NO_RESOURCES    No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreatePatternBrush; none known.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreatePatternBrush(RatGdiObject bitmap, RatGdiObject* outBrush);

/** Makes a bitmap, all 0.
 *
 *  Its pixels are the program's too: RatGdiDescribe() tells where they are.
 *
 *  @param width  Pixels, 1 to 32,767.
 *  @param height  The same.
 *  @param isUpward  True: its last row comes first in memory.
 *  @param[out] outBitmap  Receives the bitmap, or 0.
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outBitmap is NULL, or a size is out of range.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateCompatibleBitmap and CreateDIBSection of 32 bits.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreateBitmap(int32_t width, int32_t height, bool isUpward, RatGdiObject* outBitmap);

/** Makes a font.
 *
 *  It is looked for when it is first needed.
 *
 *  @param font  What it is to be like; copied.
 *  @param[out] outFont  Receives the font, or 0.
 *  @retval RAT_IPC_OK                Made.
 *  @retval RAT_IPC_ERR_INVALID_ARG   outFont or font is NULL, or its size is wrong; face is longer than 255
 *                                    bytes.
 *  @retval RAT_IPC_ERR_NO_RESOURCES  No memory, or 65,536 objects live.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 CreateFont; without rotation and widths of one's own.
 *  @since 0.1
 *  @see RatGdiClose
 */
RatStatus RatGdiCreateFont(const RatGdiFont* font, RatGdiObject* outFont);

/** Sets a pixel.
 *
 *  Outside of the clip nothing is set.
 *
 *  @param context  A context.
 *  @param x  The column.
 *  @param y  The row.
 *  @param color  A colour.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetPixel, without a result.
 *  @since 0.1
 *  @see RatGdiGetPixel
 */
RatStatus RatGdiSetPixel(RatGdiObject context, int32_t x, int32_t y, uint32_t color);

/** Tells a pixel's colour.
 *
 *  @param context  A context.
 *  @param x  The column.
 *  @param y  The row.
 *  @param[out] outColor  Receives 0xRRGGBB.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outColor is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @retval RAT_IPC_ERR_NOT_FOUND       The pixel is outside of the clip.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetPixel; none known.
 *  @since 0.1
 *  @see RatGdiSetPixel
 */
RatStatus RatGdiGetPixel(RatGdiObject context, int32_t x, int32_t y, uint32_t* outColor);

/** Draws a line from the position with the pen, and moves the position to its end.
 *
 *  A thin line has no pixel at its end.
 *
 *  @param context  A context.
 *  @param x  The column of the end.
 *  @param y  Its row.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 LineTo; none known.
 *  @since 0.1
 *  @see RatGdiSetPoint
 */
RatStatus RatGdiLineTo(RatGdiObject context, int32_t x, int32_t y);

/** Draws lines from point to point with the pen.
 *
 *  The position stays.
 *
 *  @param context  A context.
 *  @param points  Points, count of them.
 *  @param count  2 to 2^20.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     points is NULL, or count out of range.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 Polyline; none known.
 *  @since 0.1
 *  @see RatGdiPolygon
 */
RatStatus RatGdiPolyline(RatGdiObject context, const RatPoint* points, size_t count);

/** Fills a polygon with the brush, and goes around it with the pen.
 *
 *  @param context  A context.
 *  @param points  Points, count of them.
 *  @param count  2 to 2^20.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     points is NULL, or count out of range.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 Polygon; none known.
 *  @since 0.1
 *  @see RatGdiPolyline
 */
RatStatus RatGdiPolygon(RatGdiObject context, const RatPoint* points, size_t count);

/** Fills a rectangle with the brush, within a line of the pen.
 *
 *  @param context  A context.
 *  @param rect  The rectangle. Corners may be in any order; right and bottom are just outside.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 Rectangle; none known.
 *  @since 0.1
 *  @see RatGdiFillRect
 */
RatStatus RatGdiRectangle(RatGdiObject context, const RatRect* rect);

/** Draws as RatGdiRectangle(), with corners that are rounded.
 *
 *  @param context  A context.
 *  @param rect  The rectangle. Corners may be in any order; right and bottom are just outside.
 *  @param width  Of the ellipse whose quarters the corners are.
 *  @param height  Of that ellipse.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 RoundRect; pixels of the corners may differ.
 *  @since 0.1
 *  @see RatGdiRectangle
 */
RatStatus RatGdiRoundRect(RatGdiObject context, const RatRect* rect, int32_t width, int32_t height);

/** Fills an ellipse with the brush, within a line of the pen.
 *
 *  @param context  A context.
 *  @param rect  The rectangle. Corners may be in any order; right and bottom are just outside.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 Ellipse; pixels of the line may differ.
 *  @since 0.1
 *  @see RatGdiArc
 */
RatStatus RatGdiEllipse(RatGdiObject context, const RatRect* rect);

/** Draws a part of an ellipse, counterclockwise.
 *
 *  It goes from the ray through start to the ray through end, both from the centre; all around if they are
 *  one.
 *
 *  @param context  A context.
 *  @param kind  RAT_GDI_ARC draws the line, RAT_GDI_CHORD and RAT_GDI_PIE close and fill it too.
 *  @param rect  The rectangle. Corners may be in any order; right and bottom are just outside.
 *  @param start  A point, not the centre.
 *  @param end  A point, not the centre.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     A pointer is NULL, or there is no such kind.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 Arc, Chord and Pie; pixels of the line may differ.
 *  @since 0.1
 *  @see RatGdiEllipse
 */
RatStatus RatGdiArc(RatGdiObject context, uint32_t kind, const RatRect* rect, const RatPoint* start,
                    const RatPoint* end);

/** Fills a rectangle.
 *
 *  The mix does not count.
 *
 *  @param context  A context.
 *  @param rect  The rectangle; an empty or inverted one has no pixels.
 *  @param brush  A brush.
 *  @retval RAT_IPC_OK                  Filled.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context, or brush no live brush.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 FillRect; inverted ones are not turned.
 *  @since 0.1
 *  @see RatGdiFrameRect
 */
RatStatus RatGdiFillRect(RatGdiObject context, const RatRect* rect, RatGdiObject brush);

/** Draws the outermost pixels of a rectangle with a brush.
 *
 *  @param context  A context.
 *  @param rect  The rectangle; an empty or inverted one has no pixels.
 *  @param brush  A brush.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context, or brush no live brush.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 FrameRect; none known.
 *  @since 0.1
 *  @see RatGdiFillRect
 */
RatStatus RatGdiFrameRect(RatGdiObject context, const RatRect* rect, RatGdiObject brush);

/** Inverts every second of the outermost pixels of a rectangle.
 *
 *  Doing it twice changes nothing.
 *
 *  @param context  A context.
 *  @param rect  The rectangle; an empty or inverted one has no pixels.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DrawFocusRect; none known.
 *  @since 0.1
 *  @see RatGdiFrameRect
 */
RatStatus RatGdiFocusRect(RatGdiObject context, const RatRect* rect);

/** Combines a rectangle's pixels with the brush.
 *
 *  @param context  A context.
 *  @param rect  The rectangle. Corners may be in any order; right and bottom are just outside.
 *  @param operation  A raster operation of Win32 that needs no source.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     rect is NULL, or the operation needs a source.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 PatBlt; none known.
 *  @since 0.1
 *  @see RatGdiBlt
 */
RatStatus RatGdiPatBlt(RatGdiObject context, const RatRect* rect, uint32_t operation);

/** Copies pixels from one context to another, or combines them.
 *
 *  Where the rectangles differ in size, pixels are repeated or left out; one that is inverted is mirrored.
 *  What lies outside of the source is left as it is. They may overlap.
 *
 *  @param context  A context.
 *  @param rect  Where they go.
 *  @param source  A context; may be the same.
 *  @param sourceRect  Where they come from, in its coordinates.
 *  @param operation  A raster operation of Win32, any of the 256.
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     A rectangle is NULL.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context or source names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 BitBlt and StretchBlt; no halftone.
 *  @since 0.1
 *  @see RatGdiDrawPixels
 */
RatStatus RatGdiBlt(RatGdiObject context, const RatRect* rect, RatGdiObject source,
                    const RatRect* sourceRect, uint32_t operation);

/** Copies pixels from memory, or combines them.
 *
 *  As RatGdiBlt().
 *
 *  @param context  A context.
 *  @param rect  Where they go.
 *  @param pixels  Where they are; read only.
 *  @param sourceRect  Which of them.
 *  @param operation  As of RatGdiBlt().
 *  @retval RAT_IPC_OK                  Done.
 *  @retval RAT_IPC_ERR_INVALID_ARG     A pointer is NULL, or the pixels' sizes make no sense.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 SetDIBitsToDevice and StretchDIBits of 32 bits.
 *  @since 0.1
 *  @see RatGdiBlt
 */
RatStatus RatGdiDrawPixels(RatGdiObject context, const RatRect* rect, const RatGdiPixels* pixels,
                           const RatRect* sourceRect, uint32_t operation);

/** Draws a line of text.
 *
 *  The alignment says what of it is at the point. Characters that are not in the font are taken from
 *  another.
 *
 *  @param context  A context.
 *  @param x  The column.
 *  @param y  The row.
 *  @param options  RAT_GDI_ETO_*.
 *  @param rect  For the options; may be NULL.
 *  @param text  The text.
 *  @param size  Its bytes.
 *  @param advances  How far each byte takes the next character to the right, or NULL: a character's bytes
 *                   are added up.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     text is NULL with a size, size is above 2^20, or an option is
 *                                      unknown.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 TextOut and ExtTextOut; no kerning, no other directions of writing.
 *  @since 0.1
 *  @see RatGdiDrawText
 */
RatStatus RatGdiTextOut(RatGdiObject context, int32_t x, int32_t y, uint32_t options, const RatRect* rect,
                        const char* text, size_t size, const int32_t* advances);

/** Tells how large a line of text is.
 *
 *  @param context  A context.
 *  @param text  The text.
 *  @param size  Its bytes.
 *  @param limit  A width in pixels, for outFit.
 *  @param[out] extents  Receives for each byte how wide the text is with that character; may be NULL.
 *  @param[out] outFit  Receives how many bytes of whole characters are within the limit; may be NULL.
 *  @param[out] outSize  Receives width and height.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outSize is NULL, text is NULL with a size, or size is above 2^20.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetTextExtentPoint32 and GetTextExtentExPoint.
 *  @since 0.1
 *  @see RatGdiGetTextMetrics
 */
RatStatus RatGdiMeasureText(RatGdiObject context, const char* text, size_t size, int32_t limit,
                            int32_t* extents, size_t* outFit, RatPoint* outSize);

/** Draws a text within a rectangle, in lines.
 *
 *  The lines end at line feeds and, where asked for, between words.
 *
 *  @param context  A context.
 *  @param text  The text.
 *  @param size  Its bytes.
 *  @param[in,out] rect  The rectangle; changed with RAT_GDI_DT_CALCRECT.
 *  @param format  RAT_GDI_DT_*.
 *  @param[out] outHeight  Receives the text's height, from the rectangle's top where it is aligned to
 *                         another edge; may be NULL.
 *  @retval RAT_IPC_OK                  Drawn.
 *  @retval RAT_IPC_ERR_INVALID_ARG     text is NULL with a size, rect is NULL, size is above 2^20, or a
 *                                      format is unknown.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 DrawText; DT_MODIFYSTRING is not there.
 *  @since 0.1
 *  @see RatGdiTextOut
 */
RatStatus RatGdiDrawText(RatGdiObject context, const char* text, size_t size, RatRect* rect,
                         uint32_t format, int32_t* outHeight);

/** Tells what a context's font measures.
 *
 *  @param context  A context.
 *  @param[out] outMetrics  Receives it; its size is set by the caller.
 *  @retval RAT_IPC_OK                  Told.
 *  @retval RAT_IPC_ERR_INVALID_ARG     outMetrics is NULL, or its size is wrong.
 *  @retval RAT_IPC_ERR_INVALID_HANDLE  context names no live context.
 *  @reentrancy Calls nothing back.
 *  @threadsafety Any thread.
 *  @win32 GetTextMetrics; none known.
 *  @since 0.1
 *  @see RatGdiMeasureText
 */
RatStatus RatGdiGetTextMetrics(RatGdiObject context, RatGdiTextMetrics* outMetrics);

#ifdef __cplusplus
}
#endif

#endif /* RAT_GDI_H */
