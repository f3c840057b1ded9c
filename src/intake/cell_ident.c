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

/* The bytes of a pseudonym from its lower-case hexadecimal digits; false, and
 * anything in OUT, if TEXT is something else. Compilers make loops over all
 * digits a few instructions. */
static bool
hex_bytes(const char *text, uint8_t *out)
{
    enum { DIGITS = 2 * PSEUDONYM_BYTES };
    uint8_t digit[DIGITS], wrong = 0;

    for (int i = 0; i < DIGITS; i++) {
        uint8_t number = (uint8_t)(text[i] - '0');
        uint8_t letter = (uint8_t)(text[i] - 'a');

        wrong |= (number > 9) & (letter > 5);
        digit[i] = (uint8_t)(number > 9 ? letter + 10 : number);
    }
    for (int i = 0; i < PSEUDONYM_BYTES; i++)
        out[i] = (uint8_t)(digit[2 * i] << 4 | digit[2 * i + 1]);
    return wrong == 0;
}

void
cell_pseudonym(struct cells *c, struct csv_slice cell)
{
    int ident = c->o->in->role[ROLE_IDENT];

    if (cell.len == 2 * PSEUDONYM_BYTES
        && hex_bytes(cell.data, c->row.pseudonym)) {
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

    if (column >= 0 && csv_cell(&c->sheet->row, (size_t)column).len > 0
        && c->row.has_ident)
        cell_fault_plain(c, COLUMN_PSEUDONYM, "import.pseudonym_ident");
}
