//! Stage 5: takes normalised text, returns jieba's words with their parts of speech, the
//! quotations, and every occurrence of a lexicon entry or a gazetteer name.

mod quote;
mod token;
mod township;

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::{Division, NameMatch};
use ontology::record::Span;

pub(crate) use quote::{Quote, QuoteKind};
pub(crate) use token::{Pos, Token};

use crate::knowledge::{Hit, Knowledge, List};
use crate::structure::Structure;
use crate::tagger::{self, Tagged};

/// A text with all that can be seen in it before anything is decided; every span is bytes of
/// `text`, every list is sorted by start.
pub(crate) struct Segmented<'k> {
    pub(crate) text: &'k str,
    pub(crate) knowledge: &'k Knowledge,
    pub(crate) structure: &'k Structure,
    pub(crate) tokens: Vec<Token>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) names: Vec<NameMatch<'k>>,
    /// The year in which the document was published.
    pub(crate) year: Option<u16>,
    /// Where the text names a township of its region without 镇 or 乡.
    pub(crate) townships: Vec<(Span, &'k Division)>,
    /// Numbers into `townships`, by end.
    townships_by_end: Vec<usize>,
    /// What the tagger takes for names; empty before [`Segmented::tag`].
    pub(crate) tagged: Vec<Tagged>,
    hits: Vec<Hit<'k>>,
    /// Numbers into `hits`, by end.
    by_end: Vec<usize>,
    /// Numbers into `names`, by end.
    names_by_end: Vec<usize>,
    /// Numbers into `quotes`, by end of the outer span.
    quotes_by_end: Vec<usize>,
}

/// Finds every occurrence of the given words (each once), with the number of the word; sorted by end,
/// among equal ends the longer first.
///
/// Refused alternative: an automaton, which is made for one document and a few words; making it costs
/// more than the search.
pub(crate) fn occurrences<'w>(
    text: &str,
    words: impl Iterator<Item = &'w str>,
) -> impl Iterator<Item = (Span, usize)> {
    let words: BTreeMap<&str, usize> = words
        .zip(0..)
        .filter(|(word, _)| !word.is_empty())
        .collect();
    let lengths: BTreeSet<usize> = words.keys().map(|word| word.len()).collect();
    // Most characters begin no word: one bit for each remainder of a first character tells.
    let bit = |c: char| 1_u128 << (u32::from(c) % 128);
    let firsts = words
        .keys()
        .filter_map(|word| word.chars().next())
        .fold(0, |firsts, c| firsts | bit(c));
    let mut found: Vec<(Span, usize)> = text
        .char_indices()
        .filter(|&(_, c)| firsts & bit(c) != 0)
        .flat_map(|(start, _)| {
            lengths
                .iter()
                .map(move |length| Span::new(start, start + length))
        })
        .filter_map(|span| Some((span, *words.get(text.get(span.start..span.end)?)?)))
        .collect();
    found.sort_by_key(|&(span, _)| (span.end, span.start));
    found.into_iter()
}

/// Orders numbers `0..count` by a key.
fn ordered<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<usize> {
    let mut numbers: Vec<usize> = (0..count).collect();
    numbers.sort_by_key(|&number| key(number));
    numbers
}

impl<'k> Segmented<'k> {
    /// Segments a text.
    pub(crate) fn new(text: &'k str, knowledge: &'k Knowledge, structure: &'k Structure) -> Self {
        let hits = knowledge.scan(text);
        let by_end = ordered(hits.len(), |number| {
            hits.get(number).map(|hit| (hit.span.end, hit.span.start))
        });
        let mut names: Vec<_> = knowledge.gazetteer.find_overlapping(text).collect();
        names.sort_by_key(|name| name.span);
        let names_by_end = ordered(names.len(), |number| {
            names.get(number).map(|name| name.span.end)
        });
        let quotes = quote::quotes(text);
        let quotes_by_end = ordered(quotes.len(), |number| {
            quotes.get(number).map(|quote| quote.outer.end)
        });
        Self {
            text,
            knowledge,
            structure,
            tokens: token::tokens(text, knowledge.jieba()),
            quotes,
            names,
            year: structure.published.map(|date| date.year),
            townships: Vec::new(),
            townships_by_end: Vec::new(),
            tagged: Vec::new(),
            hits,
            by_end,
            names_by_end,
            quotes_by_end,
        }
    }

    /// Looks for the townships of a prefecture or county by their short names.
    pub(crate) fn look_for_townships(&mut self, region: Option<&'k Division>) {
        self.townships = region
            .map(|region| township::find(self, region))
            .unwrap_or_default();
        self.townships_by_end = ordered(self.townships.len(), |number| {
            self.townships.get(number).map(|(span, _)| span.end)
        });
    }

    /// Gives where the names of townships start that end at a byte.
    pub(crate) fn townships_ending(&self, at: usize) -> impl Iterator<Item = usize> {
        let span = |&number: &usize| self.townships.get(number).map(|&(span, _)| span);
        let first = self
            .townships_by_end
            .partition_point(|number| span(number).is_some_and(|span| span.end < at));
        self.townships_by_end
            .iter()
            .skip(first)
            .filter_map(span)
            .take_while(move |span| span.end == at)
            .map(|span| span.start)
    }

    /// Runs the tagger of names.
    pub(crate) fn tag(&mut self) {
        self.tagged = tagger::tag(self, &self.knowledge.tagger);
    }

