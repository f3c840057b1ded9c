/* export_stat.c - SPSS (.sav) and Stata (.dta), written by ReadStat.
 *
 * A number without a value has three reasons. Unanswered is the program's
 * own "missing" (.); "don't know" and "not asked" are missing values with a
 * label: -2 and -3 in SPSS, .a and .b in Stata.
 *
 * SPSS takes names of 64 bytes and labels of 255, of values 120, notes in
 * lines of 80; Stata names of 32 characters, and 80 characters of a label.
 * What is cut stands whole in the notes of Stata's file and in the DDI
 * codebook. ReadStat writes the local time of the machine: it is given the
 * moment at which that is the time in Oslo. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <readstat.h>
#include <time.h>
#include "base/clock.h"
#include "base/utf8.h"
#include "intake/exporting.h"

enum {
    UNKNOWN_CODE = -2, UNASKED_CODE = -3,       /* SPSS */
    SAV_LABEL = 255, SAV_CODE = 120, SAV_NOTE = 80, SAV_FILE = 64,
    DTA_NAME = 32, DTA_LABEL = 80, DTA_FILE = 80, DTA_VERSION = 118,
    DTA_INT8 = 100, DTA_INT16 = 32740,
    DAY_1960 = 3653             /* days from then to 1970 */
};
/* Seconds from the Gregorian calendar's first day to 1970. */
#define SPSS_1970 12219379200.0

struct stat_file {
    struct dataset *d;
    struct buf *out;
    readstat_writer_t *w;
    readstat_variable_t **variable;     /* by column */
    bool sav;
    readstat_error_t failed;
};

static ssize_t
take_bytes(const void *data, size_t len, void *ctx)
{
    struct stat_file *f = ctx;

    buf_add(f->out, data, len);
    return f->out->failed ? -1 : (ssize_t)len;
}

/* The first failure stays. */
static void
keep(struct stat_file *f, readstat_error_t status)
{
    if (f->failed == READSTAT_OK)
        f->failed = status;
}

/* TEXT of at most N characters. */
static const char *
cut_characters(struct dataset *d, const char *text, int n)
{
    const char *p = text, *end = text + strlen(text);

    while (p < end && n-- > 0)
        (void)utf8_next(&p, end);
    return p == end ? text : arena_text_n(&d->arena, text,
                                          (size_t)(p - text));
}

/* The moment at which the machine's clock on the wall shows what Oslo's
 * does at MS. */
