/* units.c - the units of a new round, from CSV. */
#include <string.h>
#include "base/near.h"
#include "base/utf8.h"
#include "intake/sheet.h"

enum column { COLUMN_UNIT, COLUMN_NAME, COLUMN_TIER, COLUMN_SECTOR,
              COLUMN_REQUIRED, COLUMN_COUNT };
enum { TIERS = 3, NAME_CHARS_MAX = 200 };

static const char *const names[COLUMN_COUNT] = {
    "unit", "name", "tier", "sector", "number_required"
};

static const char *const sectors[] = {
    "health", "social", "nav_state", "child_welfare", "other"
};

struct reading {
    struct sheet sheet;
    struct arena *arena;
    struct unit *units;
    int count;
    int64_t row_faults;
};

static int
find_name(const void *ctx, const char *name, size_t len, const char **near)
{
    struct csv_slice slice = { name, len };
    struct near n;

    (void)ctx;
    near_begin(&n, name, len);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (slice_is(slice, names[i]))
            return i;
        near_offer(&n, names[i]);
    }
    *near = n.best;
    return -1;
}

static struct csv_slice
cell(const struct reading *r, enum column id)
{
    int column = sheet_column(&r->sheet, id);

    return column < 0 ? (struct csv_slice){ "", 0 }
                      : csv_cell(&r->sheet.row, (size_t)column);
}

static void
fault(struct reading *r, enum column id, const char *key,
      struct csv_slice found, const char *expected)
{
    struct err e = { .code = ERR_NONE };
    char shown[QUOTE_MAX];

    err_quote(shown, sizeof shown, found.data, found.len);
    err_set(&e, ERR_INPUT, key, "%s %s", shown, expected);
    sheet_fault(&r->sheet, &e, sheet_column(&r->sheet, id));
    r->row_faults++;
}

static void
read_unit(struct reading *r, struct unit *u)
{
    static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    struct csv_slice c = cell(r, COLUMN_UNIT);
    bool good = c.len >= 1 && c.len <= ID_MAX;

    for (size_t i = 0; i < c.len && good; i++)
        good = c.data[i] != '\0' && strchr(all, c.data[i]) != NULL;
    if (!good) {
        fault(r, COLUMN_UNIT, "units.id", c, "");
        return;
    }
    if (slice_is(c, "unknown"))
        fault(r, COLUMN_UNIT, "units.unknown", c, "");
    u->id = arena_text_n(r->arena, c.data, c.len);
    for (int i = 0; i < r->count; i++)
        if (strcmp(r->units[i].id, u->id) == 0)
            fault(r, COLUMN_UNIT, "units.twice", c, "");
}

static void
read_name(struct reading *r, struct unit *u)
{
    struct csv_slice c = cell(r, COLUMN_NAME);
    bool good = c.len > 0 && utf8_count(c.data, c.len) <= NAME_CHARS_MAX;

    for (size_t i = 0; i < c.len && good; i++)
        good = (unsigned char)c.data[i] >= 0x20 && c.data[i] != 0x7F;
    if (!good)
        fault(r, COLUMN_NAME, "units.name", c, "");
    u->name = arena_text_n(r->arena, c.data, c.len);
}

/* "1" or "1=Vedtak om PSS". */
static bool
read_tier(struct reading *r, struct unit *u, struct unit_tier *tiers,
          struct csv_slice part)
{
    struct unit_tier *t = &tiers[u->tier_count];

    if (part.len < 1 || part.data[0] < '1' || part.data[0] > '0' + TIERS
        || (part.len > 1 && part.data[1] != '=') || part.len == 2
        || u->tier_count == TIERS) {
        fault(r, COLUMN_TIER, "units.tier", part, "");
        return false;
    }
    *t = (struct unit_tier){ part.data[0] - '0', "", false, "" };
    if (part.len > 2)
        t->words = arena_text_n(r->arena, part.data + 2, part.len - 2);
    for (int i = 0; i < u->tier_count; i++)
        if (tiers[i].tier == t->tier) {
            fault(r, COLUMN_TIER, "units.tier_twice", part, "");
            return false;
        }
    u->tier_count++;
    return true;
}

