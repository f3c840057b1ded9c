/* export_ddi.c - what the variables are, as a DDI Codebook 2.5: for whoever
 * keeps or reads the data without this program.
 *
 * The codes are those of the CSV in the data package; the number that SPSS
 * and Stata have for each stands beside it. The order of elements is that of
 * the schema (codebook.xsd). */
#include "base/clock.h"
#include "intake/exporting.h"

struct ddi {
    struct dataset *d;
    struct buf *out;
};

/* <NAME ATTRIBUTES>TEXT</NAME>, nothing of an empty TEXT. */
static void
put(struct ddi *x, const char *name, const char *attributes,
    const char *text)
{
    if (text[0] == '\0')
        return;
    buf_printf(x->out, "<%s%s>", name, attributes);
    export_xml(x->out, text);
    buf_printf(x->out, "</%s>\n", name);
}

static void
put_fact(struct ddi *x, const char *name, const char *attributes,
         const char *key)
{
    put(x, name, attributes, export_fact(x->d, key));
}

static void
put_citation(struct ddi *x)
{
    struct dataset *d = x->d;
    char when[TIME_TEXT];

    buf_text(x->out, "<citation><titlStmt>\n");
    put(x, "titl", "", arena_printf(&d->arena, "%s, %s",
                                    d->o->in->title.in[d->order->lang],
                                    d->o->round->title));
    put(x, "IDNo", "", d->o->round->id);
    buf_text(x->out, "</titlStmt>\n<rspStmt>\n");
    put_fact(x, "AuthEnty", "", "municipality");
    buf_text(x->out, "</rspStmt>\n<prodStmt>\n");
    put_fact(x, "producer", "", "controller");
    time_print(when, d->order->now_ms);
    when[10] = '\0';
    put(x, "prodDate", "", when);
    put(x, "software", " version=\"" BRUKERPLAN_VERSION "\"", "brukerplan");
    buf_text(x->out, "</prodStmt></citation>\n");
}

static void
put_study(struct ddi *x)
{
    buf_text(x->out, "<stdyDscr>\n");
    put_citation(x);
    buf_text(x->out, "<stdyInfo>\n");
    put_fact(x, "abstract", "", "purpose");
    buf_text(x->out, "<sumDscr>\n");
    put_fact(x, "timePrd", "", "year");
    put_fact(x, "collDate", " event=\"start\"", "mapping_from");
    put_fact(x, "collDate", " event=\"end\"", "mapping_to");
    put(x, "nation", " abbr=\"NO\"", "Norge");
    put_fact(x, "geogCover", "", "municipality");
    put_fact(x, "anlyUnit", "", "unit");
    put_fact(x, "universe", "", "inclusion");
    put_fact(x, "universe", "", "filter");
    buf_text(x->out, "</sumDscr></stdyInfo>\n<dataAccs><useStmt>\n");
    put_fact(x, "restrctn", "", "protection");
    put_fact(x, "conditions", "", "pseudonyms");
    buf_text(x->out, "</useStmt></dataAccs>\n");
    for (int i = 0; i < x->d->fact_count; i++) {
        buf_text(x->out, "<notes type=\"");
        export_xml(x->out, x->d->facts[i].key);
        buf_text(x->out, "\" subject=\"");
        export_xml(x->out, x->d->facts[i].label);
        buf_text(x->out, "\">");
        export_xml(x->out, x->d->facts[i].value);
        buf_text(x->out, "</notes>\n");
    }
    buf_text(x->out, "</stdyDscr>\n");
}

static void
put_file(struct ddi *x)
{
    buf_text(x->out, "<fileDscr ID=\"data\"><fileTxt>\n");
    put(x, "fileName", "", "data.csv");
    buf_printf(x->out, "<dimensns><caseQnty>%lld</caseQnty>"
               "<varQnty>%d</varQnty></dimensns>\n",
               (long long)x->d->rows, x->d->column_count);
    put(x, "fileType", " charset=\"UTF-8\"", "text/csv");
    buf_text(x->out, "</fileTxt></fileDscr>\n");
}

static void
put_category(struct ddi *x, const char *id, const char *label, int64_t rows,
             const char *attributes, const char *number)
{
    buf_printf(x->out, "<catgry%s>", attributes);
    put(x, "catValu", "", id);
    put(x, "labl", "", label);
    put(x, "txt", "", number);
    buf_printf(x->out, "<catStat type=\"freq\">%lld</catStat></catgry>\n",
               (long long)rows);
}

