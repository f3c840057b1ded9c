"""The rules of DDI Codebook 2.5 (codebook.xsd of the DDI Alliance) for the
elements that we write: which stand in which, in what order and how often;
which attributes they may and must have, and what these may say. The schema
itself is in no package, so its rules stand here a second time.

    ddi.py FILE     tells what is wrong with FILE, and tries itself: each of a
                    list of ways to spoil the file must be seen"""
import copy
import sys
import xml.etree.ElementTree as ET

NS = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# An element and its children in order: * any number of times, + once at
# least, ! exactly once, else at most once; | one of them, in any order.
ORDER = """
codeBook docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*
stdyDscr citation+ studyAuthorization* stdyInfo* studyDevelopment* method*
    dataAccs* othrStdyMat* notes*
citation titlStmt! rspStmt prodStmt distStmt serStmt* verStmt* biblCit
    holdings* notes*
titlStmt titl! subTitl* altTitl* parTitl* IDNo*
rspStmt AuthEnty* othId*
prodStmt producer* copyright prodDate* prodPlac* software* fundAg* grantNo*
stdyInfo studyBudget* subject* abstract* sumDscr* qualityStatement notes*
    exPostEvaluation*
sumDscr timePrd* collDate* nation* geogCover* geogUnit* geoBndBox boundPoly
    anlyUnit* universe* dataKind*
dataAccs setAvail* useStmt* notes*
useStmt confDec specPerm restrctn contact* citReq deposReq conditions
    disclaimer
fileDscr fileTxt* locMap notes*
fileTxt fileName fileCitation fileCont fileStrc dimensns fileType format
    filePlac dataChck* ProcStat dataMsng software* verStmt
dimensns caseQnty* varQnty* logRecL* recPrCas* recNumTot*
dataDscr varGrp* nCubeGrp* var* nCube* notes*
var location* labl* imputation security embargo respUnit anlysUnit qstn*
    valrng* invalrng* undocCod* universe* TotlResp sumStat* txt* stdCatgry*
    catgryGrp* catgry* codInstr* verStmt* concept* derivation varFormat
    geoMap* catLevel* notes*
qstn preQTxt|qstnLit|postQTxt|forward|backward|ivuInstr*
valrng item|range+ key notes*
catgry catValu labl* txt* catStat* mrow
derivation drvdesc* drvcmd*
"""
# Those that hold text and nothing else.
TEXT = """titl IDNo AuthEnty producer prodDate software abstract timePrd
collDate nation geogCover anlyUnit universe restrctn conditions confDec notes
fileName caseQnty varQnty fileType labl qstnLit ivuInstr sumStat txt catValu
catStat concept drvdesc drvcmd varFormat""".split()
EMPTY = ["range"]

# Attributes: ! must be there; what it may say, where that is a list.
ATTRIBUTES = """
codeBook version=2.5
software date version
timePrd date event=start,end,single cycle
collDate date event=start,end,single cycle
prodDate date
nation abbr
universe level clusion=I,E
notes type subject level resp
fileDscr URI
fileType charset
labl level vendor country
var name! files intrvl=contin,discrete dcml
    nature=nominal,ordinal,interval,ratio,percent,other
range UNITS=INT,REAL min minExclusive max maxExclusive
sumStat type!=mean,medn,mode,vald,invd,min,max,stdev,other
catStat type=freq,percent,crosstab,other
catgry missing=Y,N missType
varFormat type=character,numeric category=date,time,currency,other
    schema=SAS,SPSS,IBM,ANSI,ISO,XML-Data,other
"""


def lines(table):
    """Element: words behind it; an indented line goes on the one before."""
    found, name = {}, None
    for line in table.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            name, *words = words
            found[name] = []
        found[name] += words
    return found


CHILDREN = {name: [(w.rstrip("*+!").split("|"), w[-1]) for w in words]
            for name, words in lines(ORDER).items()}
MAY_HAVE = {name: {w.partition("=")[0].rstrip("!"):
                   (w.partition("=")[0].endswith("!"),
                    [v for v in w.partition("=")[2].split(",") if v])
                   for w in words}
            for name, words in lines(ATTRIBUTES).items()}


