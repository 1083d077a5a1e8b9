//! Takes the candidates for places, returns what stands beside each: the list that it is in
//! (兰考、虞城两县), the place named before it in its sentence, the places that lie where it lies.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::{Division, Point};
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::link::is_local;
use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// What joins the items of a list, longer ones first.
const JOINTS: [&str; 6] = ["以及", "、", "和", "与", "及", "同"];
/// How a list says that it ends: a number or 等, then the kind.
const COUNTS: &str = "一两二三四五六七八九十几各等";
const KINDS: &str = "县市区州盟旗省地";

/// A list of places.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    /// How many items it has.
    pub(super) items: usize,
    /// How many of them are places without further evidence.
    pub(super) sure: usize,
    /// The kind that it ends with (两县: 县; 等地: 地).
    pub(super) kind: Option<char>,
}

/// What a place of a sentence may be.
struct Named<'k> {
    span: Span,
    divisions: Vec<&'k Division>,
}

/// The places of a text in order, and the lists that they make.
pub(super) struct Neighbours<'t, 'k> {
    text: &'t Segmented<'k>,
    /// Sorted by start, of equal starts the longest.
    named: Vec<Named<'k>>,
    runs: Vec<Run>,
    /// Start of an item → number of its run.
    run_of: BTreeMap<usize, usize>,
    /// Start of a sentence → code of a division → the names in the sentence that lie in it.
    inside: BTreeMap<usize, BTreeMap<&'k str, BTreeSet<&'k str>>>,
}

impl<'t, 'k> Neighbours<'t, 'k> {
    pub(super) fn new(text: &'t Segmented<'k>, candidates: &[Candidate<'k>]) -> Self {
        let mut items: BTreeMap<usize, (usize, bool)> = BTreeMap::new();
        let mut named: BTreeMap<usize, Named<'k>> = BTreeMap::new();
        for candidate in candidates
            .iter()
            .filter(|candidate| candidate.class == EntityClass::Place)
        {
            let span = candidate.span;
            let sure = is_sure(text, candidate);
            let item = items.entry(span.start).or_insert((span.end, sure));
            if span.end > item.0 {
                *item = (span.end, sure);
            } else if span.end == item.0 {
                item.1 |= sure;
            }
            if let Target::Divisions { divisions, .. } = &candidate.target
                && named
                    .get(&span.start)
                    .is_none_or(|known| known.span.end < span.end)
            {
                let divisions = divisions.clone();
                named.insert(span.start, Named { span, divisions });
            }
        }
        let named: Vec<Named<'k>> = named.into_values().collect();
        let inside = inside(text, &named);
        let (runs, run_of) = runs(text.text, &items);
        Self {
            text,
            named,
            runs,
            run_of,
            inside,
        }
    }

    /// Gives the list that a place stands in; a list of one where it stands alone.
    pub(super) fn run(&self, span: Span) -> Run {
        self.run_of
            .get(&span.start)
            .and_then(|&number| self.runs.get(number))
            .copied()
            .unwrap_or_default()
    }

    /// Gives the last place before a span, in its sentence, above one of the divisions.
    pub(super) fn above(&self, span: Span, divisions: &[&Division]) -> Option<&'k Division> {
        /// No place farther back says anything.
        const MOST: usize = 8;
        let gazetteer = self.text.knowledge.gazetteer;
        let from = self.sentence(span.start);
        let end = self
            .named
            .partition_point(|named| named.span.end <= span.start);
        self.named
            .get(..end)?
            .iter()
            .rev()
            .take(MOST)
            .take_while(|named| named.span.start >= from)
            .filter_map(|named| match named.divisions.as_slice() {
                [one] => Some(*one),
                _ => None,
            })
            .find(|above| {
                divisions.iter().any(|division| {
                    division.code != above.code && gazetteer.is_within(&division.code, &above.code)
                })
            })
    }

    /// Counts the other names in the sentence that may lie directly below the same division.
    pub(super) fn siblings(&self, span: Span, division: &Division) -> u32 {
        const MOST: usize = 4;
        let own = span.of(self.text.text);
        let names = self
            .inside
            .get(&self.sentence(span.start))
            .zip(division.parent.as_deref())
            .and_then(|(inside, parent)| inside.get(parent));
        let count = names.map_or(0, |names| {
            names.iter().filter(|name| **name != own).take(MOST).count()
        });
        u32::try_from(count).unwrap_or_default()
    }

