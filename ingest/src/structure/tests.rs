//! Layouts of articles and what is read from them.

use std::fmt::Write as _;

use super::*;

mod layouts;

/// One layout: `text` with BODY for a paragraph, and what must be read from it; lists are written
/// with `/` between their members.
#[derive(Default)]
struct Layout {
    name: &'static str,
    text: &'static str,
    headline: &'static str,
    kicker: &'static str,
    subtitle: &'static str,
    published: &'static str,
    publisher: &'static str,
    bylines: &'static str,
    editors: &'static str,
    interview: &'static str,
    /// Distinct names of speakers, in the order in which they first speak.
    speakers: &'static str,
    sections: &'static str,
    captions: &'static str,
    /// Number of sentences.
    sentences: usize,
    /// Stretches that must be in no sentence.
    dropped: &'static str,
}

/// Three sentences.
const BODY: &str = "日前，这里的河水涨了起来，两岸的人们忙着把粮食搬到高处。孩子们在堤上看船，谁也没有想到雨还会再下七天。水退以后，人们回到村里。";

/// Gives every difference between what is expected and what is read, one a line.
fn differences(layout: &Layout, labels: &Labels) -> String {
    let text = layout.text.replace("BODY", BODY);
    let got = Structure::read(&text, labels);
    let one = |span: Option<Span>| span.map_or("", |span| span.of(&text)).to_owned();
    let many = |spans: &[Span]| {
        spans
            .iter()
            .map(|span| span.of(&text))
            .collect::<Vec<_>>()
            .join("/")
    };
    let mut speakers: Vec<&str> = Vec::new();
    let mut sections: Vec<&str> = Vec::new();
    for name in got.speakers.iter().map(|span| span.of(&text)) {
        if !speakers.contains(&name) {
            speakers.push(name);
        }
    }
    for sentence in got
        .sentences
        .iter()
        .filter(|s| s.heading && s.span.start > got.body_start)
    {
        sections.push(sentence.span.of(&text));
    }
    let interview = [&got.interviewers, &got.guests]
        .map(|spans| many(spans))
        .join(" → ");
    let rows = [
        ("headline", layout.headline, one(got.headline)),
        ("kicker", layout.kicker, one(got.kicker)),
        ("subtitle", layout.subtitle, one(got.subtitle)),
        (
            "published",
            layout.published,
            got.published.map(Date::iso).unwrap_or_default(),
        ),
        ("publisher", layout.publisher, one(got.publisher)),
        ("bylines", layout.bylines, many(&got.bylines)),
        ("editors", layout.editors, many(&got.editors)),
        (
            "interview",
            layout.interview,
            interview.trim_matches([' ', '→']).to_owned(),
        ),
        ("speakers", layout.speakers, speakers.join("/")),
        ("sections", layout.sections, sections.join("/")),
        ("captions", layout.captions, many(&got.captions)),
    ];
    let mut report = String::new();
    for (what, expected, got) in rows {
        if expected != got {
            let _ = writeln!(
                report,
                "{}: {what}: expected 「{expected}」, got 「{got}」",
                layout.name
            );
        }
    }
    report.push_str(&sentence_differences(layout, &text, &got));
    report
}

fn sentence_differences(layout: &Layout, text: &str, got: &Structure) -> String {
    let mut report = String::new();
    let sentences: Vec<&str> = got
        .sentences
        .iter()
        .map(|sentence| sentence.span.of(text))
        .collect();
    if sentences.len() != layout.sentences {
        let _ = writeln!(
            report,
            "{}: {} sentences, not {}: {sentences:#?}",
            layout.name,
            sentences.len(),
            layout.sentences
        );
    }
    for dropped in layout
        .dropped
        .split('/')
        .filter(|dropped| !dropped.is_empty())
    {
        if !text.contains(dropped) || sentences.iter().any(|sentence| sentence.contains(dropped)) {
            let _ = writeln!(report, "{}: 「{dropped}」 is not dropped", layout.name);
        }
    }
    report
}

#[test]
fn layouts_are_read() {
    let labels = Labels::load().unwrap();
    let report: String = layouts::LAYOUTS
        .iter()
        .map(|layout| differences(layout, &labels))
        .collect();
    assert!(report.is_empty(), "\n{report}");
}

/// A foreign prefix of many lines must not shift a span nor hide the article.
#[test]
fn spans_are_of_the_text_they_are_read_from() {
    let labels = Labels::load().unwrap();
    for layout in layouts::LAYOUTS {
        let text = layout.text.replace("BODY", BODY);
        let plain = Structure::read(&text, &labels);
        let moved = format!("\n \n{text}");
        let got = Structure::read(&moved, &labels);
        let headline = |structure: &Structure, text: &str| {
            structure.headline.map(|span| span.of(text).to_owned())
        };
        assert_eq!(headline(&plain, &text), headline(&got, &moved));
        assert_eq!(plain.sentences.len(), got.sentences.len());
    }
}

#[test]
fn odd_texts_yield_nothing_wrong() {
    let labels = Labels::load().unwrap();
    for text in [
        "",
        "\n\n",
        "。",
        "：",
        "（",
        "记者",
        "记者：",
        "2021-13-45",
        "□",
        "——",
        "“",
        "问：",
        "首页\n新闻\n时政",
    ] {
        let got = Structure::read(text, &labels);
        assert!(
            got.published.is_none() && got.bylines.iter().all(|span| !span.is_empty()),
            "{text}"
        );
    }
    let got = Structure::read("首页\n新闻\n时政", &labels);
    assert!(got.sentences.is_empty() && got.headline.is_none());
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_has_a_structure(text in "[（）：—“”。？\\n 一是记者问答作者来源张王2021年月日12\\-/|>a]{0,120}") {
            let got = Structure::read(&text, &Labels::load().unwrap());
            let mut end = 0;
            for sentence in &got.sentences {
                prop_assert!(sentence.span.start >= end && !sentence.span.of(&text).is_empty());
                end = sentence.span.end;
            }
        }
    }
}
