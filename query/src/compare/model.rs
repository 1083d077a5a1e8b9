//! The report as data: what [`Comparison::render`] writes and what its JSON holds.

use graph::Lang;
use ontology::record::{EntityClass, EntityKey, Qualifier};
use serde::Serialize;

/// Regions side by side.
///
/// Lists that run over regions have one element per region, in the order of the regions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    pub(super) regions: Vec<Region>,
    /// Documents about the regions, sorted by region, date and id.
    pub(super) documents: Vec<Source>,
    /// Ids of documents that are about no compared region.
    pub(super) other_documents: Vec<String>,
    /// Indicators known from two or more regions, most regions first.
    pub(super) levels: Vec<Row>,
    /// Rates of change among them.
    pub(super) rates: Vec<Row>,
    /// Indicators known from one region only.
    pub(super) singles: Vec<Row>,
    /// Numbers that hold for no compared region, such as the nation's.
    pub(super) elsewhere: usize,
    pub(super) classes: Vec<ClassSection>,
    /// Quotes; number N stands at N - 1.
    pub(super) evidence: Vec<Quote>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Region {
    pub(super) key: EntityKey,
    pub(super) name: String,
    /// Names of the places above it, highest first, without the state.
    pub(super) above: Vec<String>,
}

/// A document that the report rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Source {
    pub(super) id: String,
    pub(super) sha256: String,
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    /// Id of the document that it is a reprint of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reprint_of: Option<String>,
    /// Index of its region.
    pub(super) region: usize,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    pub(super) indicator: String,
    pub(super) label: String,
    pub(super) label_en: Option<String>,
    /// Per region, the values; none where no document gives any.
    pub(super) cells: Vec<Vec<Cell>>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Cell {
    pub(super) value: f64,
    pub(super) unit: String,
    pub(super) qualifier: Qualifier,
    pub(super) period: Option<String>,
    /// What is counted, in the document's words.
    pub(super) wording: String,
    /// Name of the place that it holds for, where that is not the whole region.
    pub(super) area: Option<String>,
    /// Share of the row's largest value, in per cent, where values can be compared.
    pub(super) bar: Option<f64>,
    /// Numbers of the quotes.
    pub(super) evidence: Vec<usize>,
}

/// The entities of one class.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ClassSection {
    pub(super) class: EntityClass,
    /// Per region; those that regions share first, then by name.
    pub(super) regions: Vec<Vec<Thing>>,
    /// Those of two or more regions, most regions first.
    pub(super) shared: Vec<Shared>,
}

/// An entity in one region.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Thing {
    pub(super) key: EntityKey,
    pub(super) label: String,
    /// Kind, county, post, what it commemorates or is about.
    pub(super) details: Vec<String>,
    /// Whether another compared region has it too.
    pub(super) shared: bool,
    /// Number of the quote; none where the region's documents do not name it.
    pub(super) evidence: Option<usize>,
}

/// An entity that regions share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Shared {
    pub(super) key: EntityKey,
    pub(super) label: String,
    /// Indices of the regions.
    pub(super) regions: Vec<usize>,
}

/// A quote: the sentence, with the part that counts in the middle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Quote {
    /// Id of the document.
    pub(super) document: String,
    /// Ids of its reprints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reprints: Vec<String>,
    pub(super) headline: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    /// Code points of the original, half-open.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) before: String,
    pub(super) quote: String,
    pub(super) after: String,
}

impl Cell {
    /// Gives the quotes of the value.
    pub(super) fn quotes<'a>(
        &'a self,
        comparison: &'a Comparison,
    ) -> impl Iterator<Item = &'a Quote> {
        let number = self
            .evidence
            .iter()
            .filter_map(|number| number.checked_sub(1));
        number.filter_map(|index| comparison.evidence.get(index))
    }
}

impl Row {
    /// Gives the label in a language.
    pub(super) fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.label,
            Lang::En => self.label_en.as_deref().unwrap_or(&self.label),
        }
    }
}

impl Comparison {
    /// Counts the values of a region, with those that no other region has.
    pub(super) fn value_count(&self, region: usize) -> usize {
        let rows = [&self.levels, &self.rates, &self.singles]
            .into_iter()
            .flatten();
        rows.filter_map(|row| row.cells.get(region))
            .map(Vec::len)
            .sum()
    }

    /// Counts the documents of a region.
    pub(super) fn document_count(&self, region: usize) -> usize {
        self.documents
            .iter()
            .filter(|document| document.region == region)
            .count()
    }
}
