/* page_setup_form.c - see page_setup.h: fields of forms, and what was typed
 * in them. */
#include <stdlib.h>
#include <string.h>
#include "base/msg.h"
#include "web/page_setup.h"

const char *
setup_typed(const struct page *p, const char *name, const char *stored)
{
    const char *typed = p->request->method == HTTP_POST
                        ? request_form(p->request, name) : NULL;

    return typed != NULL ? typed : stored;
}

bool
setup_ticked(const struct page *p, const char *name, bool stored)
{
    if (p->request->method != HTTP_POST
        || request_form(p->request, "ticks") == NULL)
        return stored;
    return request_form(p->request, name) != NULL;
}

int
setup_number(const char *text)
{
    size_t n = strlen(text);

    if (n < 1 || n > 9 || strspn(text, "0123456789") != n)
        return -1;
    return atoi(text);
}

const char *
setup_text(struct page *p, const char *name)
{
    const char *typed = page_field(p, name);
    char *out = arena_take(p->arena, strlen(typed) + 1);
    size_t n = 0;

    typed += strspn(typed, " \t\r\n");
    for (; *typed != '\0'; typed++)
        if (*typed != '\r' || typed[1] != '\n')
            out[n++] = *typed;
    while (n > 0 && strchr(" \t\r\n", out[n - 1]) != NULL)
        n--;
    out[n] = '\0';
    return out;
}

/* The flag that chooses the partial of setup_field.html. */
static const char *const shapes[] = {
    [SETUP_LINE] = "as_line", [SETUP_AREA] = "as_area",
    [SETUP_NUMBER] = "as_number", [SETUP_DATE] = "as_date",
    [SETUP_TICK] = "as_tick", [SETUP_SELECT] = "as_select",
    [SETUP_RADIO] = "as_radio"
};

struct view *
setup_field(struct page *p, struct view *list, const struct setup_field *f,
            const char *value, const struct setup_bad *bad)
{
    struct view *item = view_item(list);
    const char *help = arena_printf(p->arena, "%s.help", f->label);

    view_flag(item, shapes[f->kind], true);
    view_text(item, "id", f->name);
    view_text(item, "name", f->name);
    view_text(item, "label", msg_text(p->lang, f->label));
    if (msg_has(p->lang, help))
        view_text(item, "help", msg_text(p->lang, help));
    if (f->kind == SETUP_TICK)
        view_flag(item, "chosen",
                  setup_ticked(p, f->name, strcmp(value, "1") == 0));
    else
        view_text(item, "value", setup_typed(p, f->name, value));
    if (f->max > 0)
        view_int(item, "max", f->max);
    if (f->required)
        view_flag(item, "required", true);
    if (bad != NULL && bad->field != NULL
        && strcmp(bad->field, f->name) == 0)
        view_text(item, "error", bad->text);
    return item;
}

void
setup_option(struct view *options, const char *value, const char *label,
             const char *chosen)
{
    struct view *item = view_item(options);

    view_text(item, "value", value);
    view_text(item, "label", label);
    view_flag(item, "chosen", strcmp(value, chosen) == 0);
}
