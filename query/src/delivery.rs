//! Takes one document's observations, returns which of them count what was done of what another one
//! promised, took on or planned.
//!
//! | pair | example |
//! |---|---|
//! | an indicator of the scheme that `delivers` another one | 排查隐患30处,整改隐患28处 |
//! | a bare verb of doing right behind a number in the same unit | 立项500项,已办结400项 |
//! | a target and a measured value of one indicator, place and period | 计划植树100万株 … 植树80万株 |

use std::collections::BTreeMap;

use ontology::indicator::Scheme;
use ontology::record::{Extraction, Observation, Qualifier};

/// Most code points between a number and the bare verb that goes on from it.
const REACH: usize = 40;
/// Most code points between what was promised and what the scheme says is done of it: farther apart
/// they are about different things.
const NEAR: usize = 100;

/// Gives pairs of indices (promised, done), sorted by the latter; each stands in one pair at most: a
/// promise is paired with what is nearest to it.
pub(crate) fn pairs(extraction: &Extraction, scheme: &Scheme) -> Vec<(usize, usize)> {
    let all = &extraction.observations;
    let counts = all.iter().enumerate().filter(|(_, done)| {
        done.qualifier != Qualifier::Planned && done.value > 0.0 && !is_share(done, scheme)
    });
    let found = counts.filter_map(|(at, done)| {
        let promised = by_scheme(all, done, scheme)
            .or_else(|| by_verb(all, at, done, scheme))
            .or_else(|| by_target(all, done, scheme))?;
        Some((promised, at))
    });
    let mut nearest: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (promised, done) in found {
        let apart = all.get(promised).zip(all.get(done));
        let apart = apart.map_or(usize::MAX, |(promised, done)| distance(promised, done));
        let best = nearest.entry(promised).or_insert((apart, done));
        *best = (*best).min((apart, done));
    }
    let mut pairs: Vec<(usize, usize)> = nearest
        .into_iter()
        .map(|(promised, (_, done))| (promised, done))
        .collect();
    pairs.sort_by_key(|(_, done)| *done);
    pairs
}

fn distance(one: &Observation, other: &Observation) -> usize {
    one.span.start.abs_diff(other.span.start)
}

fn is_share(observation: &Observation, scheme: &Scheme) -> bool {
    scheme.unit_kind(&observation.unit) == Some("ratio")
}

/// Tells whether `done` may be a part of `promised`: counted alike, in one place, no more.
fn is_part(promised: &Observation, done: &Observation, scheme: &Scheme) -> bool {
    is_alike(promised, done, scheme) && done.value <= promised.value
}

fn is_alike(promised: &Observation, done: &Observation, scheme: &Scheme) -> bool {
    scheme.counted(&promised.unit) == scheme.counted(&done.unit)
        && promised.area == done.area
        && promised.value > 0.0
}

/// Finds the nearest number before `done`, else behind it, that counts what its indicator delivers.
fn by_scheme(all: &[Observation], done: &Observation, scheme: &Scheme) -> Option<usize> {
    let promise = scheme.get(&done.indicator)?.delivers.as_ref()?;
    let fits = |promised: &Observation| {
        promised.indicator == *promise
            && distance(promised, done) <= NEAR
            && is_part(promised, done, scheme)
    };
    let found = all
        .iter()
        .enumerate()
        .filter(|(_, promised)| fits(promised));
    found
        .min_by_key(|(_, promised)| {
            let behind = promised.span.start > done.span.start;
            (behind, distance(promised, done))
        })
        .map(|(at, _)| at)
}

fn by_verb(all: &[Observation], at: usize, done: &Observation, scheme: &Scheme) -> Option<usize> {
    let before = at.checked_sub(1)?;
    let promised = all.get(before)?;
    let near = done.span.start.saturating_sub(promised.span.end) <= REACH;
    let bare = scheme.is_elliptical(&done.indicator_text);
    (near && bare && is_part(promised, done, scheme)).then_some(before)
}

fn by_target(all: &[Observation], done: &Observation, scheme: &Scheme) -> Option<usize> {
    all.iter().position(|promised| {
        promised.qualifier == Qualifier::Planned
            && promised.indicator == done.indicator
            && promised.period.is_some()
            && promised.period == done.period
            && is_alike(promised, done, scheme)
    })
}

#[cfg(test)]
mod tests {
    use ontology::record::{CharSpan, Document};

    use super::*;

    /// (indicator, wording, value, unit, qualifier, where it starts)
    type Row = (
        &'static str,
        &'static str,
        f64,
        &'static str,
        Qualifier,
        usize,
    );

    fn check(rows: &[Row], expected: &[(usize, usize)]) {
        let observation = |&(indicator, text, value, unit, qualifier, start): &Row| Observation {
            span: CharSpan {
                start,
                end: start + 5,
            },
            anchor: String::new(),
            value,
            unit: unit.to_owned(),
            qualifier,
            indicator: indicator.to_owned(),
            indicator_text: text.to_owned(),
            area: None,
            period: Some("2021".to_owned()),
            program: None,
            rule: String::new(),
            confidence: 1.0,
        };
        let extraction = Extraction {
            document: Document::default(),
            mentions: vec![],
            entities: vec![],
            statements: vec![],
            observations: rows.iter().map(observation).collect(),
            diagnostics: vec![],
        };
        let found = pairs(&extraction, Scheme::shared().unwrap());
        assert_eq!(found, expected, "{rows:?}");
    }

    #[test]
    fn promises_are_paired_with_what_is_done() {
        use Qualifier::{Exact, Planned};
        let found = ("hazards_found", "排查隐患", 30.0, "处", Exact, 0);
        let fixed = ("hazards_fixed", "整改隐患", 28.0, "个", Exact, 10);
        check(&[found, fixed], &[(0, 1)]);
        check(&[fixed, found], &[(1, 0)]);
        // The nearest is what is done of it; the other counts something else.
        let other = ("hazards_fixed", "整改隐患", 9.0, "处", Exact, 60);
        check(&[found, fixed, other], &[(0, 1)]);
        let taken = ("立项", "立项", 500.0, "项", Exact, 0);
        let done = ("办结", "办结", 400.0, "项", Exact, 10);
        check(&[taken, done], &[(0, 1)]);
        let target = ("trees_planted", "植树", 100.0, "株", Planned, 0);
        let planted = ("trees_planted", "植树", 120.0, "株", Exact, 90);
        check(&[target, planted], &[(0, 1)]);
    }

    #[test]
    fn what_does_not_belong_together_is_no_pair() {
        use Qualifier::{Exact, Planned};
        let found = ("hazards_found", "排查隐患", 30.0, "处", Exact, 0);
        let taken = ("立项", "立项", 500.0, "项", Exact, 0);
        check(
            &[found, ("hazards_fixed", "整改隐患", 9.0, "处", Exact, 300)],
            &[],
        );
        // More done than taken on, another unit, far away, nothing taken on, no bare verb, only planned.
        check(
            &[found, ("hazards_fixed", "整改隐患", 31.0, "处", Exact, 9)],
            &[],
        );
        check(&[taken, ("办结", "办结", 10.0, "人", Exact, 9)], &[]);
        check(&[taken, ("办结", "办结", 10.0, "项", Exact, 99)], &[]);
        check(
            &[
                ("立项", "立项", 0.0, "项", Exact, 0),
                ("办结", "办结", 0.0, "项", Exact, 9),
            ],
            &[],
        );
        check(&[taken, ("桥", "桥", 10.0, "项", Exact, 9)], &[]);
        check(&[taken, ("办结", "办结", 10.0, "项", Planned, 9)], &[]);
    }
}
