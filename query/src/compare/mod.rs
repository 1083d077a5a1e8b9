//! Takes the knowledge graph and a choice of regions, returns the report that puts them side by side.
//!
//! Everything in the report leads to its quote and document: numbers to the slice that says them,
//! entities to the sentence that names them. Numbers are never added up, averaged or overwritten:
//! two values of one indicator in one region stand beside each other. Refused alternative: building
//! the report from SPARQL answers, which lose the document's text around a quote.

mod comparability;
mod entities;
mod evidence;
mod model;
mod numbers;
mod programs;
mod promises;
mod regions;
mod render;
mod sites;
mod words;

use std::collections::BTreeMap;

use graph::{KnowledgeGraph, Lang};
use ontology::indicator::{IndicatorError, Scheme};
use ontology::lexicon::LexiconError;
use ontology::record::{EntityClass, EntityKey};
use thiserror::Error;

pub use self::model::Comparison;
pub use self::render::JSON_SCHEMA;
use crate::region::Regions;

/// What to compare.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CompareOptions {
    /// The regions, in the order of the columns; empty: all that documents are about.
    pub regions: Vec<EntityKey>,
    /// Only indicators with this key, this wording, or this in one of their labels.
    pub indicator: Option<String>,
    /// Only entities of this class.
    pub class: Option<EntityClass>,
    /// Inhabitants of regions, to divide counts and sums by.
    pub population: BTreeMap<EntityKey, u32>,
}

/// Form of a rendered report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// Tables with footnotes.
    Markdown,
    /// One row a number, RFC 4180, with a byte-order mark, which Excel needs to read Chinese.
    Csv,
    /// A workbook with a sheet for each part of the report.
    Xlsx,
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
    #[error("cannot read the names of classes and units")]
    Terms(#[from] LexiconError),
    /// The indicator scheme cannot be read.
    #[error("cannot read the indicator scheme")]
    Scheme(#[from] IndicatorError),
    /// The page's template failed.
    #[error("cannot fill the page's template")]
    Template(#[from] askama::Error),
    /// The CSV writer failed.
    #[error("cannot write CSV")]
    Csv(#[from] csv::Error),
    /// The workbook's writer failed.
    #[error("cannot write the workbook")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The JSON writer failed.
    #[error("cannot write JSON")]
    Json(#[from] serde_json::Error),
}

impl Comparison {
    /// Compares the regions: numbers by indicator, promises with what is done, programmes, sites, entities by class,
    /// with the evidence of all.
    ///
    /// A number belongs to the nearest compared region that holds its area (its document's region
    /// where it has none); an entity to the regions that it is tied to, else to those of the
    /// documents that name it. With `indicator` alone the report has only numbers, with `class`
    /// alone only entities.
    ///
    /// # Errors
    /// [`CompareError::Terms`] or [`CompareError::Scheme`] where built-in data is broken.
    pub fn new(graph: &KnowledgeGraph, options: &CompareOptions) -> Result<Self, CompareError> {
        let regions = Regions::choose(graph, &options.regions);
        let mut evidence = evidence::Ledger::new(graph);
        let mut comparison = Self::of_documents(graph, &regions);
        for region in &mut comparison.regions {
            region.population = options.population.get(&region.key).copied();
        }
        let all = options.indicator.is_none() && options.class.is_none();
        if all || options.indicator.is_some() {
            let asked = (options.indicator.as_deref(), &options.population);
            let numbers = numbers::compare(graph, &regions, asked, &mut evidence)?;
            comparison.levels = numbers.levels;
            comparison.rates = numbers.rates;
            comparison.singles = numbers.singles;
            comparison.elsewhere = numbers.elsewhere;
        }
        if all {
            let scheme = Scheme::shared()?;
            comparison.deliveries = promises::compare(graph, &regions, scheme, &mut evidence);
            comparison.programs = programs::compare(graph, &regions, &mut evidence);
            comparison.sites = sites::compare(graph, &regions);
        }
        if options.class.is_some() || options.indicator.is_none() {
            comparison.classes = entities::compare(graph, &regions, options.class, &mut evidence);
        }
        comparison.evidence = evidence.into_quotes();
        Ok(comparison)
    }

    /// Writes the report: UTF-8 text, or the bytes of the workbook.
    ///
    /// # Errors
    /// [`CompareError`]: the report's words or template are broken, or a writer fails; none depends
    /// on the data.
    pub fn render(&self, format: Format, lang: Lang) -> Result<Vec<u8>, CompareError> {
        Ok(match format {
            Format::Html => render::html(self, lang)?.into_bytes(),
            Format::Markdown => render::markdown(self, lang)?.into_bytes(),
            Format::Csv => render::csv(self, lang)?.into_bytes(),
            Format::Xlsx => render::xlsx(self, lang)?,
            Format::Json => render::json(self)?.into_bytes(),
        })
    }
}

#[cfg(test)]
mod tests;
