//! Places: divisions of the gazetteer, named regions and natural features, and, by [`suffix`], names
//! that end like a village, a township or a mountain.

use ontology::gazetteer::{Division, NameForm, NameMatch};
use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Candidate, Target, suffix};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for a place.
pub(crate) fn places<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let mut found = divisions(text);
    let known: Vec<_> = longest(text, &found, known(text).collect());
    found.extend(known);
    found.extend(
        text.of(List::PlaceSuffix)
            .filter_map(|hit| suffix::by_suffix(text, hit)),
    );
    found
}

/// The region's townships by their names without 镇 or 乡, where these are no ordinary words.
pub(super) fn townships<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    text.townships
        .iter()
        .map(|&(span, division)| {
            let mut candidate =
                Candidate::new(text.text, span, EntityClass::Place, 0.6, "place.township");
            candidate.target = Target::Divisions {
                divisions: vec![division],
                short: true,
            };
            candidate
        })
        .collect()
}

/// Divisions: full, short and former names. Which division, `resolve` decides.
fn divisions<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    text.names
        .chunk_by(|one, two| one.span == two.span)
        .filter_map(|forms| named(text, forms))
        .collect()
}

/// Makes the candidate of a name from the forms in which divisions bear it.
fn named<'k>(text: &Segmented<'k>, forms: &[NameMatch<'k>]) -> Option<Candidate<'k>> {
    let standing: Vec<&NameMatch<'k>> = forms.iter().filter(|form| stands(text, form)).collect();
    let span = standing.first()?.span;
    let short = standing
        .iter()
        .all(|name| matches!(name.form, NameForm::Short));
    let bearers: Vec<&'k Division> = standing
        .iter()
        .filter(|name| short || !matches!(name.form, NameForm::Short))
        .flat_map(|name| name.divisions())
        .collect();
    let (divisions, holds) = of_the_time(text, span, bearers);
    let score = match (short, holds) {
        (true, _) => 0.7,
        (false, true) => 0.9,
        (false, false) => 0.8,
    };
    let mut candidate = Candidate::new(
        text.text,
        span,
        EntityClass::Place,
        score,
        "place.gazetteer",
    );
    candidate.target = Target::Divisions { divisions, short };
    Some(candidate)
}

/// Keeps the divisions that bear the name in the year of the document (today where it has no date)
/// and tells whether any does; all where none does, since texts also speak of the past.
fn of_the_time<'k>(
    text: &Segmented<'k>,
    span: Span,
    bearers: Vec<&'k Division>,
) -> (Vec<&'k Division>, bool) {
    let name = span.of(text.text);
    let holds = |division: &&Division| {
        let period = text.knowledge.gazetteer.period(name, &division.code);
        text.year
            .map_or(period.until.is_none(), |year| period.holds(year))
    };
    let now: Vec<&Division> = bearers.iter().copied().filter(holds).collect();
    if now.is_empty() {
        (bearers, false)
    } else {
        (now, true)
    }
}

/// Tells whether a name of the gazetteer stands as a name where it was found: it begins with a
/// word that can begin one, and ends with a word or goes into the name of a body (白山市委); or it
/// is a full name behind that of a place above it, whatever words the segmenter sees (某省无为市).
pub(super) fn stands(text: &Segmented<'_>, name: &NameMatch<'_>) -> bool {
    let span = name.span;
    if !matches!(name.form, NameForm::Short) && below_another(text, name) {
        return true;
    }
    let Some(first) = text
        .token_at(span.start)
        .and_then(|number| text.tokens.get(number))
    else {
        return false;
    };
    let function_word = first.span.len() < span.len()
        && matches!(
            first.pos,
            Pos::Preposition | Pos::Conjunction | Pos::Particle | Pos::Adverb | Pos::Pronoun
        );
    if first.span.start != span.start || function_word || text.lies_in(List::NotPlace, span) {
        return false;
    }
    let ends =
        text.is_boundary(span.end) || into_body(text, span) || names_people(text, span, first.span);
    let short = matches!(name.form, NameForm::Short);
    // 靖宇将军, 志丹同志: a person after whom a place is named; but 会昌老区.
    let person = short
        && text.starting(span.end).any(|hit| {
            hit.entry.list == List::Honorific
                && hit.entry.field("side") == "after"
                && text.is_boundary(hit.span.end)
        });
    if person {
        return false;
    }
    if short {
        ends || first.pos == Pos::Place
    } else {
        ends
    }
}

/// Tells whether a name and one character behind it are a word for its people or their speech: 湘潭人.
fn names_people(text: &Segmented<'_>, name: Span, word: Span) -> bool {
    let behind = text.at(name.end);
    behind.is_some_and(|c| matches!(c, '人' | '话') && word.end == name.end + c.len_utf8())
}

