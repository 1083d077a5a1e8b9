//! Small files that are made to take hours or gigabytes: each is read, or refused, at once.
#![cfg(test)]

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use ingest::read::{Limits, Options, open_bytes};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Far above what any of them takes, far below what it would.
const SOON: Duration = Duration::from_secs(20);

#[track_caller]
fn read(name: &str, bytes: &[u8], max_unpacked: u64) -> Result<String, String> {
    let limits = Limits {
        max_unpacked,
        ..Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let start = Instant::now();
    let mut found = open_bytes(name, bytes, &options);
    let took = start.elapsed();
    assert!(took < SOON, "{name} took {took:?}");
    assert_eq!(found.len(), 1);
    let found = found.remove(0);
    found
        .map(|reading| reading.text)
        .map_err(|fault| fault.message)
}

/// Puts objects, the first of which is the catalogue, into a PDF.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (at, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let (size, start) = (objects.len() + 1, out.len());
    out += &format!("xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R>>\n");
    out += &format!("startxref\n{start}\n%%EOF\n");
    out.into_bytes()
}

fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<<{dictionary}/Length {}>>\nstream\n{content}\nendstream",
        content.len()
    )
}

const CATALOGUE: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
const PLAIN_FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

#[test]
fn forms_that_draw_each_other_many_times() {
    let resources = |next: usize| format!("/Resources<</XObject<</X {next} 0 R>>>>");
    let draw = "/X Do ".repeat(60);
    let mut objects = vec![
        CATALOGUE.to_owned(),
        PAGES.to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{}>>", resources(5)),
        stream("", &draw),
    ];
    for next in 6..14 {
        let form = format!("/Type/XObject/Subtype/Form{}", resources(next));
        objects.push(stream(&form, &draw));
    }
    objects.push(stream("/Type/XObject/Subtype/Form", "q Q"));
    let message = read("forms.pdf", &pdf(&objects), 8 << 20).unwrap_err();
    assert!(message.contains("--max-unpacked"), "{message}");
}

#[test]
fn a_font_that_is_chosen_many_times_is_read_once() {
    let font = "<</Type/Font/Subtype/Type1/ToUnicode 5 0 R>>";
    let map = "beginbfchar <41> <767D> endbfchar % padding padding padding\n".repeat(2_000);
    let content = format!("BT {} (AAAA) Tj ET", "/F 12 Tf ".repeat(20_000));
    let objects = [
        CATALOGUE.to_owned(),
        PAGES.to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>"),
        stream("", &content),
        stream("", &map),
    ];
    let text = read("fonts.pdf", &pdf(&objects), 2 << 20);
    assert_eq!(text.as_deref().map(str::trim), Ok("白白白白"));
}

#[test]
fn many_fonts_with_one_large_map() {
    let fonts: String = (0..2_000)
        .map(|at| format!("/F{at} <</Type/Font/Subtype/Type1/ToUnicode 5 0 R>>"))
        .collect();
    let choose: String = (0..2_000).map(|at| format!("/F{at} 12 Tf ")).collect();
    let map = "beginbfchar <41> <767D> endbfchar % padding padding padding\n".repeat(2_000);
    let objects = [
        CATALOGUE.to_owned(),
        PAGES.to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>"),
        stream("", &format!("BT {choose} (AAAA) Tj ET")),
        stream("", &map),
    ];
    let message = read("maps.pdf", &pdf(&objects), 8 << 20).unwrap_err();
    assert!(message.contains("--max-unpacked"), "{message}");
}

#[test]
fn widths_at_the_end_of_the_numbers() {
    let font = PLAIN_FONT.replace(">>", "/FirstChar 4294967295/Widths[500 500 500]>>");
    let objects = [
        CATALOGUE.to_owned(),
        PAGES.to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>"),
        stream("", "BT /F 12 Tf (Text) Tj ET"),
    ];
    let text = read("widths.pdf", &pdf(&objects), 1 << 20);
    assert_eq!(text.as_deref().map(str::trim), Ok("Text"));
}

#[test]
fn codes_with_long_meanings() {
    let map = format!("beginbfchar <41> <{}> endbfchar", "767D".repeat(50_000));
    let font = "<</Type/Font/Subtype/Type1/ToUnicode 5 0 R>>";
    let objects = [
        CATALOGUE.to_owned(),
        PAGES.to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F {font}>>>>>>"),
        stream("", &format!("BT /F 12 Tf ({}) Tj ET", "A".repeat(20_000))),
        stream("", &map),
    ];
    let message = read("codes.pdf", &pdf(&objects), 1 << 20).unwrap_err();
    assert!(message.contains("--max-unpacked"), "{message}");
}

