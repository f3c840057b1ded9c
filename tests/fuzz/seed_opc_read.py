#!/usr/bin/env python3
"""Writes what fuzz_opc_read begins with: the parts of a small template.

    tests/fuzz/seed_opc_read.py FOLDER"""
import pathlib
import sys

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
R = ("xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/"
     "relationships'")
A = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'"
PARTS = [
    f"<w:document {W} {R}><w:body><w:p/><w:sectPr><w:headerReference"
    " w:type='default' r:id='r5'/><w:footerReference w:type='first'"
    " r:id='r6'/><w:pgSz w:w='11906' w:h='16838'/><w:pgMar w:left='1000'"
    " w:right='900'/><w:titlePg/></w:sectPr></w:body></w:document>",
    f"<w:styles {W}><w:style w:type='paragraph' w:default='1' w:styleId='a'>"
    "<w:name w:val='Normal'/></w:style><w:style w:type='paragraph'"
    " w:styleId='b'><w:name w:val='heading 1'/><w:pPr><w:numPr/></w:pPr>"
    "</w:style><w:style w:type='table' w:styleId='t'/></w:styles>",
    f"<w:numbering {W}><w:abstractNum w:abstractNumId='3'/><w:num"
    " w:numId='5'><w:abstractNumId w:val='3'/></w:num></w:numbering>",
    f"<w:settings {W}><w:defaultTableStyle w:val='t'/><w:evenAndOddHeaders/>"
    "</w:settings>",
    f"<a:theme {A}><a:themeElements><a:clrScheme><a:accent1><a:srgbClr"
    " val='112233'/></a:accent1></a:clrScheme></a:themeElements></a:theme>",
    f"<w:hdr {W}><w:p/></w:hdr>",
    f"<w:ftr {W}><w:p><w:fldSimple w:instr=' PAGE '/></w:p></w:ftr>",
]
folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
(folder / "small").write_bytes(b"\xfe".join(p.encode() for p in PARTS))
