/* text_number.c - numbers and shares that are typed as words: "tjue
 * prosent", "en femtedel", "tre av fire"; see text.h.
 *
 * Only words that count recipients or parts of a whole: the sources' "de
 * siste tolv månedene" and "sju områder" are no question to anybody. "To"
 * is a number in Norwegian and none in English, so each language has its
 * own words. */
#include <string.h>
#include <strings.h>
#include "report/text_remarking.h"

enum { TOKENS = 256 };

struct token {
    size_t from, to;
    bool joined;                /* only blanks before it, and a word */
};

struct tokens {
    const char *s;
    struct token t[TOKENS];
    int count;
    bool english;
};

static const char *const nordic[] = {
    "to", "tre", "fire", "fem", "seks", "sju", "syv", "åtte", "ni", "ti",
    "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten",
    "atten", "nitten", "tjue", "tyve", "tretti", "førti", "femti", "seksti",
    "sytti", "åtti", "nitti", "hundre", "tusen", "Åtte", "Åtti", NULL
};
static const char *const english[] = {
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
    NULL
};
/* What may have units behind it in one word: "tjueto". */
static const char *const tens[] = {
    "tjue", "tretti", "førti", "femti", "seksti", "sytti", "åtti", "nitti",
    NULL
};
static const char *const ones[] = {
    "en", "én", "Én", "ei", "éi", "Éi", "ett", "ein", "éin", "Éin", "one",
    "a", NULL
};
static const char *const percents[] = { "prosent", "percent", "per", NULL };
static const char *const parts[] = {
    "halvdel", "halvdelen", "tredel", "tredelen", "tredjedel",
    "tredjedelen", "tredjepart", "firedel", "firedelen", "fjerdedel",
    "fjerdedelen", "femdel", "femdelen", "femtedel", "femtedelen",
    "seksdel", "sjettedel", "sjudel", "sjuendedel", "åttedel",
    "åttendedel", "nidel", "niendedel", "tidel", "tidelen", "tiendedel",
    "tiendedelen", "half", "third", "quarter", "fifth", "sixth", "seventh",
    "eighth", "ninth", "tenth", NULL
};
/* The same of more than one. */
static const char *const many_parts[] = {
    "tredeler", "tredelar", "tredjedeler", "tredjedelar", "tredjeparter",
    "firedeler", "firedelar", "fjerdedeler", "fjerdedelar", "femdeler",
    "femdelar", "femtedeler", "femtedelar", "seksdeler", "sjettedeler",
    "tideler", "tidelar", "tiendedeler", "tiendedelar", "thirds",
    "quarters", "fifths", "sixths", "tenths", NULL
};
static const char *const halves[] = {
    "halvparten", "halvdelen", "helvta", "half", NULL
};
static const char *const each[] = {
    "hver", "hvert", "kvar", "kvart", "every", NULL
};
static const char *const ordinals[] = {
    "annen", "andre", "anna", "tredje", "fjerde", "femte", "sjette",
    "sjuende", "sjuande", "åttende", "åttande", "niende", "niande",
    "tiende", "tiande", "second", "third", "fourth", "fifth", "sixth",
    "tenth", NULL
};
static const char *const between[] = { "av", "of", "in", NULL };
static const char *const out[] = { "out", NULL };
/* What a question counts. */
static const char *const counted[] = {
    "mottaker", "mottakere", "mottakerne", "mottakar", "mottakarar",
    "mottakarane", "brukere", "brukarar", "personer", "personar", "kvinner",
    "menn", "barn", "recipients", "people", "persons", "women", "men",
    "children", "røde", "raude", "gule", "grønne", "grøne", "blodrøde",
    "blodraude", "pasienter", "pasientar", "innbyggere", "innbyggjarar",
    "foreldre", "patients", "parents", NULL
};
/* Behind a number that begins a sentence. */
static const char *const verbs[] = {
    "er", "var", "har", "hadde", "får", "fikk", "fekk", "blir", "ble",
    "vart", "bor", "bur", "bruker", "brukar", "mangler", "manglar",
    "trenger", "treng", "are", "were", "have", "had", "get", "live", "lack",
    "need", NULL
};
/* "dobbelt så", "tre ganger så". */
static const char *const doubles[] = {
    "dobbelt", "dobbel", "twice", "double", "halvparten", NULL
};
static const char *const times[] = { "ganger", "gonger", "times", NULL };
static const char *const as[] = { "så", "as", NULL };
/* Behind "én av fire": what the form has so many of. */
static const char *const uncounted[] = {
    "farger", "fargar", "fargene", "områder", "område", "områdene",
    "områda", "svar", "skårer", "skårar", "nivåer", "nivå", "colours",
    "areas", "answers", "scores", "tiers", NULL
};

