#include "view.h"

#include <cairo.h>
#include <inttypes.h>

enum { HEADER = 64, FOOTER = 44, ROW = 24, MARGIN = 20 };

typedef struct {
    double red, green, blue;
} Colour;

#define RGB(hex) {((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0}

static const Colour background = RGB(0x1E222A), bar = RGB(0x282D37), line = RGB(0x363C49),
                    bright = RGB(0xEDEFF3), normal = RGB(0xC3C8D2), dim = RGB(0x7D8593);

/* A colour for each kind of message. */
static const Colour colours[KINDS] = {
    [KIND_KEY] = RGB(0xF2CC6B),   [KIND_TEXT] = RGB(0xF29E6B),   [KIND_MOUSE] = RGB(0x7FB4F5),
    [KIND_WHEEL] = RGB(0x6BD5E0), [KIND_TIMER] = RGB(0x8B93A3),  [KIND_POSTED] = RGB(0x8FD694),
    [KIND_WINDOW] = RGB(0xC99BF0), [KIND_PAINT] = RGB(0xEE8FB0),
};

static void set(cairo_t* cr, Colour colour)
{
    cairo_set_source_rgb(cr, colour.red, colour.green, colour.blue);
}

static void box(cairo_t* cr, double x, double y, double width, double height, Colour colour)
{
    set(cr, colour);
    cairo_rectangle(cr, x, y, width, height);
    cairo_fill(cr);
}

static void pill(cairo_t* cr, double x, double y, double width, double height, Colour colour)
{
    const double r = height < width ? height / 2 : width / 2, quarter = 1.5707963267948966;
    cairo_new_sub_path(cr);
    cairo_arc(cr, x + width - r, y + r, r, -quarter, 0);
    cairo_arc(cr, x + width - r, y + height - r, r, 0, quarter);
    cairo_arc(cr, x + r, y + height - r, r, quarter, 2 * quarter);
    cairo_arc(cr, x + r, y + r, r, 2 * quarter, 3 * quarter);
    cairo_close_path(cr);
    set(cr, colour);
    cairo_fill(cr);
}

static void font(cairo_t* cr, const char* family, bool bold, double size)
{
    cairo_select_font_face(cr, family, CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(cr, size);
}

/* Writes with the baseline at y; gives where the text ends. */
static double text(cairo_t* cr, double x, double y, Colour colour, const char* string)
{
    set(cr, colour);
    cairo_move_to(cr, x, y);
    cairo_show_text(cr, string);
    cairo_get_current_point(cr, &x, &y);
    return x;
}

static void drawHeader(cairo_t* cr, int width, const Journal* journal)
{
    box(cr, 0, 0, width, HEADER, bar);
    box(cr, 0, HEADER - 1, width, 1, line);
    font(cr, "DejaVu Sans", true, 19);
    text(cr, MARGIN, 29, bright, "Messages");
    font(cr, "DejaVu Sans", false, 12);
    text(cr, MARGIN, 49, dim, "Type, click, scroll, move, resize: each line is a message that this "
                              "window got. Escape ends it.");

    char total[48];
    unsigned long count = 0;
    for (int kind = 0; kind < KINDS; kind++) count += journal->counts[kind];
    snprintf(total, sizeof total, "%lu", count);
    font(cr, "DejaVu Sans", true, 19);
    cairo_text_extents_t extents;
    cairo_text_extents(cr, total, &extents);
    text(cr, width - MARGIN - extents.x_advance, 29, bright, total);
}

static void drawEntry(cairo_t* cr, int width, double y, const Entry* entry, bool newest)
{
    const Colour colour = colours[entry->kind];
    const double baseline = y + 16.5;
    char string[64];
    if (newest) box(cr, 0, y, width, ROW, bar);
    pill(cr, MARGIN, y + 5, 4, ROW - 10, colour);

    font(cr, "DejaVu Sans Mono", false, 12);
    snprintf(string, sizeof string, "%9.3f", entry->seconds);
    text(cr, MARGIN + 12, baseline, dim, string);
    snprintf(string, sizeof string, "%8" PRIxPTR " %8" PRIxPTR, entry->wparam & 0xFFFFFFFF,
             (uintptr_t)entry->lparam & 0xFFFFFFFF);
    text(cr, MARGIN + 270, baseline, dim, string);

    font(cr, "DejaVu Sans", true, 12.5);
    text(cr, MARGIN + 94, baseline, colour, entry->name);
    font(cr, "DejaVu Sans", false, 13);
    double end = text(cr, MARGIN + 420, baseline, newest ? bright : normal, entry->detail);
    if (entry->times > 1) {
        snprintf(string, sizeof string, "\xC3\x97 %u", entry->times);
        text(cr, end + 12, baseline, dim, string);
    }
}

/* As many of the newest lines as fit, the newest at the bottom. */
static void drawList(cairo_t* cr, int width, int height, const Journal* journal)
{
    const int room = (height - HEADER - FOOTER - 8) / ROW;
    unsigned long lines = journal->total < JOURNAL_SIZE ? journal->total : JOURNAL_SIZE;
    if (room <= 0) return;
    if (lines > (unsigned long)room) lines = (unsigned long)room;
    for (unsigned long i = 0; i < lines; i++) {
        const Entry* entry = &journal->entries[(journal->total - lines + i) % JOURNAL_SIZE];
        drawEntry(cr, width, HEADER + 4 + (double)i * ROW, entry, i + 1 == lines);
    }
}

static void drawFooter(cairo_t* cr, int width, int height, const Journal* journal)
{
    const double top = height - FOOTER, baseline = top + 27;
    box(cr, 0, top, width, FOOTER, bar);
    box(cr, 0, top, width, 1, line);
    double x = MARGIN;
    for (int kind = 0; kind < KINDS; kind++) {
        char count[24];
        snprintf(count, sizeof count, "%lu", journal->counts[kind]);
        pill(cr, x, top + 17, 10, 10, colours[kind]);
        font(cr, "DejaVu Sans", false, 12);
        x = text(cr, x + 16, baseline, dim, kindNames[kind]);
        font(cr, "DejaVu Sans", true, 12);
        x = text(cr, x + 6, baseline, bright, count) + 18;
    }
}

void viewDraw(const Journal* journal, const RatPaint* paint)
{
    if (!paint->pixels) return;
    /* Rat's pixels are cairo's ARGB32, so cairo draws right into the window's own. */
    cairo_surface_t* surface = cairo_image_surface_create_for_data(
        (unsigned char*)paint->pixels, CAIRO_FORMAT_ARGB32, paint->width, paint->height,
        (int)paint->stride);
    cairo_t* cr = cairo_create(surface);
    cairo_rectangle(cr, paint->rect.left, paint->rect.top, paint->rect.right - paint->rect.left,
                    paint->rect.bottom - paint->rect.top);
    cairo_clip(cr);

    box(cr, 0, 0, paint->width, paint->height, background);
    drawList(cr, paint->width, paint->height, journal);
    drawHeader(cr, paint->width, journal);
    drawFooter(cr, paint->width, paint->height, journal);

    cairo_destroy(cr);
    cairo_surface_finish(surface); /* writes out what cairo may still hold back */
    cairo_surface_destroy(surface);
}
