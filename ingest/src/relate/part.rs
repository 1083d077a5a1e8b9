//! `partOfProgram`: takes a programme, returns the programmes that the text names as its parts,
//! steps or means: in brackets behind it, as what it holds (甲包括乙), in its course (在甲中，开展乙;
//! 结合甲，开展乙), as its means (以乙为抓手推进甲; 创新乙，推动甲走深走实), as the plan for it (《甲实施方案》),
//! and what is known of national programmes.

use std::collections::BTreeMap;

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::{Asserted, clause};
use crate::knowledge::List;
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Finds the parts of every programme.
pub(super) fn parts(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    let names = names(resolution);
    for whole in programs(resolution, None) {
        found.extend(bracketed(text, resolution, whole));
        found.extend(known_whole(text, resolution, whole));
        found.extend(planned(text, &names, whole));
        if let Some(sentence) = text.structure.sentence_at(whole.span.start) {
            // Text without marks is one sentence: what is far away says nothing.
            let near = Span::new(
                sentence
                    .span
                    .start
                    .max(whole.span.start.saturating_sub(REACH)),
                sentence.span.end.min(whole.span.end + REACH),
            );
            found.extend(stated(text, resolution, whole, near));
        }
    }
    found
}

/// Bytes on either side within which a programme's parts are named (200 characters).
const REACH: usize = 200 * 3;

fn programs<'r>(
    resolution: &'r Resolution<'_>,
    within: Option<Span>,
) -> impl Iterator<Item = &'r Resolved> {
    let span = within.unwrap_or(Span::new(0, usize::MAX));
    resolution
        .within(span)
        .filter(|mention| mention.class == EntityClass::Program && !mention.nested)
}

fn assert(
    text: &Segmented<'_>,
    part: &Resolved,
    whole: &EntityKey,
    rule: &'static str,
    confidence: f64,
) -> Asserted {
    Asserted {
        span: clause(text, part.span),
        subject: part.key.clone(),
        predicate: Predicate::PartOfProgram,
        object: Object::Entity(whole.clone()),
        rule,
        confidence,
    }
}

/// Programmes in brackets behind a programme are its parts.
fn bracketed(text: &Segmented<'_>, resolution: &Resolution<'_>, whole: &Resolved) -> Vec<Asserted> {
    let rest = text.text.get(whole.span.end..).unwrap_or_default();
    let Some(length) = rest.strip_prefix('（').and_then(|inside| inside.find('）')) else {
        return Vec::new();
    };
    let start = whole.span.end + '（'.len_utf8();
    programs(resolution, Some(Span::new(start, start + length)))
        .filter(|part| part.key != whole.key)
        .map(|part| assert(text, part, &whole.key, "part.bracket", 0.8))
        .collect()
}

/// What is known of a national programme: it is a part of another one that the document names too.
fn known_whole(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    part: &Resolved,
) -> Option<Asserted> {
    let label = &resolution.entities.get(&part.key)?.label;
    let whole = text
        .knowledge
        .entry(List::KnownProgram, label)?
        .field("part_of");
    let whole = EntityKey::new(EntityClass::Program, whole);
    resolution
        .entities
        .contains_key(&whole)
        .then(|| assert(text, part, &whole, "part.known", 0.8))
}

/// Characters of a programme's name in the title of a plan.
const LEAST_NAME: usize = 4;
const MOST_NAME: usize = 24;

/// The names of the programmes that a plan can be for.
fn names<'r>(resolution: &'r Resolution<'_>) -> BTreeMap<&'r str, &'r EntityKey> {
    let mut names = BTreeMap::new();
    for (key, entity) in &resolution.entities {
        let plan = entity.kind.as_deref() == Some("plan");
        if entity.class != EntityClass::Program || plan {
            continue;
        }
        for name in std::iter::once(&entity.label).chain(&entity.aliases) {
            if name.chars().nth(LEAST_NAME - 1).is_some() {
                names.entry(name.as_str()).or_insert(key);
            }
        }
    }
    names
}

/// A policy document is a means of the programmes that its title names.
fn planned(
    text: &Segmented<'_>,
    names: &BTreeMap<&str, &EntityKey>,
    plan: &Resolved,
) -> Vec<Asserted> {
    if plan.rule != "program.document" {
        return Vec::new();
    }
    let words = plan.span.of(text.text).replace(['“', '”', '《', '》'], "");
    let mut wholes: Vec<&EntityKey> = Vec::new();
    for (at, _) in words.char_indices() {
        let rest = words.get(at..).unwrap_or_default();
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let named = ends
            .take(MOST_NAME)
            .filter_map(|end| names.get(rest.get(..end)?).copied())
            .filter(|whole| **whole != plan.key);
        wholes.extend(named);
    }
    wholes.sort();
    wholes.dedup();
    wholes
        .into_iter()
        .map(|whole| assert(text, plan, whole, "part.title", 0.7))
        .collect()
}

