/* lang.h - the languages of every text that people read.
 *
 * Bokmål comes first and is what is shown where nobody chose. */
#ifndef BASE_LANG_H
#define BASE_LANG_H

enum lang { LANG_NB, LANG_NN, LANG_EN, LANG_COUNT };

/* The BCP 47 code of LANG ("nb"). */
const char *lang_code(enum lang lang);
/* The language with that code, or LANG_COUNT. */
enum lang lang_of(const char *code);

/* One text in every language; each is non-null where the text is. */
struct label {
    const char *in[LANG_COUNT];
};

#endif
