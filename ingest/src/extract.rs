//! The pipeline: takes one document, runs the stages, returns its `Extraction`.

use std::path::PathBuf;

use ontology::record::{
    CharSpan, Diagnostic, Document, Extraction, Mention, Observation, Span, Statement,
};
use rayon::prelude::*;

use crate::holes::Holes;
use crate::knowledge::{Knowledge, KnowledgeError};
use crate::normalise::{self, MappedText};
use crate::read::{self, Metadata, Options, Reading, Source};
use crate::relate::{self, Asserted, Doubt, Found};
use crate::resolve::{self, Resolution};
use crate::segment::Segmented;
use crate::structure::{Date, Structure};
use crate::{fingerprint, recognise, repair};

/// Extracts documents; may be shared by threads.
#[derive(Debug)]
pub struct Ingester {
    knowledge: Knowledge,
}

impl Ingester {
    /// Loads what is built in, and the packs, which win over it.
    ///
    /// # Errors
    /// [`KnowledgeError`] naming the file and the line that is malformed.
    pub fn new(packs: &[PathBuf]) -> Result<Self, KnowledgeError> {
        Ok(Self {
            knowledge: Knowledge::load(packs)?,
        })
    }

    /// Gives what it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads and extracts every document of a source, in the order in which they stand there.
    ///
    /// A document that cannot be read, or the source as a whole, is a [`Diagnostic`] naming it and
    /// what to do, in its place. Documents of one source are extracted side by side.
    #[must_use]
    pub fn extract(
        &self,
        source: &Source,
        options: &Options,
    ) -> Vec<Result<Extraction, Diagnostic>> {
        let readings = read::open(source, options);
        readings
            .into_par_iter()
            .map(|reading| Ok(self.extract_reading(reading?)))
            .collect()
    }

    /// Extracts a text that is decoded already.
    #[must_use]
    pub fn extract_text(&self, id: &str, text: &str) -> Extraction {
        self.extract_reading(Reading::new(id, text, Metadata::default()))
    }

    /// Gives a decoded text as the recognisers see it: repaired and Simplified.
    #[must_use]
    pub fn normalised(&self, text: &str) -> String {
        normalise::normalise(&repair::repair(text), &self.knowledge.simplifier)
            .as_str()
            .to_owned()
    }

    /// Extracts a document that is read already.
    #[must_use]
    pub fn extract_reading(&self, reading: Reading) -> Extraction {
        let repaired = repair::repair(&reading.text);
        let mapped = normalise::normalise(&repaired, &self.knowledge.simplifier);
        let structure = Structure::read(mapped.as_str(), &self.knowledge.labels);
        let mut text = Segmented::new(mapped.as_str(), &self.knowledge, &structure);
        text.year = year(reading.metadata.published.as_deref()).or(text.year);
        // Menus and lists of other articles are the page's, not the document's.
        let mut places = recognise::places(&text);
        let holes = Holes::of(mapped.as_str());
        places.retain(|place| !structure.is_furniture(place.span) && !holes.touch(place.span));
        let region = resolve::region(&text, &places);
        text.look_for_townships(region);
        text.tag();
        let mut candidates = recognise::recognise(&text, places);
        candidates.retain(|found| !structure.is_furniture(found.span) && !holes.touch(found.span));
        let mut resolution = resolve::resolve(&text, candidates, region);
        let mut statements = relate::statements(&text, &resolution);
        statements.retain(|stated| !holes.touch(stated.span));
        let mut observations = relate::observations(&text, &resolution);
        observations.retain(|found| holes.leave(mapped.as_str(), found.span, &found.text));
        let doubts = relate::doubts(&text, &observations);
        relate::settle_parents(&statements, &mut resolution.entities);
        let Reading {
            id,
            text: original_text,
            metadata,
            encoding,
            certainty,
            ..
        } = reading;
        let published = structure
            .published
            .filter(|date| date.day.is_some())
            .map(Date::iso);
        let headline = structure
            .headline
            .map(|headline| headline.of(mapped.as_str()).to_owned());
        let publisher = structure
            .publisher
            .map(|name| name.of(mapped.as_str()).to_owned());
        let document = Document {
            id,
            sha256: reading.sha256,
            encoding: encoding.to_owned(),
            encoding_certainty: Some(certainty),
            format: reading.format.name().to_owned(),
            headline: metadata
                .headline
                .map(|line| self.normalised(&line))
                .or(headline),
            published: metadata.published.or(published),
            publisher: metadata
                .publisher
                .map(|name| self.normalised(&name))
                .or(publisher),
            authors: metadata.authors,
            url: metadata.url,
            about: resolution.region_key(),
            repaired: repaired.changed,
            signature: fingerprint::fingerprint(mapped.as_str(), &structure.sentences),
            text: original_text,
        };
        let original = Original::new(&document.text, &mapped);
        let mut extraction = Extraction {
            mentions: original.mentions(&text, &resolution),
            statements: statements
                .into_iter()
                .map(|stated| original.statement(stated))
                .collect(),
            observations: observations
                .into_iter()
                .map(|found| original.observation(found))
                .collect(),
            entities: resolution.entities.into_values().collect(),
            diagnostics: original.diagnostics(&document.id, doubts),
            document,
        };
        sort(&mut extraction);
        extraction
    }
}

