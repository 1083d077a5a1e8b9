//! The article in every encoding, in every format that is text, plain and in an archive.

use std::fs;
use std::io::{Cursor, Write};

use encoding_rs::{BIG5, GB18030};
use ingest::read::{Options, Reading, open_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{facts, fixture, ingester, lines, readings};

/// Name, what a page declares, how it is written, and whether only Traditional text can be.
type Encoder = (&'static str, &'static str, fn(&str) -> Vec<u8>, bool);

const ENCODERS: [Encoder; 8] = [
    ("UTF-8", "utf-8", |text| text.as_bytes().to_vec(), false),
    (
        "UTF-8 with mark",
        "utf-8",
        |text| format!("\u{FEFF}{text}").into_bytes(),
        false,
    ),
    ("UTF-16LE", "utf-16", little, false),
    ("UTF-16BE", "utf-16", big, false),
    (
        "UTF-16LE with mark",
        "utf-16",
        |text| little(&format!("\u{FEFF}{text}")),
        false,
    ),
    (
        "UTF-16BE with mark",
        "utf-16",
        |text| big(&format!("\u{FEFF}{text}")),
        false,
    ),
    (
        "GB18030",
        "gb2312",
        |text| GB18030.encode(text).0.into_owned(),
        false,
    ),
    (
        "Big5",
        "big5",
        |text| BIG5.encode(text).0.into_owned(),
        true,
    ),
];

fn little(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn big(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// The article as txt, html, csv and jsonl, each with the name of the file.
fn documents(traditional: bool) -> Vec<(&'static str, String)> {
    let read = |name: &str| {
        let bytes = fs::read(fixture(name)).unwrap();
        let text = if traditional {
            BIG5.decode(&bytes).0.into_owned()
        } else {
            String::from_utf8(bytes).unwrap()
        };
        text.trim_start_matches('\u{FEFF}').to_owned()
    };
    let [txt, html, csv] = if traditional {
        ["article-big5.txt", "article-big5.html", "article-big5.csv"]
    } else {
        [
            "article-utf8.txt",
            "article-utf8.html",
            "article-utf8-bom.csv",
        ]
    };
    let text = read(txt);
    let json = serde_json::json!({ "id": "a", "text": text }).to_string();
    vec![
        ("a.html", read(html)),
        ("a.csv", read(csv)),
        ("a.jsonl", format!("{json}\n{json}\n")),
        ("a.txt", text),
    ]
}

fn zipped(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    writer.start_file(name, options).unwrap();
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap().into_inner()
}

#[test]
fn every_encoding_in_every_format_says_the_same() {
    let plain = readings("article-utf8.txt", &Options::default());
    let expected_lines = lines(&plain[0].text);
    let expected_facts = facts(&ingester().extract_reading(plain[0].clone()));
    let mut faults = Vec::new();
    let mut count = 0;
    for traditional in [false, true] {
        for (name, document) in documents(traditional) {
            for (encoding, charset, encode, only_traditional) in ENCODERS {
                if only_traditional && !traditional {
                    continue;
                }
                let document = document
                    .replace("charset=\"utf-8\"", &format!("charset=\"{charset}\""))
                    .replace("charset=\"big5\"", &format!("charset=\"{charset}\""));
                let bytes = encode(&document);
                let archive = zipped(name, &bytes);
                let whole = [(name, bytes), ("a.zip", archive)];
                for (file, bytes) in whole {
                    let case = format!("{name} in {encoding} as {file}, {traditional}");
                    let found = open_bytes(file, &bytes, &Options::default());
                    assert!(!found.is_empty(), "{case}");
                    for reading in found {
                        count += 1;
                        let reading: Reading =
                            reading.unwrap_or_else(|fault| panic!("{case}: {fault:?}"));
                        if lines(&reading.text) != expected_lines {
                            faults.push(format!("{case}: text"));
                        }
                        if facts(&ingester().extract_reading(reading)) != expected_facts {
                            faults.push(format!("{case}: facts"));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(count, 2 * 5 * (7 + 8));
}
