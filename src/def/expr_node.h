/* expr_node.h - the tree behind a filter, for src/def/expr*.c. */
#ifndef DEF_EXPR_NODE_H
#define DEF_EXPR_NODE_H
#include "def/expr.h"

enum op { OP_AND, OP_OR, OP_NOT, OP_COMPARE, OP_IN, OP_IN_SET, OP_IS };
enum sign { SIGN_EQ, SIGN_NE, SIGN_LT, SIGN_LE, SIGN_GT, SIGN_GE };
enum state { IS_ANSWERED, IS_BLANK, IS_UNKNOWN, IS_UNASKED };

struct expr {
    enum op op;
    struct expr *kids;          /* AND, OR: a list; NOT: one */
    struct expr *next;          /* the next in the list */
    int variable;
    int set;                    /* OP_IN_SET: place among the sets */
    enum sign sign;
    enum state state;
    int values;
    const int32_t *value;       /* COMPARE: one */
};

#endif
