#include "view.h"

#include <cairo.h>
#include <stdio.h>
#include <string.h>

enum { PADDING = 14 };

static const uint32_t page = 0xF1EEE6, paper = 0xFFFFFF, ink = 0x2B2D42, dim = 0x7A7F8C, edge = 0xC9C4B8,
                      accent = 0x3A6EA5, chosen = 0xC4DAF0;

static void set(cairo_t* cr, uint32_t colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

static void box(cairo_t* cr, double x, double y, double width, double height, uint32_t colour)
{
    set(cr, colour);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

static void font(cairo_t* cr, double size)
{
    cairo_select_font_face(cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, size);
}

static void writeAt(cairo_t* cr, double x, double y, uint32_t colour, const char* string)
{
    set(cr, colour);
    cairo_move_to(cr, x, y);
    cairo_show_text(cr, string);
}

/* -- Where characters are ------------------------------------------------------------------------ */

/* How wide the first bytes are. They get their 0 for as long as cairo looks. */
static double widthOf(cairo_t* cr, const Text* text, size_t count)
{
    cairo_text_extents_t extents;
    if (count == 0) return 0;
    const char kept = text->bytes[count];
    text->bytes[count] = 0;
    cairo_text_extents(cr, text->bytes, &extents);
    text->bytes[count] = kept;
    return extents.x_advance;
}

/* A context that only measures. */
static cairo_t* ruler(void)
{
    static cairo_t* cr;
    if (cr) return cr;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cr = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context keeps it */
    font(cr, 18);
    return cr;
}

void viewFollow(const Text* text, Look* look, int width)
{
    const int x = (int)widthOf(ruler(), text, text->caret), room = width - 2 * PADDING;
    if (x - look->scrolled > room) look->scrolled = x - room;
    if (x < look->scrolled) look->scrolled = x;
}

size_t viewPlaceAt(const Text* text, const Look* look, int x)
{
    const double wanted = x - PADDING + look->scrolled;
    size_t place = 0;
    while (place < text->length) {
        const size_t next = textNext(text, place, 1);
        const double middle = (widthOf(ruler(), text, place) + widthOf(ruler(), text, next)) / 2;
        if (wanted < middle) break;
        place = next;
    }
    return place;
}

/* -- Drawing ------------------------------------------------------------------------------------- */

/* Rat's pixels are cairo's ARGB32, so cairo draws right into the window's own. */
static cairo_t* begin(const RatPaint* paint)
{
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        (unsigned char*)paint->pixels, CAIRO_FORMAT_ARGB32, paint->width, paint->height,
        (int)paint->stride);
    cairo_t* cr = cairo_create(surface);
    cairo_surface_destroy(surface); /* the context keeps it */
    cairo_rectangle(cr, paint->rect.left, paint->rect.top, paint->rect.right - paint->rect.left,
                    paint->rect.bottom - paint->rect.top);
    cairo_clip(cr);
    return cr;
}

static void end(cairo_t* cr)
{
    cairo_surface_flush(cairo_get_target(cr)); /* writes out what cairo may still hold back */
    cairo_destroy(cr);
}

void viewField(const RatPaint* paint, const Text* text, const Look* look)
{
    if (!paint->pixels) return;
    cairo_t* cr = begin(paint);
    const double top = 9, height = paint->height - 2 * top, baseline = 28;
    size_t from;
    const size_t count = textSelection(text, &from);
    const int rim = look->hasFocus ? 2 : 1;
    box(cr, 0, 0, paint->width, paint->height, look->hasFocus ? accent : edge);
    box(cr, rim, rim, paint->width - 2 * rim, paint->height - 2 * rim, paper);
    cairo_rectangle(cr, PADDING - 2, rim, paint->width - 2 * PADDING + 4, paint->height - 2 * rim);
    cairo_clip(cr);
    font(cr, 18);

    const double left = PADDING - look->scrolled, caret = left + widthOf(cr, text, text->caret);
    if (count > 0) {
        const double start = widthOf(cr, text, from);
        box(cr, left + start, top, widthOf(cr, text, from + count) - start, height,
            look->hasFocus ? chosen : page);
    }
    if (text->length > 0) writeAt(cr, left, baseline, ink, text->bytes);
    if (look->pending[0]) {
        cairo_text_extents_t extents;
        cairo_text_extents(cr, look->pending, &extents);
        box(cr, caret, top, extents.x_advance, height, page);
        writeAt(cr, caret, baseline, accent, look->pending);
        box(cr, caret, top + height - 2, extents.x_advance, 2, accent);
    }
    if (look->showsCaret) box(cr, (int)caret, top, 2, height, accent);
    end(cr);
}

void viewForm(const RatPaint* paint, const Text* text)
{
    if (!paint->pixels) return;
    cairo_t* cr = begin(paint);
    size_t from, characters = 0, selected = 0;
    const size_t count = textSelection(text, &from);
    for (size_t place = 0; place < text->length; place = textNext(text, place, 1)) {
        characters++;
        if (place >= from && place < from + count) selected++;
    }
    box(cr, 0, 0, paint->width, paint->height, page);
    font(cr, 15);
    writeAt(cr, MARGIN, 42, ink, "Your text");
    char status[64];
    snprintf(status, sizeof status, "%zu characters, %zu selected", characters, selected);
    font(cr, 12);
    writeAt(cr, MARGIN, FIELD_TOP + FIELD_HEIGHT + 28, ink, status);
    writeAt(cr, MARGIN, FIELD_TOP + FIELD_HEIGHT + 60, dim,
            "Accents by dead keys and Compose. Arrows, Home, End, with Shift to select and Control for words;");
    writeAt(cr, MARGIN, FIELD_TOP + FIELD_HEIGHT + 80, dim,
            "a double click takes a word, Control+A all; Control+C, X, V copy, cut and paste. Escape ends.");
    end(cr);
}
