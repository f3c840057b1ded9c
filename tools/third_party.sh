#!/bin/sh
# third_party.sh - the files under third_party/, anew from npm.
#
#     tools/third_party.sh            writes them
#     tools/third_party.sh --check    compares them; exit 77 where npm or
#                                     its registry is out of reach
#
# A package is taken only if its tarball has the SHA-512 written here, which
# third_party/README.md repeats.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
check=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
changed=0

# fetch NAME@VERSION SHA512-BASE64: unpacks it in $work/package
fetch()
{
    rm -rf "$work/package"
    if ! tarball=$(cd "$work" && npm pack --silent "$1" 2>"$work/said"); then
        cat "$work/said" >&2
        [ "$check" = --check ] && exit 77
        exit 1
    fi
    got=$(openssl dgst -sha512 -binary "$work/$tarball" | base64 -w0)
    if [ "$got" != "$2" ]; then
        echo "third_party.sh: $1 is not what it was: sha512-$got" >&2
        exit 1
    fi
    tar -xzf "$work/$tarball" -C "$work"
}

# take FILE-IN-PACKAGE FILE-UNDER-THIRD_PARTY
take()
{
    if cmp -s "$work/package/$1" "$root/third_party/$2"; then
        return
    fi
    if [ "$check" = --check ]; then
        echo "third_party/$2 is not the package's $1"
        changed=1
    else
        mkdir -p "$(dirname "$root/third_party/$2")"
        cp "$work/package/$1" "$root/third_party/$2"
        echo "third_party/$2"
    fi
}

if ! command -v npm >/dev/null; then
    echo "third_party.sh: no npm" >&2
    exit 77
fi

fetch @digdir/designsystemet-css@1.22.0 \
    f/+YOK1Gvl7ypdeRh0TDGs28eu8DkOPDAR+T8yLpnys9FxNWX05UNuhXJwYwRuzF9WUgjAhpJ5JKdodTDxWMEA==
take LICENSE designsystemet/LICENSE
take dist/theme/designsystemet.css designsystemet/theme.css
for part in base data-size-workaround alert button chip details dialog \
            error-summary field fieldset input label skip-link tag \
            validation-message; do
    take "dist/src/$part.css" "designsystemet/$part.css"
done

fetch @fontsource-variable/inter@5.3.0 \
    OupL48va4JNofb97w6NYeF9S7W/kHNKM0Er8Dem5nqi4jeOLrVJDoE8tZEpnMJmtkvNbB1EIPPwHcdkF6b1oUA==
take LICENSE inter/LICENSE
take files/inter-latin-wght-normal.woff2 inter/inter.woff2
take files/inter-latin-ext-wght-normal.woff2 inter/inter-ext.woff2

# The faces of a PDF, where Debian's package is installed.
debian=/usr/share/fonts/opentype/inter
for face in Regular Italic SemiBold Bold; do
    [ -e "$debian/Inter-$face.otf" ] || continue
    mkdir -p "$work/package"
    cp "$debian/Inter-$face.otf" "$work/package"
    take "Inter-$face.otf" "inter/Inter-$face.otf"
done

exit $changed
