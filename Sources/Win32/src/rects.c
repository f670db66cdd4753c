/* Arithmetic of rectangles. An empty one has no pixels, whatever its corners are. */
#include "internal.h"

static bool isEmpty(const RECT* rect)
{
    return rect->left >= rect->right || rect->top >= rect->bottom;
}

BOOL SetRect(LPRECT rect, int left, int top, int right, int bottom)
{
    if (rect == NULL) return FALSE;
    *rect = (RECT){ left, top, right, bottom };
    return TRUE;
}

BOOL SetRectEmpty(LPRECT rect)
{
    return SetRect(rect, 0, 0, 0, 0);
}

BOOL CopyRect(LPRECT to, const RECT* from)
{
    if (to == NULL || from == NULL) return FALSE;
    *to = *from;
    return TRUE;
}

BOOL InflateRect(LPRECT rect, int dx, int dy)
{
    if (rect == NULL) return FALSE;
    rect->left -= dx;
    rect->top -= dy;
    rect->right += dx;
    rect->bottom += dy;
    return TRUE;
}

BOOL OffsetRect(LPRECT rect, int dx, int dy)
{
    if (rect == NULL) return FALSE;
    rect->left += dx;
    rect->top += dy;
    rect->right += dx;
    rect->bottom += dy;
    return TRUE;
}

BOOL IntersectRect(LPRECT result, const RECT* a, const RECT* b)
{
    if (result == NULL || a == NULL || b == NULL) return FALSE;
    RECT both = { max(a->left, b->left), max(a->top, b->top), min(a->right, b->right),
                  min(a->bottom, b->bottom) };
    if (isEmpty(a) || isEmpty(b) || isEmpty(&both)) {
        SetRectEmpty(result);
        return FALSE;
    }
    *result = both;
    return TRUE;
}

BOOL UnionRect(LPRECT result, const RECT* a, const RECT* b)
{
    if (result == NULL || a == NULL || b == NULL) return FALSE;
    if (isEmpty(a) && isEmpty(b)) {
        SetRectEmpty(result);
        return FALSE;
    }
    RECT whole = isEmpty(a) ? *b : *a;
    if (!isEmpty(a) && !isEmpty(b)) {
        whole.left = min(a->left, b->left);
        whole.top = min(a->top, b->top);
        whole.right = max(a->right, b->right);
        whole.bottom = max(a->bottom, b->bottom);
    }
    *result = whole;
    return TRUE;
}

/* Takes away only what leaves a rectangle. */
BOOL SubtractRect(LPRECT result, const RECT* a, const RECT* b)
{
    if (result == NULL || a == NULL || b == NULL) return FALSE;
    RECT rest = *a, both;
    if (isEmpty(a)) {
        SetRectEmpty(result);
        return FALSE;
    }
    if (IntersectRect(&both, a, b)) {
        if (EqualRect(&both, a)) {
            SetRectEmpty(result);
            return FALSE;
        }
        if (both.top == a->top && both.bottom == a->bottom) {
            if (both.left == a->left) rest.left = both.right;
            else if (both.right == a->right) rest.right = both.left;
        } else if (both.left == a->left && both.right == a->right) {
            if (both.top == a->top) rest.top = both.bottom;
            else if (both.bottom == a->bottom) rest.bottom = both.top;
        }
    }
    *result = rest;
    return TRUE;
}

BOOL IsRectEmpty(const RECT* rect)
{
    return rect == NULL || isEmpty(rect);
}

BOOL EqualRect(const RECT* a, const RECT* b)
{
    return a != NULL && b != NULL && memcmp(a, b, sizeof *a) == 0;
}

BOOL PtInRect(const RECT* rect, POINT point)
{
    return rect != NULL && point.x >= rect->left && point.x < rect->right && point.y >= rect->top &&
           point.y < rect->bottom;
}
