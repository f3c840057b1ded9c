/* opc_reading.h - what the two halves of opc_read share. Private. */
#ifndef WRITE_OPC_READING_H
#define WRITE_OPC_READING_H
#include "base/arena.h"
#include "write/opc_read.h"

struct opc_entry {
    const char *name;
    uint32_t crc;
    size_t packed, size;
    size_t at;                  /* of its packed bytes */
    int how;                    /* 0: stored, 8: deflate */
    char *data;                 /* once it was asked for */
};

struct opc_kind {               /* of a part's name or suffix */
    const char *name, *type;
    bool suffix;
};

struct opc_file {
    struct arena arena;
    const unsigned char *bytes;
    size_t len;
    struct opc_entry *entry;
    int count;
    struct opc_kind *kind;      /* NULL: not read yet */
    int kinds;
};

/* E with KEY about the part NAME, shown safely. False. */
bool opc_refuse(struct err *e, const char *key, const char *name);
/* Below, at or above 0, letters A to Z as a to z. */
int opc_compare(const char *a, const char *b);

#endif
