//! Short forms of local bodies: which body of which division 市委 is.

use ontology::gazetteer::{Division, Gazetteer};
use ontology::record::PlaceLevel;

use crate::knowledge::Entry;

/// The names of a local body.
pub(super) struct Body {
    pub(super) label: String,
    pub(super) aliases: Vec<String>,
}

/// Names the body that `entry` (市委) means in `place`.
pub(super) fn named(entry: &Entry, place: &Division) -> Body {
    let usual = usual_name(place);
    let label = fill(entry.field("label"), &usual);
    let mut aliases: Vec<String> = entry
        .aliases_of_label()
        .map(|template| fill(template, &place.name))
        .collect();
    aliases.extend(
        entry
            .aliases_of_label()
            .map(|template| fill(template, &usual)),
    );
    aliases.push(fill(entry.field("label"), &place.name));
    aliases.push(entry.name.clone());
    aliases.sort();
    aliases.dedup();
    aliases.retain(|alias| *alias != label);
    Body { label, aliases }
}

/// Names the body that `entry` (村党支部) means in the township or village `place`. The short form is no
/// other name of it: the text may speak of several villages.
pub(super) fn named_after(entry: &Entry, place: &str) -> Body {
    let label = fill(entry.field("label"), place);
    let mut aliases: Vec<String> = entry
        .aliases_of_label()
        .map(|template| fill(template, place))
        .filter(|alias| *alias != label)
        .collect();
    aliases.sort();
    aliases.dedup();
    Body { label, aliases }
}

fn fill(template: &str, place: &str) -> String {
    template.replace("{place}", place)
}

/// The name that people use with a body's: 延边州 of 延边朝鲜族自治州, else the full one.
fn usual_name(place: &Division) -> String {
    let last = place.name.chars().next_back();
    place
        .shorts
        .iter()
        .filter(|short| short.chars().next_back() == last)
        .max_by_key(|short| short.len())
        .unwrap_or(&place.name)
        .clone()
}

/// Finds the division whose body a short form means in a document about `region`: the region
/// itself, or the place above it, at the level that the short form names.
pub(super) fn place_of<'k>(
    entry: &Entry,
    region: &'k Division,
    gazetteer: &'k Gazetteer,
) -> Option<&'k Division> {
    let first = entry.name.chars().next()?;
    let level = match entry.field("level") {
        "province" => Some(PlaceLevel::Province),
        "prefecture" => Some(PlaceLevel::Prefecture),
        "county" => Some(PlaceLevel::County),
        _ => None,
    };
    std::iter::once(region)
        .chain(gazetteer.ancestors(&region.code))
        .find(|division| {
            let named = division.name.ends_with(first) || level == Some(PlaceLevel::Province);
            let municipality = division.level == PlaceLevel::Province && first == '市';
            let levelled = level.is_none_or(|level| division.level == level) || municipality;
            named && levelled && division.level != PlaceLevel::Country
        })
}
