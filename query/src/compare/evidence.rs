//! Takes spans of documents, returns numbered quotes with the sentence around them.

use std::collections::BTreeMap;

use graph::KnowledgeGraph;
use ontology::record::{CharSpan, Document, Extraction};

use super::model::Quote;

/// Most code points of the sentence to either side of a quote.
const REACH: usize = 60;

/// Hands out the numbers of quotes: the same span of the same document has one number.
pub(super) struct Ledger<'a> {
    graph: &'a KnowledgeGraph,
    /// Code points of each document, made when first needed, by SHA-256.
    texts: BTreeMap<&'a str, Vec<char>>,
    numbers: BTreeMap<(&'a str, CharSpan), usize>,
    /// Ids of the reprints of each original, sorted, by its SHA-256.
    reprints: BTreeMap<&'a str, Vec<String>>,
    quotes: Vec<Quote>,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(graph: &'a KnowledgeGraph) -> Self {
        let mut reprints: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for one in graph
            .documents()
            .iter()
            .map(|extraction| &extraction.document)
        {
            if let Some(original) = graph.reprints().get(&one.sha256) {
                reprints.entry(original).or_default().push(one.id.clone());
            }
        }
        reprints.values_mut().for_each(|ids| ids.sort());
        Self {
            graph,
            reprints,
            texts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            quotes: Vec::new(),
        }
    }

    /// Gives the documents that quotes are taken from.
    pub(super) fn documents(&self) -> &'a [Extraction] {
        self.graph.documents()
    }

    /// Gives the number of a quote, counted from 1.
    pub(super) fn number(&mut self, document: &'a Document, span: CharSpan) -> usize {
        let id = (document.sha256.as_str(), span);
        if let Some(&number) = self.numbers.get(&id) {
            return number;
        }
        let text = self
            .texts
            .entry(&document.sha256)
            .or_insert_with(|| document.text.chars().collect());
        let reprints = self.reprints.get(document.sha256.as_str()).cloned();
        self.quotes
            .push(quote(document, text, span, reprints.unwrap_or_default()));
        self.numbers.insert(id, self.quotes.len());
        self.quotes.len()
    }

    pub(super) fn into_quotes(self) -> Vec<Quote> {
        self.quotes
    }
}

fn quote(document: &Document, text: &[char], span: CharSpan, reprints: Vec<String>) -> Quote {
    let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
    let ends = |c: &char| "。！？!?；;\n\r".contains(*c);
    let left = part(span.start.saturating_sub(REACH), span.start.min(text.len()));
    let from = left.iter().rposition(ends).map(|at| at + 1);
    let cut_left = from.is_none() && span.start > REACH;
    let before: String = left.iter().skip(from.unwrap_or(0)).collect();
    let right = part(span.end, (span.end + REACH).min(text.len()));
    let to = right.iter().position(ends).map(|at| at + 1);
    let cut_right = to.is_none() && span.end + REACH < text.len();
    let after: String = right.iter().take(to.unwrap_or(REACH)).collect();
    let quote: String = part(span.start, span.end).iter().collect();
    Quote {
        document: document.id.clone(),
        reprints,
        headline: document.headline.clone(),
        publisher: document.publisher.clone(),
        published: document.published.clone(),
        start: span.start,
        end: span.end,
        before: format!(
            "{}{}",
            if cut_left { "…" } else { "" },
            one_line(&before).trim_start()
        ),
        quote: one_line(&quote),
        after: format!(
            "{}{}",
            one_line(&after).trim_end(),
            if cut_right { "…" } else { "" }
        ),
    }
}

/// Turns every run of blanks and line breaks, ideographic ones too, into one blank.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let blank = c.is_whitespace() || c.is_control();
        if !blank {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}