fn package(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(*name, stored).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_book_that_names_one_chapter_many_times() {
    let container = "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>";
    let book = format!(
        "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine>{}</spine></package>",
        "<itemref idref='a'/>".repeat(50_000)
    );
    let members = [
        ("META-INF/container.xml", container),
        ("b.opf", &book),
        ("a.xhtml", "<html><body><p>白山</p></body></html>"),
    ];
    let text = read("a.epub", &package(&members), 1 << 20);
    assert_eq!(text.as_deref(), Ok("白山\n"));
}

#[test]
fn tables_within_tables() {
    let (open, close) = ("<tr><tc>".repeat(20_000), "</tc></tr>".repeat(20_000));
    let body = format!(
        "<document>{open}<p><t>{}</t></p>{close}</document>",
        "白".repeat(100_000)
    );
    let members = [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &body),
    ];
    let message = read("a.docx", &package(&members), 1 << 30).unwrap_err();
    assert!(message.contains("nested too deeply"), "{message}");
}

#[test]
fn cells_that_share_one_long_text() {
    let cells: String = (2..3_000)
        .map(|row| format!("<row r='{row}'><c r='A{row}' t='s'><v>1</v></c></row>"))
        .collect();
    let sheet = format!(
        "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>{cells}</sheetData></worksheet>"
    );
    let strings = format!(
        "<sst><si><t>正文</t></si><si><t>{}</t></si></sst>",
        "白".repeat(10_000)
    );
    let message = read("a.xlsx", &workbook(&strings, &sheet), 8 << 20).unwrap_err();
    assert!(message.contains("--max-unpacked"), "{message}");
}

fn workbook(strings: &str, sheet: &str) -> Vec<u8> {
    let members = [
        ("[Content_Types].xml", "<Types/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='xl/workbook.xml'/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets><sheet name='S' sheetId='1' r:id='rId1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet' Target='worksheets/sheet1.xml'/></Relationships>",
        ),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    package(&members)
}

/// calamine multiplies the digits into 32 bits.
#[test]
fn a_cell_in_a_row_beyond_all_numbers() {
    let sheet = "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row><row><c r='A99999999999' t='s'><v>1</v></c></row></sheetData></worksheet>";
    let strings = "<sst><si><t>正文</t></si><si><t>白山</t></si></sst>";
    let found = read("a.xlsx", &workbook(strings, sheet), 8 << 20);
    // With checked arithmetic its panic is caught, without it the row has a wrong number.
    assert!(
        found.as_deref().is_ok_and(|text| text == "白山")
            || found.is_err_and(|message| message.contains("broken xlsx"))
    );
}

#[test]
fn messages_stay_one_line() {
    let long = "长".repeat(5_000);
    let table = format!("\"甲\n乙\",{long}\n1,2\n");
    let body = "<document><p><t>甲</t\n\u{3}\n></document>";
    let members = [
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", body),
    ];
    let message = read("a.docx", &package(&members), 1 << 20).unwrap_err();
    assert!(
        message.contains("broken docx") && !message.contains('\n'),
        "{message}"
    );
    let message = read("a.csv", table.as_bytes(), 1 << 20).unwrap_err();
    assert!(
        message.contains("甲 乙") && message.contains('…'),
        "{message}"
    );
    assert!(
        !message.contains('\n') && message.chars().count() < 200,
        "{message}"
    );
}

#[test]
fn elements_that_a_table_pushes_out() {
    let page = format!("<p>前</p><table>{}</table>", "<i></i>".repeat(300_000));
    assert_eq!(
        read("table.html", page.as_bytes(), 1 << 30).as_deref(),
        Ok("前\n")
    );
}

#[test]
fn markdown_that_opens_and_never_closes() {
    for opened in ["<!--<b>", "![a](![b][c]", "[x](([y][z]"] {
        let line = format!("前{}\n", opened.repeat(100_000));
        let text = read("open.md", line.as_bytes(), 1 << 30).unwrap();
        assert!(text.starts_with('前'), "{opened}");
    }
}