    /// Gives the occurrences of one list.
    pub(crate) fn of(&self, list: List) -> impl Iterator<Item = &Hit<'k>> {
        self.hits.iter().filter(move |hit| hit.list == list)
    }

    /// Gives the occurrences of one list that lie in a span.
    pub(crate) fn within(&self, list: List, span: Span) -> impl Iterator<Item = &Hit<'k>> {
        self.hits_within(span).filter(move |hit| hit.list == list)
    }

    /// Gives the occurrences of all lists that lie in a span.
    pub(crate) fn hits_within(&self, span: Span) -> impl Iterator<Item = &Hit<'k>> {
        let first = self.hits.partition_point(|hit| hit.span.start < span.start);
        self.hits
            .iter()
            .skip(first)
            .take_while(move |hit| hit.span.start < span.end)
            .filter(move |hit| span.contains(hit.span))
    }

    /// Gives the gazetteer's names that end at a byte.
    pub(crate) fn names_ending(&self, at: usize) -> impl Iterator<Item = &NameMatch<'k>> {
        let end = |&number: &usize| self.names.get(number).map_or(0, |name| name.span.end);
        let first = self.names_by_end.partition_point(|number| end(number) < at);
        self.names_by_end
            .iter()
            .skip(first)
            .filter_map(|&number| self.names.get(number))
            .take_while(move |name| name.span.end == at)
    }

    /// Gives the gazetteer's names that start at a byte.
    pub(crate) fn names_starting(&self, at: usize) -> impl Iterator<Item = &NameMatch<'k>> {
        let first = self.names.partition_point(|name| name.span.start < at);
        self.names
            .iter()
            .skip(first)
            .take_while(move |name| name.span.start == at)
    }

    /// Gives the quotations whose closing mark ends at a byte.
    pub(crate) fn quotes_ending(&self, at: usize) -> impl Iterator<Item = &Quote> {
        let end = |&number: &usize| self.quotes.get(number).map_or(0, |quote| quote.outer.end);
        let first = self
            .quotes_by_end
            .partition_point(|number| end(number) < at);
        self.quotes_by_end
            .iter()
            .skip(first)
            .filter_map(|&number| self.quotes.get(number))
            .take_while(move |quote| quote.outer.end == at)
    }

    /// Finds the quotation whose opening mark starts at a byte.
    pub(crate) fn quote_starting(&self, at: usize) -> Option<&Quote> {
        let first = self.quotes.partition_point(|quote| quote.outer.start < at);
        self.quotes
            .get(first)
            .filter(|quote| quote.outer.start == at)
    }

    /// Finds the quotation that a span fills.
    pub(crate) fn quote_of(&self, inner: Span) -> Option<&Quote> {
        let mark = self.before(inner.start)?.len_utf8();
        self.quote_starting(inner.start - mark)
            .filter(|quote| quote.inner == inner)
    }

    /// Gives the quotations around a span, outermost first.
    pub(crate) fn quotes_around(&self, span: Span) -> impl Iterator<Item = &Quote> {
        let from = span.start.saturating_sub(quote::LONGEST_OUTER);
        let first = self
            .quotes
            .partition_point(|quote| quote.outer.start < from);
        self.quotes
            .iter()
            .skip(first)
            .take_while(move |quote| quote.outer.start <= span.start)
            .filter(move |quote| quote.inner.contains(span))
    }

    /// Gives the occurrences that start at a byte.
    pub(crate) fn starting(&self, at: usize) -> impl Iterator<Item = &Hit<'k>> {
        let first = self.hits.partition_point(|hit| hit.span.start < at);
        self.hits
            .iter()
            .skip(first)
            .take_while(move |hit| hit.span.start == at)
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
        self.starting(at)
            .filter(|hit| hit.list == list)
            .max_by_key(|hit| hit.span.end)
    }

    /// Tells whether a list holds exactly this span.
    pub(crate) fn is(&self, list: List, span: Span) -> bool {
        self.starting(span.start)
            .any(|hit| hit.list == list && hit.span == span)
    }

    /// Tells whether a span is, or lies in, an entry of a list that is at most three times as long.
    pub(crate) fn lies_in(&self, list: List, span: Span) -> bool {
        let around = Span::new(
            span.start.saturating_sub(2 * span.len()),
            span.end + 2 * span.len(),
        );
        self.within(list, around).any(|hit| hit.span.contains(span))
    }

    /// Gives the number of the token that holds byte `at` (or starts there).
    pub(crate) fn token_at(&self, at: usize) -> Option<usize> {
        let number = self.tokens.partition_point(|token| token.span.end <= at);
        self.tokens
            .get(number)
            .filter(|token| token.span.start <= at)
            .map(|_| number)
    }

    /// Gives the tokens that lie in a span.
    pub(crate) fn tokens_within(&self, span: Span) -> impl Iterator<Item = &Token> {
        let first = self
            .tokens
            .partition_point(|token| token.span.start < span.start);
        self.tokens
            .iter()
            .skip(first)
            .take_while(move |token| token.span.end <= span.end)
    }

    /// Tells whether a token starts at byte `at`.
    pub(crate) fn is_boundary(&self, at: usize) -> bool {
        at >= self.text.len()
            || self
                .token_at(at)
                .and_then(|n| self.tokens.get(n))
                .is_some_and(|t| t.span.start == at)
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
        self.quotes_around(span)
            .min_by_key(|quote| quote.inner.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occurrences_overlap_and_stand_by_end_then_longest() {
        let words = ["王坪", "坪村", "王坪村", "村", "山"];
        let text = "在王坪村，王坪";
        let found: Vec<(&str, &str)> = occurrences(text, words.into_iter())
            .map(|(span, number)| (span.of(text), words[number]))
            .collect();
        let expected = ["王坪", "王坪村", "坪村", "村", "王坪"];
        assert_eq!(found, expected.map(|word| (word, word)));
        assert_eq!(occurrences(text, std::iter::empty()).count(), 0);
    }
}
