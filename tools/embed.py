#!/usr/bin/env python3
"""Writes the C file that carries files in the program (src/base/embed.h).

    tools/embed.py SOURCE_ROOT OUTPUT.c FILE...

A FILE's name in the table is its path below SOURCE_ROOT, or below the folder
of OUTPUT.c for one made by the build (build/po/nb.mo is "po/nb.mo"). The
bytes come by .incbin in a top-level asm: as fast as the assembler can copy,
read-only, and the compiler marks the object for the stack and control-flow
protections like any other, which a file of plain assembler would have to do
by itself."""
import pathlib
import sys

HEAD = """/* Made by tools/embed.py; do not edit. */
#include "base/embed_table.h"

#define CARRY(symbol, path)                                             \\
    __asm__(".pushsection .rodata,\\"a\\",@progbits\\n"                    \\
            ".balign 16\\n"                                              \\
            #symbol ":\\n"                                               \\
            ".incbin \\"" path "\\"\\n"                                    \\
            #symbol "_end:\\n"                                           \\
            ".byte 0\\n"                                                 \\
            ".popsection\\n");                                           \\
    extern const char symbol[] __attribute__((visibility("hidden")));   \\
    extern const char symbol##_end[]                                    \\
        __attribute__((visibility("hidden")))

"""


def name_of(root, build, file):
    path = pathlib.Path(file).resolve()
    made = path.is_relative_to(build)
    return path.relative_to(build if made else root).as_posix()


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    build = pathlib.Path(sys.argv[2]).resolve().parent
    files = {}
    for file in sys.argv[3:]:
        name = name_of(root, build, file)
        if name in files:
            sys.exit(f"embed.py: {name} twice")
        files[name] = pathlib.Path(file).resolve()

    out = [HEAD]
    for i, name in enumerate(sorted(files)):
        path = str(files[name]).replace("\\", "\\\\").replace('"', '\\"')
        out.append(f'CARRY(embed_blob_{i}, "{path}");\n')
    out.append("\nconst struct embedded embed_table[] = {\n")
    for i, name in enumerate(sorted(files)):
        out.append(f'    {{ "{name}", embed_blob_{i}, '
                   f'embed_blob_{i}_end }},\n')
    out.append("};\n")
    out.append(f"const int embed_count = {len(files)};\n")
    pathlib.Path(sys.argv[2]).write_text("".join(out), encoding="utf-8")


main()
