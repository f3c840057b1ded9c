/* opc_read.c - the archive; see opc_read.h. The XML is in opc_read_xml.c.
 *
 * Only the central directory is believed, and each local header must say
 * the same name: two readers must not see two files. Names and sizes are
 * checked when the file is opened, bytes when a part is asked for, so that
 * what nobody needs is never unpacked. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "base/utf8.h"
#include "write/opc_reading.h"

enum {
    END_SIZE = 22, END_COMMENT = 0xffff,
    CENTRAL_SIZE = 46, LOCAL_SIZE = 30, LOCATOR_SIZE = 20,
    END_SIGN = 0x06054b50, CENTRAL_SIGN = 0x02014b50,
    LOCAL_SIGN = 0x04034b50, LOCATOR_SIGN = 0x07064b50,
    FLAG_SECRET = 0x2041,       /* encrypted, strongly so, masked */
    STORED = 0, DEFLATED = 8,
    SIZES_LARGE = 0xffff        /* stands for a number in ZIP64 */
};

static uint32_t
get16(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8;
}

static uint32_t
get32(const unsigned char *p)
{
    return get16(p) | get16(p + 2) << 16;
}

bool
opc_refuse(struct err *e, const char *key, const char *name)
{
    char quoted[QUOTE_MAX];
    size_t n = strlen(name);
    const char *end = name;

    /* The end of a path tells more than its beginning. */
    for (size_t i = n; i > 0 && end == name; i--)
        if (name[i - 1] == '/')
            end = name + i;
    err_quote(quoted, sizeof quoted, end, strlen(end));
    return err_set(e, ERR_INPUT, key, "%s", quoted);
}

static int
lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

int
opc_compare(const char *a, const char *b)
{
    while (*a != '\0' && lower((unsigned char)*a) == lower((unsigned char)*b))
        a++, b++;
    return lower((unsigned char)*a) - lower((unsigned char)*b);
}

/* ---- directory ---- */

struct directory {
    size_t at, len;             /* of the central directory */
    uint32_t count;
};

static bool
not_zip(struct err *e)
{
    return err_set(e, ERR_INPUT, "office.not_zip", "");
}

static bool
read_end(const struct opc_file *f, struct directory *d, struct err *e)
{
    size_t least = f->len > END_SIZE + END_COMMENT
        ? f->len - END_SIZE - END_COMMENT : 0;

    if (f->len < END_SIZE)
        return not_zip(e);
    for (size_t at = f->len - END_SIZE;; at--) {
        const unsigned char *p = f->bytes + at;

        if (get32(p) == END_SIGN
            && get16(p + 20) == f->len - at - END_SIZE) {
            if ((at >= LOCATOR_SIZE
                 && get32(p - LOCATOR_SIZE) == LOCATOR_SIGN)
                || get16(p + 10) == SIZES_LARGE
                || get32(p + 12) == UINT32_MAX
                || get32(p + 16) == UINT32_MAX)
                return err_set(e, ERR_INPUT, "office.zip64", "");
            d->count = get16(p + 10);
            d->len = get32(p + 12);
            d->at = get32(p + 16);
            if (get16(p + 4) != 0 || get16(p + 6) != 0
                || get16(p + 8) != d->count || d->at > at
                || d->len != at - d->at)
                return not_zip(e);
            return true;
        }
        if (at == least)
            return not_zip(e);
    }
}

/* A name that can be nowhere but inside. */
static bool
name_holds(const char *name, size_t n)
{
    size_t from = 0;

    if (n == 0 || n > OPC_READ_NAME || !utf8_valid(name, n, NULL))
        return false;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && ((unsigned char)name[i] < 0x20 || name[i] == '\\'
                      || name[i] == ':' || name[i] == 0x7f))
            return false;
        if (i < n && name[i] != '/')
            continue;
        if (i - from == 0 || (i - from == 1 && name[from] == '.')
            || (i - from == 2 && memcmp(name + from, "..", 2) == 0))
            return false;
        from = i + 1;
    }
    return true;
}

