//! Takes the quantities of a text, returns what each of those behind 分别 counts: A、B分别增长x%、y%.

use std::collections::BTreeMap;

use ontology::record::Span;

use super::indicator::{clause_start_near, skip_openers};
use super::quantity::Quantity;
use crate::knowledge::List;
use crate::segment::{Pos, Segmented, Token};

/// The word that gives each of several numbers its own noun.
pub(super) const RESPECTIVELY: &str = "分别";

/// What a quantity counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Share {
    /// These words.
    Words(String),
    /// The same as the quantity of this number.
    Same(usize),
}

impl Share {
    /// Gives the indicator's text, from those of the quantities before.
    pub(super) fn text(&self, texts: &[String]) -> Option<String> {
        match self {
            Self::Words(words) => Some(words.clone()),
            Self::Same(number) => texts.get(*number).cloned(),
        }
    }
}

/// Gives what is counted by the number of the quantity, for those in lists behind 分别 that are as
/// long as the list of nouns before it, for those that only go on with them (，增长x%、y%), and for
/// those that have no nouns of their own: the quantities before them (a人、b元，分别增长x%、y%).
pub(super) fn respective(text: &Segmented<'_>, quantities: &[Quantity]) -> BTreeMap<usize, Share> {
    let mut found = BTreeMap::new();
    let mut start = 0;
    let mut names: Option<(usize, Vec<String>)> = None;
    while let Some(first) = quantities.get(start) {
        let mut end = start + 1;
        while let (Some(one), Some(next)) = (quantities.get(end - 1), quantities.get(end)) {
            if !is_listed(text, one, next) {
                break;
            }
            end += 1;
        }
        let clause = Span::new(clause_start_near(text, first.span.start), first.span.start);
        let own = listed_names(text, clause).map(|names| (first.span.start, names));
        names = own.or_else(|| names.take().filter(|&(at, _)| goes_on(text, at, clause)));
        if let Some((_, names)) = names
            .as_ref()
            .filter(|(_, names)| names.len() == end - start)
        {
            found.extend((start..end).zip(names.iter().cloned().map(Share::Words)));
        } else if clause.of(text.text).contains(RESPECTIVELY) {
            let long = end - start;
            let earlier = start.checked_sub(long).filter(|_| long > 1);
            let same = earlier.filter(|&earlier| {
                quantities.get(earlier).is_some_and(|earlier| {
                    let between = text.text.get(earlier.span.start..clause.start);
                    between.is_some_and(|between| !between.contains(['。', '；', '\n']))
                })
            });
            if let Some(same) = same {
                found.extend((start..end).zip((same..start).map(Share::Same)));
            }
        }
        start = end;
    }
    found
}

/// Tells whether nothing but 、 or 和 stands between two quantities.
fn is_listed(text: &Segmented<'_>, one: &Quantity, next: &Quantity) -> bool {
    let between = text.text.get(one.span.end..next.span.start);
    matches!(between.map(str::trim), Some("、" | "和" | "与" | "及"))
}

/// Tells whether a clause says nothing but that what was named before grew or reached a level.
fn goes_on(text: &Segmented<'_>, from: usize, clause: Span) -> bool {
    let words = clause.of(text.text).replace(RESPECTIVELY, "");
    let between = text.text.get(from..clause.start).unwrap_or_default();
    let same = !between.contains(['。', '；', '\n']);
    let grows = text.within(List::Growth, clause).any(|hit| {
        let rest = words.len().saturating_sub(hit.span.len());
        rest <= 2 * 3
    });
    same && grows
}

/// Splits what stands before 分别 into its nouns; what only the last of them says (小麦、玉米产量)
/// is said of all.
fn listed_names(text: &Segmented<'_>, clause: Span) -> Option<Vec<String>> {
    let words = clause.of(text.text);
    let end = clause.start + words.rfind(RESPECTIVELY)?;
    let span = skip_openers(text, Span::new(clause.start, end));
    let mut items: Vec<Vec<&Token>> = vec![Vec::new()];
    for token in text.tokens_within(span) {
        let mark = token.pos == Pos::Mark || token.pos == Pos::Conjunction;
        match items.last_mut() {
            Some(item) if !mark => item.push(token),
            _ => items.push(Vec::new()),
        }
    }
    if items.len() < 2 || items.iter().any(Vec::is_empty) {
        return None;
    }
    let last = items.last()?;
    let short = items.iter().rev().skip(1).all(|item| item.len() == 1);
    let tail = last.iter().skip(1).map(|token| token.span.of(text.text));
    let tail: String = tail.filter(|_| short).collect();
    let count = items.len();
    let names = items.iter().enumerate().map(|(number, item)| {
        let own: String = item.iter().map(|token| token.span.of(text.text)).collect();
        if number + 1 < count { own + &tail } else { own }
    });
    Some(names.collect())
}