/// How a sentence ties its programmes to `whole`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// 甲包括乙: all behind.
    Holds,
    /// 在甲中，开展乙; 结合甲，开展乙; 作为甲的一项内容，开展乙.
    Course,
    /// 以乙为抓手，推进甲; 乙是甲的重要内容: the one before.
    Means,
    /// 创新乙、丙，推动甲走深走实: those before that are carried out.
    Drives,
}

fn stated(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    whole: &Resolved,
    sentence: Span,
) -> Vec<Asserted> {
    let behind = Span::new(whole.span.end, sentence.end);
    let before = Span::new(sentence.start, whole.span.start);
    match tie(text, resolution, whole, sentence) {
        Some(Tie::Holds) => programs(resolution, Some(behind))
            .filter(|part| part.key != whole.key)
            .map(|part| assert(text, part, &whole.key, "part.holds", 0.8))
            .collect(),
        Some(Tie::Course) => programs(resolution, Some(behind))
            .filter(|part| part.key != whole.key)
            .filter(|part| is_run(text, Span::new(whole.span.end, part.span.start)))
            .map(|part| assert(text, part, &whole.key, "part.course", 0.7))
            .collect(),
        Some(Tie::Drives) => programs(resolution, Some(before))
            .filter(|part| part.key != whole.key && part.rule != "program.known")
            .filter(|part| is_run(text, Span::new(sentence.start, part.span.start)))
            .map(|part| assert(text, part, &whole.key, "part.drives", 0.7))
            .collect(),
        Some(Tie::Means) => programs(resolution, Some(before))
            .last()
            .filter(|part| part.key != whole.key)
            .map(|part| assert(text, part, &whole.key, "part.means", 0.7))
            .into_iter()
            .collect(),
        None => Vec::new(),
    }
}

/// Tells whether a verb of carrying out stands in a stretch.
fn is_run(text: &Segmented<'_>, stretch: Span) -> bool {
    text.within(List::ProgramVerb, stretch)
        .any(|hit| matches!(hit.entry.field("sense"), "run" | "create"))
}

fn tie(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    whole: &Resolved,
    sentence: Span,
) -> Option<Tie> {
    let span = whole.span;
    if says_at(text, behind_manner(text, span.end), "hasPart") {
        return Some(Tie::Holds);
    }
    if says_at(text, span.end, "inCourseBehind") || says_before(text, span.start, "inCourseBefore")
    {
        return Some(Tie::Course);
    }
    // 打造甲品牌，开展乙、丙: what a brand is known for.
    let brand = span.of(text.text).ends_with("品牌");
    let comma = span.end + '，'.len_utf8();
    if brand && text.at(span.end) == Some('，') && says_at(text, comma, "instances") {
        return Some(Tie::Course);
    }
    let known = |mention: &Resolved| mention.rule == "program.known";
    let before = programs(resolution, Some(Span::new(sentence.start, span.start))).last();
    if says_at(text, span.end, "isPartBehind") {
        // 作为甲的一项内容，开展乙, but: 乙作为甲的一项内容.
        return if before.is_some() {
            Some(Tie::Means)
        } else {
            says_before(text, span.start, "asPartBefore").then_some(Tie::Course)
        };
    }
    if says_at(text, span.end, "isMeansBehind") {
        // 以甲为抓手，开展乙: the means holds what is local, and serves what is national.
        let next = programs(resolution, Some(Span::new(span.end, sentence.end))).next()?;
        return (known(whole) || !known(next)).then_some(Tie::Course);
    }
    let part = before.filter(|part| known(whole) && !known(part))?;
    if says_at(text, part.span.end, "isMeansBehind") {
        return Some(Tie::Means);
    }
    is_driven(text, span.start).then_some(Tie::Drives)
}

/// Tells whether 推动 or the like stands before a programme, with at most a word for whose it is in
/// between (推动全市某某教育).
fn is_driven(text: &Segmented<'_>, at: usize) -> bool {
    let owner = text
        .ending(at)
        .filter(|hit| hit.entry.list == List::Owner && text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .min();
    says_before(text, owner.unwrap_or(at), "drives")
}

/// Tells whether a word with this meaning starts at a byte.
fn says_at(text: &Segmented<'_>, at: usize, relation: &str) -> bool {
    text.starting(at).any(|hit| {
        hit.entry.list == List::Relation
            && hit.entry.field("relation") == relation
            && text.is_boundary(hit.span.end)
    })
}

/// Tells whether a word with this meaning ends at a byte.
fn says_before(text: &Segmented<'_>, at: usize, relation: &str) -> bool {
    text.ending(at).any(|hit| {
        hit.entry.list == List::Relation
            && hit.entry.field("relation") == relation
            && text.is_boundary(hit.span.start)
    })
}

/// Skips words of manner before a verb of holding (共包括, 主要包括).
fn behind_manner(text: &Segmented<'_>, at: usize) -> usize {
    const MANNER: usize = 3;
    let rest = text.text.get(at..).unwrap_or_default();
    rest.char_indices()
        .take(MANNER + 1)
        .map(|(offset, _)| at + offset)
        .find(|&at| says_at(text, at, "hasPart"))
        .unwrap_or(at)
}