/* Where the packed bytes are, by the entry's local header at AT. */
static bool
read_local(const struct opc_file *f, struct opc_entry *t, size_t at,
           const struct directory *d, struct err *e)
{
    const unsigned char *p = f->bytes + at;
    size_t n = strlen(t->name), head;

    if (at > d->at || d->at - at < LOCAL_SIZE || get32(p) != LOCAL_SIGN)
        return not_zip(e);
    head = LOCAL_SIZE + get16(p + 26) + get16(p + 28);
    if (get16(p + 26) != n || head > d->at - at
        || t->packed > d->at - at - head
        || memcmp(p + LOCAL_SIZE, t->name, n) != 0)
        return not_zip(e);
    t->at = at + head;
    return true;
}

static bool
check_sizes(const struct opc_entry *t, struct err *e)
{
    if (t->size > OPC_READ_PART)
        return err_set(e, ERR_INPUT, "office.part_size", "%d",
                       OPC_READ_PART >> 20);
    if (t->size > OPC_READ_SMALL && t->size / OPC_READ_RATIO > t->packed)
        return opc_refuse(e, "office.ratio", t->name);
    if (t->how == STORED && t->size != t->packed)
        return not_zip(e);
    return true;
}

/* The entry P of the directory, NAME_LEN bytes of name behind it. */
static bool
read_entry(struct opc_file *f, const unsigned char *p, size_t name_len,
           const struct directory *d, struct err *e)
{
    const char *name = (const char *)p + CENTRAL_SIZE;
    struct opc_entry *t = &f->entry[f->count];

    if (name_len > 0 && name[name_len - 1] == '/'
        && name_holds(name, name_len - 1))
        return true;                    /* a folder */
    if (!name_holds(name, name_len))
        return err_set(e, ERR_INPUT, "office.name", "");
    *t = (struct opc_entry){
        .name = arena_text_n(&f->arena, name, name_len),
        .crc = get32(p + 16), .packed = get32(p + 20), .size = get32(p + 24),
        .how = (int)get16(p + 10)
    };
    if (get32(p + 20) == UINT32_MAX || get32(p + 24) == UINT32_MAX
        || get32(p + 42) == UINT32_MAX)
        return err_set(e, ERR_INPUT, "office.zip64", "");
    if ((get16(p + 8) & FLAG_SECRET) != 0)
        return err_set(e, ERR_INPUT, "office.encrypted", "");
    if (t->how != STORED && t->how != DEFLATED)
        return opc_refuse(e, "office.method", t->name);
    f->count++;
    return check_sizes(t, e) && read_local(f, t, get32(p + 42), d, e);
}

static int
entry_order(const void *a, const void *b)
{
    const struct opc_entry *const *x = a, *const *y = b;

    return opc_compare((*x)->name, (*y)->name);
}

/* What only all entries together tell. */
static bool
check_all(const struct opc_file *f, struct err *e)
{
    const struct opc_entry **sorted =
        mem_take(((size_t)f->count + 1) * sizeof *sorted);
    size_t total = 0;
    bool ok = true;

    for (int i = 0; i < f->count; i++) {
        sorted[i] = &f->entry[i];
        total += f->entry[i].size;
    }
    qsort(sorted, (size_t)f->count, sizeof *sorted, entry_order);
    for (int i = 1; ok && i < f->count; i++)
        if (opc_compare(sorted[i - 1]->name, sorted[i]->name) == 0)
            ok = opc_refuse(e, "office.twice", sorted[i]->name);
    free(sorted);
    if (ok && total > OPC_READ_TOTAL)
        return err_set(e, ERR_INPUT, "office.total", "%d",
                       OPC_READ_TOTAL >> 20);
    return ok;
}

