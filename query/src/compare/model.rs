//! The report as data: what [`Comparison::render`] writes and what its JSON holds.

use graph::Lang;
use ontology::record::{EntityClass, EntityKey, Qualifier};
use serde::Serialize;

use super::comparability::Refusal;
use super::words::Words;

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
    /// Per region, what was promised or taken on and what is done of it.
    pub(super) deliveries: Vec<Vec<Delivery>>,
    /// Programmes that a region runs or whose numbers it gives, those of most regions first.
    pub(super) programs: Vec<ProgramRow>,
    /// Red sites by kind and county.
    pub(super) sites: Sites,
    pub(super) classes: Vec<ClassSection>,
    /// Quotes; number N stands at N - 1.
    pub(super) evidence: Vec<Quote>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Region {
    pub(super) key: EntityKey,
    pub(super) name: String,
    /// Inhabitants, where they are given.
    pub(super) population: Option<u32>,
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
    /// Theme of the scheme, where it is one of its indicators.
    pub(super) theme: Option<String>,
    /// Whether the values are rates of change.
    pub(super) growth: bool,
    /// Unit in which values are compared; none where no two can be.
    pub(super) unit: Option<String>,
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
    /// Why it is not compared with the others of its row.
    pub(super) refused: Option<Refusal>,
    /// The value in the row's unit, where it is compared.
    pub(super) normal: Option<f64>,
    /// Per ten thousand inhabitants, money per inhabitant, where the population is given.
    pub(super) per_capita: Option<f64>,
    /// Share of the row's largest value, in per cent, where values can be compared.
    pub(super) bar: Option<f64>,
    /// Numbers of the quotes.
    pub(super) evidence: Vec<usize>,
}

/// What was promised, and what is done of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Delivery {
    /// Key of the indicator that counts what is done.
    pub(super) indicator: String,
    pub(super) label: String,
    pub(super) label_en: Option<String>,
    pub(super) promised: Cell,
    pub(super) done: Cell,
    /// Share that is done, in per cent.
    pub(super) rate: f64,
}

/// A programme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ProgramRow {
    pub(super) key: EntityKey,
    pub(super) label: String,
    pub(super) kind: Option<String>,
    /// Per region; none where its documents do not name it and it does not run it.
    pub(super) cells: Vec<Option<ProgramCell>>,
}

/// A programme in one region.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ProgramCell {
    /// Who runs it here; empty where no document says so.
    pub(super) run_by: Vec<String>,
    /// Start of the earliest period of its numbers here, else date of the first document that names it.
    pub(super) since: Option<String>,
    /// Whether `since` is the start of a period.
    pub(super) dated: bool,
    pub(super) numbers: Vec<Cell>,
    pub(super) evidence: Option<usize>,
}

/// Red sites by kind and county.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub(super) struct Sites {
    /// Per kind, the count of each region, the most frequent kinds first.
    pub(super) kinds: Vec<SiteKind>,
    /// Per region, its counties, those with most sites first.
    pub(super) counties: Vec<Vec<SiteCounty>>,
}

/// A kind of red sites.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SiteKind {
    /// As the documents' names say it; none where they do not.
    pub(super) kind: Option<String>,
    pub(super) counts: Vec<usize>,
}

/// A county with red sites; the region itself where a site's county is not known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct SiteCounty {
    pub(super) key: EntityKey,
    pub(super) name: String,
    pub(super) count: usize,
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
    /// Per region of `regions`, the number of the quote that names it there.
    pub(super) evidence: Vec<Option<usize>>,
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

impl Delivery {
    /// Gives the label in a language.
    pub(super) fn label(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.label,
            Lang::En => self.label_en.as_deref().unwrap_or(&self.label),
        }
    }
}

impl ProgramCell {
    /// Writes since when, and what that rests on; empty where nothing says it.
    pub(super) fn since(&self, words: &Words) -> String {
        let Some(since) = &self.since else {
            return String::new();
        };
        let basis = if self.dated {
            &words.since_period
        } else {
            &words.since_document
        };
        format!("{basis}{since}")
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