def order_faults(name, element):
    """Whether the children are those that may stand there, in order."""
    at, seen = 0, {}
    rule = CHILDREN[name]
    for child in element:
        tag = child.tag.removeprefix(NS)
        here = next((i for i in range(at, len(rule)) if tag in rule[i][0]),
                    None)
        if here is None:
            yield f"{tag} in {name}: not there, or not in this place"
            continue
        at = here
        seen[here] = seen.get(here, 0) + 1
    for i, (names, often) in enumerate(rule):
        count = seen.get(i, 0)
        if often in "!+" and count == 0:
            yield f"{name} without {names[0]}"
        if often not in "*+" and count > 1:
            yield f"{name} with {count} {names[0]}"
    if element.text and element.text.strip() and name != "qstn":
        yield f"text in {name}"


def attribute_faults(name, element):
    """Whether its attributes may be there and say what they say."""
    may = MAY_HAVE.get(name, {})
    for key, value in element.attrib.items():
        if key in ("ID", LANG):
            continue
        if key not in may:
            yield f"{name} with {key}"
        elif may[key][1] and value not in may[key][1]:
            yield f"{name} {key}={value}"
    for key, (must, _) in may.items():
        if must and key not in element.attrib:
            yield f"{name} without {key}"


def faults(root):
    """What is wrong with the codebook ROOT."""
    ids = [e.get("ID") for e in root.iter() if "ID" in e.attrib]
    if len(ids) != len(set(ids)):
        yield "an ID twice"
    if root.tag != NS + "codeBook":
        yield f"root {root.tag}"
    for e in root.iter():
        name = e.tag.removeprefix(NS)
        if name in CHILDREN:
            yield from order_faults(name, e)
        elif name in TEXT or name in EMPTY:
            if len(e) or (name in EMPTY and e.text):
                yield f"{name} with something in it"
        else:
            yield f"{name}: no rule"
        yield from attribute_faults(name, e)
        for to in e.get("files", "").split():
            if to not in ids:
                yield f"{name}: there is no file {to}"


def swap(parent, first, second):
    """Two children change places."""
    a, b = parent.find(NS + first), parent.find(NS + second)
    i, j = list(parent).index(a), list(parent).index(b)
    parent[i], parent[j] = b, a


def ways():
    """(What is done, by what): each makes a codebook that must be refused."""
    def var(root):
        return root.find(f".//{NS}var")

    def with_codes(root):
        return next(v for v in root.iter(NS + "var")
                    if v.find(NS + "catgry") is not None)

    return [
        ("no title", lambda r: r.find(f".//{NS}titlStmt").clear()),
        ("no study", lambda r: r.remove(r.find(NS + "stdyDscr"))),
        ("file before study", lambda r: swap(r, "stdyDscr", "fileDscr")),
        ("label last", lambda r: swap(var(r), "labl", "varFormat")),
        ("statistics after codes",
         lambda r: swap(with_codes(r), "sumStat", "catgry")),
        ("code after its label",
         lambda r: swap(r.find(f".//{NS}catgry"), "catValu", "labl")),
        ("a variable without name", lambda r: var(r).attrib.pop("name")),
        ("another nature", lambda r: var(r).set("nature", "metric")),
        ("an attribute of nobody's", lambda r: var(r).set("colour", "red")),
        ("no such file", lambda r: var(r).set("files", "data2")),
        ("an ID twice", lambda r: var(r).set("ID", "data")),
        ("two formats", lambda r: var(r).append(
            copy.deepcopy(var(r).find(NS + "varFormat")))),
        ("a statistic without type", lambda r: r.find(
            f".//{NS}sumStat").attrib.pop("type")),
        ("text between", lambda r: setattr(r, "text", "words")),
        ("an element of nobody's", lambda r: ET.SubElement(
            var(r), NS + "colour")),
        ("an empty range", lambda r: r.find(f".//{NS}valrng").clear()),
        ("another namespace", lambda r: setattr(r, "tag", "codeBook")),
    ]


def main():
    """What the top says; exit status 1 with a line a fault."""
    root = ET.parse(sys.argv[1]).getroot()
    wrong = sorted(set(faults(root)))
    for what, spoil in ways():
        spoiled = copy.deepcopy(root)
        spoil(spoiled)
        if not list(faults(spoiled)):
            wrong.append(f"not seen: {what}")
    print("\n".join(wrong) or f"{len(ways())} ways to spoil it seen")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