static void
read_tiers(struct reading *r, struct unit *u, struct unit_tier *tiers)
{
    struct csv_slice c = cell(r, COLUMN_TIER);
    const char *p = c.data, *end = c.data + c.len;

    while (p <= end) {
        const char *bar = memchr(p, '|', (size_t)(end - p));
        struct csv_slice part = {
            p, (size_t)((bar != NULL ? bar : end) - p)
        };

        if (!read_tier(r, u, tiers, part))
            return;
        p = part.data + part.len + 1;
    }
}

static void
read_sector(struct reading *r, struct unit *u)
{
    struct csv_slice c = cell(r, COLUMN_SECTOR);

    u->sector = "";
    if (c.len == 0)
        return;
    for (size_t i = 0; i < sizeof sectors / sizeof *sectors; i++)
        if (slice_is(c, sectors[i]))
            u->sector = sectors[i];
    if (u->sector[0] == '\0')
        fault(r, COLUMN_SECTOR, "import.value_code", c,
              "health, social, nav_state, child_welfare, other");
}

/* The tiers of the unit that demand a number. */
static void
read_required(struct reading *r, const struct unit *u,
              struct unit_tier *tiers)
{
    struct csv_slice c = cell(r, COLUMN_REQUIRED);

    for (size_t i = 0; i < c.len; i++) {
        bool found = i % 2 == 1 && c.data[i] == '|' && i + 1 < c.len;

        for (int j = 0; j < u->tier_count && i % 2 == 0; j++)
            if (c.data[i] == '0' + tiers[j].tier)
                found = tiers[j].number_required = true;
        if (!found) {
            fault(r, COLUMN_REQUIRED, "units.required", c, "");
            return;
        }
    }
}

static void
read_row(struct reading *r)
{
    struct unit *u = &r->units[r->count];
    struct unit_tier *tiers = arena_array(r->arena, TIERS, sizeof *tiers);

    *u = (struct unit){ .tiers = tiers };
    r->row_faults = 0;
    read_unit(r, u);
    read_name(r, u);
    read_tiers(r, u, tiers);
    read_sector(r, u);
    read_required(r, u, tiers);
    if (r->row_faults == 0)
        r->count++;
}

static void
whole_fault(struct reading *r, const char *key, const char *arg)
{
    struct err e = { .code = ERR_NONE };

    err_set(&e, ERR_INPUT, key, "%s", arg);
    r->sheet.row.line = 0;
    sheet_fault(&r->sheet, &e, -1);
}

static bool
read_rows(struct reading *r, struct err *e)
{
    bool more = true;

    for (;;) {
        if (!sheet_next(&r->sheet, &more, e))
            return false;
        if (!more)
            break;
        if (r->count == CODE_MAX) {
            whole_fault(r, "units.many", "1024");
            break;
        }
        read_row(r);
    }
    if (r->count == 0 && r->sheet.faults == 0)
        whole_fault(r, "units.none", "");
    return true;
}

static bool
read_units(struct reading *r, struct err *e)
{
    struct sheet_names header = { find_name, NULL };

    if (!sheet_header(&r->sheet, &header, e))
        return false;
    for (int i = COLUMN_UNIT; i <= COLUMN_TIER; i++)
        if (r->sheet.faults == 0 && sheet_column(&r->sheet, i) < 0)
            whole_fault(r, "csv.column_missing", names[i]);
    if (r->sheet.faults == 0 && !read_rows(r, e))
        return false;
    if (r->sheet.faults > 0) {
        err_at(e, r->sheet.file, 0, 0);
        return err_set(e, ERR_INPUT, "import.refused", "%lld",
                       (long long)r->sheet.faults);
    }
    return true;
}

bool
units_memory(const char *name, const char *data, size_t len,
             struct arena *arena, const struct listener *listener,
             const struct unit **units, int *count, struct err *e)
{
    struct reading r = { .arena = arena };
    bool ok;

    r.units = arena_array(arena, CODE_MAX, sizeof *r.units);
    ok = sheet_open(&r.sheet, name, data, len, listener, e)
      && read_units(&r, e);
    sheet_close(&r.sheet);
    *units = r.units;
    *count = r.count;
    return ok;
}

bool
units_csv(const char *file, struct arena *arena,
          const struct listener *listener, const struct unit **units,
          int *count, struct err *e)
{
    return units_memory(file, NULL, 0, arena, listener, units, count, e);
}