static bool
read_directory(struct opc_file *f, struct err *e)
{
    struct directory d = { 0 };
    size_t at, end;

    if (!read_end(f, &d, e))
        return false;
    if (d.count > OPC_READ_ENTRIES)
        return err_set(e, ERR_INPUT, "office.entries", "%d",
                       OPC_READ_ENTRIES);
    f->entry = arena_array(&f->arena, d.count + 1, sizeof *f->entry);
    at = d.at;
    end = d.at + d.len;
    for (uint32_t i = 0; i < d.count; i++) {
        const unsigned char *p = f->bytes + at;
        size_t name, all;

        if (end - at < CENTRAL_SIZE || get32(p) != CENTRAL_SIGN)
            return not_zip(e);
        name = get16(p + 28);
        all = CENTRAL_SIZE + name + get16(p + 30) + get16(p + 32);
        if (all > end - at)
            return not_zip(e);
        if (!read_entry(f, p, name, &d, e))
            return false;
        at += all;
    }
    return at == end ? check_all(f, e) : not_zip(e);
}

bool
opc_open(struct opc_file **f, const void *bytes, size_t len, struct err *e)
{
    *f = mem_take(sizeof **f);
    **f = (struct opc_file){ .bytes = bytes, .len = len };
    arena_init(&(*f)->arena);
    if (read_directory(*f, e))
        return true;
    opc_close(*f);
    *f = NULL;
    return false;
}

void
opc_close(struct opc_file *f)
{
    if (f == NULL)
        return;
    for (int i = 0; i < f->count; i++)
        free(f->entry[i].data);
    arena_clear(&f->arena);
    free(f);
}

/* ---- parts ---- */

static struct opc_entry *
find(const struct opc_file *f, const char *name)
{
    for (int i = 0; i < f->count; i++)
        if (opc_compare(f->entry[i].name, name) == 0)
            return &f->entry[i];
    return NULL;
}

const char *
opc_name(const struct opc_file *f, int i)
{
    return i >= 0 && i < f->count ? f->entry[i].name : NULL;
}

const char *
opc_suffix(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *dot = strrchr(name, '.');
    size_t n = dot != NULL ? strlen(dot) : 0;

    return n >= 2 && n <= 6 && strspn(dot + 1, letters) == n - 1 ? dot
        : ".bin";
}

bool
opc_has(const struct opc_file *f, const char *name)
{
    return find(f, name) != NULL;
}

static bool
inflate_entry(const struct opc_file *f, const struct opc_entry *t, char *to)
{
    /* One byte more, so that a part larger than said is noticed. */
    z_stream z = {
        .next_in = (unsigned char *)(uintptr_t)(f->bytes + t->at),
        .avail_in = (uInt)t->packed,
        .next_out = (unsigned char *)to, .avail_out = (uInt)t->size + 1
    };
    bool ok;

    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        mem_out();
    ok = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == t->size
        && z.avail_in == 0;
    inflateEnd(&z);
    return ok;
}

static bool
unpack(const struct opc_file *f, struct opc_entry *t, struct err *e)
{
    char *data = malloc(t->size + 1);
    bool ok = true;

    if (data == NULL)
        return err_set(e, ERR_MACHINE, "office.memory", "");
    if (t->how == STORED)
        memcpy(data, f->bytes + t->at, t->size);
    else
        ok = inflate_entry(f, t, data);
    if (!ok || crc32_z(0, (const unsigned char *)data, t->size) != t->crc) {
        free(data);
        return opc_refuse(e, "office.broken", t->name);
    }
    data[t->size] = '\0';
    t->data = data;
    return true;
}

bool
opc_bytes(struct opc_file *f, const char *name, const char **data,
          size_t *len, struct err *e)
{
    struct opc_entry *t = find(f, name);

    if (t == NULL)
        return opc_refuse(e, "office.missing", name);
    if (t->data == NULL && !unpack(f, t, e))
        return false;
    *data = t->data;
    *len = t->size;
    return true;
}
