//! What a document writes that cannot be a number or a date, or that contradicts itself, is a
//! diagnostic with its place, and no observation.
#![cfg(test)]

use ingest::Ingester;
use ontology::record::{Extraction, Severity};

fn extract(text: &str) -> Extraction {
    let ingester = Ingester::new(&[]).unwrap();
    let found = ingester.extract_text("a.txt", text);
    for doubt in &found.diagnostics {
        let span = doubt.span.unwrap();
        assert!(span.start < span.end && span.end <= text.chars().count());
        assert_eq!(doubt.document, "a.txt");
        assert_ne!(doubt.severity, Severity::Error, "a document is still used");
    }
    found
}

/// Gives what the diagnostics point at.
fn places(text: &str) -> Vec<String> {
    let found = extract(text);
    let slice = |start, end: usize| text.chars().skip(start).take(end - start).collect();
    let spans = found.diagnostics.iter().filter_map(|doubt| doubt.span);
    spans.map(|span| slice(span.start, span.end)).collect()
}

#[test]
fn what_is_no_number_or_date_is_named() {
    let endless = format!("全县投入{}元。", "9".repeat(400));
    let found = extract(&endless);
    assert_eq!(found.observations, []);
    assert_eq!(found.diagnostics.len(), 1);
    assert!(found.diagnostics[0].message.contains("no finite value"));
    assert_eq!(places("全县0分之3的村通了公路。"), ["0分之3"]);
    assert_eq!(places("2021年13月，全县开会。"), ["2021年13月"]);
    assert_eq!(places("2021年2月29日，全县开会。"), ["2021年2月29日"]);
    assert_eq!(places("2月29日、2020年2月29日，全县开会。"), [""; 0]);
    assert_eq!(places("每份报告有1e400页，共12月。"), [""; 0]);
    let dated = extract("2021年13月，全县修路30公里。");
    assert!(dated.observations.iter().all(|one| one.period.is_none()));
}

#[test]
fn parts_that_are_more_than_their_whole_are_named() {
    assert_eq!(places("全县有村庄50个，其中山村30个、渔村40个。"), ["50个"]);
    assert_eq!(places("全县有村庄50个，其中山村60个。"), ["50个"]);
    assert_eq!(places("全县有村庄50个，其中山村30个、渔村20个。"), [""; 0]);
    assert_eq!(
        places("全县有村庄50个，其中山村30个，游客4000人。"),
        [""; 0]
    );
    assert_eq!(places("全县有村庄50多个，其中山村60个。"), [""; 0]);
}

#[test]
fn two_values_of_one_thing_are_named() {
    let text = "2021年，全县粮食产量30万吨。\n2021年，全县粮食产量31万吨。";
    assert_eq!(places(text).len(), 1);
    let message = &extract(text).diagnostics[0].message;
    assert!(
        message.contains("310000") && message.contains("300000"),
        "{message}"
    );
    let later = "2021年，全县粮食产量30万吨。\n2022年，全县粮食产量31万吨。";
    assert_eq!(places(later), [""; 0]);
    let change = "2021年，全县旅游线路由3条增加到8条。";
    assert_eq!(places(change), [""; 0]);
}
