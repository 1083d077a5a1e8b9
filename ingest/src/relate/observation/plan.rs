//! Which stretches of a document say what is to be done, and which numbers are targets.

use std::sync::LazyLock;

use ontology::record::{EntityClass, Qualifier, Span};
use regex::Regex;

use super::indicator::clause_start;
use super::quantity::Quantity;
use crate::knowledge::{Hit, List};
use crate::resolve::Resolution;
use crate::segment::Segmented;
use crate::structure::pattern;

/// Numbers of headings, from the highest level down.
static LEVELS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"^\s*(?:第[一二三四五六七八九十]+[章部篇]|[一二三四五六七八九十]+、)",
        r"^\s*（[一二三四五六七八九十]+）",
        r"^\s*\d{1,2}[.．、]",
    ]
    .map(pattern)
});

/// Where a document speaks of what is to be done.
pub(super) struct Plans {
    /// Starts of sentences from which on it does or does not, in order.
    turns: Vec<(usize, bool)>,
}

impl Plans {
    /// Reads the headline and the headings: 实施方案 plans all of its document, 下一步工作 all up to the
    /// next heading of its level.
    pub(super) fn new(text: &Segmented<'_>) -> Self {
        let whole = text
            .structure
            .headline
            .is_some_and(|headline| is_plan(text, headline));
        let mut turns = vec![(0, whole)];
        let mut level = None;
        for sentence in text.structure.sentences.iter().filter(|one| one.heading) {
            let own = level_of(sentence.span.of(text.text));
            let says = |side: &str| {
                text.within(List::Bound, sentence.span)
                    .any(|hit| hit.entry.field("side") == side)
            };
            let higher = level.is_none_or(|level| own <= level);
            if says("review") {
                turns.push((sentence.span.start, false));
                level = Some(own);
            } else if says("heading") {
                turns.push((sentence.span.start, true));
                level = Some(own);
            } else if higher {
                turns.push((sentence.span.start, whole));
                level = None;
            }
        }
        Self { turns }
    }

    fn holds_at(&self, at: usize) -> bool {
        let next = self.turns.partition_point(|&(start, _)| start <= at);
        next.checked_sub(1)
            .and_then(|last| self.turns.get(last))
            .is_some_and(|&(_, plan)| plan)
    }

    /// Tells whether a number is a target: a word of planning before it, or a deed in a stretch of plans that is not said to be done.
    pub(super) fn is_target(
        &self,
        text: &Segmented<'_>,
        resolution: &Resolution<'_>,
        sentence: Span,
        quantity: &Quantity,
        past: bool,
    ) -> bool {
        let at = quantity.span.start;
        is_planned(text, resolution, sentence, at, past)
            || !past
                && self.holds_at(at)
                && !is_done(text, sentence, at)
                && is_deed(text, sentence, quantity)
    }
}

/// A headline is that of a plan if it ends with a word for one, with the notice around it left out:
/// 关于印发《…实施方案》的通知.
fn is_plan(text: &Segmented<'_>, headline: Span) -> bool {
    text.within(List::Bound, headline)
        .filter(|hit| hit.entry.field("side") == "title")
        .any(|hit| {
            let rest = text
                .text
                .get(hit.span.end..headline.end)
                .unwrap_or_default();
            let rest = rest.trim_end_matches("的通知");
            let bracketed = rest.starts_with('（') && rest.ends_with('）');
            bracketed || rest.chars().all(|c| "》”　 （）".contains(c))
        })
}

const INVESTMENT: &str = "投资";

fn level_of(heading: &str) -> usize {
    LEVELS
        .iter()
        .position(|level| level.is_match(heading))
        .unwrap_or(0)
}

/// Finds a word of planning before a number that is no part of a name or of a longer word (将近). Of a
/// time that is over only what was agreed to be invested is planned (计划总投资).
fn is_planned(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    sentence: Span,
    at: usize,
    past: bool,
) -> bool {
    let clause = Span::new(clause_start(text.text, sentence.start, at), at);
    let named = |span: Span| {
        resolution
            .around(span)
            .any(|mention| mention.class != EntityClass::Place)
    };
    let longer = |hit: &Hit<'_>| {
        text.starting(hit.span.start).any(|other| {
            other.entry.list == List::Bound
                && other.span.end > hit.span.end
                && other.entry.field("qualifier") != "planned"
        })
    };
    let before = Span::new(sentence.start, at);
    text.within(List::Bound, before).any(|hit| {
        // 将 and 拟 plan their own clause, 目标是 and 力争 all that follows.
        let scope = match hit.entry.field("side") {
            "sentence" => before,
            "context" => clause,
            _ => return false,
        };
        scope.contains(hit.span)
            && hit.entry.field("qualifier") == "planned"
            && text.is_boundary(hit.span.start)
            && (!past || hit.entry.name.contains(INVESTMENT))
            && !longer(hit)
            && !named(hit.span)
    })
}

/// Tells whether a sentence speaks, before a number, of what is done: 已, 去年, 累计.
pub(super) fn is_done(text: &Segmented<'_>, sentence: Span, at: usize) -> bool {
    text.within(List::Bound, Span::new(sentence.start, at))
        .any(|hit| hit.entry.field("side") == "done")
}

/// Tells whether something is to be done to what a number counts or a level to be reached, so that it
/// does not just count what there is (以5个街道为单位).
fn is_deed(text: &Segmented<'_>, sentence: Span, quantity: &Quantity) -> bool {
    let start = clause_start(text.text, sentence.start, quantity.span.start);
    let rest = text
        .text
        .get(quantity.span.end..sentence.end)
        .unwrap_or_default();
    let end = rest
        .find(|c: char| "，。；、！？\n".contains(c))
        .unwrap_or(rest.len());
    let clause = Span::new(start, quantity.span.end + end);
    let verb = text.within(List::IndicatorVerb, clause).any(|hit| {
        let ready = hit.entry.field("keep") == "yes";
        ready && text.is_boundary(hit.span.start)
    });
    let level = text.within(List::Growth, clause).next().is_some()
        || text
            .within(List::Bound, clause)
            .any(|hit| hit.entry.field("side") == "level");
    verb || level
        || matches!(
            quantity.qualifier,
            Qualifier::MoreThan | Qualifier::LessThan
        )
}
