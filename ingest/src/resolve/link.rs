//! Which division a place name means, or that none is sure.

use std::collections::BTreeSet;

use ontology::gazetteer::Division;
use ontology::record::{EntityClass, PlaceLevel, Span};

use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// Keeps the candidates that stand, each place with at most one division.
pub(super) fn link<'k>(
    text: &Segmented<'k>,
    candidates: Vec<Candidate<'k>>,
    region: Option<&'k Division>,
) -> Vec<Candidate<'k>> {
    let context = Context::new(text, &candidates, region);
    candidates
        .into_iter()
        .filter_map(|mut candidate| {
            if candidate.class == EntityClass::Place
                && let Target::Divisions { divisions, short } = &candidate.target
            {
                candidate.target = context.choose(candidate.span, divisions, *short)?;
            }
            Some(candidate)
        })
        .collect()
}

struct Context<'t, 'k> {
    text: &'t Segmented<'k>,
    region: Option<&'k Division>,
    /// Codes of divisions that the text names in full and without homonym.
    certain: BTreeSet<&'k str>,
    /// End of each division name and its divisions, for names that stand one behind the other.
    ends: Vec<(usize, Vec<&'k Division>)>,
}

/// What speaks for a division; more is better.
mod score {
    /// The name before it is that of a place above it.
    pub(super) const BEHIND_ANCESTOR: u32 = 100;
    /// It is the region, or above it.
    pub(super) const REGION: u32 = 50;
    /// It lies in the region.
    pub(super) const INSIDE: u32 = 45;
    /// It lies in the region's prefecture.
    pub(super) const NEAR: u32 = 30;
    /// It lies in the region's province.
    pub(super) const PROVINCE: u32 = 20;
    /// A place above it is named in full.
    pub(super) const ANCESTOR_NAMED: u32 = 8;
    /// Its full name stands elsewhere in the text.
    pub(super) const NAMED: u32 = 16;
    /// A short name of a county needs this much.
    pub(super) const SHORT: u32 = 20;
    /// A short name that is an ordinary word needs this much.
    pub(super) const ORDINARY: u32 = 45;
}

impl<'t, 'k> Context<'t, 'k> {
    fn new(
        text: &'t Segmented<'k>,
        candidates: &[Candidate<'k>],
        region: Option<&'k Division>,
    ) -> Self {
        let mut certain = BTreeSet::new();
        let mut ends = Vec::new();
        for candidate in candidates {
            if let Target::Divisions { divisions, short } = &candidate.target {
                ends.push((candidate.span.end, divisions.clone()));
                if let ([division], false) = (divisions.as_slice(), short) {
                    certain.insert(division.code.as_str());
                }
            }
        }
        ends.sort_by_key(|&(end, _)| end);
        Self {
            text,
            region,
            certain,
            ends,
        }
    }

    /// Chooses a division; none when the words are no place at all.
    fn choose(&self, span: Span, divisions: &[&'k Division], short: bool) -> Option<Target<'k>> {
        let mut ranked: Vec<(u32, &'k Division)> = divisions
            .iter()
            .map(|&division| {
                (
                    self.score(span, division) + level_bonus(division.level),
                    division,
                )
            })
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.code.cmp(&b.1.code)));
        let &(best, division) = ranked.first()?;
        let evidence = best - level_bonus(division.level);
        let tie = ranked.get(1).is_some_and(|&(second, _)| second == best);
        if short && !self.short_stands(span, division, evidence) {
            return None;
        }
        if tie || division.level == PlaceLevel::Township && evidence < score::PROVINCE {
            // A full name that many places bear stays a place, but without a code.
            return (!short).then_some(Target::Local(division.level));
        }
        Some(Target::Divisions {
            divisions: vec![division],
            short,
        })
    }

    fn short_stands(&self, span: Span, division: &Division, evidence: u32) -> bool {
        let ordinary = self
            .text
            .knowledge
            .gazetteer
            .is_ambiguous_short(span.of(self.text.text));
        let needed = match division.level {
            _ if ordinary => score::ORDINARY,
            PlaceLevel::Country | PlaceLevel::Province | PlaceLevel::Prefecture => 0,
            PlaceLevel::County
            | PlaceLevel::Township
            | PlaceLevel::Village
            | PlaceLevel::Zone
            | PlaceLevel::Natural
            | PlaceLevel::Region => score::SHORT,
        };
        evidence >= needed
    }

    fn score(&self, span: Span, division: &Division) -> u32 {
        let gazetteer = self.text.knowledge.gazetteer;
        let code = division.code.as_str();
        let mut total = 0;
        if self.behind_ancestor(span, code) {
            total += score::BEHIND_ANCESTOR;
        }
        if let Some(region) = self.region {
            let prefecture = gazetteer
                .ancestors(&region.code)
                .into_iter()
                .find(|above| above.level == PlaceLevel::Prefecture)
                .unwrap_or(region);
            let province = |code: &str| gazetteer.province_of(code).map(|found| &found.code);
            total += if region.code == code || gazetteer.is_within(&region.code, code) {
                score::REGION
            } else if gazetteer.is_within(code, &region.code) {
                score::INSIDE
            } else if gazetteer.is_within(code, &prefecture.code) {
                score::NEAR
            } else if province(code) == province(&region.code) {
                score::PROVINCE
            } else {
                0
            };
        }
        let above = gazetteer.ancestors(code);
        if above
            .iter()
            .any(|above| self.certain.contains(above.code.as_str()))
        {
            total += score::ANCESTOR_NAMED;
        }
        if self.certain.contains(code) {
            total += score::NAMED;
        }
        total
    }

    /// Tells whether the name directly before is that of a place above (南京市鼓楼区).
    fn behind_ancestor(&self, span: Span, code: &str) -> bool {
        let gazetteer = self.text.knowledge.gazetteer;
        let first = self.ends.partition_point(|&(end, _)| end < span.start);
        self.ends
            .iter()
            .skip(first)
            .take_while(|&&(end, _)| end == span.start)
            .flat_map(|(_, divisions)| divisions)
            .any(|above| gazetteer.is_within(code, &above.code) && above.code != code)
    }
}

/// Of homonyms without further evidence, the higher one is meant (吉林, 海南).
fn level_bonus(level: PlaceLevel) -> u32 {
    match level {
        PlaceLevel::Country | PlaceLevel::Province => 15,
        PlaceLevel::Prefecture => 10,
        PlaceLevel::County => 3,
        PlaceLevel::Township
        | PlaceLevel::Village
        | PlaceLevel::Zone
        | PlaceLevel::Natural
        | PlaceLevel::Region => 0,
    }
}
