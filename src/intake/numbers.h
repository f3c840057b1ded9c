/* numbers.h - which of the numbers 1..NUMBER_LIMIT are taken. */
#ifndef INTAKE_NUMBERS_H
#define INTAKE_NUMBERS_H
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

/* A bit a number, in pages of 4,096 that are there where one is taken: 4 MiB
 * for the list of pages, and half a KiB a page; 260 MiB if every page is. */
struct numbers;
struct numbers *numbers_new(void);
void numbers_free(struct numbers *n);
bool numbers_has(const struct numbers *n, int64_t number);
/* Takes NUMBER, 1..NUMBER_LIMIT; again makes no difference. False with
 * ERR_MACHINE where there is no memory left. */
MUST_CHECK bool numbers_take(struct numbers *n, int64_t number,
                             struct err *e);

#endif
