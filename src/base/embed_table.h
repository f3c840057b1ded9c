/* embed_table.h - between embed.c and the table that the build makes. */
#ifndef BASE_EMBED_TABLE_H
#define BASE_EMBED_TABLE_H

struct embedded {
    const char *name;
    const char *begin, *end;    /* *end is a NUL */
};

extern const struct embedded embed_table[];     /* by name, bytes rising */
extern const int embed_count;

#endif
