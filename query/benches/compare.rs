//! Times the report over 300 regions and 100 indicators on a generated knowledge base of a million triples: building and
//! opening it, comparing, and writing each form. `cargo bench -p query --bench compare`.
use std::error::Error;
use std::io::{Write, stdout};
use std::time::Instant;

use graph::Lang;
use ontology::gazetteer::Gazetteer;
use ontology::indicator::Scheme;
use ontology::record::{
    CharSpan, Document, EntityClass, EntityKey, Extraction, Observation, Qualifier,
};
use query::compare::{CompareOptions, Comparison, Format};
use query::kb::{CreateOptions, KnowledgeBase};
use query::rdf::RunInfo;

const REGIONS: usize = 300;
const INDICATORS: usize = 100;
/// Values of each indicator in each region.
const VALUES: u32 = 3;

/// A document about one region that gives every indicator a few values.
fn document(number: u32, code: &str, indicators: &[(String, String, String)]) -> Extraction {
    let mut text = String::new();
    let mut observations = Vec::new();
    let mut at = 0;
    for round in 0..VALUES {
        for (place, (key, label, unit)) in (0_u32..).zip(indicators) {
            let value = number * 7 + place * 3 + round + 1;
            let anchor = format!("{label}{value}{unit}");
            let end = at + anchor.chars().count();
            text.push_str(&anchor);
            text.push('。');
            observations.push(Observation {
                span: CharSpan { start: at, end },
                anchor,
                value: f64::from(value),
                unit: unit.clone(),
                qualifier: Qualifier::Exact,
                indicator: key.clone(),
                indicator_text: label.clone(),
                area: None,
                period: Some(format!("202{round}")),
                program: None,
                rule: "bench".into(),
                confidence: 1.0,
            });
            at = end + 1;
        }
    }
    let document = Document {
        id: format!("{code}.txt"),
        // The IRI is made of the first digits.
        sha256: format!("{number:08x}{:056}", 0),
        about: Some(EntityKey::new(EntityClass::Place, code)),
        text,
        ..Document::default()
    };
    Extraction {
        document,
        entities: vec![],
        mentions: vec![],
        statements: vec![],
        observations,
        diagnostics: vec![],
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    let gazetteer = Gazetteer::shared()?;
    let scheme = Scheme::shared()?;
    let indicators: Vec<(String, String, String)> = scheme
        .iter()
        .filter_map(|one| Some((one.key.clone(), one.zh.clone(), one.units.first()?.clone())))
        .take(INDICATORS)
        .collect();
    // Prefectures by code: 110100, 120100, 130100, 130200 …
    let codes =
        (11..66).flat_map(|province| (1..100).map(move |city| format!("{province}{city:02}00")));
    let codes: Vec<String> = codes
        .filter(|code| gazetteer.by_code(code).is_some())
        .take(REGIONS)
        .collect();
    assert_eq!((codes.len(), indicators.len()), (REGIONS, INDICATORS));
    let documents = (0_u32..).zip(&codes);
    let documents: Vec<Extraction> = documents
        .map(|(number, code)| document(number, code, &indicators))
        .collect();
    let folder = tempfile::tempdir()?;
    let dir = folder.path().join("kb");
    let clock = Instant::now();
    let run = RunInfo::default();
    KnowledgeBase::create(&dir, documents, gazetteer, &run, &CreateOptions::default())?;
    let quads = KnowledgeBase::open(&dir)?.manifest().quads;
    writeln!(
        out,
        "made {quads} quads in {:.2} s",
        clock.elapsed().as_secs_f64()
    )?;
    let clock = Instant::now();
    let graph = KnowledgeBase::open(&dir)?.graph(gazetteer)?;
    writeln!(
        out,
        "opened and linked in {:.2} s",
        clock.elapsed().as_secs_f64()
    )?;
    let clock = Instant::now();
    let report = Comparison::new(&graph, &CompareOptions::default())?;
    writeln!(out, "compared in {:.2} s", clock.elapsed().as_secs_f64())?;
    for format in [
        Format::Html,
        Format::Markdown,
        Format::Csv,
        Format::Json,
        Format::Xlsx,
    ] {
        let clock = Instant::now();
        let bytes = report.render(format, Lang::Zh)?.len();
        writeln!(
            out,
            "wrote {format:?}, {bytes} bytes, in {:.2} s",
            clock.elapsed().as_secs_f64()
        )?;
    }
    Ok(())
}