/// Tells whether the name of a place above ends where this one, a full one, begins.
fn below_another(text: &Segmented<'_>, name: &NameMatch<'_>) -> bool {
    let gazetteer = text.knowledge.gazetteer;
    text.names_ending(name.span.start)
        .filter(|above| !matches!(above.form, NameForm::Former))
        .flat_map(|above| above.divisions())
        .any(|above| {
            name.divisions().iter().any(|division| {
                division.code != above.code && gazetteer.is_within(&division.code, &above.code)
            })
        })
}

/// Tells whether the last character of a name is the first of a body's short name.
fn into_body(text: &Segmented<'_>, span: Span) -> bool {
    let last = span
        .of(text.text)
        .chars()
        .next_back()
        .map_or(0, char::len_utf8);
    text.starting(span.end - last)
        .any(|hit| hit.entry.list == List::ShortBody)
}

/// What says of a name that it is a river's or a lake's, and may hide its end from the segmenter
/// (太湖水, 湖畔).
const WATER: &str = "水畔边岸流沿段口";

/// A known name may not lie across words on both sides, unless it is so long that chance does not
/// make it, or water is spoken of.
fn stands_free(text: &Segmented<'_>, hit: &Hit<'_>) -> bool {
    const LONG: usize = 4 * 3;
    let span = hit.span;
    let water =
        hit.entry.list == List::Natural && text.at(span.end).is_some_and(|c| WATER.contains(c));
    span.len() >= LONG || text.is_boundary(span.start) && (water || text.is_boundary(span.end))
}

/// Tells whether a region called after the points of the compass is just a direction: 往东北走, 县城西南,
/// 徐州市西北, 东北方向.
fn is_direction(text: &Segmented<'_>, hit: &Hit<'_>) -> bool {
    const COMPASS: &str = "东南西北中部";
    const TOWARDS: &str = "往向朝偏城区县镇乡村";
    const BEHIND: &str = "方角侧边约距";
    let span = hit.span;
    let compass = hit.entry.field("kind") == "region"
        && span.of(text.text).chars().all(|c| COMPASS.contains(c));
    let within = || {
        text.names_ending(span.start)
            .flat_map(|name| name.divisions())
            .any(|division| division.level != PlaceLevel::Country)
    };
    compass
        && (text.before(span.start).is_some_and(|c| TOWARDS.contains(c))
            || text.at(span.end).is_some_and(|c| BEHIND.contains(c))
            || within())
}

/// Named regions, countries and natural features.
fn known<'k>(text: &Segmented<'k>) -> impl Iterator<Item = Candidate<'k>> {
    [List::Region, List::Natural]
        .into_iter()
        .flat_map(move |list| {
            text.of(list)
                .filter(|hit| stands_free(text, hit) && !is_direction(text, hit))
                .map(move |hit| {
                    let level = if list == List::Natural {
                        PlaceLevel::Natural
                    } else {
                        PlaceLevel::Region
                    };
                    let rule = if list == List::Natural {
                        "place.natural"
                    } else {
                        "place.region"
                    };
                    let mut candidate =
                        Candidate::known(hit.span, EntityClass::Place, 0.75, rule, hit.entry);
                    candidate.kind = Some(level_name(level).to_owned());
                    candidate
                })
        })
}

/// Drops the known names that lie inside a longer known name (松山 in 松山湖) or in the full name of a
/// division (西江 in 西江镇), and the rivers with the name of a province that stands there as such.
fn longest<'k>(
    text: &Segmented<'k>,
    divisions: &[Candidate<'k>],
    mut known: Vec<Candidate<'k>>,
) -> Vec<Candidate<'k>> {
    let full = divisions
        .iter()
        .filter(|division| matches!(&division.target, Target::Divisions { short: false, .. }));
    let mut longer: Vec<Span> = known.iter().chain(full).map(|name| name.span).collect();
    longer.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    // The farthest end of the names that start at or before each.
    let mut farthest = Vec::with_capacity(longer.len());
    for span in &longer {
        let before = farthest.last().copied().unwrap_or(0);
        farthest.push(span.end.max(before));
    }
    let covered = |span: Span| {
        let until = longer.partition_point(|other| {
            (other.start, std::cmp::Reverse(other.end)) < (span.start, std::cmp::Reverse(span.end))
        });
        until
            .checked_sub(1)
            .and_then(|last| farthest.get(last))
            .is_some_and(|end| *end >= span.end)
    };
    known.retain(|name| !covered(name.span) && !is_province(text, name.span));
    known
}

/// Tells whether a span is the name of a province, and nothing says that its river is meant.
fn is_province(text: &Segmented<'_>, span: Span) -> bool {
    const COURSE: &str = "上中下干源";
    text.names_starting(span.start)
        .filter(|name| name.span == span && matches!(name.form, NameForm::Short))
        .flat_map(|name| name.divisions())
        .any(|division| division.level == PlaceLevel::Province)
        && !text
            .at(span.end)
            .is_some_and(|c| WATER.contains(c) || COURSE.contains(c))
}

fn level_name(level: PlaceLevel) -> &'static str {
    if level == PlaceLevel::Natural {
        "natural"
    } else {
        "region"
    }
}
