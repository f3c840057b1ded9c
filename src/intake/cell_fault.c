/* cell_fault.c - what is wrong with a cell, and what would be right. */
#include "intake/cell.h"
#include "base/near.h"
#include "base/utf8.h"

void
cells_fault(struct cells *c, struct err *fault, int id)
{
    int column = sheet_column(c->sheet, id);

    if (column < 0 && id < c->o->in->variable_count)
        err_field(fault, c->o->in->variables[id].id);
    sheet_fault(c->sheet, fault, column);
    c->row.faults++;
}

void
cell_fault(struct cells *c, struct err *fault, int id)
{
    if (id < c->o->in->variable_count)
        c->row.bad[id] = c->was_bad = true;
    cells_fault(c, fault, id);
}

void
cell_fault_found(struct cells *c, struct csv_slice cell, int id,
                 const char *key, const char *expected)
{
    struct err fault = { .code = ERR_NONE };
    char found[QUOTE_MAX];

    err_quote(found, sizeof found, cell.data, cell.len);
    err_set(&fault, ERR_INPUT, key, "%s %s", found, expected);
    cell_fault(c, &fault, id);
}

void
cell_fault_plain(struct cells *c, int id, const char *key)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, key, "");
    cell_fault(c, &fault, id);
}

/* What the variable takes, as text for a message: ranges and lists, which
 * need no translation. */
static void
expected_of(const struct cells *c, const struct variable *v,
            struct csv_slice cell, struct buf *out)
{
    const struct instrument *in = c->o->in;
    struct near near;

    buf_init(out, 4096);
    switch (v->kind) {
    case KIND_SCORE:
        buf_printf(out, "1..%d", in->scale_count);
        break;
    case KIND_INT:
        buf_printf(out, "%d..%d", v->min, v->max);
        break;
    case KIND_DATE:
        buf_text(out, "2014-05-20");
        break;
    case KIND_TEXT4:
        buf_printf(out, "%04d", c->o->round->municipality);
        break;
    default:
        near_begin(&near, cell.data, cell.len);
        near.far = true;
        for (int i = 0; i < v->code_count; i++)
            near_offer(&near, v->codes[i].id);
        for (int i = 0; i < v->code_count && i < 8; i++)
            if (!v->codes[i].off)
                buf_printf(out, "%s%s", out->len > 0 ? ", " : "",
                           v->codes[i].id);
        if (v->takes_unknown)
            buf_text(out, ", unknown");
        if (v->code_count > 8) {
            buf_reset(out);
            buf_text(out, near.best != NULL ? near.best : v->codes[0].id);
        }
        break;
    }
}

static const char *const value_keys[KIND_COUNT] = {
    [KIND_TEXT4] = "import.value_text4", [KIND_INT] = "import.value_int",
    [KIND_DATE] = "import.value_date", [KIND_CODE] = "import.value_code",
    [KIND_CODES] = "import.value_code", [KIND_BOOL] = "import.value_code",
    [KIND_SCORE] = "import.value_score"
};

void
cell_fault_value(struct cells *c, struct csv_slice cell, int id)
{
    const struct variable *v = &c->o->in->variables[id];
    struct buf expected;

    expected_of(c, v, cell, &expected);
    cell_fault_found(c, cell, id,
                     v->code_count > 8 ? "import.value_code_near"
                                       : value_keys[v->kind],
                     buf_string(&expected));
    buf_clear(&expected);
}

void
cell_fault_off(struct cells *c, int id)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "check.off", "%s",
            c->o->in->variables[id].id);
    cell_fault(c, &fault, id);
}

void
cell_fault_code_off(struct cells *c, const struct code *code, int id)
{
    struct err fault = { .code = ERR_NONE };

    err_set(&fault, ERR_INPUT, "check.code_off", "%s", code->id);
    cell_fault(c, &fault, id);
}
