//! The pipeline: takes one document, runs the stages, returns its `Extraction`.

use std::path::PathBuf;

use ontology::record::{
    CharSpan, Diagnostic, Document, Extraction, Mention, Observation, Severity, Span, Statement,
};
use sha2::{Digest, Sha256};

use crate::knowledge::{Knowledge, KnowledgeError};
use crate::normalise::{self, MappedText};
use crate::read::{self, Content, Decoded, Source};
use crate::relate::{self, Asserted, Found};
use crate::resolve::{self, Resolution};
use crate::segment::Segmented;
use crate::structure::{Date, Structure};
use crate::{recognise, repair};

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
        Ok(Self { knowledge: Knowledge::load(packs)? })
    }

    /// Gives what it knows.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads and extracts one document.
    ///
    /// # Errors
    /// A [`Diagnostic`] naming the document and what to do, when it cannot be read at all.
    pub fn extract(&self, source: &Source) -> Result<Extraction, Diagnostic> {
        let fail = |message: String| Diagnostic {
            severity: Severity::Error,
            document: source.id.clone(),
            message,
            span: None,
        };
        let bytes = match &source.content {
            Content::Text(text) => text.clone().into_bytes(),
            Content::File(path) => std::fs::read(path).map_err(|cause| {
                fail(format!("cannot be read ({cause}); check the path and its permissions"))
            })?,
        };
        let decoded = read::decode(&bytes).map_err(|cause| fail(cause.to_string()))?;
        Ok(self.extract_decoded(&source.id, &bytes, decoded))
    }

    /// Extracts a text that is decoded already.
    #[must_use]
    pub fn extract_text(&self, id: &str, text: &str) -> Extraction {
        let decoded = Decoded { text: text.to_owned(), encoding: "UTF-8" };
        self.extract_decoded(id, text.as_bytes(), decoded)
    }

    fn extract_decoded(&self, id: &str, bytes: &[u8], decoded: Decoded) -> Extraction {
        let repaired = repair::repair(&decoded.text);
        let mapped = normalise::normalise(&repaired, &self.knowledge.simplifier);
        let structure = Structure::read(mapped.as_str(), &self.knowledge.labels);
        let mut text = Segmented::new(mapped.as_str(), &self.knowledge, &structure);
        let places = recognise::places(&text);
        let region = resolve::region(&text, &places);
        text.look_for_townships(region);
        let candidates = recognise::recognise(&text, places);
        if std::env::var("TRACE").is_ok() { for c in &candidates { eprintln!("CAND {:?} {} {:.2} {} [{}]", c.class, c.rule, c.score, c.span.of(mapped.as_str()), c.label); } }
        let resolution = resolve::resolve(&text, candidates, region);
        let statements = relate::statements(&text, &resolution);
        let observations = relate::observations(&text, &resolution);
        let document = Document {
            id: id.to_owned(),
            sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
            encoding: decoded.encoding.to_owned(),
            headline: structure.headline.map(|headline| headline.of(mapped.as_str()).to_owned()),
            published: structure.published.filter(|date| date.day.is_some()).map(Date::iso),
            publisher: structure.publisher.map(|name| name.of(mapped.as_str()).to_owned()),
            about: resolution.region_key(),
            repaired: repaired.changed,
            text: decoded.text,
        };
        let original = Original::new(&document.text, &mapped);
        let mut extraction = Extraction {
            mentions: original.mentions(&resolution),
            statements: statements.into_iter().map(|stated| original.statement(stated)).collect(),
            observations: observations.into_iter().map(|found| original.observation(found)).collect(),
            entities: resolution.entities.into_values().collect(),
            diagnostics: Vec::new(),
            document,
        };
        sort(&mut extraction);
        extraction
    }
}

fn sort(extraction: &mut Extraction) {
    extraction.mentions.sort_by(|a, b| (a.span, &a.entity).cmp(&(b.span, &b.entity)));
    extraction.mentions.dedup_by(|a, b| a.span == b.span && a.entity == b.entity);
    extraction.statements.sort_by(|a, b| {
        (a.span, &a.subject, a.predicate, &a.object).cmp(&(b.span, &b.subject, b.predicate, &b.object))
    });
    extraction.observations.sort_by(|a, b| {
        (a.span, &a.indicator, &a.unit).cmp(&(b.span, &b.indicator, &b.unit)).then(a.value.total_cmp(&b.value))
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
        let bytes = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, bytes, mapped }
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

    fn mentions(&self, resolution: &Resolution<'_>) -> Vec<Mention> {
        let mention = |found: &resolve::Resolved| {
            let span = self.span(found.span);
            Mention {
                span,
                surface: self.slice(span),
                class: found.class,
                entity: found.key.clone(),
                rule: found.rule.to_owned(),
                confidence: found.score,
            }
        };
        resolution.mentions.iter().map(mention).collect()
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
