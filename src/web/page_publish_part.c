/* page_publish_part.c - see page_publish.h: the frame of the pages of a
 * publication, times and languages in them. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "report/format.h"
#include "web/asset.h"
#include "web/page_publish.h"
#include "web/results.h"

enum { HOUR_MS = 3600000, MINUTE_MS = 60000 };

static const struct {
    const char *path, *label;
} parts[PUBLISH_PARTS] = {
    [PUBLISH_PART_OVERVIEW] = { "", "publish.overview" },
    [PUBLISH_PART_REPORT] = { "/texts/report", "publish.report" },
    [PUBLISH_PART_SLIDES] = { "/slides", "publish.slides" },
    [PUBLISH_PART_MEDIA] = { "/texts/media", "publish.media" },
    [PUBLISH_PART_FOCUS] = { "/focus", "publish.focus" },
    [PUBLISH_PART_COMPARE] = { "/compare", "publish.compare" },
    [PUBLISH_PART_CHECKLIST] = { "/checklist", "publish.checklist" }
};

const char *
publish_base(struct page *p)
{
    return arena_printf(p->arena, "/rounds/%s/publication",
                        p->round->round->id);
}

bool
publish_may_prepare(struct page *p)
{
    return page_power(p, RIGHT_PREPARE).everywhere == REACH_ALL;
}

bool
publish_may_publish(struct page *p)
{
    return page_power(p, RIGHT_PUBLISH).everywhere == REACH_ALL;
}

/* Texts have their language in the address, the others get it when they are
 * not in the reader's. */
static const char *
path_of(struct page *p, enum publish_part part)
{
    const char *path = parts[part].path;

    return arena_printf(p->arena, "%s%s%s%s", publish_base(p), path,
                        strncmp(path, "/texts/", 7) == 0 ? "." : "",
                        strncmp(path, "/texts/", 7) == 0
                        ? lang_code(p->lang) : "");
}

void
publish_show(struct page *p, enum publish_part part, const char *template)
{
    struct view *list = view_list(p->view, "parts");

    for (int i = 0; i < PUBLISH_PARTS; i++) {
        struct view *item = view_item(list);

        view_text(item, "href", path_of(p, (enum publish_part)i));
        view_text(item, "text", msg_text(p->lang, parts[i].label));
        view_flag(item, "here", i == (int)part);
    }
    view_text(p->view, "base", publish_base(p));
    view_flag(p->view, "may_prepare", publish_may_prepare(p));
    view_flag(p->view, "may_publish", publish_may_publish(p));
    view_text(p->view, "main", "res");
    view_item_text(view_list(p->view, "styles"), results_style(p));
    view_item_text(view_list(p->view, "scripts"), asset_url("publish.js"));
    page_show(p, template);
}

const char *
publish_time(struct page *p, int64_t ms)
{
    char text[TIME_TEXT];

    time_print_oslo(text, ms);      /* YYYY-MM-DD HH:MM */
    return PAGE_TEXT(p, "publish.time",
                     format_day(p->arena, p->lang, day_oslo(ms)),
                     arena_text_n(p->arena, text + 11, 2),
                     arena_text_n(p->arena, text + 14, 2));
}

const char *
publish_time_field(struct page *p, int64_t ms)
{
    char text[TIME_TEXT];

    if (ms == 0)
        return "";
    time_print_oslo(text, ms);
    text[10] = 'T';
    return arena_text(p->arena, text);
}

static bool
two_digits(const char *s, int most, int *out)
{
    if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
        return false;
    *out = (s[0] - '0') * 10 + s[1] - '0';
    return *out <= most;
}

/* Oslo is one or two hours before UTC; the hour that a night in March does
 * not have is no time. */
bool
publish_time_parse(const char *text, int64_t *ms)
{
    size_t n = strlen(text);
    int32_t day;
    int hour, minute;

    *ms = 0;
    if (n == 0)
        return true;
    if (n != 16 || text[10] != 'T' || text[13] != ':'
        || !day_parse(text, 10, &day) || !two_digits(text + 11, 23, &hour)
        || !two_digits(text + 14, 59, &minute) || day < 0)
        return false;
    for (int ahead = 2; ahead >= 1; ahead--) {
        int64_t at = ((int64_t)day * 24 + hour - ahead) * HOUR_MS
                     + (int64_t)minute * MINUTE_MS;
        char back[TIME_TEXT];

        time_print_oslo(back, at);
        back[10] = 'T';
        if (at > 0 && strcmp(back, text) == 0) {
            *ms = at;
            return true;
        }
    }
    return false;
}

const char *
publish_lang_name(struct page *p, enum lang lang)
{
    return msg_text(p->lang, arena_printf(p->arena, "publish.lang_%s",
                                          lang_code(lang)));
}

enum lang
publish_lang(struct page *p)
{
    const char *asked = request_query(p->request, "lang");
    enum lang lang = asked != NULL ? lang_of(asked) : LANG_COUNT;

    return lang < LANG_COUNT ? lang : p->lang;
}

void
publish_langs(struct page *p, const char *path, enum lang here)
{
    struct view *list = view_list(p->view, "langs");

    for (int i = 0; i < LANG_COUNT; i++) {
        struct view *item = view_item(list);
        enum lang lang = (enum lang)i;

        view_text(item, "code", lang_code(lang));
        view_text(item, "text", publish_lang_name(p, lang));
        view_text(item, "href",
                  arena_printf(p->arena, "%s%slang=%s", path,
                               strchr(path, '?') != NULL ? "&" : "?",
                               lang_code(lang)));
        view_flag(item, "here", i == (int)here);
    }
}

int
publish_number(struct page *p, const char *name)
{
    const char *text = page_field(p, name);
    size_t n = strlen(text);

    return n >= 1 && n <= 9 && strspn(text, "0123456789") == n ? atoi(text)
                                                                : 0;
}
