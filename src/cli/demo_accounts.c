/* demo_accounts.c - see demo_accounts.h. Ids and password stand in
 * interfaces.md; nobody has these names. */
#include "cli/demo_accounts.h"
#include <string.h>
#include "store/account.h"
#include "store/grant.h"

#define UNIT "psykisk_helse_laksevag"
#define OTHER "nav_laksevag"

static const char password[] = "brukerplan-demo";

static const struct { const char *id, *name; } people[] = {
    { "mapper", "Kari Kartlegger" },
    { "mapper2", "Mona Makker" },
    { "resource", "Rune Ressurs" },
    { "leader", "Lise Leder" },
    { "coordinator", "Kåre Koordinator" },
    { "group", "Grete Gruppe" },
    { "analyst", "Anders Analyse" },
    { "dpo", "Petra Personvern" },
    { "admin", "Arne Admin" },
};

enum where { CLOSED, OPEN, ALL };

static const struct {
    const char *id;
    enum duty duty;
    enum where where;
    const char *unit;
} grants[] = {
    { "mapper", DUTY_MAPPER, OPEN, UNIT },
    { "mapper2", DUTY_MAPPER, OPEN, OTHER },
    { "resource", DUTY_RESOURCE, OPEN, UNIT },
    { "resource", DUTY_RESOURCE, OPEN, OTHER },
    { "leader", DUTY_LEADER, CLOSED, UNIT },
    { "leader", DUTY_LEADER, OPEN, UNIT },
    { "coordinator", DUTY_COORDINATOR, ALL, "" },
    { "group", DUTY_GROUP, ALL, "" },
    { "analyst", DUTY_ANALYST, ALL, "" },
    { "dpo", DUTY_DPO, ALL, "" },
    { "admin", DUTY_ADMIN, ALL, "" },
};

/* Everybody sets the own password: nobody is asked to change it. */
static bool
add(struct store *s, const struct actor *actor, int i, const char *hash,
    struct err *e)
{
    const struct actor self = { .name = people[i].id, .all_units = true };

    return account_add(s, actor, people[i].id, people[i].name, LANG_NB, e)
           && account_set_hash(s, &self, people[i].id, hash, NULL, e);
}

bool
demo_accounts(struct store *s, const char *closed, const char *open,
              struct err *e)
{
    const char *const rounds[] = { closed, open, "" };
    const struct actor actor = { .name = "demo", .rights = "demo",
                                 .purpose = "demo", .all_units = true };
    char hash[PASSWORD_HASH];
    bool ok = store_setting_set(s, "demo", "1", e);

    password_hash(store_random(s), password, hash);
    for (size_t i = 0; ok && i < sizeof people / sizeof *people; i++)
        ok = add(s, &actor, (int)i, hash, e);
    for (size_t i = 0; ok && i < sizeof grants / sizeof *grants; i++) {
        struct grant g = {
            .account = grants[i].id, .duty = grants[i].duty,
            .round = rounds[grants[i].where], .unit = grants[i].unit
        };

        ok = grant_add(s, &actor, &g, e);
    }
    return ok;
}
