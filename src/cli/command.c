/* command.c - see command.h. */
#include "cli/command.h"
#include <stddef.h>

const struct option_def option_defs[OPT_COUNT] = {
    [OPT_NONE] = { "", NULL, NULL, false },
    [OPT_AUDIT] = { "--audit", NULL, "option.audit", false },
    [OPT_BASH] = { "--bash", NULL, "option.bash", false },
    [OPT_COLUMNS] = { "--columns", "VARIABLE", "option.columns", false },
    [OPT_COMPARE] = { "--compare", "ROUND|FILE", "option.compare", true },
    [OPT_CONFIRM] = { "--confirm", "ROUND", "option.confirm", false },
    [OPT_COUNTING] = { "--counting", NULL, "option.counting", false },
    [OPT_COUNTRY] = { "--country", NULL, "option.country", false },
    [OPT_CSV] = { "--csv", "FILE", "option.csv", false },
    [OPT_DESPITE_TOLD] = { "--despite-told", NULL, "option.despite_told",
                           false },
    [OPT_DOCX] = { "--docx", "FILE", "option.docx", false },
    [OPT_DUTY] = { "--duty", "DUTY", "option.duty", false },
    [OPT_FORMAT] = { "--format", "FORMAT", "option.format", false },
    [OPT_FROM_AGE] = { "--from-age", "AGE", "option.from_age", false },
    [OPT_INSTRUMENT] = { "--instrument", "ID", "option.instrument", false },
    [OPT_KEYS] = { "--keys", "DIR", "option.keys", false },
    [OPT_LANG] = { "--lang", "nb|nn|en", "option.lang", false },
    [OPT_LISTEN] = { "--listen", "ADDRESS:PORT", "option.listen", false },
    [OPT_MAN] = { "--man", NULL, "option.man", false },
    [OPT_MUNICIPALITY] = { "--municipality", "NUMBER",
                           "option.municipality", false },
    [OPT_NAME] = { "--name", "NAME", "option.name", false },
    [OPT_NO_SANDBOX] = { "--no-sandbox", NULL, "option.no_sandbox", false },
    [OPT_ON] = { "--on", "DATE", "option.on", false },
    [OPT_OUTPUT] = { "-o", "FILE", "option.output", false },
    [OPT_PERIOD] = { "--period", "NUMBER", "option.period", false },
    [OPT_PPTX] = { "--pptx", "FILE", "option.pptx", false },
    [OPT_PROXY] = { "--behind-proxy", NULL, "option.proxy", false },
    [OPT_PUBLISH] = { "--publish", NULL, "option.publish", false },
    [OPT_QUIET] = { "--quiet", NULL, "option.quiet", false },
    [OPT_REASON] = { "--reason", "TEXT", "option.reason", false },
    [OPT_REGISTRATIONS] = { "--registrations", "NUMBER",
                            "option.registrations", false },
    [OPT_REPORT] = { "--report", "REPORT", "option.report", false },
    [OPT_ROUND] = { "--round", "ROUND", "option.round", false },
    [OPT_ROWS] = { "--rows", "VARIABLE[,VARIABLE...]", "option.rows",
                   false },
    [OPT_SEED] = { "--seed", "NUMBER", "option.seed", false },
    [OPT_SIGNER] = { "--signer", "PUBKEYFILE", "option.signer", true },
    [OPT_SUM] = { "--sum", "VARIABLE", "option.sum", false },
    [OPT_SYNTHETIC] = { "--synthetic", NULL, "option.synthetic", false },
    [OPT_TABLE] = { "--table", "NAME", "option.table", false },
    [OPT_TEMPLATE] = { "--template", "FILE", "option.template", false },
    [OPT_TEXT] = { "--text", "TEXT", "option.text", false },
    [OPT_TIER] = { "--tier", "NUMBER", "option.tier", false },
    [OPT_TLS_CERT] = { "--tls-cert", "FILE", "option.tls_cert", false },
    [OPT_TLS_KEY] = { "--tls-key", "FILE", "option.tls_key", false },
    [OPT_UNIT] = { "--unit", "UNIT", "option.unit", false },
    [OPT_UNITS] = { "--units", "UNITS.csv", "option.units", false },
    [OPT_WHERE] = { "--where", "EXPR", "option.where", false },
    [OPT_WITHOUT] = { "--without", "TEXT", "option.without", true },
    [OPT_WITHOUT_PSEUDONYMS] = { "--without-pseudonyms", NULL,
                                 "option.without_pseudonyms", false },
    [OPT_YEAR] = { "--year", "YEAR", "option.year", false },
};

