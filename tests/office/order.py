"""Order of elements in Office files, as the schemas of ECMA-376 part 1 have
it (pml.xsd, dml-*.xsd, sml.xsd, wml.xsd), of the elements that we write.

A line is an element and its children in order: * any number of times, ! must
be there, a|b one of them in that place. An element with no line may have no
child that has one of the namespaces below; what is missing here is told as a
fault, so that the table is filled when a new element is written.

ATTRIBUTES are those that must be there."""

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/"
         "relationships",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/"
          "wordprocessingDrawing",
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
PREFIX = {uri: prefix for prefix, uri in NS.items()}

FILLS = ("a:noFill|a:solidFill|a:gradFill|a:blipFill|a:pattFill|a:grpFill")
COLOURS = ("a:scrgbClr|a:srgbClr|a:hslClr|a:sysClr|a:schemeClr|a:prstClr")
LEVEL = ("a:lnSpc a:spcBef a:spcAft a:buClrTx|a:buClr a:buSzTx|a:buSzPct"
         "|a:buSzPts a:buFontTx|a:buFont a:buNone|a:buAutoNum|a:buChar"
         "|a:buBlip a:tabLst a:defRPr a:extLst")
RUN = (f"a:ln {FILLS} a:effectLst|a:effectDag a:highlight a:uLnTx|a:uLn "
       "a:uFillTx|a:uFill a:latin a:ea a:cs a:sym a:hlinkClick "
       "a:hlinkMouseOver a:rtl a:extLst")
LINE = (f"{FILLS} a:prstDash|a:custDash a:round|a:bevel|a:miter a:headEnd "
        "a:tailEnd a:extLst")
SHAPE = (f"a:xfrm a:custGeom|a:prstGeom {FILLS} a:ln a:effectLst|a:effectDag "
         "a:scene3d a:sp3d a:extLst")
LABELS = ("c:numFmt c:spPr c:txPr c:dLblPos c:showLegendKey c:showVal "
          "c:showCatName c:showSerName c:showPercent c:showBubbleSize "
          "c:separator")
AXIS = ("c:axId! c:scaling! c:delete c:axPos! c:majorGridlines "
        "c:minorGridlines c:title c:numFmt c:majorTickMark c:minorTickMark "
        "c:tickLblPos c:spPr c:txPr c:crossAx! c:crosses|c:crossesAt ")
TREE = ("p:nvGrpSpPr! p:grpSpPr! p:sp|p:grpSp|p:graphicFrame|p:cxnSp|p:pic"
        "|p:contentPart* p:extLst")

PPR = ("w:pStyle w:keepNext w:keepLines w:pageBreakBefore w:framePr "
       "w:widowControl w:numPr w:suppressLineNumbers w:pBdr w:shd w:tabs "
       "w:suppressAutoHyphens w:kinsoku w:wordWrap w:overflowPunct "
       "w:topLinePunct w:autoSpaceDE w:autoSpaceDN w:bidi w:adjustRightInd "
       "w:snapToGrid w:spacing w:ind w:contextualSpacing w:mirrorIndents "
       "w:suppressOverlap w:jc w:textDirection w:textAlignment "
       "w:textboxTightWrap w:outlineLvl w:divId w:cnfStyle")
RPR = ("w:rStyle w:rFonts w:b w:bCs w:i w:iCs w:caps w:smallCaps w:strike "
       "w:dstrike w:outline w:shadow w:emboss w:imprint w:noProof "
       "w:snapToGrid w:vanish w:webHidden w:color w:spacing w:w w:kern "
       "w:position w:sz w:szCs w:highlight w:u w:effect w:bdr w:shd "
       "w:fitText w:vertAlign w:rtl w:cs w:em w:lang w:eastAsianLayout "
       "w:specVanish w:oMath")
TBLPR = ("w:tblStyle w:tblpPr w:tblOverlap w:bidiVisual w:tblStyleRowBandSize "
         "w:tblStyleColBandSize w:tblW w:jc w:tblCellSpacing w:tblInd "
         "w:tblBorders w:shd w:tblLayout w:tblCellMar w:tblLook")

