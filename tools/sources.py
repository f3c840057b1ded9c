#!/usr/bin/env python3
"""Every source is built, every file that should be carried is carried.

    tools/sources.py            prints what no meson.build lists; exit 1 if
                                anything is
    tools/sources.py --add      puts it into the lists"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# The files, the meson.build that lists them, the line before the list, and
# what of a file's path stands in it ("": nothing).
LISTS = [
    ("src/*/*.c", "{dir}/meson.build", "sources += files(",
     lambda p: p.name),
    ("src/store/sql/*.sql", "src/store/meson.build", "sql_files = files(",
     lambda p: "sql/" + p.name),
    ("tests/unit/test_*.c", "tests/unit/meson.build", "unit_tests = [",
     lambda p: p.stem[len("test_"):]),
    ("tests/unit/*.c", "tests/unit/meson.build", "support_files = files(",
     lambda p: "" if p.stem.startswith("test_") else p.name),
    ("tests/fuzz/fuzz_*.c", "tests/fuzz/meson.build", "fuzz_targets = [",
     lambda p: p.stem[len("fuzz_"):]),
    ("instruments/*.yaml", "meson.build", "embedded = files(", str),
    ("data/municipalities.tsv", "meson.build", "embedded = files(", str),
    ("src/write/assets/*", "meson.build", "embedded = files(", str),
    ("src/demo/*.tsv", "meson.build", "embedded = files(", str),
    ("src/web/templates/*.html", "meson.build", "embedded = files(", str),
    ("src/web/assets/*.js", "src/web/assets/meson.build",
     "scripts = files(", lambda p: p.name),
]
NOT_LISTED = {"src/cli/main.c"}


def parts(build, head):
    """The text before the list, its lines, the text behind it."""
    text = build.read_text(encoding="utf-8")
    at = text.index(head) + len(head)
    end = re.compile(r"^[)\]]", re.M).search(text, at).start()
    return text[:at], text[at:end].splitlines(), text[end:]


def main():
    missing = 0
    for pattern, where, head, entry_of in LISTS:
        for path in sorted(ROOT.glob(pattern)):
            path = path.relative_to(ROOT)
            if path.as_posix() in NOT_LISTED or not entry_of(path):
                continue
            build = ROOT / where.format(dir=path.parent.as_posix())
            before, lines, after = parts(build, head)
            line = f"  '{entry_of(path)}',"
            if any(item.startswith(line) for item in lines):
                continue
            if "--add" in sys.argv[1:]:
                lines = sorted([item for item in lines if item] + [line])
                build.write_text(before + "\n" + "\n".join(lines) + "\n"
                                 + after, encoding="utf-8")
            else:
                print(f"{path}: not in {build.relative_to(ROOT)}")
                missing = 1
    return missing


sys.exit(main())
