/* page_log.c - the access log, searched: who read or changed what, and when,
 * to the minute. Never how fast somebody works, and which registrations only
 * to those who watch over it. Each search and export is in the log too. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "def/municipality.h"
#include "store/account.h"
#include "store/log_search.h"
#include "web/log_scope.h"
#include "web/pages.h"

enum { PER_PAGE = 100, EXPORT_MOST = 10000 };

#define ACCOUNTS "accounts"     /* what is of no municipality */

struct search {
    struct grant_view view;
    const struct round *const *rounds;
    bool all;                   /* over all rounds */
    bool numbers;               /* which registrations, too */
    const char *where;          /* round id, ACCOUNTS, or a municipality */
    const struct round *round;
    struct actor actor;
    struct log_ask ask;
    const struct log_found *list;
    int count;
    bool more;
};

static const char *const actions[] = {
    "read", "read_sealed", "write", "delete", "search", "export", "account",
    "grant", "grant_end", "access", "handovers", "opted_out", "backup",
    "destroy_key", "release"
};
enum { ACTIONS = sizeof actions / sizeof actions[0] };

static const char *
action_words(struct page *p, const char *action)
{
    for (int i = 0; i < ACTIONS; i++)
        if (strcmp(actions[i], action) == 0)
            return msg_text(p->lang, arena_printf(p->arena, "log.action_%s",
                                                  action));
    return action;
}

static bool
has_number(const struct search *s, int i)
{
    for (int j = 0; j < i; j++)
        if (s->rounds[j]->municipality == s->rounds[i]->municipality)
            return true;
    return false;
}

static const char *
municipality_name(struct page *p, const struct round *r)
{
    const char *name = NULL;

    municipality_find(r->municipality, r->year, p->arena, &name);
    return name != NULL ? name : arena_printf(p->arena, "%04d",
                                              r->municipality);
}

static const char *
municipality_value(struct page *p, int municipality)
{
    return arena_printf(p->arena, "m%04d", municipality);
}

static void
put_places(struct page *p, struct search *s)
{
    struct view *list = view_list(p->view, "places");

    for (int i = 0; s->all && s->rounds[i] != NULL; i++)
        if (!has_number(s, i))
            log_choice(list,
                       municipality_value(p, s->rounds[i]->municipality),
                       PAGE_TEXT(p, "log.municipality",
                                 municipality_name(p, s->rounds[i])),
                       s->where);
    for (int i = 0; s->rounds[i] != NULL; i++)
        log_choice(list, s->rounds[i]->id, s->rounds[i]->title, s->where);
    if (s->all)
        log_choice(list, ACCOUNTS, msg_text(p->lang, "log.of_accounts"),
                   s->where);
}

/* What may be chosen follows from the reader's grants; what may not is not
 * found. */
static bool
find_place(struct page *p, struct search *s)
{
    const char *where = log_asked(p, "where");
    struct actor all;

    s->all = log_scope(p, NULL, &all).reach != REACH_NONE;
    if (where[0] == '\0')
        where = s->rounds[0] == NULL ? ACCOUNTS
                : s->all ? municipality_value(p, s->rounds[0]->municipality)
                         : s->rounds[0]->id;
    s->where = where;
    if (s->all && strcmp(where, ACCOUNTS) == 0) {
        s->actor = all;
        return true;
    }
    for (int i = 0; s->rounds[i] != NULL; i++) {
        const struct round *r = s->rounds[i];
        bool whole = s->all && strcmp(where, municipality_value(
                                          p, r->municipality)) == 0;

        if (!whole && strcmp(where, r->id) != 0)
            continue;
        s->ask.municipality = r->municipality;
        s->actor = all;
        if (!whole) {
            s->round = r;
            s->ask.round = r->id;
            log_scope(p, r, &s->actor);
        }
        return true;
    }
    return false;
}