TABLE = f"""
a:theme a:themeElements! a:objectDefaults a:extraClrSchemeLst a:custClrLst a:extLst
a:themeElements a:clrScheme! a:fontScheme! a:fmtScheme! a:extLst
a:clrScheme a:dk1! a:lt1! a:dk2! a:lt2! a:accent1! a:accent2! a:accent3! a:accent4! a:accent5! a:accent6! a:hlink! a:folHlink! a:extLst
a:dk1 {COLOURS}!
a:lt1 {COLOURS}!
a:dk2 {COLOURS}!
a:lt2 {COLOURS}!
a:accent1 {COLOURS}!
a:accent2 {COLOURS}!
a:accent3 {COLOURS}!
a:accent4 {COLOURS}!
a:accent5 {COLOURS}!
a:accent6 {COLOURS}!
a:hlink {COLOURS}!
a:folHlink {COLOURS}!
a:fontScheme a:majorFont! a:minorFont! a:extLst
a:majorFont a:latin! a:ea! a:cs! a:font* a:extLst
a:minorFont a:latin! a:ea! a:cs! a:font* a:extLst
a:fmtScheme a:fillStyleLst! a:lnStyleLst! a:effectStyleLst! a:bgFillStyleLst!
a:fillStyleLst {FILLS}*
a:lnStyleLst a:ln*
a:effectStyleLst a:effectStyle*
a:effectStyle a:effectLst! a:scene3d a:sp3d
a:bgFillStyleLst {FILLS}*
a:solidFill {COLOURS}!
a:pattFill a:fgClr a:bgClr
a:fgClr {COLOURS}!
a:bgClr {COLOURS}!
a:schemeClr a:lumMod|a:lumOff|a:tint|a:shade|a:alpha*
a:srgbClr a:lumMod|a:lumOff|a:tint|a:shade|a:alpha*
a:ln {LINE}
a:lnL {LINE}
a:lnR {LINE}
a:lnT {LINE}
a:lnB {LINE}
a:xfrm a:off a:ext a:chOff a:chExt
a:prstGeom a:avLst
a:bodyPr a:prstTxWarp a:noAutofit|a:normAutofit|a:spAutoFit a:scene3d a:sp3d a:flatTx a:extLst
a:lstStyle a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr a:lvl6pPr a:lvl7pPr a:lvl8pPr a:lvl9pPr a:extLst
a:lvl1pPr {LEVEL}
a:lvl2pPr {LEVEL}
a:lvl3pPr {LEVEL}
a:lvl4pPr {LEVEL}
a:lvl5pPr {LEVEL}
a:pPr {LEVEL}
a:lnSpc a:spcPct|a:spcPts!
a:spcBef a:spcPct|a:spcPts!
a:spcAft a:spcPct|a:spcPts!
a:p a:pPr a:r|a:br|a:fld* a:endParaRPr
a:r a:rPr a:t!
a:fld a:rPr a:pPr a:t
a:rPr {RUN}
a:defRPr {RUN}
a:endParaRPr {RUN}
a:extLst a:ext*
a:graphic a:graphicData!
a:graphicData a:tbl|c:chart|*
a:tbl a:tblPr a:tblGrid! a:tr*
a:tblPr {FILLS} a:effectLst a:tableStyle|a:tableStyleId a:extLst
a:tblGrid a:gridCol*
a:tr a:tc* a:extLst
a:tc a:txBody a:tcPr a:extLst
a:txBody a:bodyPr! a:lstStyle a:p*
a:tcPr a:lnL a:lnR a:lnT a:lnB a:lnTlToBr a:lnBlToTr a:cell3D {FILLS} a:headers a:extLst
p:presentation p:sldMasterIdLst p:notesMasterIdLst p:handoutMasterIdLst p:sldIdLst p:sldSz p:notesSz! p:smartTags p:embeddedFontLst p:custShowLst p:photoAlbum p:custDataLst p:kinsoku p:defaultTextStyle p:modifyVerifier p:extLst
p:sldMasterIdLst p:sldMasterId*
p:notesMasterIdLst p:notesMasterId
p:sldIdLst p:sldId*
p:sld p:cSld! p:clrMapOvr p:transition p:timing p:extLst
p:sldLayout p:cSld! p:clrMapOvr p:transition p:timing p:hf p:extLst
p:sldMaster p:cSld! p:clrMap! p:sldLayoutIdLst p:transition p:timing p:hf p:txStyles p:extLst
p:notesMaster p:cSld! p:clrMap! p:hf p:notesStyle p:extLst
p:notes p:cSld! p:clrMapOvr p:extLst
p:sldLayoutIdLst p:sldLayoutId*
p:cSld p:bg p:spTree! p:custDataLst p:controls p:extLst
p:bg p:bgPr|p:bgRef!
p:bgPr {FILLS}! a:effectLst|a:effectDag p:extLst
p:bgRef {COLOURS}
p:spTree {TREE}
p:nvGrpSpPr p:cNvPr! p:cNvGrpSpPr! p:nvPr!
p:grpSpPr a:xfrm {FILLS} a:effectLst a:scene3d a:extLst
p:sp p:nvSpPr! p:spPr! p:style p:txBody p:extLst
p:nvSpPr p:cNvPr! p:cNvSpPr! p:nvPr!
p:cNvPr a:hlinkClick a:hlinkHover a:extLst
p:cNvSpPr a:spLocks a:extLst
p:nvPr p:ph a:audioCd|a:videoFile p:custDataLst p:extLst
p:spPr {SHAPE}
p:txBody a:bodyPr! a:lstStyle a:p*
p:graphicFrame p:nvGraphicFramePr! p:xfrm! a:graphic! p:extLst
p:nvGraphicFramePr p:cNvPr! p:cNvGraphicFramePr! p:nvPr!
p:cNvGraphicFramePr a:graphicFrameLocks a:extLst
p:xfrm a:off a:ext
p:clrMapOvr a:masterClrMapping|a:overrideClrMapping!
p:txStyles p:titleStyle p:bodyStyle p:otherStyle p:extLst
p:titleStyle a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr
p:bodyStyle a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr
p:otherStyle a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr
p:notesStyle a:defPPr a:lvl1pPr a:lvl2pPr a:lvl3pPr a:lvl4pPr a:lvl5pPr
c:chartSpace c:date1904 c:lang c:roundedCorners c:style c:clrMapOvr c:pivotSource c:protection c:chart! c:spPr c:txPr c:externalData c:printSettings c:userShapes c:extLst
c:chart c:title c:autoTitleDeleted c:pivotFmts c:view3D c:floor c:sideWall c:backWall c:plotArea! c:legend c:plotVisOnly c:dispBlanksAs c:extLst
c:plotArea c:layout c:barChart|c:lineChart|c:pieChart* c:valAx|c:catAx* c:dTable c:spPr c:extLst
c:layout c:manualLayout c:extLst
c:manualLayout c:layoutTarget c:xMode c:yMode c:wMode c:hMode c:x c:y c:w c:h c:extLst
c:barChart c:barDir! c:grouping c:varyColors c:ser* c:dLbls c:gapWidth c:overlap c:serLines* c:axId* c:extLst
c:ser c:idx! c:order! c:tx c:spPr c:invertIfNegative c:pictureOptions c:dPt* c:dLbls c:trendline* c:errBars c:cat c:val c:shape c:extLst
c:tx c:strRef|c:rich|c:v!
c:strRef c:f! c:strCache
c:numRef c:f! c:numCache
c:strCache c:ptCount c:pt* c:extLst
c:numCache c:formatCode c:ptCount c:pt* c:extLst
c:pt c:v!
c:cat c:strRef|c:numRef|c:multiLvlStrRef|c:numLit|c:strLit!
c:val c:numRef|c:numLit!
c:dPt c:idx! c:invertIfNegative c:marker c:bubble3D c:explosion c:spPr c:pictureOptions c:extLst
c:dLbls c:dLbl* c:delete|c:numFmt {LABELS.split(" ", 1)[1]} c:showLeaderLines c:leaderLines c:extLst
c:dLbl c:idx! c:delete|c:layout c:tx {LABELS} c:extLst
c:catAx {AXIS} c:auto c:lblAlgn c:lblOffset c:tickLblSkip c:tickMarkSkip c:noMultiLvlLbl c:extLst
c:valAx {AXIS} c:crossBetween c:majorUnit c:minorUnit c:dispUnits c:extLst
c:scaling c:logBase c:orientation c:max c:min c:extLst
c:majorGridlines c:spPr
c:legend c:legendPos c:legendEntry* c:layout c:overlay c:spPr c:txPr c:extLst
c:legendEntry c:idx! c:delete|c:txPr
c:title c:tx c:layout c:overlay c:spPr c:txPr
c:rich a:bodyPr! a:lstStyle a:p*
c:printSettings c:headerFooter c:pageMargins c:pageSetup
c:spPr {SHAPE}
c:txPr a:bodyPr! a:lstStyle a:p*
c:externalData c:autoUpdate
x:workbook x:fileVersion x:fileSharing x:workbookPr x:workbookProtection x:bookViews x:sheets! x:functionGroups x:externalReferences x:definedNames x:calcPr
x:sheets x:sheet*
x:bookViews x:workbookView*
x:sheetPr x:tabColor x:outlinePr x:pageSetUpPr
x:sheetViews x:sheetView*
x:sheetView x:pane x:selection*
x:mergeCells x:mergeCell*
x:hyperlinks x:hyperlink*
x:headerFooter x:oddHeader x:oddFooter
x:definedNames x:definedName*
x:sst x:si*
x:si x:t
x:worksheet x:sheetPr x:dimension x:sheetViews x:sheetFormatPr x:cols* x:sheetData! x:sheetCalcPr x:sheetProtection x:protectedRanges x:scenarios x:autoFilter x:sortState x:dataConsolidate x:customSheetViews x:mergeCells x:phoneticPr x:conditionalFormatting* x:dataValidations x:hyperlinks x:printOptions x:pageMargins x:pageSetup x:headerFooter x:rowBreaks x:colBreaks x:customProperties x:cellWatches x:ignoredErrors x:smartTags x:drawing
x:cols x:col*
x:sheetData x:row*
x:row x:c*
x:c x:f x:v x:is
x:is x:t
x:styleSheet x:numFmts x:fonts x:fills x:borders x:cellStyleXfs x:cellXfs x:cellStyles x:dxfs x:tableStyles x:colors
x:numFmts x:numFmt*
x:fonts x:font*
x:font x:b|x:i|x:strike|x:color|x:sz|x:u|x:vertAlign|x:scheme|x:name|x:family|x:charset*
x:fills x:fill*
x:fill x:patternFill|x:gradientFill!
x:patternFill x:fgColor x:bgColor
x:borders x:border*
x:border x:left x:right x:top x:bottom x:diagonal x:vertical x:horizontal
x:left x:color
x:right x:color
x:top x:color
x:bottom x:color
x:cellStyleXfs x:xf*
x:cellXfs x:xf*
x:xf x:alignment x:protection
x:cellStyles x:cellStyle*
w:document w:background w:body
w:body w:p|w:tbl|w:sdt* w:sectPr!
w:hdr w:p|w:tbl|w:sdt*
w:ftr w:p|w:tbl|w:sdt*
w:p w:pPr w:r|w:hyperlink|w:bookmarkStart|w:bookmarkEnd|w:sdt*
w:hyperlink w:r*
w:r w:rPr w:t|w:tab|w:br|w:fldChar|w:instrText|w:drawing|w:noBreakHyphen*
w:pPr {PPR} w:rPr w:sectPr
w:numPr w:ilvl w:numId
w:pBdr w:top w:left w:bottom w:right w:between w:bar
w:tabs w:tab*
w:rPr {RPR}
w:tbl w:tblPr! w:tblGrid! w:tr*
w:tblPr {TBLPR} w:tblCaption w:tblDescription
w:tblBorders w:top w:left w:bottom w:right w:insideH w:insideV
w:tblCellMar w:top w:left w:bottom w:right
w:tblGrid w:gridCol*
w:tr w:tblPrEx w:trPr w:tc*
w:trPr w:cnfStyle|w:cantSplit|w:trHeight|w:tblHeader|w:jc*
w:tc w:tcPr w:p|w:tbl*
w:tcPr w:cnfStyle w:tcW w:gridSpan w:hMerge w:vMerge w:tcBorders w:shd w:noWrap w:tcMar w:textDirection w:tcFitText w:vAlign w:hideMark
w:tcBorders w:top w:left w:bottom w:right w:insideH w:insideV w:tl2br w:tr2bl
w:sdt w:sdtPr w:sdtEndPr w:sdtContent
w:sdtPr w:alias|w:tag|w:id|w:lock|w:docPartObj*
w:docPartObj w:docPartGallery w:docPartCategory w:docPartUnique
w:sdtContent w:p|w:tbl*
w:drawing wp:inline|wp:anchor!
wp:inline wp:extent! wp:effectExtent wp:docPr! wp:cNvGraphicFramePr a:graphic!
wp:anchor wp:simplePos! wp:positionH! wp:positionV! wp:extent! wp:effectExtent wp:wrapNone|wp:wrapSquare! wp:docPr! wp:cNvGraphicFramePr a:graphic!
wp:positionH wp:align|wp:posOffset!
wp:positionV wp:align|wp:posOffset!
wp:docPr a:hlinkClick a:extLst
w:sectPr w:headerReference|w:footerReference* w:footnotePr w:endnotePr w:type w:pgSz! w:pgMar! w:paperSrc w:pgBorders w:lnNumType w:pgNumType w:cols w:formProt w:vAlign w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter w:docGrid
w:settings w:zoom w:mirrorMargins w:defaultTabStop w:autoHyphenation w:defaultTableStyle w:evenAndOddHeaders w:characterSpacingControl w:footnotePr w:endnotePr w:compat w:themeFontLang w:clrSchemeMapping w:decimalSymbol! w:listSeparator!
w:compat w:compatSetting*
w:fonts w:font*
w:font w:altName w:panose1 w:charset w:family w:notTrueType w:pitch w:sig
w:styles w:docDefaults w:latentStyles w:style*
w:docDefaults w:rPrDefault w:pPrDefault
w:rPrDefault w:rPr
w:pPrDefault w:pPr
w:style w:name! w:aliases w:basedOn w:next w:link w:autoRedefine w:hidden w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:locked w:pPr w:rPr w:tblPr w:trPr w:tcPr w:tblStylePr*
w:numbering w:numPicBullet* w:abstractNum* w:num* w:numIdMacAtCleanup
w:abstractNum w:nsid w:multiLevelType w:tmpl w:name w:styleLink w:numStyleLink w:lvl*
w:lvl w:start w:numFmt w:lvlRestart w:pStyle w:isLgl w:suff w:lvlText w:lvlPicBulletId w:lvlJc w:pPr w:rPr
w:num w:abstractNumId! w:lvlOverride*
w:lvlOverride w:startOverride w:lvl
"""

