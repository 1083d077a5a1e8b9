#!/usr/bin/env python3
"""Makes the seeds of the fuzz targets, `corpus/TARGET/*`, from the fixtures in ../tests/fixtures.

Packages are taken apart into the form that their target puts together again: members parted by
NUL, the objects of a PDF by `endobj`, its streams unpacked.
"""
import gzip
import pathlib
import re
import zipfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent / "tests" / "fixtures"
DIRECT = {
    "decode": ["*.txt"],
    "repair": ["*utf8*.txt"],
    "markdown": ["*.md", "*utf8.txt"],
    "html": ["*.html"],
    "csv": ["*.csv"],
    "json": ["*.json", "*.jsonl"],
    "zip": ["*.zip", "*.docx"],
    "tar": ["*.tar.gz"],
}
XLSX = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"]
DAMAGED = "電(diàn)視(shì)臺(tái)播出，确?；顒(dòng)，?qǐng)各位参加。\n二〇二一年三月\n\n&nbsp;白\u200b山\n"
FRONT = "---\ntitle: 题\ndate: 2021/3/4\ntags: [甲, 乙]\n---\n# 题\n\n* 一\n* 二\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n> [链接](http://a.cn) `code`\n\n```\nx\n```\n"
TABLE = "<html><body><nav><a href=/>首页</a></nav><article><h1>题</h1><table><tr><td rowspan=2>甲<td>1<tr><td>2</table><p>近日，县里召开会议。<br>到会30人。<pre>a\n b</pre><ul><li>一<li>二</ul><svg><p>x</svg></article></body></html>"


def save(target, name, content):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def objects(pdf):
    """The objects of a PDF by number, streams as dictionary, 1, content; large ones are left out."""
    found = {}
    for match in re.finditer(rb"(\d+) 0 obj\s(.*?)endobj", pdf, re.S):
        body = match[2].strip()
        stream = re.match(rb"(.*?>>)\s*stream\r?\n(.*)endstream", body, re.S)
        if stream:
            head, content = stream[1], stream[2]
            if b"FlateDecode" in head:
                try:
                    content = zlib.decompressobj().decompress(content)
                except zlib.error:
                    continue
                head = re.sub(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])", b"", head)
            head = re.sub(rb"/Length1?\s+\d+( 0 R)?", b"", head)
            if len(content) > 6000:
                continue
            body = head.strip() + b"\x01" + content
        found[int(match[1])] = body
    return found


def pdfs():
    for path in sorted(FIXTURES.glob("*.pdf")):
        content = path.read_bytes()
        if len(content) < 20_000:
            save("pdf", path.name, content)
        found = objects(content)
        if found and "locked" not in path.name and "restricted" not in path.name:
            parts = [found.get(number, b"null") for number in range(1, max(found) + 1)]
            joined = b"\nendobj\n".join(parts)
            # A large seed makes every run slow.
            if len(joined) < 20_000:
                save("pdf", f"{path.stem}.objects", joined)


def packages():
    for path in sorted(FIXTURES.glob("*.docx")):
        with zipfile.ZipFile(path) as package:
            save("docx", f"{path.stem}.xml", package.read("word/document.xml"))
    save("docx", "table.xml", "<w:document><w:p><w:r><w:t>题&amp;&#x4E00;</w:t><w:tab/><w:br/></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><mc:Fallback><w:t>x</w:t></mc:Fallback></w:document>".encode())
    for path in sorted(FIXTURES.glob("*.xlsx")):
        with zipfile.ZipFile(path) as package:
            save("xlsx", path.stem, b"\0".join(package.read(name) for name in XLSX))
    with zipfile.ZipFile(FIXTURES / "article.epub") as package:
        names = ["OPS/book.opf", "OPS/one.xhtml", "OPS/two b.xhtml", "META-INF/container.xml"]
        save("epub", "article", b"\0".join(package.read(name) for name in names))
        save("epub", "locked", b"\0".join(package.read(name) for name in names) + b"\0<encryption><EncryptedData/>one.xhtml</encryption>")


def archives():
    members = [("夹/甲.txt", "甲"), ("../b.txt", "乙"), ("c.csv", "id,text\nx,丙\n"), ("d.html", "<p>丁</p>"), ("e.txt.gz", "戊")]
    save("zip", "members", b"\0".join(part.encode() for pair in members for part in pair))
    save("tar", "plain", gzip.decompress((FIXTURES / "article.tar.gz").read_bytes()))
    save("tar", "text.gz", gzip.compress("白山".encode(), mtime=0))


def main():
    for target, patterns in DIRECT.items():
        for pattern in patterns:
            for path in sorted(FIXTURES.glob(pattern)):
                save(target, path.name, path.read_bytes())
    save("repair", "damaged", DAMAGED.encode())
    save("decode", "damaged", DAMAGED.encode("gb18030"))
    save("markdown", "front", FRONT.encode())
    save("html", "table", TABLE.encode())
    pdfs()
    packages()
    archives()


if __name__ == "__main__":
    main()