    /// Gives the one of several divisions that lies much nearer than the others to the places that
    /// the sentence names without homonym; none where distance does not tell.
    pub(super) fn nearest(&self, span: Span, divisions: &[&'k Division]) -> Option<&'k Division> {
        /// Enough to tell, and a bound on the work.
        const MOST: usize = 8;
        const NEAR_KM: f64 = 200.0;
        const TIMES: f64 = 3.0;
        if divisions.len() < 2 || divisions.len() > MOST {
            return None;
        }
        let points: Vec<Point> = self
            .around(span)
            .filter_map(|named| match named.divisions.as_slice() {
                [one] if is_local(one) => one.point,
                _ => None,
            })
            .take(MOST)
            .collect();
        let mut far: Vec<(f64, &'k Division)> = divisions
            .iter()
            .filter_map(|&division| {
                let own = division.point?;
                let far = points.iter().map(|point| own.distance_km(*point));
                Some((far.min_by(f64::total_cmp)?, division))
            })
            .collect();
        far.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.code.cmp(&b.1.code)));
        match far.as_slice() {
            [(near, division), (next, _), ..]
                if far.len() == divisions.len() && *near < NEAR_KM && near * TIMES < *next =>
            {
                Some(*division)
            }
            _ => None,
        }
    }

    /// Gives the other places of a sentence.
    fn around(&self, span: Span) -> impl Iterator<Item = &Named<'k>> {
        let (from, own) = (self.sentence(span.start), span);
        let first = self.named.partition_point(|named| named.span.start < from);
        self.named
            .iter()
            .skip(first)
            .take_while(move |named| self.sentence(named.span.start) == from)
            .filter(move |named| named.span != own)
    }

    fn sentence(&self, at: usize) -> usize {
        sentence(self.text, at)
    }
}

fn sentence(text: &Segmented<'_>, at: usize) -> usize {
    text.structure
        .sentence_at(at)
        .map_or(0, |sentence| sentence.span.start)
}

/// Tells whether a candidate is a place whatever stands around it.
fn is_sure(text: &Segmented<'_>, candidate: &Candidate<'_>) -> bool {
    match &candidate.target {
        Target::Divisions { short: false, .. } | Target::Known(_) => true,
        Target::Divisions { divisions, .. } => {
            let gazetteer = text.knowledge.gazetteer;
            !gazetteer.is_ambiguous_short(candidate.span.of(text.text))
                && divisions.iter().any(|division| {
                    matches!(
                        division.level,
                        PlaceLevel::Country | PlaceLevel::Province | PlaceLevel::Prefecture
                    )
                })
        }
        Target::Name | Target::Local(_) | Target::ShortBody(_) | Target::LowerBody(_) => false,
    }
}

fn inside<'k>(
    text: &Segmented<'k>,
    named: &[Named<'k>],
) -> BTreeMap<usize, BTreeMap<&'k str, BTreeSet<&'k str>>> {
    let mut inside: BTreeMap<usize, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for named in named {
        let sentence = inside.entry(sentence(text, named.span.start)).or_default();
        for parent in named
            .divisions
            .iter()
            .filter_map(|division| division.parent.as_deref())
        {
            let names = sentence.entry(parent).or_default();
            names.insert(named.span.of(text.text));
        }
    }
    inside
}

/// Joins items that only a joint parts.
fn runs(text: &str, items: &BTreeMap<usize, (usize, bool)>) -> (Vec<Run>, BTreeMap<usize, usize>) {
    let (mut runs, mut run_of) = (Vec::new(), BTreeMap::new());
    for &first in items.keys() {
        // An item of an earlier list begins none.
        if run_of.contains_key(&first) {
            continue;
        }
        let mut run = Run::default();
        let mut next = Some(first);
        while let Some((at, &(end, sure))) = next.and_then(|at| Some((at, items.get(&at)?))) {
            run_of.insert(at, runs.len());
            run.items += 1;
            run.sure += usize::from(sure);
            let rest = text.get(end..).unwrap_or_default();
            next = JOINTS
                .iter()
                .find(|joint| rest.starts_with(**joint))
                .map(|joint| end + joint.len());
            let mut ahead = rest.chars();
            let count = ahead.next().filter(|c| COUNTS.contains(*c));
            run.kind = count.and_then(|_| ahead.next().filter(|c| KINDS.contains(*c)));
        }
        runs.push(run);
    }
    (runs, run_of)
}
