//! One article in every format and encoding gives the same text and the same facts.
#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ingest::read::{Content, Options, Reading, Source, open};
use ingest::{Extraction, Ingester};

#[path = "formats/matrix.rs"]
mod matrix;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name)
}

fn source(name: &str) -> Source {
    Source {
        id: name.to_owned(),
        content: Content::File(fixture(name)),
    }
}

fn ingester() -> &'static Ingester {
    static INGESTER: OnceLock<Ingester> = OnceLock::new();
    INGESTER.get_or_init(|| Ingester::new(&[]).unwrap())
}

fn readings(name: &str, options: &Options) -> Vec<Reading> {
    open(&source(name), options)
        .into_iter()
        .map(|found| found.unwrap_or_else(|cause| panic!("{}: {}", cause.document, cause.message)))
        .collect()
}

/// The lines of a text as the recognisers see it, without indents.
fn lines(text: &str) -> Vec<String> {
    let normalised = ingester().normalised(text);
    let lines = normalised.lines().map(|line| line.trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// What a document says, without saying where.
fn facts(extraction: &Extraction) -> BTreeSet<String> {
    let mentions = extraction
        .mentions
        .iter()
        .map(|found| found.entity.to_string());
    let statements = extraction
        .statements
        .iter()
        .map(|found| format!("{} {:?} {:?}", found.subject, found.predicate, found.object));
    let observations = extraction.observations.iter().map(|found| {
        format!(
            "{} {} {} {:?}",
            found.indicator_text, found.value, found.unit, found.period
        )
    });
    mentions.chain(statements).chain(observations).collect()
}

/// All fixtures that hold the whole article, and the encoding that each must be found in.
const WHOLE: [(&str, &str); 28] = [
    ("article-utf8.txt", "UTF-8"),
    ("article-utf8-bom.txt", "UTF-8"),
    ("article-utf16le.txt", "UTF-16LE"),
    ("article-utf16be.txt", "UTF-16BE"),
    ("article-utf16-bom.txt", "UTF-16LE"),
    ("article-gb18030.txt", "gb18030"),
    ("article-big5.txt", "Big5"),
    ("article.md", "UTF-8"),
    ("article-utf8.html", "UTF-8"),
    ("article-utf16.html", "UTF-16LE"),
    ("article-gb18030.html", "gb18030"),
    ("article-big5.html", "Big5"),
    ("article-utf8-bom.csv", "UTF-8"),
    ("article-utf16.csv", "UTF-16LE"),
    ("article-gb18030.csv", "gb18030"),
    ("article-big5.csv", "Big5"),
    ("article.jsonl", "UTF-8"),
    ("article.json", "UTF-8"),
    ("article.docx", "UTF-8"),
    ("article-traditional.docx", "UTF-8"),
    ("article.xlsx", "UTF-8"),
    ("article.epub", "UTF-8"),
    ("writer.epub", "UTF-8"),
    ("writer.pdf", "UTF-8"),
    ("writer-traditional.pdf", "UTF-8"),
    ("chromium.pdf", "UTF-8"),
    ("article.zip", ""),
    ("article.tar.gz", ""),
];

#[test]
fn the_text_is_the_same_in_every_format_and_encoding() {
    let plain = readings("article-utf8.txt", &Options::default());
    let expected = lines(&plain[0].text);
    let mut faults = Vec::new();
    for (name, encoding) in WHOLE {
        for reading in readings(name, &Options::default()) {
            let found = lines(&reading.text);
            if found != expected {
                faults.push(format!("{name} ({}): {found:#?}", reading.id));
            }
            if !encoding.is_empty() && reading.encoding != encoding {
                faults.push(format!("{name}: read as {}", reading.encoding));
            }
            if reading.certainty < 0.6 {
                faults.push(format!("{name}: certainty {}", reading.certainty));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "expected {expected:#?}\n{}",
        faults.join("\n")
    );
}

#[test]
fn the_facts_are_the_same_in_every_format_and_encoding() {
    let extract = |name: &str| -> Vec<Extraction> {
        let found = ingester().extract(&source(name), &Options::default());
        found.into_iter().map(Result::unwrap).collect()
    };
    let expected = facts(&extract("article-utf8.txt")[0]);
    assert!(expected.len() > 15, "{expected:#?}");
    let mut faults = Vec::new();
    for (name, _) in WHOLE {
        for extraction in extract(name) {
            let found = facts(&extraction);
            let missing: Vec<_> = expected.difference(&found).collect();
            let more: Vec<_> = found.difference(&expected).collect();
            if !(missing.is_empty() && more.is_empty()) {
                faults.push(format!(
                    "{}: lacks {missing:?}, has {more:?}",
                    extraction.document.id
                ));
            }
            for mention in &extraction.mentions {
                let text = &extraction.document.text;
                let slice: String = text
                    .chars()
                    .skip(mention.span.start)
                    .take(mention.span.end - mention.span.start)
                    .collect();
                if slice != mention.surface {
                    faults.push(format!(
                        "{}: {} is not at its span",
                        extraction.document.id, mention.surface
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn formats_state_metadata() {
    let stated = [
        "article.md",
        "article-utf8-bom.csv",
        "article-gb18030.csv",
        "article.xlsx",
        "article.epub",
    ];
    for name in stated {
        let found = &readings(name, &Options::default())[0].metadata;
        assert_eq!(
            found.headline.as_deref(),
            Some("洪湖市红色资源保护取得新进展"),
            "{name}"
        );
        assert_eq!(found.published.as_deref(), Some("2021-10-26"), "{name}");
        assert_eq!(found.publisher.as_deref(), Some("荆州日报"), "{name}");
    }
    let rows = readings("article.jsonl", &Options::default());
    assert_eq!(
        rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["hh-2", "hh-3"]
    );
    assert_eq!(
        readings("article.md", &Options::default())[0]
            .metadata
            .authors,
        ["周文海"]
    );
    let page = &readings("article-utf8.html", &Options::default())[0];
    assert_eq!(
        page.metadata.headline.as_deref(),
        Some("洪湖市红色资源保护取得新进展")
    );
    let members = readings("article.zip", &Options::default());
    assert_eq!(members[0].id, "article.zip/文档/article.txt");
    assert_eq!(members.len(), 3);
}

#[test]
fn documents_say_how_they_were_read() {
    let found = ingester().extract(&source("article-big5.csv"), &Options::default());
    let document = &found[0].as_ref().unwrap().document;
    assert_eq!(
        (document.id.as_str(), document.format.as_str()),
        ("hh-1", "csv")
    );
    assert_eq!(document.encoding, "Big5");
    assert!(
        document
            .encoding_certainty
            .is_some_and(|certainty| certainty > 0.6)
    );
    assert_eq!(document.publisher.as_deref(), Some("荆州日报"));
    assert_eq!(document.published.as_deref(), Some("2021-10-26"));
}

#[test]
fn fonts_of_other_kinds_are_read() {
    // Glyphs drawn as Type 3, and a font that is not embedded.
    for name in ["chromium-type3.pdf", "reportlab.pdf"] {
        let text = readings(name, &Options::default())[0].text.clone();
        assert_eq!(
            text, "洪湖市修缮旧址\n全市今年修缮旧址8处，新建展馆2座。\n",
            "{name}"
        );
    }
}
