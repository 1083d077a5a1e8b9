//! Which one region a document is about.

use std::collections::{BTreeMap, BTreeSet};

use ontology::gazetteer::Division;
use ontology::record::{PlaceLevel, Span};

use crate::knowledge::List;
use crate::recognise::{Candidate, Target};
use crate::segment::Segmented;

/// A document without this much evidence for any region is about none.
const ENOUGH: f64 = 1.0;
/// A name in the headline counts as so many.
const HEADLINE: f64 = 6.0;
/// The first name of the first paragraph, and one behind 地址, counts as so many.
const LEAD: f64 = 3.0;
/// Self-references beyond this many add nothing.
const MOST_SELF_REFERENCES: f64 = 10.0;

/// Weighs every division that the text names, then goes down from the country: into the division
/// that holds more of the weight than all that lies beside it. How the text refers to its own
/// region (市委, 全县: a city, a county) tips the scales.
pub(crate) fn region<'k>(text: &Segmented<'k>, places: &[Candidate<'k>]) -> Option<&'k Division> {
    let gazetteer = text.knowledge.gazetteer;
    let own = named(text, places);
    let mut mass = own.clone();
    let mut children: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (&code, weight) in &own {
        let mut below = code;
        for above in gazetteer.ancestors(code) {
            *mass.entry(above.code.as_str()).or_default() += weight;
            children
                .entry(above.code.as_str())
                .or_default()
                .insert(below);
            below = above.code.as_str();
        }
    }
    let references = SelfReferences::of(text);
    let heaviest = |code: &str| {
        let below = children.get(code).into_iter().flatten();
        below
            .filter_map(|&code| Some((*mass.get(code)?, gazetteer.by_code(code)?)))
            .filter(|(_, division)| {
                matches!(
                    division.level,
                    PlaceLevel::Province | PlaceLevel::Prefecture | PlaceLevel::County
                )
            })
            .max_by(|(a, one), (b, other)| a.total_cmp(b).then(other.code.cmp(&one.code)))
    };
    let (mut weight, mut region) = heaviest(COUNTRY)?;
    while let Some((inside, below)) = heaviest(&region.code) {
        let beside = weight - inside;
        if inside * references.factor(below) <= beside * references.factor(region) {
            break;
        }
        (weight, region) = (inside, below);
    }
    (weight >= ENOUGH).then_some(region)
}

/// The last characters of the names of divisions that can be a document's region.
const LEVELS: &str = "省市州盟县区旗";

/// The code of the country.
const COUNTRY: &str = "100000";

/// Weighs the divisions by how often and where they are named.
fn named<'k>(text: &Segmented<'k>, places: &[Candidate<'k>]) -> BTreeMap<&'k str, f64> {
    let gazetteer = text.knowledge.gazetteer;
    let mut starts: BTreeMap<usize, Vec<&'k Division>> = BTreeMap::new();
    let mut full: BTreeMap<&str, &[&'k Division]> = BTreeMap::new();
    for (divisions, short, span) in places.iter().filter_map(divisions_of) {
        starts.entry(span.start).or_default().extend(divisions);
        if !short {
            full.insert(span.of(text.text), divisions);
        }
    }
    let lead = lead(text);
    let mut opened = false;
    let mut ends: BTreeMap<usize, Vec<&'k Division>> = BTreeMap::new();
    let mut own: BTreeMap<&'k str, f64> = BTreeMap::new();
    for (divisions, short, span) in places.iter().filter_map(divisions_of) {
        if inside_known_body(text, span) {
            continue;
        }
        let other = short.then(|| township_meant(span.of(text.text), divisions, &full));
        let (divisions, short) = match other.flatten() {
            Some(townships) => (townships, false),
            None => (divisions, short),
        };
        // Of a chain (南京市鼓楼区) the last name is meant; those before it tell homonyms apart.
        let within = |below: &Division, above: &[&Division]| {
            above.iter().any(|above| {
                above.code != below.code && gazetteer.is_within(&below.code, &above.code)
            })
        };
        let before = ends.get(&span.start).cloned().unwrap_or_default();
        let behind = starts.get(&span.end).map(Vec::as_slice).unwrap_or_default();
        let meant: Vec<&Division> = divisions
            .iter()
            .copied()
            .filter(|division| within(division, &before))
            .collect();
        let chained = !meant.is_empty();
        let meant = if chained { meant } else { divisions.to_vec() };
        ends.entry(span.end).or_default().extend(&meant);
        let qualifies = behind.iter().any(|below| within(below, &meant));
        if !qualifies {
            let shares = shares(&meant, short, chained);
            // The first place of the article opens it, if it is sure which one it is.
            let opens = lead.is_some_and(|lead| lead.contains(span));
            let opens =
                opens && !short && shares.len() == 1 && !std::mem::replace(&mut opened, true);
            let weight = weight(text, span, short, opens);
            for (division, share) in shares {
                *own.entry(division.code.as_str()).or_default() += weight * share;
            }
        }
    }
    own
}

fn divisions_of<'c, 'k>(candidate: &'c Candidate<'k>) -> Option<(&'c [&'k Division], bool, Span)> {
    match &candidate.target {
        Target::Divisions { divisions, short } => Some((divisions, *short, candidate.span)),
        Target::Name
        | Target::Local(_)
        | Target::Known(_)
        | Target::ShortBody(_)
        | Target::LowerBody(_) => None,
    }
}

/// Gives the township that a short name stands for (古田 for 古田镇): the text names it in full, and
/// none of the divisions that bear the short name.
fn township_meant<'f, 'k>(
    short: &str,
    divisions: &[&Division],
    full: &BTreeMap<&str, &'f [&'k Division]>,
) -> Option<&'f [&'k Division]> {
    let named = divisions
        .iter()
        .any(|division| full.contains_key(division.name.as_str()));
    let mut longer = full
        .range(short..)
        .take_while(|(name, _)| name.starts_with(short));
    let found = longer.find(|(name, _)| name.chars().count() == short.chars().count() + 1);
    found.filter(|_| !named).map(|(_, townships)| *townships)
}

