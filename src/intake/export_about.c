/* export_about.c - what an exported file says of itself, and the words that
 * all formats share. */
#include <stdio.h>
#include <string.h>
#include "base/clock.h"
#include "base/utf8.h"
#include "def/municipality.h"
#include "intake/exporting.h"

const char *
export_say(const struct dataset *d, const char *key)
{
    return msg_text(d->order->lang, key);
}

const char *
export_cut(struct dataset *d, const char *text, size_t size)
{
    size_t n = strlen(text);

    if (n <= size)
        return text;
    for (n = size; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
        ;
    return arena_text_n(&d->arena, text, n);
}

void
export_xml(struct buf *out, const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        const char *from = text;
        int32_t c = utf8_next(&text, end);

        if (c == '&')
            buf_text(out, "&amp;");
        else if (c == '<')
            buf_text(out, "&lt;");
        else if (c == '>')
            buf_text(out, "&gt;");
        else if (c == '"')
            buf_text(out, "&quot;");
        else if (c == '\n' || c == '\t')
            buf_printf(out, "&#%d;", (int)c);
        else if (c < ' ' || c == 0xFFFE || c == 0xFFFF)
            buf_text(out, "\xef\xbf\xbd");
        else
            buf_add(out, from, (size_t)(text - from));
    }
}

const char *
export_title(struct dataset *d)
{
    const struct round *r = d->o->round;

    return arena_printf(&d->arena, "%s (%s)", r->title, r->id);
}

const char *
export_fact(const struct dataset *d, const char *key)
{
    for (int i = 0; i < d->fact_count; i++)
        if (strcmp(d->facts[i].key, key) == 0)
            return d->facts[i].value;
    return "";
}

enum { FACTS_MAX = 24 };

/* The label is the text "export.fact_KEY". */
static void
fact(struct dataset *d, const char *key, const char *value)
{
    char label[ERR_KEY_MAX];

    if (value == NULL || value[0] == '\0' || d->fact_count == FACTS_MAX)
        return;
    snprintf(label, sizeof label, "export.fact_%s", key);
    d->facts[d->fact_count++] = (struct export_fact){
        key, export_say(d, label), value
    };
}

static const char *
municipality(struct dataset *d)
{
    const struct round *r = d->o->round;
    const char *name;

    municipality_find(r->municipality, r->year, &d->arena, &name);
    return arena_printf(&d->arena, "%04d %s", r->municipality,
                        name != NULL ? name : "");
}

static const char *
lawful(const struct dataset *d, const char *id)
{
    int field = lawful_field_of(id);

    return field >= 0 ? d->o->round->lawful[field] : "";
}

static void
round_facts(struct dataset *d)
{
    const struct round *r = d->o->round;
    const struct instrument *in = d->o->in;

    fact(d, "round", export_title(d));
    fact(d, "municipality", municipality(d));
    fact(d, "year", arena_printf(&d->arena, "%d", r->year));
    fact(d, "from_age", arena_printf(&d->arena, "%d", r->from_age));
    fact(d, "controller", lawful(d, "controller"));
    fact(d, "purpose", lawful(d, "purpose"));
    fact(d, "inclusion", lawful(d, "inclusion"));
    fact(d, "mapping_from", lawful(d, "mapping_from"));
    fact(d, "mapping_to", lawful(d, "mapping_to"));
    fact(d, "delete_on", lawful(d, "delete_on"));
    fact(d, "instrument", arena_printf(&d->arena, "%s (%s, %d)",
                                       in->title.in[d->order->lang],
                                       in->id, in->version));
    fact(d, "definition", in->sha256);
    fact(d, "synthetic", r->synthetic ? export_say(d, "export.synthetic")
                                      : "");
}

void
dataset_facts(struct dataset *d)
{
    const struct export_order *order = d->order;
    char when[TIME_TEXT];

    d->facts = arena_array(&d->arena, FACTS_MAX, sizeof *d->facts);
    d->fact_count = 0;
    fact(d, "protection", export_say(d, "export.internal"));
    round_facts(d);
    fact(d, "rows", arena_printf(&d->arena, "%lld", (long long)d->rows));
    fact(d, "unit", export_say(d, order->counting ? "export.a_recipient"
                                                  : "export.a_registration"));
    fact(d, "filter", d->where != NULL ? order->where
                                       : export_say(d, "export.no_filter"));
    fact(d, "pseudonyms", export_say(d, order->without_pseudonyms
                                        ? "export.pseudonyms_without"
                                        : "export.pseudonyms_with"));
    fact(d, "missing", export_say(d, "export.missing"));
    time_print_oslo(when, order->now_ms);
    fact(d, "time", arena_text(&d->arena, when));
    fact(d, "user", d->actor->name);
    fact(d, "program", "brukerplan " BRUKERPLAN_VERSION);
}
