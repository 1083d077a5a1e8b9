//! Takes the observations found and the answers, counts those with the same value and unit, and
//! what else is right about them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::found::{Found, FoundObservation};
use super::gold::{Gold, GoldObservation};
use super::{Counts, Evaluation, FaultKind, Share, or_none, text};

/// What is right about the observations that were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Attributes {
    /// What is counted.
    pub keyword: Share,
    /// How exact.
    pub qualifier: Share,
    /// For which place.
    pub area: Share,
    /// For which time, of those that have one.
    pub period: Share,
}

/// An observation found, for [`alignment`].
#[derive(Debug)]
pub(super) struct Matched<'g> {
    document: &'g str,
    /// What the answers have in common.
    concept: Option<&'g str>,
    indicator: &'g str,
}

/// What is right about one observation; the more, the better it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    keyword: bool,
    qualifier: bool,
    area: bool,
}

/// Matches one to one, answers that must be found first; of several that have the value the best.
pub(super) fn score<'g>(
    document: &Found<'g>,
    gold: &'g Gold,
    total: &mut Evaluation,
) -> Vec<Matched<'g>> {
    let mut left: Vec<&FoundObservation<'g>> = document.observations.iter().collect();
    let mut answers: Vec<&GoldObservation> = gold.observations.iter().collect();
    answers.sort_by_key(|answer| answer.optional);
    let mut matched = Vec::new();
    for answer in answers {
        let Some((position, fit)) = best(&left, answer, gold) else {
            if !answer.optional {
                total.observations_found.missing += 1;
                total.observations_full.missing += 1;
                let text = format!("{} = {} {}", answer.quote, answer.value, unit(answer));
                total.fault(gold, FaultKind::Missing, "observation", text);
            }
            continue;
        };
        let found = left.remove(position);
        if answer.optional {
            continue;
        }
        count(found, answer, fit, gold, total);
        matched.push(Matched {
            document: &gold.doc,
            concept: answer.concept.as_deref().filter(|key| !key.is_empty()),
            indicator: &found.observation.indicator,
        });
    }
    for found in left {
        total.observations_found.superfluous += 1;
        total.observations_full.superfluous += 1;
        let one = found.observation;
        let (what, value) = (&one.indicator_text, one.value);
        let text = format!("{what} = {value} {} 「{}」", one.unit, one.anchor);
        total.fault(gold, FaultKind::Superfluous, "observation", text);
    }
    matched
}

fn unit(answer: &GoldObservation) -> &str {
    answer.unit.as_deref().unwrap_or_default()
}

/// Finds the best of those that have the value and the unit; the first of several that are as good.
fn best(
    left: &[&FoundObservation<'_>],
    answer: &GoldObservation,
    gold: &Gold,
) -> Option<(usize, Fit)> {
    let mut best: Option<(usize, Fit)> = None;
    for (position, found) in left.iter().enumerate() {
        let one = found.observation;
        let same = text::same_value(one.value, answer.value)
            && text::same_unit(&one.unit, unit(answer), &answer.quote);
        if same {
            let fit = Fit::of(found, answer, gold);
            if best.is_none_or(|(_, other)| fit > other) {
                best = Some((position, fit));
            }
        }
    }
    best
}

fn count(
    found: &FoundObservation<'_>,
    answer: &GoldObservation,
    fit: Fit,
    gold: &Gold,
    total: &mut Evaluation,
) {
    total.observations_found.right += 1;
    let attributes = &mut total.observation_attributes;
    attributes.keyword.add(fit.keyword);
    attributes.qualifier.add(fit.qualifier);
    attributes.area.add(fit.area);
    if let Some(period) = answer.period.as_deref().filter(|period| !period.is_empty()) {
        let known = found.observation.period.as_deref().unwrap_or_default();
        attributes.period.add(text::same_period(known, period));
    }
    if fit.keyword && fit.qualifier && fit.area {
        total.observations_full.right += 1;
        return;
    }
    total.observations_full.superfluous += 1;
    total.observations_full.missing += 1;
    let mut text = answer.quote.clone();
    let one = found.observation;
    if !fit.keyword {
        text += &format!(" | {}, found {}", answer.indicator, one.indicator_text);
    }
    if !fit.qualifier {
        let (right, wrong) = (answer.qualifier.name(), one.qualifier.name());
        text += &format!(" | {right}, found {wrong}");
    }
    if !fit.area {
        let (right, wrong) = (or_none(answer.area.as_deref()), or_none(found.area_code));
        text += &format!(" | area {right}, found {wrong}");
    }
    total.fault(gold, FaultKind::Inexact, "observation", text);
}

impl Fit {
    fn of(found: &FoundObservation<'_>, answer: &GoldObservation, gold: &Gold) -> Self {
        let keyword = answer.keywords.is_empty()
            || answer
                .keywords
                .iter()
                .any(|word| found.words.contains(&text::name(word)));
        Self {
            keyword,
            qualifier: found.observation.qualifier == answer.qualifier,
            area: answer
                .area
                .as_deref()
                .is_none_or(|area| has_area(found, area, gold)),
        }
    }
}

/// Tells whether an observation is of the place that an answer names by its code, its id, or a name.
fn has_area(found: &FoundObservation<'_>, area: &str, gold: &Gold) -> bool {
    if area.chars().count() == 6 && area.chars().all(|c| c.is_ascii_digit()) {
        return found.area_code == Some(area);
    }
    let place = gold.entities.iter().find(|entity| entity.id == area);
    let names: BTreeSet<String> = place.map_or_else(
        || BTreeSet::from([text::name(area)]),
        |place| {
            std::iter::once(&place.name)
                .chain(&place.aliases)
                .map(|name| text::name(name))
                .collect()
        },
    );
    names.contains(&found.area_name)
}

/// Counts the pairs of different documents that share a concept and should share an indicator.
pub(super) fn alignment(matched: &[Matched<'_>]) -> Counts {
    let mut counts = Counts::default();
    for (index, a) in matched.iter().enumerate() {
        for b in matched.iter().skip(index + 1) {
            if a.document == b.document || a.concept.is_none() || b.concept.is_none() {
                continue;
            }
            let together = a.indicator == b.indicator;
            if a.concept == b.concept {
                counts.right += u32::from(together);
                counts.missing += u32::from(!together);
            } else {
                counts.superfluous += u32::from(together);
            }
        }
    }
    counts
}