fn weight(text: &Segmented<'_>, span: Span, short: bool, opens: bool) -> f64 {
    let headline = text.structure.headline;
    let name = if short { 0.7 } else { 1.0 };
    if headline.is_some_and(|headline| headline.contains(span)) {
        name * HEADLINE
    } else if opens || is_address(text, span) {
        name * LEAD
    } else {
        name
    }
}

/// Finds the first sentence of the article: one that ends as sentences do.
fn lead(text: &Segmented<'_>) -> Option<Span> {
    let sentences = text.structure.sentences.iter();
    let mut spans = sentences.map(|sentence| sentence.span);
    spans.find(|span| span.of(text.text).ends_with(['。', '！', '？', '；', '”']))
}

/// Tells whether a name stands in a line that gives an address.
fn is_address(text: &Segmented<'_>, span: Span) -> bool {
    /// Longest address before a name, in bytes (20 characters).
    const LONGEST: usize = 20 * 3;
    let Some(sentence) = text.structure.sentence_at(span.start) else {
        return false;
    };
    let line = Span::new(sentence.span.start, span.start).of(text.text);
    span.start - sentence.span.start <= LONGEST
        && ADDRESS
            .iter()
            .any(|label| line.starts_with(label) && line.contains('：'))
}

/// Labels of the address of what a page introduces.
const ADDRESS: [&str; 4] = ["地址", "所在地", "位置", "景区地址"];

/// Divides a name's weight among its divisions: all to the highest level where it is that of a
/// province or prefecture, else equally among the counties; little to townships, unless a place above them stands before.
fn shares<'k>(divisions: &[&'k Division], short: bool, chained: bool) -> Vec<(&'k Division, f64)> {
    let top = divisions.iter().map(|division| division.level).min();
    let same: Vec<_> = divisions
        .iter()
        .copied()
        .filter(|division| Some(division.level) == top)
        .collect();
    let Ok(count) = u32::try_from(same.len()) else {
        return Vec::new();
    };
    let level = match top {
        Some(PlaceLevel::Township) if short => 0.0,
        Some(PlaceLevel::Township) if !chained => 0.3,
        _ => 1.0,
    };
    same.into_iter()
        .map(|division| (division, level / f64::from(count)))
        .collect()
}

/// The place in the name of a paper or a ministry says nothing of what a document is about.
fn inside_known_body(text: &Segmented<'_>, span: Span) -> bool {
    /// Longest name of a body, in bytes (40 characters).
    const LONGEST: usize = 40 * 3;
    let around = Span::new(span.start.saturating_sub(LONGEST), span.end + LONGEST);
    text.within(List::KnownBody, around)
        .any(|hit| hit.span.contains(span) && hit.span != span)
}

/// How often the text refers to bodies of its own region, by the first character: 市, 县, 州 ….
struct SelfReferences {
    counts: BTreeMap<char, f64>,
    all: f64,
}

impl SelfReferences {
    fn of(text: &Segmented<'_>) -> Self {
        let mut counts: BTreeMap<char, f64> = BTreeMap::new();
        let bodies = text
            .of(List::ShortBody)
            .filter(|hit| text.is_boundary(hit.span.start))
            .filter_map(|hit| hit.entry.name.chars().next());
        // 全县, 我市: the owner of a document's programmes.
        let owners = text
            .of(List::Owner)
            .filter(|hit| hit.entry.field("meaning") == "document-region")
            .filter_map(|hit| hit.entry.name.chars().next_back());
        // Other first characters (团委, 教育局) say nothing of the level.
        for level in bodies.chain(owners).filter(|&level| LEVELS.contains(level)) {
            *counts.entry(level).or_default() += 1.0;
        }
        let all = counts.values().sum();
        Self { counts, all }
    }

    /// Gives how much the references to regions of its level speak for a division; 1 for nothing.
    fn factor(&self, division: &Division) -> f64 {
        let count = kind(division)
            .and_then(|kind| self.counts.get(&kind))
            .copied()
            .unwrap_or(0.0);
        let share = if self.all > 0.0 {
            count / self.all
        } else {
            0.0
        };
        1.0 + share * count.min(MOST_SELF_REFERENCES) / 2.0
    }
}

/// Gives the character by which a text refers to such a division: the last of its name.
fn kind(division: &Division) -> Option<char> {
    division.name.chars().next_back()
}