static void
tokens_of(struct tokens *k, const struct stretch *s)
{
    size_t last = s->from;

    for (size_t at = s->from; at < s->to && k->count < TOKENS; ) {
        size_t end = remark_word(k->s, at, s->to);

        if (end == at) {
            at = remark_next(k->s, at, s->to);
            continue;
        }
        k->t[k->count] = (struct token){ at, end, k->count > 0 };
        for (size_t i = last; i < at; i++)
            k->t[k->count].joined &= strchr(" -\xc2\xa0", k->s[i]) != NULL;
        last = at = end;
        k->count++;
    }
}

/* Whether the word I, joined to that before it, is one of LIST. */
static bool
next_is(const struct tokens *k, int i, const char *const *list)
{
    return i < k->count && k->t[i].joined
        && remark_is(k->s, k->t[i].from, k->t[i].to, list);
}

static bool
is_one_of(const struct tokens *k, int i, const char *const *list)
{
    return i < k->count && remark_is(k->s, k->t[i].from, k->t[i].to, list);
}

/* A whole number of two or more. */
static bool
is_number(const struct tokens *k, int i)
{
    size_t len;

    if (i >= k->count)
        return false;
    if (is_one_of(k, i, k->english ? english : nordic))
        return true;
    len = k->t[i].to - k->t[i].from;
    for (int n = 0; !k->english && tens[n] != NULL; n++)
        if (len > strlen(tens[n])
            && strncasecmp(k->s + k->t[i].from, tens[n],
                           strlen(tens[n])) == 0
            && (remark_is(k->s, k->t[i].from + strlen(tens[n]), k->t[i].to,
                          nordic)
                || remark_is(k->s, k->t[i].from + strlen(tens[n]),
                             k->t[i].to, ones)))
            return true;
    return false;
}

/* "tre av fire", "one out of four": where the last word is, or -1. */
static int
one_in(const struct tokens *k, int i)
{
    int last = i + 2 + next_is(k, i + 1, out);

    if (!next_is(k, last - 1, between) || last >= k->count
        || !k->t[last].joined || !is_number(k, last)
        || next_is(k, last + 1, uncounted))
        return -1;
    return last;
}

/* Whether the number T stands alone between marks: "et fåtall, tre". */
static bool
stands_alone(const struct tokens *k, const struct token *t)
{
    char behind = k->s[t->to];

    return t != k->t && !t->joined && k->s[t->from - 1] == ' '
        && behind != '\0' && strchr(",.;", behind) != NULL;
}

/* "dobbelt så mange", "tre ganger så mange": where it ends, or -1. */
static int
times_as(const struct tokens *k, int i)
{
    if (is_one_of(k, i, doubles) && next_is(k, i + 1, as))
        return i + 1;
    if (is_number(k, i) && next_is(k, i + 1, times)
        && next_is(k, i + 2, as))
        return i + 2;
    return -1;
}

/* The last word of a number that begins with the word I; -1: none does. */
static int
last_of(const struct tokens *k, int i)
{
    bool number = is_number(k, i), one = is_one_of(k, i, ones);
    int last = times_as(k, i);

    if (last >= 0)
        return last;
    if (is_one_of(k, i, halves)
        && (!k->english || next_is(k, i + 1, between)))
        return i;
    if (next_is(k, i + 1, ordinals) && is_one_of(k, i, each))
        return i + 1;
    if (!number && !one)
        return -1;
    if (next_is(k, i + 1, parts) || next_is(k, i + 1, many_parts))
        return i + 1;
    if (number && (next_is(k, i + 1, percents)
                   || next_is(k, i + 1, counted)))
        return i + 1;
    if (number && ((i == 0 && next_is(k, i + 1, verbs))
                   || stands_alone(k, &k->t[i])))
        return i;
    /* "seventy-five percent" */
    if (number && is_number(k, i + 1) && next_is(k, i + 2, percents))
        return i + 2;
    return one_in(k, i);
}

void
remark_number_words(struct remarking *m, const struct stretch *s)
{
    struct tokens k = {
        .s = m->plain.text, .english = m->t->lang == LANG_EN
    };

    tokens_of(&k, s);
    for (int i = 0; i < k.count; i++) {
        int last = last_of(&k, i);

        if (last < 0)
            continue;
        remark_found(m, REMARK_WORDS, "text.remark_words", k.t[i].from,
                     k.t[last].to);
        i = last;
    }
}
