//! Which division a place name means, or that none is sure.

use std::collections::BTreeSet;

use ontology::gazetteer::Division;
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::neighbour::Neighbours;
use crate::knowledge::List;
use crate::recognise::{Candidate, Target};
use crate::segment::{Pos, Segmented};

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
    neighbours: Neighbours<'t, 'k>,
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
    /// The place named last before it in the sentence is above it, and a prefecture or county.
    pub(super) const AFTER_ANCESTOR: u32 = 50;
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
    /// Each other name in the sentence that may lie in the same place.
    pub(super) const SIBLING: u32 = 6;
    /// It is of the kind that its list ends with (两县).
    pub(super) const KIND: u32 = 10;
    /// It is not far from the region.
    pub(super) const CLOSE: u32 = 4;
    /// A short name of a county needs this much.
    pub(super) const SHORT: u32 = 20;
    /// A short name that is an ordinary word needs this much.
    pub(super) const ORDINARY: u32 = 45;
}

/// Farther from the region than this is not close.
const CLOSE_KM: f64 = 150.0;

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
            neighbours: Neighbours::new(text, candidates),
            certain,
            ends,
        }
    }

    /// Chooses a division; none when the words are no place at all.
    fn choose(&self, span: Span, divisions: &[&'k Division], short: bool) -> Option<Target<'k>> {
        let above = self.neighbours.above(span, divisions);
        let mut ranked: Vec<(u32, &'k Division)> = divisions
            .iter()
            .map(|&division| {
                let evidence = self.score(span, division, above);
                (evidence + level_bonus(division.level), division)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.code.cmp(&b.1.code)));
        let &(best, mut division) = ranked.first()?;
        let evidence = best - level_bonus(division.level);
        let equal: Vec<&Division> = ranked
            .iter()
            .take_while(|&&(score, _)| score == best)
            .map(|&(_, division)| division)
            .collect();
        let nearest = self.neighbours.nearest(span, &equal);
        let tie = equal.len() > 1 && nearest.is_none();
        division = nearest.unwrap_or(division);
        if short && !self.short_stands(span, divisions, division, evidence) {
            return None;
        }
        let unsure = division.level == PlaceLevel::Township && evidence < score::PROVINCE;
        if tie || unsure || self.behind_foreign(span) {
            // A full name that many places bear stays a place, but without a code.
            return (!short).then_some(Target::Local(division.level));
        }
        Some(Target::Divisions {
            divisions: vec![division],
            short,
        })
    }

    fn short_stands(
        &self,
        span: Span,
        divisions: &[&Division],
        division: &Division,
        evidence: u32,
    ) -> bool {
        let ordinary = self
            .text
            .knowledge
            .gazetteer
            .is_ambiguous_short(span.of(self.text.text));
        let run = self.neighbours.run(span);
        let listed = if ordinary {
            run.items >= 5
                || run.items >= 3 && run.sure * 3 >= run.items
                || run.items >= 2 && run.sure >= 1 && run.kind.is_some()
        } else {
            run.items >= 2 || run.kind.is_some()
        };
        let needed = match division.level {
            _ if listed => 0,
            _ if ordinary => score::ORDINARY,
            PlaceLevel::Country | PlaceLevel::Province | PlaceLevel::Prefecture => 0,
            PlaceLevel::County if divisions.len() == 1 && self.is_place_word(span) => 0,
            PlaceLevel::County
            | PlaceLevel::Township
            | PlaceLevel::Village
            | PlaceLevel::Zone
            | PlaceLevel::Natural
            | PlaceLevel::Region => score::SHORT,
        };
        evidence >= needed
    }

    /// Tells whether the dictionary has the name as that of a place, and the text as a word.
    fn is_place_word(&self, span: Span) -> bool {
        self.text
            .token_at(span.start)
            .and_then(|number| self.text.tokens.get(number))
            .is_some_and(|token| token.span == span && token.known && token.pos == Pos::Place)
            && !self.in_another_name(span)
    }

    /// Tells whether a surname stands before (石青阳), or what may go on with the name behind (昆山腔).
    fn in_another_name(&self, span: Span) -> bool {
        let surname = self
            .text
            .ending(span.start)
            .any(|hit| hit.entry.list == List::Surname);
        let ahead = self
            .text
            .token_at(span.end)
            .and_then(|number| self.text.tokens.get(number));
        let ends = ahead.is_none_or(|token| {
            matches!(
                token.pos,
                Pos::Mark
                    | Pos::Verb
                    | Pos::Preposition
                    | Pos::Conjunction
                    | Pos::Particle
                    | Pos::Adverb
                    | Pos::Pronoun
                    | Pos::Time
                    | Pos::Number
            )
        });
        surname || !ends
    }

    fn score(&self, span: Span, division: &Division, above: Option<&Division>) -> u32 {
        let gazetteer = self.text.knowledge.gazetteer;
        let code = division.code.as_str();
        let mut total = self.by_region(division);
        if self.behind_ancestor(span, code) {
            total += score::BEHIND_ANCESTOR;
        }
        if above.is_some_and(|above| is_local(above) && gazetteer.is_within(code, &above.code)) {
            total += score::AFTER_ANCESTOR;
        }
        let ancestors = gazetteer.ancestors(code);
        if ancestors
            .iter()
            .any(|above| self.certain.contains(above.code.as_str()))
        {
            total += score::ANCESTOR_NAMED;
        }
        if self.certain.contains(code) {
            total += score::NAMED;
        }
        let kind = self.neighbours.run(span).kind;
        if kind.is_some_and(|kind| division.name.ends_with(kind)) {
            total += score::KIND;
        }
        total + score::SIBLING * self.neighbours.siblings(span, division)
    }

    /// How a division lies to the region of the document.
    fn by_region(&self, division: &Division) -> u32 {
        let Some(region) = self.region else { return 0 };
        let gazetteer = self.text.knowledge.gazetteer;
        let code = division.code.as_str();
        let prefecture = gazetteer
            .ancestors(&region.code)
            .into_iter()
            .find(|above| above.level == PlaceLevel::Prefecture)
            .unwrap_or(region);
        let province = |code: &str| gazetteer.province_of(code).map(|found| &found.code);
        let relation = if region.code == code || gazetteer.is_within(&region.code, code) {
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
        let close = region.level != PlaceLevel::Province
            && region
                .point
                .zip(division.point)
                .is_some_and(|(one, two)| one.distance_km(two) < CLOSE_KM);
        relation + if close { score::CLOSE } else { 0 }
    }

    /// Tells whether the name directly before is that of a place above (南京市鼓楼区).
    fn behind_ancestor(&self, span: Span, code: &str) -> bool {
        let gazetteer = self.text.knowledge.gazetteer;
        self.ending(span.start)
            .any(|above| gazetteer.is_within(code, &above.code) && above.code != code)
    }

    /// Tells whether the word directly before is a place that the gazetteer does not have, so that
    /// what follows lies there and nowhere else.
    fn behind_foreign(&self, span: Span) -> bool {
        let word = span
            .start
            .checked_sub(1)
            .and_then(|at| self.text.token_at(at))
            .and_then(|number| self.text.tokens.get(number));
        word.is_some_and(|word| {
            let name = word.span.of(self.text.text);
            word.pos == Pos::Place
                && word.span.end == span.start
                && name.ends_with(['市', '县'])
                && name.chars().count() > 2
                && self.ending(span.start).next().is_none()
        })
    }

    /// Gives what the names that end at a byte may mean.
    fn ending(&self, at: usize) -> impl Iterator<Item = &'k Division> {
        let first = self.ends.partition_point(|&(end, _)| end < at);
        self.ends
            .iter()
            .skip(first)
            .take_while(move |&&(end, _)| end == at)
            .flat_map(|(_, divisions)| divisions.iter().copied())
    }
}

/// Tells whether naming a place says where in it: a prefecture, a county, one of the four cities.
pub(super) fn is_local(division: &Division) -> bool {
    match division.level {
        PlaceLevel::Prefecture | PlaceLevel::County => true,
        PlaceLevel::Province => division.name.ends_with('市'),
        PlaceLevel::Country
        | PlaceLevel::Township
        | PlaceLevel::Village
        | PlaceLevel::Zone
        | PlaceLevel::Natural
        | PlaceLevel::Region => false,
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