/// Gives the year of a date that the file's own metadata give.
fn year(published: Option<&str>) -> Option<u16> {
    published?.split('-').next()?.parse().ok()
}

fn sort(extraction: &mut Extraction) {
    extraction
        .mentions
        .sort_by(|a, b| (a.span, &a.entity).cmp(&(b.span, &b.entity)));
    extraction
        .mentions
        .dedup_by(|a, b| a.span == b.span && a.entity == b.entity);
    extraction.statements.sort_by(|a, b| {
        (a.span, &a.subject, a.predicate, &a.object).cmp(&(
            b.span,
            &b.subject,
            b.predicate,
            &b.object,
        ))
    });
    extraction.observations.sort_by(|a, b| {
        (a.span, &a.indicator, &a.unit)
            .cmp(&(b.span, &b.indicator, &b.unit))
            .then(a.value.total_cmp(&b.value))
    });
}

/// The decoded original, to which all offsets are brought back.
struct Original<'t> {
    text: &'t str,
    /// Byte offset of each code point, and the length.
    bytes: Vec<usize>,
    mapped: &'t MappedText,
}

impl<'t> Original<'t> {
    fn new(text: &'t str, mapped: &'t MappedText) -> Self {
        let bytes = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        Self {
            text,
            bytes,
            mapped,
        }
    }

    fn span(&self, span: Span) -> CharSpan {
        let (start, end) = self.mapped.original(span.start, span.end);
        CharSpan { start, end }
    }

    fn slice(&self, span: CharSpan) -> String {
        let byte = |at: usize| self.bytes.get(at).copied();
        byte(span.start)
            .zip(byte(span.end))
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
            .to_owned()
    }

    fn mentions(&self, text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Mention> {
        let mention = |(found, span): (&resolve::Resolved, Span)| {
            let span = self.span(span);
            Mention {
                span,
                surface: self.slice(span),
                class: found.class,
                entity: found.key.clone(),
                rule: found.rule.to_owned(),
                confidence: found.score,
            }
        };
        let spans = resolve::chained(text, resolution);
        let found = resolution.mentions.iter().zip(spans);
        found.map(mention).collect()
    }

    fn statement(&self, stated: Asserted) -> Statement {
        Statement {
            span: self.span(stated.span),
            subject: stated.subject,
            predicate: stated.predicate,
            object: stated.object,
            rule: stated.rule.to_owned(),
            confidence: stated.confidence,
        }
    }

    fn diagnostics(&self, document: &str, doubts: Vec<Doubt>) -> Vec<Diagnostic> {
        let diagnostic = |doubt: Doubt| Diagnostic {
            severity: doubt.severity,
            document: document.to_owned(),
            message: doubt.message,
            span: Some(self.span(doubt.span)),
        };
        doubts.into_iter().map(diagnostic).collect()
    }

    fn observation(&self, found: Found) -> Observation {
        let span = self.span(found.span);
        Observation {
            span,
            anchor: self.slice(span),
            value: found.quantity.number.value,
            unit: found.quantity.unit,
            qualifier: found.quantity.qualifier,
            indicator: found.indicator,
            indicator_text: found.text,
            area: found.area,
            period: found.period,
            program: found.program,
            rule: "observation".to_owned(),
            confidence: 0.8,
        }
    }
}