static time_t
wall_time(int64_t ms)
{
    char text[TIME_TEXT];
    struct tm tm = { .tm_isdst = -1 };
    time_t t;

    time_print_oslo(text, ms);
    if (sscanf(text, "%d-%d-%d %d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min) != 5)
        return 0;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    t = mktime(&tm);
    return t != (time_t)-1 ? t : 0;
}

static readstat_type_t
type_of(const struct stat_file *f, const struct column *c)
{
    if (c->type == COLUMN_TEXT)
        return READSTAT_TYPE_STRING;
    if (f->sav || c->type == COLUMN_INDEX || c->own == OWN_REGISTRATION
        || c->own == OWN_SUPERSEDED_BY)
        return READSTAT_TYPE_DOUBLE;
    if (c->type == COLUMN_DATE || c->most > DTA_INT16)
        return READSTAT_TYPE_INT32;
    return c->most > DTA_INT8 ? READSTAT_TYPE_INT16 : READSTAT_TYPE_INT8;
}

static void
add_label(struct stat_file *f, readstat_label_set_t *set, int32_t number,
          const char *label)
{
    const char *cut = export_cut(f->d, label, SAV_CODE);

    if (f->sav)
        readstat_label_double_value(set, number, cut);
    else
        readstat_label_int32_value(set, number, label);
}

/* "Don't know" and "not asked", as the program has missing values. */
static void
add_missing(struct stat_file *f, const struct column *c,
            readstat_variable_t *v, readstat_label_set_t *set)
{
    const struct {
        bool may;
        int code;
        char tag;
        const char *key;
    } kinds[] = {
        { c->may_unknown, UNKNOWN_CODE, 'a', "export.unknown" },
        { c->may_unasked, UNASKED_CODE, 'b', "export.unasked" }
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *label = export_say(f->d, kinds[i].key);

        if (!kinds[i].may)
            continue;
        if (!f->sav) {
            readstat_label_tagged_value(set, kinds[i].tag, label);
            continue;
        }
        readstat_label_double_value(set, kinds[i].code, label);
        keep(f, readstat_variable_add_missing_double_value(v,
                                                           kinds[i].code));
    }
}

static void
add_labels(struct stat_file *f, const struct column *c,
           readstat_variable_t *v, const char *name)
{
    readstat_label_set_t *set;

    if (c->type == COLUMN_TEXT
        || (c->code_count == 0 && !c->may_unknown && !c->may_unasked))
        return;
    set = readstat_add_label_set(f->w, f->sav ? READSTAT_TYPE_DOUBLE
                                              : READSTAT_TYPE_INT32, name);
    if (set == NULL) {
        keep(f, READSTAT_ERROR_MALLOC);
        return;
    }
    for (int i = 0; i < c->code_count; i++)
        add_label(f, set, c->codes[i].number, c->codes[i].label);
    add_missing(f, c, v, set);
    readstat_variable_set_label_set(v, set);
}

static void
set_look(const struct stat_file *f, const struct column *c,
         readstat_variable_t *v)
{
    static const readstat_measure_t measure[] = {
        [SCALE_NOMINAL] = READSTAT_MEASURE_NOMINAL,
        [SCALE_ORDINAL] = READSTAT_MEASURE_ORDINAL,
        [SCALE_METRIC] = READSTAT_MEASURE_SCALE,
    };
    bool number = c->own == OWN_REGISTRATION || c->own == OWN_SUPERSEDED_BY;

    readstat_variable_set_measure(v, measure[c->scale]);
    if (c->type == COLUMN_DATE)
        readstat_variable_set_format(v, f->sav ? "SDATE10"
                                               : "%tdCCYY-NN-DD");
    else if (c->type == COLUMN_INDEX)
        readstat_variable_set_format(v, f->sav ? "F6.3" : "%6.3f");
    else if (c->type == COLUMN_WHOLE)
        readstat_variable_set_format(v, f->sav ? number ? "F10.0" : "F5.0"
                                               : "%10.0f");
    if (c->type != COLUMN_TEXT)
        readstat_variable_set_alignment(v, READSTAT_ALIGNMENT_RIGHT);
}

/* A name that Stata takes, the same each time: the first 27 characters and
 * the column's place. */
static const char *
name_of(struct stat_file *f, int i)
{
    const char *name = f->d->columns[i].name;

    if (f->sav || strlen(name) <= DTA_NAME)
        return name;
    return arena_printf(&f->d->arena, "%.27s_%d", name, i + 1);
}

static void
add_variable(struct stat_file *f, int i)
{
    struct dataset *d = f->d;
    const struct column *c = &d->columns[i];
    const char *name = name_of(f, i), *label = c->label;
    readstat_variable_t *v = readstat_add_variable(
        f->w, name, type_of(f, c),
        c->type == COLUMN_TEXT ? (size_t)(c->width > 0 ? c->width : 1) : 0);

    f->variable[i] = v;
    if (v == NULL) {
        keep(f, READSTAT_ERROR_MALLOC);
        return;
    }
    if (name != c->name)
        label = arena_printf(&d->arena, "%s [%s]", label, c->name);
    if (c->derived)
        label = arena_printf(&d->arena, "%s (%s)", label,
                             export_say(d, "export.derived"));
    readstat_variable_set_label(
        v, f->sav ? export_cut(d, label, SAV_LABEL)
                  : cut_characters(d, label, DTA_LABEL));
    set_look(f, c, v);
    add_labels(f, c, v, name);
}

/* TEXT as notes: in lines of SPSS's length, broken at blanks. */
static void
add_note(struct stat_file *f, const char *text)
{
    while (f->sav && strlen(text) > SAV_NOTE) {
        const char *head = export_cut(f->d, text, SAV_NOTE);
        const char *blank = strrchr(head, ' ');
        size_t n = blank != NULL && blank > head ? (size_t)(blank - head)
                                                 : strlen(head);

        readstat_add_note(f->w, arena_text_n(&f->d->arena, text, n));
        text += n + (text[n] == ' ');
    }
    if (text[0] != '\0')
        readstat_add_note(f->w, text);
}

/* The facts, and what was cut or can't be said elsewhere. */
static void
add_notes(struct stat_file *f)
{
    struct dataset *d = f->d;

    for (int i = 0; i < d->fact_count; i++)
        add_note(f, arena_printf(&d->arena, "%s: %s", d->facts[i].label,
                                 d->facts[i].value));
    for (int i = 0; i < d->column_count; i++)
        if (!f->sav && name_of(f, i) != d->columns[i].name)
            add_note(f, arena_printf(&d->arena, "%s: %s", name_of(f, i),
                                     d->columns[i].name));
}

static void
begin(struct stat_file *f)
{
    struct dataset *d = f->d;
    const char *label = arena_printf(&d->arena, "%s. %s",
                                     d->o->round->title,
                                     export_say(d, "export.internal_short"));

    keep(f, readstat_set_data_writer(f->w, take_bytes));
    keep(f, readstat_writer_set_file_timestamp(f->w,
                                               wall_time(d->order->now_ms)));
    keep(f, readstat_writer_set_file_label(
        f->w, f->sav ? export_cut(d, label, SAV_FILE)
                     : cut_characters(d, label, DTA_FILE)));
    if (f->sav)
        keep(f, readstat_writer_set_compression(f->w,
                                                READSTAT_COMPRESS_ROWS));
    else
        keep(f, readstat_writer_set_file_format_version(f->w, DTA_VERSION));
    add_notes(f);
    for (int i = 0; i < d->column_count && f->failed == READSTAT_OK; i++)
        add_variable(f, i);
}

static readstat_error_t
insert_missing(struct stat_file *f, const readstat_variable_t *v,
               int64_t value)
{
    if (value == VALUE_UNANSWERED)
        return readstat_insert_missing_value(f->w, v);
    if (f->sav)
        return readstat_insert_double_value(f->w, v,
                                            value == VALUE_UNKNOWN
                                            ? UNKNOWN_CODE : UNASKED_CODE);
    return readstat_insert_tagged_missing_value(
        f->w, v, value == VALUE_UNKNOWN ? 'a' : 'b');
}

static double
as_double(const struct stat_file *f, const struct column *c, int64_t value)
{
    double n = (double)value;

    if (c->type == COLUMN_INDEX)
        return n / 1000;
    if (c->type == COLUMN_DATE && f->sav)
        return n * 86400 + SPSS_1970;
    return n;
}

static readstat_error_t
insert(struct stat_file *f, int i)
{
    struct dataset *d = f->d;
    const struct column *c = &d->columns[i];
    const readstat_variable_t *v = f->variable[i];
    int64_t value;

    if (c->type == COLUMN_TEXT)
        return readstat_insert_string_value(f->w, v, dataset_text(d, c));
    value = dataset_value(d, c);
    if (value < 0)
        return insert_missing(f, v, value);
    switch (type_of(f, c)) {
    case READSTAT_TYPE_INT8:
        return readstat_insert_int8_value(f->w, v, (int8_t)value);
    case READSTAT_TYPE_INT16:
        return readstat_insert_int16_value(f->w, v, (int16_t)value);
    case READSTAT_TYPE_INT32:
        if (c->type == COLUMN_DATE)
            value += DAY_1960;
        return readstat_insert_int32_value(f->w, v, (int32_t)value);
    default:
        return readstat_insert_double_value(f->w, v, as_double(f, c, value));
    }
}

static bool
fail(const struct stat_file *f, struct err *e)
{
    return buf_ok(f->out, e)
           && err_set(e, ERR_MACHINE, "export.readstat", "%s",
                      readstat_error_message(f->failed));
}

static bool
write_row(void *ctx, struct err *e)
{
    struct stat_file *f = ctx;

    keep(f, readstat_begin_row(f->w));
    for (int i = 0; i < f->d->column_count && f->failed == READSTAT_OK; i++)
        keep(f, insert(f, i));
    if (f->failed == READSTAT_OK)
        keep(f, readstat_end_row(f->w));
    return f->failed == READSTAT_OK || fail(f, e);
}

static bool
write_file(struct dataset *d, struct buf *out, bool sav, struct err *e)
{
    struct stat_file f = { .d = d, .out = out, .sav = sav };
    bool ok;

    if (d->rows > INT32_MAX)
        return err_set(e, ERR_INPUT, "export.rows", "%s %lld %d",
                       d->order->format, (long long)d->rows, INT32_MAX);
    f.w = readstat_writer_init();
    if (f.w == NULL)
        mem_out();
    f.variable = arena_array(&d->arena, (size_t)d->column_count,
                             sizeof *f.variable);
    begin(&f);
    if (f.failed == READSTAT_OK)
        keep(&f, sav
             ? readstat_begin_writing_sav(f.w, &f, (long)d->rows)
             : readstat_begin_writing_dta(f.w, &f, (long)d->rows));
    ok = f.failed == READSTAT_OK && dataset_scan(d, write_row, &f, e);
    if (ok)
        keep(&f, readstat_end_writing(f.w));
    if (f.failed != READSTAT_OK)
        ok = fail(&f, e);
    readstat_writer_free(f.w);
    return ok;
}

EXPORTER(export_sav)
{
    return write_file(d, out, true, e);
}

EXPORTER(export_dta)
{
    return write_file(d, out, false, e);
}
