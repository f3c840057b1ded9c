/* sheet.c - see sheet.h. */
#include "intake/sheet.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/utf8.h"

static const char *const csv_keys[CSV_FAULT_COUNT] = {
    [CSV_ROW_LONG] = "csv.row_long", [CSV_ROW_EMPTY] = "csv.row_empty",
    [CSV_ROW_FIELDS] = "csv.row_fields",
    [CSV_QUOTE_INSIDE] = "csv.quote_inside",
    [CSV_QUOTE_AFTER] = "csv.quote_after",
    [CSV_QUOTE_OPEN] = "csv.quote_open", [CSV_CR] = "csv.cr",
    [CSV_NUL] = "csv.nul", [CSV_UTF8] = "csv.utf8"
};

static bool
open_csv(struct sheet *s, struct err *e)
{
    s->csv = s->data != NULL ? csv_open_memory(s->data, s->len)
                             : csv_open(s->fd);
    if (s->csv == NULL)
        return err_set(e, ERR_MACHINE, "machine.memory", "%d", CSV_ROW_MAX);
    return true;
}

bool
sheet_open(struct sheet *s, const char *file, const char *data, size_t len,
           const struct listener *listener, struct err *e)
{
    struct stat st;

    *s = (struct sheet){ .file = file, .listener = listener, .fd = -1,
                         .data = data, .len = len };
    arena_init(&s->arena);
    if (data != NULL) {
        s->size = (int64_t)len;
        return open_csv(s, e);
    }
    s->fd = strcmp(file, "-") == 0 ? STDIN_FILENO
                                   : open(file, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return err_set(e, ERR_INPUT, "file.open", "%s %s", file,
                       strerror(errno));
    if (fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode))
        s->size = st.st_size;
    return open_csv(s, e);
}

void
sheet_close(struct sheet *s)
{
    csv_close(s->csv);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    arena_clear(&s->arena);
    s->csv = NULL;
    s->fd = -1;
}

bool
sheet_rewind(struct sheet *s)
{
    struct err ignored = { .code = ERR_NONE };

    if (s->data == NULL && (s->size == 0 || lseek(s->fd, 0, SEEK_SET) != 0))
        return false;
    csv_close(s->csv);
    s->rows = 0;
    return open_csv(s, &ignored);
}

static void
place(const struct sheet *s, struct err *fault, int column)
{
    err_at(fault, s->file, s->row.line, 0);
    if (column >= 0 && column < s->columns)
        err_field(fault, s->name[column]);
}

void
sheet_fault(struct sheet *s, struct err *fault, int column)
{
    place(s, fault, column);
    if (s->faults++ < FAULTS_SHOWN)
        s->listener->say(s->listener->ctx, fault);
}

void
sheet_warn(struct sheet *s, struct err *warning, int column)
{
    place(s, warning, column);
    if (s->warnings++ < FAULTS_SHOWN)
        s->listener->warn(s->listener->ctx, warning);
}

/* The reader's next row; its faults are told. *GOOD is false for a fault
 * and at the end. */
static bool
next_row(struct sheet *s, bool *good, bool *end, struct err *e)
{
    enum csv_result result = csv_next(s->csv, &s->row);

    *good = result == CSV_ROW;
    *end = result == CSV_END;
    if (result == CSV_ERROR)
        return err_set(e, s->row.error == EISDIR ? ERR_INPUT : ERR_MACHINE,
                       "file.read", "%s %s", s->file,
                       strerror(s->row.error));
    if (result == CSV_FAULT) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, csv_keys[s->row.fault], "%d",
                s->row.fault_field + 1);
        sheet_fault(s, &fault, s->row.fault_field);
    }
    return true;
}

static void
take_name(struct sheet *s, int i, const struct sheet_names *names)
{
    struct csv_slice cell = csv_cell(&s->row, (size_t)i);
    struct err fault = { .code = ERR_NONE };
    char shown[QUOTE_MAX];
    const char *near = NULL;

    err_quote(shown, sizeof shown, cell.data, cell.len);
    s->name[i] = quote_allowed(cell.data, cell.len)
               ? arena_text(&s->arena, shown)
               : arena_printf(&s->arena, "#%d", i + 1);
    s->columns = i + 1;
    s->id[i] = names->find(names->ctx, cell.data, cell.len, &near);
    if (s->id[i] < 0 && cell.len == 0)
        err_set(&fault, ERR_INPUT, "csv.column_blank", "%d", i + 1);
    else if (s->id[i] < 0 && near != NULL)
        err_set(&fault, ERR_INPUT, "csv.column_near", "%s %s", shown, near);
    else if (s->id[i] < 0)
        err_set(&fault, ERR_INPUT, "csv.column", "%s", shown);
    for (int j = 0; j < i && s->id[i] >= 0; j++)
        if (s->id[j] == s->id[i])
            err_set(&fault, ERR_INPUT, "csv.column_twice", "%s %d %d", shown,
                    j + 1, i + 1);
    if (fault.code != ERR_NONE) {
        s->id[i] = -1;          /* its cells are not looked at */
        sheet_fault(s, &fault, i);
    }
}

bool
sheet_header(struct sheet *s, const struct sheet_names *names, struct err *e)
{
    bool good, end;

    if (!next_row(s, &good, &end, e))
        return false;
    if (end) {
        struct err fault = { .code = ERR_NONE };

        err_set(&fault, ERR_INPUT, "csv.empty", "");
        s->row.line = 0;
        sheet_fault(s, &fault, -1);
    }
    for (size_t i = 0; good && i < s->row.fields; i++)
        take_name(s, (int)i, names);
    return true;
}

bool
sheet_next(struct sheet *s, bool *more, struct err *e)
{
    bool good, end;

    for (;;) {
        if (!next_row(s, &good, &end, e))
            return false;
        *more = good;
        if (end)
            return true;
        if (good && s->row.fields == (size_t)s->columns) {
            s->rows++;
            return true;
        }
        if (good) {
            struct err fault = { .code = ERR_NONE };

            err_set(&fault, ERR_INPUT,
                    s->row.fields < (size_t)s->columns ? "csv.row_short"
                                                       : "csv.row_wide",
                    "%zu %d", s->row.fields, s->columns);
            sheet_fault(s, &fault, -1);
        }
    }
}

int
sheet_column(const struct sheet *s, int id)
{
    for (int i = 0; i < s->columns; i++)
        if (s->id[i] == id)
            return i;
    return -1;
}

bool
slice_is(struct csv_slice slice, const char *text)
{
    return slice.len == strlen(text)
        && memcmp(slice.data, text, slice.len) == 0;
}
