//! Takes the knowledge graph, returns which wordings were aligned with which indicator, and why; and the
//! indicator scheme itself in SKOS.

use std::collections::{BTreeMap, BTreeSet};

use graph::KnowledgeGraph;
use ontology::indicator::{Alignment, IndicatorError, Reason, Scheme};
use ontology::iri::Iris;
use ontology::vocab;
use oxigraph::io::{RdfFormat, RdfSerializer};
use serde::Serialize;

use crate::rdf::{RdfError, write_scheme};

/// Why a wording stands under its indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It holds a listed wording.
    ByWording,
    /// Head noun, modifiers and unit are like those of a listed wording.
    ByLikeness,
    /// The words around it decided (办结, behind 民生实事).
    ByContext,
    /// It is aligned with nothing: an indicator of its own.
    Own,
}

impl Why {
    /// Gives its name, as JSON has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ByWording => "by-wording",
            Self::ByLikeness => "by-likeness",
            Self::ByContext => "by-context",
            Self::Own => "own",
        }
    }
}

/// A wording in a unit, and the indicator that it stands under.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Used {
    /// Key of the indicator.
    pub indicator: String,
    /// Its Chinese label.
    pub label: String,
    /// Its English label, where the scheme has it.
    pub label_en: Option<String>,
    /// The documents' words.
    pub wording: String,
    /// The unit.
    pub unit: String,
    /// How many observations say it.
    pub count: usize,
    /// How many documents do.
    pub documents: usize,
    /// Why it stands there.
    pub why: Why,
    /// The listed wording that decided.
    pub matched: Option<String>,
    /// How like it is: 1 where it is contained.
    pub score: Option<f64>,
}

impl Used {
    /// Tells whether the key, a label, the wording or the reason is or holds a name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let labels = [&self.label, &self.wording]
            .into_iter()
            .chain(&self.label_en);
        self.indicator == name
            || self.why.name() == name
            || labels.into_iter().any(|label| label.contains(name))
    }
}

/// Lists the wordings, sorted by indicator, those of the scheme first, then by wording and unit.
///
/// # Errors
/// [`IndicatorError`] where the scheme that is built in is broken.
pub fn used(graph: &KnowledgeGraph) -> Result<Vec<Used>, IndicatorError> {
    let scheme = Scheme::shared()?;
    let mut counts: BTreeMap<(&str, &str, &str), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for extraction in graph.documents() {
        for one in &extraction.observations {
            let key = (
                one.indicator.as_str(),
                one.indicator_text.as_str(),
                one.unit.as_str(),
            );
            let entry = counts.entry(key).or_default();
            entry.0 += 1;
            entry.1.insert(&extraction.document.sha256);
        }
    }
    let labels: BTreeMap<&str, &str> = graph
        .indicators()
        .map(|used| (used.key.as_str(), used.label.as_str()))
        .collect();
    let mut list: Vec<Used> = Vec::new();
    for ((indicator, wording, unit), (count, documents)) in counts {
        let known = scheme.get(indicator);
        let reason = known.and_then(|_| reason(scheme, indicator, wording, unit));
        let why = match (known, &reason) {
            (None, _) => Why::Own,
            (Some(_), None) => Why::ByContext,
            (Some(_), Some(found)) => match found.reason {
                Reason::Wording => Why::ByWording,
                Reason::Likeness => Why::ByLikeness,
            },
        };
        list.push(Used {
            indicator: indicator.to_owned(),
            label: labels
                .get(indicator)
                .copied()
                .unwrap_or(indicator)
                .to_owned(),
            label_en: known.map(|known| known.en.clone()),
            wording: wording.to_owned(),
            unit: unit.to_owned(),
            count,
            documents: documents.len(),
            why,
            matched: reason.as_ref().map(|found| found.wording.to_owned()),
            score: reason.as_ref().map(|found| found.score),
        });
    }
    list.sort_by(|a, b| {
        let key = |one: &Used| {
            (
                one.why == Why::Own,
                one.indicator.clone(),
                one.wording.clone(),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.unit.cmp(&b.unit))
    });
    Ok(list)
}

/// Gives the alignment that leads from the wording alone to the indicator, if one does.
fn reason<'s>(
    scheme: &'s Scheme,
    indicator: &str,
    wording: &str,
    unit: &str,
) -> Option<Alignment<'s>> {
    let readings = [false, true];
    let mut found = readings
        .into_iter()
        .filter_map(|growth| scheme.explain(wording, "", unit, growth));
    found.find(|alignment| alignment.indicator.key == indicator)
}

/// Writes the list as CSV, with a byte-order mark, which Excel needs to read Chinese.
///
/// # Errors
/// None in practice: the writer writes to memory.
pub fn csv(list: &[Used]) -> Result<String, ::csv::Error> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for one in list {
        writer.serialize(one)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| ::csv::Error::from(error.into_error()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

/// Writes the whole scheme as Turtle: themes, indicators with labels, wordings, unit kind, direction.
///
/// # Errors
/// [`RdfError`] where the scheme that is built in is broken.
pub fn scheme_turtle(iris: &Iris) -> Result<Vec<u8>, RdfError> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, namespace) in vocab::PREFIXES {
        // The prefixes are constants that a test parses.
        serializer = serializer
            .with_prefix(*prefix, *namespace)
            .unwrap_or_else(|_| RdfSerializer::from_format(RdfFormat::Turtle));
    }
    let mut quads = BTreeSet::new();
    write_scheme(iris, &mut |quad| {
        quads.insert(quad.to_string());
        Ok(())
    })?;
    let text: String = quads.iter().map(|quad| format!("{quad} .\n")).collect();
    let mut writer = serializer.for_writer(Vec::new());
    for quad in oxigraph::io::RdfParser::from_format(RdfFormat::NQuads).for_slice(text.as_bytes()) {
        writer.serialize_quad(&quad?)?;
    }
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::fixture;

    #[test]
    fn wordings_are_listed_with_the_reason() {
        let list = used(&fixture::graph()).unwrap();
        let one = list.iter().find(|one| one.wording == "革命遗址").unwrap();
        assert_eq!(
            (one.indicator.as_str(), one.why),
            ("red_sites", Why::ByWording)
        );
        assert_eq!(one.matched.as_deref(), Some("革命遗址"));
        let done = list
            .iter()
            .find(|one| one.indicator == "hazards_fixed")
            .unwrap();
        assert_eq!(done.why, Why::ByContext);
        assert!(csv(&list).unwrap().starts_with("\u{feff}indicator,label,"));
        assert!(one.is_called("red_sites") && !one.is_called("own"));
    }

    #[test]
    fn the_scheme_is_skos() {
        let text = String::from_utf8(scheme_turtle(&Iris::default()).unwrap()).unwrap();
        let concepts = text.matches("a skos:Concept").count();
        assert!(concepts > 400, "{concepts}: {}", text.get(..500).unwrap());
        for part in [
            "skos:broader",
            "skos:altLabel",
            "fz:unitKind",
            "fz:direction",
            "@en",
        ] {
            assert!(text.contains(part), "{part}");
        }
    }
}