static const char *
or_null(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

static void
read_ask(struct page *p, struct search *s)
{
    int32_t from, to;

    s->ask.actor = or_null(log_asked(p, "who"));
    s->ask.action = or_null(log_asked(p, "action"));
    s->ask.unit = or_null(log_asked(p, "unit"));
    s->ask.before_record = atoll(log_asked(p, "before"));
    s->ask.limit = PER_PAGE;
    if (when_read(p, log_asked(p, "from"), "log-from", &from)
        && from != DAY_NONE)
        s->ask.from_ms = when_begins(from);
    if (when_read(p, log_asked(p, "to"), "log-to", &to) && to != DAY_NONE)
        s->ask.to_ms = when_begins(to + 1);
}

static const char *
query(struct page *p, const struct search *s, const char *name,
      const char *value)
{
    static const char *const names[] = { "who", "action", "unit", "from",
                                         "to" };
    struct buf out;
    const char *text;

    buf_init(&out, 0);
    log_query_add(&out, "where", s->where);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        log_query_add(&out, names[i], log_asked(p, names[i]));
    log_query_add(&out, name, value);
    text = arena_text(p->arena, buf_string(&out));
    buf_clear(&out);
    return text;
}

static void
put_units(struct page *p, struct search *s)
{
    struct view *list;

    if (s->round == NULL)
        return;
    list = view_list(view_object(p->view, "by_unit"), "units");
    log_choice(list, "", msg_text(p->lang, "log.all"), log_asked(p, "unit"));
    for (int i = 0; i < s->round->unit_count; i++) {
        const struct unit *u = &s->round->units[i];
        bool own = s->actor.all_units;

        for (int j = 0; j < s->actor.unit_count; j++)
            own = own || strcmp(s->actor.units[j], u->id) == 0;
        if (own)
            log_choice(list, u->id, u->name, log_asked(p, "unit"));
    }
}

static void
put_form(struct page *p, struct search *s)
{
    struct view *list = view_list(p->view, "actions");

    put_places(p, s);
    put_units(p, s);
    log_choice(list, "", msg_text(p->lang, "log.all"),
               log_asked(p, "action"));
    for (int i = 0; i < ACTIONS; i++)
        log_choice(list, actions[i], action_words(p, actions[i]),
                   log_asked(p, "action"));
    view_text(p->view, "who", log_asked(p, "who"));
    view_text(p->view, "from", log_asked(p, "from"));
    view_text(p->view, "to", log_asked(p, "to"));
    view_flag(p->view, "with_numbers", s->numbers);
    view_text(p->view, "csv", query(p, s, "as", "csv"));
    if (s->more)
        view_text(p->view, "older",
                  query(p, s, "before",
                        arena_printf(p->arena, "%lld", (long long)
                                     s->list[s->count - 1].number)));
    if (s->ask.before_record > 0)
        view_text(p->view, "newest", query(p, s, "before", ""));
}

/* "a,b" as names of the record's round; "all" as a word. */
static const char *
unit_words(struct search *s, const struct log_record *r)
{
    struct page *p = s->view.page;
    const struct round *round = NULL;
    const char *out = "", *at = r->units;

    if (strcmp(at, "all") == 0)
        return msg_text(p->lang, "log.all_units");
    if (r->round[0] != '\0')
        round = grant_view_round(&s->view, r->round);
    err_clear(&p->err);
    while (*at != '\0') {
        size_t n = strcspn(at, ",");
        const char *id = arena_text_n(p->arena, at, n);
        const struct unit *u = grant_view_unit(round, id);

        out = arena_printf(p->arena, "%s%s%s", out, *out != '\0' ? ", " : "",
                           u != NULL ? u->name : id);
        at += n;
        at += *at == ',';
    }
    return out;
}

/* "leader,mapper" in words; what is no duty stays. */
static const char *
rights_words(struct page *p, const char *rights)
{
    const char *out = "";

    while (*rights != '\0') {
        size_t n = strcspn(rights, ",");
        const char *word = arena_text_n(p->arena, rights, n);
        int duty = duty_of(word);

        out = arena_printf(p->arena, "%s%s%s", out, *out != '\0' ? ", " : "",
                           duty >= 0 ? grant_duty(p, (enum duty)duty)
                                     : word);
        rights += n;
        rights += *rights == ',';
    }
    return out;
}

static const char *
round_words(struct search *s, const char *id)
{
    const struct round *r = id[0] != '\0' ? grant_view_round(&s->view, id)
                                          : NULL;

    err_clear(&s->view.page->err);
    return r != NULL ? r->title : id;
}

static void
put_record(struct page *p, struct search *s, struct view *list,
           const struct log_found *f)
{
    const struct log_record *r = &f->record;
    struct view *item = view_item(list);

    view_int(item, "number", f->number);
    view_text(item, "at", when_minute(p, f->minute_ms));
    view_text(item, "actor", r->actor);
    view_text(item, "rights", rights_words(p, r->rights));
    view_text(item, "action", action_words(p, r->action));
    view_text(item, "round", round_words(s, r->round));
    view_text(item, "units", unit_words(s, r));
    view_text(item, "purpose", r->purpose);
    view_text(item, "what", strcmp(r->what, r->action) != 0 ? r->what : "");
    if (r->entries >= 0)
        view_text(item, "entries", arena_printf(p->arena, "%lld",
                                                (long long)r->entries));
    view_text(item, "numbers", s->numbers ? r->numbers : "");
}

static void
show(struct page *p, struct search *s)
{
    struct view *list = view_list(p->view, "records");

    for (int i = 0; i < s->count; i++)
        put_record(p, s, list, &s->list[i]);
    put_form(p, s);
    page_show(p, "log");
}

static void
put_row(struct page *p, struct search *s, struct csv_writer *w,
        const struct log_found *f)
{
    const struct log_record *r = &f->record;
    char at[TIME_TEXT];

    time_print_oslo(at, f->minute_ms);
    csv_field_int(w, f->number);
    csv_field_text(w, at);
    log_csv_text(w, r->actor);
    log_csv_text(w, rights_words(p, r->rights));
    log_csv_text(w, r->action);
    log_csv_text(w, r->round);
    log_csv_text(w, unit_words(s, r));
    log_csv_text(w, r->purpose);
    log_csv_text(w, r->what);
    if (r->entries >= 0)
        csv_field_int(w, r->entries);
    else
        csv_field_text(w, "");
    if (s->numbers)
        log_csv_text(w, r->numbers);
    csv_end_row(w);
}

static void
send_csv(struct page *p, struct search *s)
{
    static const char *const heads[] = {
        "log.number", "log.at", "log.actor", "log.rights", "log.action",
        "log.round", "log.units", "log.purpose", "log.what", "log.entries",
        "log.numbers"
    };
    int count = sizeof heads / sizeof heads[0] - (s->numbers ? 0 : 1);
    struct csv_writer w;

    log_csv_begin(p, &w, "innsynslogg.csv");
    for (int i = 0; i < count; i++)
        csv_field_text(&w, msg_text(p->lang, heads[i]));
    csv_end_row(&w);
    for (int i = 0; i < s->count; i++)
        put_row(p, s, &w, &s->list[i]);
}

/* The export's own record, which log_search's does not replace. */
static bool
log_export(struct page *p, struct search *s)
{
    const struct round of = {
        .id = s->round != NULL ? s->round->id : "",
        .municipality = s->ask.municipality
    };

    return store_log_act(p->store, &s->actor, &of, "export", &p->err);
}

void
page_log(struct page *p)
{
    struct search s = { .numbers = log_watches(p) };
    bool csv = strcmp(log_asked(p, "as"), "csv") == 0;

    grant_view_init(&s.view, p);
    if (!log_rounds(p, &s.view, &s.rounds)) {
        page_fail(p);
        return;
    }
    if (!find_place(p, &s)) {
        page_refuse(p, 404, NULL);
        return;
    }
    read_ask(p, &s);
    if (csv)
        s.ask.limit = EXPORT_MOST;
    if ((csv && !log_export(p, &s))
        || !log_search(p->store, &s.actor, &s.ask, p->arena, &s.list,
                       &s.count, &s.more, &p->err)) {
        page_fail(p);
        return;
    }
    if (csv)
        send_csv(p, &s);
    else
        show(p, &s);
}
