//! What cannot be read never becomes part of a fact.
#![cfg(test)]

use std::path::Path;
use std::sync::OnceLock;

use ingest::read::{Content, Options, Source, open_bytes};
use ingest::{Extraction, Ingester};
use ontology::record::CharSpan;

const HOLE: char = char::REPLACEMENT_CHARACTER;

fn ingester() -> &'static Ingester {
    static INGESTER: OnceLock<Ingester> = OnceLock::new();
    INGESTER.get_or_init(|| Ingester::new(&[]).unwrap())
}

fn extract(bytes: &[u8]) -> Extraction {
    let mut readings = open_bytes("a.txt", bytes, &Options::default());
    let reading = readings.remove(0).unwrap();
    let source = Source {
        id: reading.id.clone(),
        content: Content::Ready(Box::new(reading)),
    };
    ingester()
        .extract(&source, &Options::default())
        .remove(0)
        .unwrap()
}

/// Everything that was found with a hole in it or right beside it.
fn over_holes(found: &Extraction) -> Vec<String> {
    let text: Vec<char> = found.document.text.chars().collect();
    let slice = |span: CharSpan, margin: usize| -> String {
        let start = span.start.saturating_sub(margin);
        text[start..(span.end + margin).min(text.len())]
            .iter()
            .collect()
    };
    let mentions = found
        .mentions
        .iter()
        .map(|found| (slice(found.span, 1), found.entity.to_string()));
    let statements = found
        .statements
        .iter()
        .map(|found| (slice(found.span, 0), format!("{:?}", found.object)));
    let observations = found
        .observations
        .iter()
        .map(|found| (slice(found.span, 1), found.indicator_text.clone()));
    mentions
        .chain(statements)
        .chain(observations)
        .filter(|(around, name)| around.contains(HOLE) || name.contains(HOLE))
        .map(|(around, name)| format!("{name} from {around}"))
        .collect()
}

fn facts(found: &Extraction) -> usize {
    found.mentions.len() + found.statements.len() + found.observations.len()
}

/// Bytes of the example documents, with some of a character's lost every so often.
#[test]
fn nothing_is_read_over_undecodable_bytes() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/corpus");
    for name in [
        "hongan-review.txt",
        "ruijin-news.txt",
        "zunyi-sites-traditional.txt",
        "dingan-press-release.txt",
    ] {
        let text = std::fs::read_to_string(corpus.join(name)).unwrap();
        let whole = facts(&extract(text.as_bytes()));
        let mut left = 0;
        for first in 0..10 {
            let mut bytes = Vec::new();
            for (index, c) in text.chars().enumerate() {
                let encoded = c.to_string().into_bytes();
                let lost = index % 40 == first * 4 && !c.is_ascii();
                bytes.extend_from_slice(if lost { &encoded[..1] } else { &encoded });
            }
            let found = extract(&bytes);
            assert!(found.document.text.contains(HOLE) && found.document.encoding == "UTF-8");
            assert_eq!(over_holes(&found), [""; 0], "{name}");
            left += facts(&found);
        }
        assert!(
            left > whole,
            "{name}: hardly anything is left: {left} of {whole} ten times"
        );
    }
}

#[test]
fn numbers_beside_a_hole_are_not_counted() {
    let values = |text: &str| -> Vec<f64> {
        let found = extract(text.as_bytes());
        assert_eq!(over_holes(&found), [""; 0], "{text}");
        found.observations.iter().map(|found| found.value).collect()
    };
    assert_eq!(
        values("全县共有革命遗址248处，党员3200名。"),
        [248.0, 3200.0]
    );
    assert_eq!(
        values("全县共有革命遗址\u{FFFD}48处，党员3200名。"),
        [3200.0]
    );
    assert_eq!(
        values("全县共有革命遗址24\u{FFFD}处，党员3200名。"),
        [3200.0]
    );
    assert_eq!(
        values("全县共有革命\u{FFFD}址248处，党员3200名。"),
        [3200.0]
    );
}

#[test]
fn names_with_a_hole_are_not_names() {
    let found =
        extract("近日，中共白山市委\u{FFFD}传部召开会议，杨靖\u{FFFD}烈士陵园开放。".as_bytes());
    assert_eq!(over_holes(&found), [""; 0]);
    let whole = extract("近日，中共白山市委宣传部召开会议，杨靖宇烈士陵园开放。".as_bytes());
    assert!(facts(&found) < facts(&whole));
}
