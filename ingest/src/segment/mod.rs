//! Stage 5: takes normalised text, returns jieba's words with their parts of speech, the
//! quotations, and every occurrence of a lexicon entry or a gazetteer name.

mod quote;
mod token;
mod township;

use ontology::gazetteer::{Division, NameMatch};
use ontology::record::Span;

pub(crate) use quote::{Quote, QuoteKind};
pub(crate) use token::{Pos, Token};

use crate::knowledge::{Hit, Knowledge, List};
use crate::structure::Structure;

/// A text with all that can be seen in it before anything is decided; every span is bytes of
/// `text`, every list is sorted by start.
pub(crate) struct Segmented<'k> {
    pub(crate) text: &'k str,
    pub(crate) knowledge: &'k Knowledge,
    pub(crate) structure: &'k Structure,
    pub(crate) tokens: Vec<Token>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) names: Vec<NameMatch<'k>>,
    /// Where the text names a township of its region without 镇 or 乡.
    pub(crate) townships: Vec<(Span, &'k Division)>,
    hits: Vec<Hit<'k>>,
    /// Numbers into `hits`, by end.
    by_end: Vec<usize>,
}

impl<'k> Segmented<'k> {
    /// Segments a text.
    pub(crate) fn new(text: &'k str, knowledge: &'k Knowledge, structure: &'k Structure) -> Self {
        let hits = knowledge.scan(text);
        let mut by_end: Vec<usize> = (0..hits.len()).collect();
        by_end.sort_by_key(|&number| hits.get(number).map(|hit| (hit.span.end, hit.span.start)));
        let mut names: Vec<_> = knowledge.gazetteer.find_overlapping(text).collect();
        names.sort_by_key(|name| name.span);
        Self {
            text,
            knowledge,
            structure,
            tokens: token::tokens(text, knowledge.jieba()),
            quotes: quote::quotes(text),
            names,
            townships: Vec::new(),
            hits,
            by_end,
        }
    }

    /// Looks for the townships of a prefecture or county by their short names.
    pub(crate) fn look_for_townships(&mut self, region: Option<&'k Division>) {
        self.townships = region.map(|region| township::find(self, region)).unwrap_or_default();
    }

    /// Gives the occurrences of one list.
    pub(crate) fn of(&self, list: List) -> impl Iterator<Item = &Hit<'k>> {
        self.hits.iter().filter(move |hit| hit.entry.list == list)
    }

    /// Gives the occurrences that start at a byte.
    pub(crate) fn starting(&self, at: usize) -> impl Iterator<Item = &Hit<'k>> {
        let first = self.hits.partition_point(|hit| hit.span.start < at);
        self.hits.iter().skip(first).take_while(move |hit| hit.span.start == at)
    }

    /// Gives the occurrences that end at a byte, longest first.
    pub(crate) fn ending(&self, at: usize) -> impl Iterator<Item = &Hit<'k>> {
        let first = self
            .by_end
            .partition_point(|&number| self.hits.get(number).is_some_and(|hit| hit.span.end < at));
        self.by_end
            .iter()
            .skip(first)
            .filter_map(|&number| self.hits.get(number))
            .take_while(move |hit| hit.span.end == at)
    }

    /// Finds the longest occurrence of a list that starts at a byte.
    pub(crate) fn longest_at(&self, list: List, at: usize) -> Option<&Hit<'k>> {
        self.starting(at).filter(|hit| hit.entry.list == list).max_by_key(|hit| hit.span.end)
    }

    /// Tells whether a list holds exactly this span.
    pub(crate) fn is(&self, list: List, span: Span) -> bool {
        self.starting(span.start).any(|hit| hit.entry.list == list && hit.span == span)
    }

    /// Gives the number of the token that holds byte `at` (or starts there).
    pub(crate) fn token_at(&self, at: usize) -> Option<usize> {
        let number = self.tokens.partition_point(|token| token.span.end <= at);
        self.tokens.get(number).filter(|token| token.span.start <= at).map(|_| number)
    }

    /// Tells whether a token starts at byte `at`.
    pub(crate) fn is_boundary(&self, at: usize) -> bool {
        at >= self.text.len()
            || self.token_at(at).and_then(|n| self.tokens.get(n)).is_some_and(|t| t.span.start == at)
    }

    /// Gives the character before byte `at`.
    pub(crate) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// Gives the character at byte `at`.
    pub(crate) fn at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Finds the innermost quotation around a span.
    pub(crate) fn quote_around(&self, span: Span) -> Option<&Quote> {
        self.quotes
            .iter()
            .take_while(|quote| quote.outer.start <= span.start)
            .filter(|quote| quote.inner.contains(span))
            .min_by_key(|quote| quote.inner.len())
    }
}
