/* cell_ident.c - whom a row is of: a number, which becomes a pseudonym here
 * and is not kept, or a pseudonym. */
#include "intake/cell.h"

bool
cells_key(struct cells *c, struct err *e)
{
    if (!c->has_key)
        c->has_key = key_load(store_keys(c->o->store), c->o->round->id,
                              &c->key, e);
    return c->has_key;
}

bool
cell_ident(struct cells *c, struct csv_slice cell, int id, struct err *e)
{
    static const char *const why[] = {
        [IDENT_WHY_FORM] = "ident.form", [IDENT_WHY_DATE] = "ident.date",
        [IDENT_WHY_CONTROL] = "ident.control"
    };
    struct ident ident = ident_check(cell.data, cell.len);

    if (ident.kind == IDENT_BAD) {
        cell_fault_plain(c, id, why[ident.why]);
        return true;
    }
    if (ident.synthetic != c->o->round->synthetic) {
        cell_fault_plain(c, id, c->o->round->synthetic
                                ? "ident.not_synthetic" : "ident.synthetic");
        return true;
    }
    if (!cells_key(c, e))
        return false;
    key_pseudonym(&c->key, cell.data, c->row.pseudonym);
    c->row.has_pseudonym = c->row.has_ident = true;
    c->row.ident = ident;
    c->row.value[id] = 0;
    return true;
}

/* What a lower-case hexadecimal digit is, plus one; 0: none. */
static const uint8_t hex_digit[256] = {
    ['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5, ['5'] = 6,
    ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10, ['a'] = 11, ['b'] = 12,
    ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16
};

static bool
hex_bytes(const char *text, uint8_t *out, size_t count)
{
    bool good = true;

    for (size_t i = 0; i < count; i++) {
        unsigned high = hex_digit[(unsigned char)text[2 * i]];
        unsigned low = hex_digit[(unsigned char)text[2 * i + 1]];

        good &= high > 0 && low > 0;
        out[i] = (uint8_t)((high - 1) << 4 | ((low - 1) & 0xF));
    }
    return good;
}

void
cell_pseudonym(struct cells *c, struct csv_slice cell)
{
    int ident = c->o->in->role[ROLE_IDENT];

    if (cell.len == 2 * PSEUDONYM_BYTES
        && hex_bytes(cell.data, c->row.pseudonym, PSEUDONYM_BYTES)) {
        c->row.has_pseudonym = true;
        c->row.value[ident] = 0;
        return;
    }
    c->row.bad[ident] = c->was_bad = true;
    cell_fault_plain(c, COLUMN_PSEUDONYM, "import.pseudonym");
}

void
cell_ident_twice(struct cells *c)
{
    int column = c->pseudonym;

    if (column >= 0 && c->sheet->row.field[column].len > 0
        && c->row.has_ident)
        cell_fault_plain(c, COLUMN_PSEUDONYM, "import.pseudonym_ident");
}
