/* variable.h - the codebook's names and codes for the demo's answers. */
#ifndef DEMO_VARIABLE_H
#define DEMO_VARIABLE_H
#include "demo/reg.h"

enum { DEMO_CODES = 3 };

/* By enum demo_var; where the answer is a code, the codes by place, else
 * the first is NULL. */
struct demo_variable {
    const char *name;
    const char *codes[DEMO_CODES];
};
extern const struct demo_variable demo_variables[VAR_COUNT];

#endif
