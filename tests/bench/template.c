/* template.c - how long a page takes to make: a form of 100 kB.
 *
 *     template_bench [ROUNDS]
 *
 * A form of 60 questions with six choices each, three fields for every
 * choice and a text of po here and there: some 2,500 values. Prints the
 * median time to build the view, to print it, and both, and the same with
 * the view made once. Nothing is compared with a limit: bench-web does that
 * with the real page. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "web/template.h"

enum { ROUNDS = 2000, QUESTIONS = 60, CHOICES = 6 };

static const char page_text[] =
    "<!DOCTYPE html>\n<html lang=\"{{lang}}\"><title>{{title}}</title>\n"
    "<form method=\"post\" action=\"{{action}}\">\n"
    "{{#questions}}\n{{>question}}\n{{/questions}}\n"
    "</form>\n</html>\n";
static const char question_text[] =
    "<fieldset class=\"question\" id=\"{{id}}\">\n"
    "<legend>{{label}}{{#required}} <abbr>*</abbr>{{/required}}</legend>\n"
    "{{#help}}\n<p class=\"help\" id=\"{{id}}-help\">{{help}}</p>\n{{/help}}\n"
    "{{#choices}}\n"
    "<div class=\"choice\"><input class=\"choice__input\" type=\"radio\""
    " id=\"{{id}}-{{value}}\" name=\"{{id}}\" value=\"{{value}}\""
    "{{#chosen}} checked{{/chosen}} data-key=\"{{key}}\">\n"
    "<label class=\"choice__label\" for=\"{{id}}-{{value}}\">"
    "<span class=\"choice__name\">{{name}}</span>"
    " <span class=\"choice__means\">{{means}}</span></label></div>\n"
    "{{/choices}}\n"
    "{{^answered}}\n<p class=\"left\">{{t.template.not_closed}}</p>\n"
    "{{/answered}}\n"
    "</fieldset>\n";

static const char help[] =
    "Et svar gis for de siste tolv månedene, også når personen ikke har"
    " mottatt tjenesten hele tiden. I tvil: velg gul.";
static const char means[] =
    "Har egnet bolig, men klarer seg ikke uten hjelp fra andre i det"
    " daglige & trenger mer";

static void
build_question(struct view *q, const char *id, int i)
{
    struct view *list;

    view_text(q, "id", id);
    view_text(q, "label", "Hvordan har personens situasjon vært?");
    view_text(q, "help", help);
    view_flag(q, "required", i % 3 == 0);
    view_flag(q, "answered", i % 2 == 0);
    list = view_list(q, "choices");
    for (int k = 0; k < CHOICES; k++) {
        struct view *c = view_item(list);

        view_int(c, "value", k);
        view_text(c, "name", "Noe vanskelig");
        view_text(c, "means", means);
        view_text(c, "key", "3");
        view_flag(c, "chosen", i % CHOICES == k);
    }
}

static struct view *
build(struct arena *a)
{
    static char id[QUESTIONS][8];
    struct view *v = view_new(a), *list;

    view_text(v, "lang", "nb");
    view_text(v, "title", "Registrering");
    view_text(v, "action", "/rounds/1/registrations/17");
    list = view_list(v, "questions");
    for (int i = 0; i < QUESTIONS; i++) {
        snprintf(id[i], sizeof id[i], "q%d", i);
        build_question(view_item(list), id[i], i);
    }
    return v;
}

static double
now_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void
print_median(const char *what, double *time, int n)
{
    qsort(time, (size_t)n, sizeof *time, compare);
    printf("%-8s %7.1f us, fastest %.1f, 99th percentile %.1f\n", what,
           time[n / 2], time[0], time[n * 99 / 100]);
}

static bool
measure(const struct templates *t, int rounds, struct err *e)
{
    double *making = calloc((size_t)rounds, sizeof *making);
    double *printing = calloc((size_t)rounds, sizeof *printing);
    double *both = calloc((size_t)rounds, sizeof *both);
    size_t bytes = 0;
    bool ok = making != NULL && printing != NULL && both != NULL;

    for (int i = 0; i < rounds && ok; i++) {
        struct arena a;
        struct buf out;
        struct view *v;
        double begin = now_us(), middle;

        arena_init(&a);
        buf_init(&out, 0);
        v = build(&a);
        middle = now_us();
        ok = template_render(t, "page", v, LANG_NB, &out, e);
        printing[i] = now_us() - middle;
        making[i] = middle - begin;
        bytes = out.len;
        buf_clear(&out);
        arena_clear(&a);
        both[i] = now_us() - begin;
    }
    if (ok) {
        printf("%zu bytes\n", bytes);
        print_median("view", making, rounds);
        print_median("print", printing, rounds);
        print_median("all", both, rounds);
    }
    free(making);
    free(printing);
    free(both);
    return ok;
}

int
main(int argc, char **argv)
{
    static const struct template_text texts[] = {
        { "page", NULL, page_text, sizeof page_text - 1 },
        { "question", NULL, question_text, sizeof question_text - 1 },
    };
    int rounds = argc > 1 ? atoi(argv[1]) : ROUNDS;
    struct err e = { 0 };
    struct templates *t = templates_of(texts, 2, &e);
    bool ok = t != NULL && rounds > 0 && measure(t, rounds, &e);

    if (!ok)
        fprintf(stderr, "template_bench: %s\n", e.key);
    templates_free(t);
    return ok ? 0 : 1;
}
