/* test_near.c - the nearest right word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "base/near.h"

/* The nearest of WORDS, which are separated by one blank, or NULL. */
static const char *
nearest_of(const char *word, const char *words, bool far)
{
    static char copy[256];
    char *rest = copy, *offer;
    struct near n;

    strcpy(copy, words);
    near_begin(&n, word, strlen(word));
    assert_false(n.far);
    n.far = far;
    while ((offer = strtok_r(rest, " ", &rest)) != NULL)
        near_offer(&n, offer);
    return n.best;
}

static const char *
nearest(const char *word, const char *words)
{
    return nearest_of(word, words, false);
}

static void
test_near(void **state)
{
    static const struct { const char *word, *words, *best; } cases[] = {
        { "economi", "economy mental", "economy" },     /* replaced */
        { "econoy", "mental economy", "economy" },      /* left out */
        { "econnomy", "mental economy", "economy" },    /* too many */
        { "ecoonmy", "mental economy", "economy" },     /* swapped */
        { "economy", "economi economy", "economy" },    /* itself */
        { "cat", "car bat", "car" },                    /* the first */
        { "bat", "car bar", "bar" },
        { "xyz", "economy mental", NULL },
        { "sex", "six", "six" },
        { "sex", "sixt", NULL },
        { "sex", "abc", NULL },
        { "", "a", "a" },
        { "", "ab", NULL },
        { "ca", "abc", NULL },
        { "abcdefghi", "abcdefxyz", "abcdefxyz" },      /* 3 of 9 */
        { "abcdefghi", "abcdewxyz", NULL },             /* 4 of 9 */
    };
    char a[NEAR_WORD_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *best = nearest(cases[i].word, cases[i].words);

        if (cases[i].best == NULL)
            assert_null(best);
        else if (best == NULL || strcmp(best, cases[i].best) != 0)
            fail_msg("%s: %s", cases[i].word, best != NULL ? best : "none");
    }
    memset(a, 'a', sizeof a);
    a[NEAR_WORD_MAX] = '\0';
    assert_non_null(nearest(a, a));
    a[NEAR_WORD_MAX] = 'a';
    a[NEAR_WORD_MAX + 1] = '\0';
    assert_null(nearest(a, a));
    a[NEAR_WORD_MAX] = '\0';
    assert_null(nearest("b", a));
}

/* The nearest, however far it is. */
static void
test_far(void **state)
{
    static const struct { const char *word, *words, *best; } cases[] = {
        { "xyz", "economy mental", "mental" },          /* 7 and 6 */
        { "xyz", "mental dental", "mental" },           /* the first */
        { "sex", "sixt abc", "sixt" },
        { "abcdefghi", "zzzzzzzzz abcdewxyz", "abcdewxyz" },
        { "", "economy ab", "ab" },
        { "econmy", "mental economy", "economy" },      /* near ones too */
    };
    char a[NEAR_WORD_MAX + 2];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(nearest_of(cases[i].word, cases[i].words, true),
                            cases[i].best);
    assert_null(nearest_of("abc", "", true));
    /* what is too long is still near nothing */
    memset(a, 'a', sizeof a);
    a[NEAR_WORD_MAX + 1] = '\0';
    assert_null(nearest_of(a, "b", true));
    assert_null(nearest_of("b", a, true));
    a[NEAR_WORD_MAX] = '\0';
    assert_string_equal(nearest_of(a, "b", true), "b");
    assert_string_equal(nearest_of("b", a, true), a);
}

/* The word need not end in a NUL. */
static void
test_length(void **state)
{
    struct near n;

    (void)state;
    near_begin(&n, "sexual", 3);
    near_offer(&n, "sex");
    assert_string_equal(n.best, "sex");
    assert_int_equal(n.distance, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_near), cmocka_unit_test(test_far),
        cmocka_unit_test(test_length)
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