const enum option global_options[] = { OPT_LANG, OPT_KEYS, OPT_NONE };

#define MUST(option) { option, true }
#define MAY(option) { option, false }

const struct command commands[] = {
    { "demo", "[STORE]",
      { MAY(OPT_COUNTRY), MAY(OPT_REGISTRATIONS), MAY(OPT_SEED),
        MAY(OPT_CSV) },
      "help.demo",
      "brukerplan demo demo\n"
      "brukerplan report demo bergen-2014 -o report.html\n"
      "brukerplan demo country --country --registrations 1000000\n"
      "brukerplan demo --country --csv country.csv",
      cmd_demo },
    { "init", "STORE", { { 0 } }, "help.init",
      "brukerplan init /srv/brukerplan/store", cmd_init },

    { "serve", "STORE",
      { MAY(OPT_LISTEN), MAY(OPT_TLS_CERT), MAY(OPT_TLS_KEY),
        MAY(OPT_PROXY), MAY(OPT_QUIET), MAY(OPT_NO_SANDBOX) },
      "help.serve",
      "brukerplan serve demo\n"
      "brukerplan serve /srv/brukerplan/store --listen 127.0.0.1:8080"
      " --behind-proxy",
      cmd_serve },

    { "round new", "STORE ROUND",
      { MUST(OPT_MUNICIPALITY), MUST(OPT_YEAR), MUST(OPT_UNITS),
        MAY(OPT_SYNTHETIC), MAY(OPT_INSTRUMENT), MAY(OPT_FROM_AGE),
        MAY(OPT_PERIOD) },
      "help.round_new",
      "brukerplan round new store bergen-2025 --municipality 4601"
      " --year 2025 --units units.csv",
      cmd_round_new },
    { "round list", "STORE", { { 0 } }, "help.round_list", NULL,
      cmd_round_list },
    { "round show", "STORE ROUND", { { 0 } }, "help.round_show", NULL,
      cmd_round_show },
    { "round set", "STORE ROUND FIELD=VALUE...", { { 0 } },
      "help.round_set",
      "brukerplan round set store bergen-2025 population=291940"
      " population_from_age=0 population_on=2025-01-01",
      cmd_round_set },
    { "round switch", "STORE ROUND VARIABLE...", { { 0 } },
      "help.round_switch",
      "brukerplan round switch store bergen-2025 case_code subunit",
      cmd_round_switch },
    { "round close", "STORE ROUND", { { 0 } }, "help.round_close", NULL,
      cmd_round_close },
    { "round open", "STORE ROUND", { MUST(OPT_REASON) },
      "help.round_open",
      "brukerplan round open store bergen-2025 --reason 'Late unit'",
      cmd_round_open },

    { "population", "STORE ROUND FILE", { MAY(OPT_ON) },
      "help.population",
      "brukerplan population store bergen-2025 07459.json --on 2025-01-01",
      cmd_population },

    { "import", "STORE ROUND FILE.csv", { { 0 } }, "help.import",
      "brukerplan import store bergen-2025 registrations.csv",
      cmd_import },
    { "export", "STORE ROUND",
      { MUST(OPT_FORMAT), MAY(OPT_WHERE), MAY(OPT_COUNTING),
        MAY(OPT_WITHOUT_PSEUDONYMS), MUST(OPT_OUTPUT) },
      "help.export",
      "brukerplan export store bergen-2025 --format csv -o out.csv\n"
      "brukerplan export store bergen-2025 --format sav --counting"
      " --without-pseudonyms -o out.sav",
      cmd_export },
    { "count", "STORE ROUND", { MAY(OPT_WHERE), MAY(OPT_SUM) },
      "help.count",
      "brukerplan count demo bergen-2014 --where 'index_grade = red'\n"
      "brukerplan count demo bergen-2014 --sum care_children",
      cmd_count },
    { "table", "STORE ROUND",
      { MUST(OPT_ROWS), MAY(OPT_COLUMNS), MAY(OPT_WHERE), MAY(OPT_SUM),
        MAY(OPT_FORMAT) },
      "help.table",
      "brukerplan table demo bergen-2014 --rows age_group --columns sex\n"
      "brukerplan table demo bergen-2014 --rows index_grade"
      " --where 'target_group = mental' --format json",
      cmd_table },
    { "report", "STORE ROUND",
      { MAY(OPT_REPORT), MAY(OPT_UNIT), MAY(OPT_FORMAT), MAY(OPT_COMPARE),
        MAY(OPT_SIGNER), MAY(OPT_TEXT), MAY(OPT_TABLE), MAY(OPT_TEMPLATE),
        MAY(OPT_PUBLISH), MAY(OPT_WITHOUT), MAY(OPT_DESPITE_TOLD),
        MAY(OPT_AUDIT), MUST(OPT_OUTPUT) },
      "help.report",
      "brukerplan report demo bergen-2014 -o report.html\n"
      "brukerplan report demo bergen-2014 --report substance"
      " --format json -o -\n"
      "brukerplan report demo bergen-2014 --publish --format pptx"
      " -o slides.pptx\n"
      "brukerplan report demo bergen-2014 --format svg --table area_housing"
      " -o housing.svg\n"
      "brukerplan report demo bergen-2014 --audit -o why.csv",
      cmd_report },
    { "publish", "STORE ROUND",
      { MAY(OPT_COMPARE), MAY(OPT_SIGNER), MAY(OPT_WITHOUT),
        MAY(OPT_DESPITE_TOLD), MUST(OPT_OUTPUT) },
      "help.publish",
      "brukerplan publish store bergen-2025 -o publication\n"
      "brukerplan publish store bergen-2025 --without plans.nb"
      " -o publication\n"
      "brukerplan publish store bergen-2025 --compare bergen-2023"
      " -o publication",
      cmd_publish },

    { "focus", "STORE ROUND",
      { MAY(OPT_REPORT), MAY(OPT_FORMAT), MAY(OPT_COMPARE),
        MAY(OPT_SIGNER) },
      "help.focus", "brukerplan focus demo bergen-2014", cmd_focus },

    { "brand", "STORE ROUND", { MAY(OPT_PPTX), MAY(OPT_DOCX) },
      "help.brand",
      "brukerplan brand store bergen-2025 --pptx slides.potx"
      " --docx letter.dotx",
      cmd_brand },

    { "index", "STORE ROUND NUMBER", { { 0 } }, "help.index",
      "brukerplan index demo bergen-2014 17", cmd_index },

    { "instrument check", "FILE", { { 0 } }, "help.instrument_check",
      "brukerplan instrument check my-instrument.yaml",
      cmd_instrument_check },
    { "instrument diff", "FILE FILE", { { 0 } }, "help.instrument_diff",
      "brukerplan instrument diff brukerplan-2014 my-instrument.yaml",
      cmd_instrument_diff },
    { "instrument show", "FILE", { { 0 } }, "help.instrument_show",
      "brukerplan instrument show brukerplan-2014", cmd_instrument_show },

    { "aggregate key", "STORE", { { 0 } }, "help.aggregate_key",
      "brukerplan aggregate key store > bergen.pub", cmd_aggregate_key },
    { "aggregate write", "STORE ROUND", { MUST(OPT_OUTPUT) },
      "help.aggregate_write",
      "brukerplan aggregate write store bergen-2025 -o bergen-2025.json",
      cmd_aggregate_write },
    { "aggregate check", "FILE", { MUST(OPT_SIGNER) },
      "help.aggregate_check",
      "brukerplan aggregate check oslo-2025.json --signer oslo.pub",
      cmd_aggregate_check },
    { "aggregate sum", "STORE FILE...",
      { MUST(OPT_NAME), MUST(OPT_SIGNER), MUST(OPT_OUTPUT) },
      "help.aggregate_sum",
      "brukerplan aggregate sum store a.json b.json c.json --name Vestland"
      " --signer a.pub --signer b.pub --signer c.pub -o vestland.json",
      cmd_aggregate_sum },
    { "aggregate add", "STORE ROUND FILE", { MUST(OPT_SIGNER) },
      "help.aggregate_add",
      "brukerplan aggregate add store bergen-2025 oslo-2025.json"
      " --signer oslo.pub", cmd_aggregate_add },
    { "aggregate list", "STORE ROUND", { { 0 } }, "help.aggregate_list",
      NULL, cmd_aggregate_list },
    { "aggregate remove", "STORE ROUND NUMBER", { { 0 } },
      "help.aggregate_remove", NULL, cmd_aggregate_remove },

    { "text check", "FILE [STORE] [ROUND]", { MAY(OPT_INSTRUMENT) },
      "help.text_check",
      "brukerplan text check report.md\n"
      "brukerplan text check report.md demo bergen-2014", cmd_text_check },
    { "text show", "KIND", { { 0 } }, "help.text_show",
      "brukerplan text show report > report.md", cmd_text_show },

    { "optout add", "STORE ROUND [FILE]", { { 0 } }, "help.optout_add",
      "brukerplan optout add store bergen-2025 numbers.txt",
      cmd_optout_add },
    { "optout remove", "STORE ROUND [FILE]", { { 0 } },
      "help.optout_remove", NULL, cmd_optout_remove },
    { "optout list", "STORE ROUND", { { 0 } }, "help.optout_list", NULL,
      cmd_optout_list },

    { "user add", "STORE ID",
      { MUST(OPT_NAME), MAY(OPT_DUTY), MAY(OPT_ROUND), MAY(OPT_UNIT),
        MAY(OPT_TIER) },
      "help.user_add",
      "brukerplan user add store kari.n --name 'Kari Nordmann'"
      " --duty mapper --round bergen-2025 --unit nav_arna",
      cmd_user_add },
    { "user list", "STORE", { { 0 } }, "help.user_list", NULL,
      cmd_user_list },
    { "user grant", "STORE ID",
      { MUST(OPT_DUTY), MAY(OPT_ROUND), MAY(OPT_UNIT), MAY(OPT_TIER) },
      "help.user_grant",
      "brukerplan user grant store kari.n --duty analyst", cmd_user_grant },
    { "user end", "STORE ID",
      { MAY(OPT_DUTY), MAY(OPT_ROUND), MAY(OPT_UNIT), MAY(OPT_REASON) },
      "help.user_end",
      "brukerplan user end store kari.n\n"
      "brukerplan user end store kari.n --duty mapper --round bergen-2025",
      cmd_user_end },
    { "user reset", "STORE ID", { { 0 } }, "help.user_reset", NULL,
      cmd_user_reset },
    { "user access", "STORE", { MAY(OPT_ON) }, "help.user_access",
      "brukerplan user access store --on 2025-05-01", cmd_user_access },

    { "check", "STORE", { { 0 } }, "help.check", NULL, cmd_check },
    { "backup", "STORE DIR", { { 0 } }, "help.backup",
      "brukerplan backup store /backup/2025-05-01", cmd_backup },
    { "restore", "DIR STORE", { { 0 } }, "help.restore", NULL,
      cmd_restore },
    { "key list", "STORE", { { 0 } }, "help.key_list", NULL, cmd_key_list },
    { "key destroy", "STORE ROUND", { MUST(OPT_CONFIRM) },
      "help.key_destroy",
      "brukerplan key destroy store bergen-2025 --confirm bergen-2025",
      cmd_key_destroy },

    { "help", "[COMMAND] [COMMAND]", { MAY(OPT_MAN), MAY(OPT_BASH) },
      "help.help", "brukerplan help round new", cmd_help },
    { "version", "", { { 0 } }, "help.version", NULL, cmd_version },

    { NULL, NULL, { { 0 } }, NULL, NULL, NULL }
};