static void
put_categories(struct ddi *x, const struct column *c)
{
    struct dataset *d = x->d;

    for (int i = 0; i < c->code_count; i++)
        put_category(x, c->codes[i].id, c->codes[i].label, c->codes[i].rows,
                     "", arena_printf(&d->arena, "SPSS, Stata: %d",
                                      c->codes[i].number));
    if (c->may_unknown)
        put_category(x, "unknown", export_say(d, "export.unknown"),
                     c->unknown, " missing=\"Y\"",
                     c->type == COLUMN_TEXT ? "" : "SPSS: -2. Stata: .a");
    if (c->may_unasked)
        put_category(x, "unasked", export_say(d, "export.unasked"),
                     c->unasked, " missing=\"Y\"",
                     c->type == COLUMN_TEXT ? "" : "SPSS: -3. Stata: .b");
}

static void
put_numbers(struct ddi *x, const struct column *c)
{
    bool range = c->type != COLUMN_TEXT && c->code_count == 0
                 && c->valid > 0 && c->type != COLUMN_DATE
                 && c->own == OWN_NONE;
    int unit = c->type == COLUMN_INDEX ? 1000 : 1;

    if (range)
        buf_printf(x->out, "<valrng><range UNITS=\"%s\" min=\"%.6g\""
                   " max=\"%.6g\"/></valrng>\n",
                   unit == 1 ? "INT" : "REAL", (double)c->least / unit,
                   (double)c->most / unit);
}

static void
put_counts(struct ddi *x, const struct column *c)
{
    buf_printf(x->out, "<sumStat type=\"vald\">%lld</sumStat>"
               "<sumStat type=\"invd\">%lld</sumStat>\n",
               (long long)c->valid,
               (long long)(c->unanswered + c->unknown + c->unasked));
}

static void
put_variable(struct ddi *x, const struct column *c, int number)
{
    static const char *const nature[] = {
        [SCALE_NOMINAL] = "nominal", [SCALE_ORDINAL] = "ordinal",
        [SCALE_METRIC] = "ratio"
    };
    struct buf *out = x->out;

    buf_printf(out, "<var ID=\"V%d\" name=\"%s\" files=\"data\" intrvl=\"%s"
               "\" nature=\"%s\"%s>\n", number, c->name,
               c->code_count > 0 || c->type == COLUMN_TEXT ? "discrete"
                                                           : "contin",
               nature[c->scale],
               c->type == COLUMN_INDEX ? " dcml=\"3\"" : "");
    put(x, "labl", "", c->label);
    if (c->question[0] != '\0' && !c->derived) {
        buf_text(out, "<qstn>");
        put(x, "qstnLit", "", c->label);
        put(x, "ivuInstr", "", c->question);
        buf_text(out, "</qstn>\n");
    }
    put_numbers(x, c);
    if (!c->derived)
        put(x, "universe", "", c->asked);
    put_counts(x, c);
    if (c->derived || c->own != OWN_NONE)
        put(x, "txt", "", c->question);
    put_categories(x, c);
    put(x, "concept", "", c->group);
    if (c->derived) {
        buf_text(out, "<derivation>");
        put(x, "drvdesc", "", export_say(x->d, "export.derived"));
        put(x, "drvcmd", "", c->asked);
        buf_text(out, "</derivation>\n");
    }
    buf_printf(out, "<varFormat type=\"%s\"%s/>\n</var>\n",
               c->type == COLUMN_TEXT || c->code_count > 0 ? "character"
                                                           : "numeric",
               c->type == COLUMN_DATE ? " category=\"date\"" : "");
}

EXPORTER(export_ddi)
{
    struct ddi x = { d, out };
    const char *lang = lang_code(d->order->lang);

    buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<codeBook xmlns=\"ddi:codebook:2_5\" version=\"2.5\""
               " xml:lang=\"%s\">\n", lang);
    put_study(&x);
    put_file(&x);
    buf_text(out, "<dataDscr>\n");
    for (int i = 0; i < d->column_count; i++)
        put_variable(&x, &d->columns[i], i + 1);
    buf_text(out, "</dataDscr>\n</codeBook>\n");
    return buf_ok(out, e);
}