ATTRIBUTES = {
    "wp:docPr": ["id", "name"], "wp:extent": ["cx", "cy"],
    "p:cNvPr": ["id", "name"], "a:off": ["x", "y"], "a:ext": [],
    "p:sldSz": ["cx", "cy"], "p:notesSz": ["cx", "cy"],
    "a:srgbClr": ["val"], "a:schemeClr": ["val"], "a:prstGeom": ["prst"],
    "a:gridCol": ["w"], "a:tr": ["h"], "a:fld": ["id"],
    "c:idx": ["val"], "c:order": ["val"], "c:axId": ["val"],
    "c:pt": ["idx"], "c:numFmt": ["formatCode"], "x:sheet":
    ["name", "sheetId"], "x:numFmt": ["numFmtId", "formatCode"],
    "a:pattFill": ["prst"], "p:clrMap": ["bg1", "tx1", "bg2", "tx2",
    "accent1", "accent6", "hlink", "folHlink"], "p:cSld": [],
}


def short(tag):
    """"p:sld" of "{uri}sld"; of another namespace the tag as it is."""
    uri, _, name = tag[1:].partition("}")
    return f"{PREFIX[uri]}:{name}" if uri in PREFIX else tag


def read(table):
    """Element: list of (names, many, must)."""
    found = {}
    for line in table.strip().splitlines():
        name, *children = line.split()
        found[name] = [(c.rstrip("*!").split("|"), "*" in c, "!" in c)
                       for c in children]
    return found


ORDER = read(TABLE)


def faults(element):
    """What is wrong with ELEMENT's children and attributes."""
    name = short(element.tag)
    if name.startswith("{"):
        return
    if name == "c:chart" and "{%s}id" % NS["r"] in element.attrib:
        return                          # where it is put, not what it is
    for attribute in ATTRIBUTES.get(name, []):
        if attribute not in element.attrib:
            yield f"{name} without {attribute}"
    rule = ORDER.get(name, [])
    at, seen = 0, {}
    for child in element:
        tag = short(child.tag)
        if tag.startswith("{"):         # not of these schemas: extensions
            continue
        where = next((i for i, (names, _, _) in enumerate(rule)
                      if tag in names), None)
        if where is None:
            yield f"{name} may not have {tag}"
            continue
        if where < at:
            yield f"{tag} comes too late in {name}"
        if where in seen and not rule[where][1]:
            yield f"{tag} is too many in {name}"
        seen[where] = True
        at = max(at, where)
    for i, (names, _, must) in enumerate(rule):
        if must and i not in seen:
            yield f"{name} needs {'|'.join(names)}"
