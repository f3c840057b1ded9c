#!/usr/bin/env bash
# Pictures of the demo round's publication, as LibreOffice and poppler show
# it, for docs/pictures.
#
#     tools/pictures.sh BRUKERPLAN
set -euo pipefail
cd "$(dirname "$0")/.."
exe=$(realpath "$1") to=docs/pictures
tools/install.sh test pictures >&2
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT

"$exe" demo "$work/store" > "$work/said"
"$exe" publish "$work/store" bergen-2014 -o "$work/publication" \
    2> "$work/said"

# LibreOffice draws charts wrong beyond the twentieth of a text unless it may
# keep more of them.
profile=$work/office/user
mkdir -p "$profile"
cat > "$profile/registrymodifications.xcu" <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Cache/Writer"><prop oor:name="OLE_Objects" oor:op="fuse"><value>200</value></prop></item>
</oor:items>
END
for file in report.docx slides.pptx mental.xlsx; do
    soffice "-env:UserInstallation=file://$work/office" --headless \
        --convert-to pdf --outdir "$work/shown" \
        "$work/publication/$file" > "$work/said" 2>&1
done

# sheet NAME FILE.pdf FIRST LAST COLUMNS DPI
sheet() {
    pdftoppm -r "$6" -f "$3" -l "$4" "$2" "$work/$1"
    tools/contact_sheet.py "$work/$1.png" "$5" "$work/$1"-*.ppm
    pngquant --force --strip --output "$to/publication-$1.png" 64 \
        "$work/$1.png"
}
sheet slides "$work/shown/slides.pdf" 1 12 3 36
sheet report "$work/publication/report.pdf" 1 8 4 66
sheet text "$work/shown/report.pdf" 1 8 4 60
sheet workbook "$work/shown/mental.pdf" 3 6 2 50
ls -l "$to"/publication-*.png
