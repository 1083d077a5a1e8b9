//! Takes the knowledge graph and a choice of regions, returns the report that puts them side by side.
//!
//! Everything in the report leads to its quote and document: numbers to the slice that says them,
//! entities to the sentence that names them. Numbers are never added up, averaged or overwritten:
//! two values of one indicator in one region stand beside each other. Refused alternative: building
//! the report from SPARQL answers, which lose the document's text around a quote.

mod entities;
mod evidence;
mod model;
mod numbers;
mod regions;
mod render;
mod words;

use graph::{KnowledgeGraph, Lang};
use ontology::lexicon::LexiconError;
use ontology::record::{EntityClass, EntityKey};
use thiserror::Error;

pub use self::model::Comparison;
use self::regions::Regions;

/// What to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompareOptions {
    /// The regions, in the order of the columns; empty: all that documents are about.
    pub regions: Vec<EntityKey>,
    /// Only indicators with this key, this wording, or this in one of their labels.
    pub indicator: Option<String>,
    /// Only entities of this class.
    pub class: Option<EntityClass>,
}

/// Form of a rendered report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Tables with footnotes.
    Markdown,
    /// One row a number, RFC 4180.
    Csv,
    /// All of it, for programs.
    Json,
}

/// Why a report cannot be written.
#[derive(Debug, Error)]
pub enum CompareError {
    /// The report's own words cannot be read.
    #[error("cannot read the words of the report")]
    Words(#[from] toml::de::Error),
    /// The names of the classes cannot be read.
    #[error("cannot read the names of classes")]
    Terms(#[from] LexiconError),
    /// The page's template failed.
    #[error("cannot fill the page's template")]
    Template(#[from] askama::Error),
    /// The CSV writer failed.
    #[error("cannot write CSV")]
    Csv(#[from] csv::Error),
    /// The JSON writer failed.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
}

impl Comparison {
    /// Compares the regions: numbers by indicator, entities by class, with the evidence of both.
    ///
    /// A number belongs to the nearest compared region that holds its area (its document's region
    /// where it has none); an entity to the regions that it is tied to, else to those of the
    /// documents that name it. With `indicator` alone the report has no entities, with `class`
    /// alone no numbers.
    #[must_use]
    pub fn new(graph: &KnowledgeGraph, options: &CompareOptions) -> Self {
        let regions = Regions::choose(graph, &options.regions);
        let mut evidence = evidence::Ledger::new(graph);
        let mut comparison = Self::of_documents(graph, &regions);
        if options.indicator.is_some() || options.class.is_none() {
            let wanted = options.indicator.as_deref();
            let numbers = numbers::compare(graph, &regions, wanted, &mut evidence);
            comparison.levels = numbers.levels;
            comparison.rates = numbers.rates;
            comparison.singles = numbers.singles;
            comparison.elsewhere = numbers.elsewhere;
        }
        if options.class.is_some() || options.indicator.is_none() {
            comparison.classes = entities::compare(graph, &regions, options.class, &mut evidence);
        }
        comparison.evidence = evidence.into_quotes();
        comparison
    }

    /// Writes the report.
    ///
    /// # Errors
    /// [`CompareError`]: the report's words or template are broken, or a writer fails; none depends
    /// on the data.
    pub fn render(&self, format: Format, lang: Lang) -> Result<String, CompareError> {
        match format {
            Format::Html => render::html(self, lang),
            Format::Markdown => render::markdown(self, lang),
            Format::Csv => render::csv(self, lang),
            Format::Json => Ok(serde_json::to_string_pretty(self)? + "\n"),
        }
    }
}

#[cfg(test)]
mod tests;
