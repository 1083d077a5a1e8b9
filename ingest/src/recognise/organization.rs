//! Organizations: known bodies, short forms of local ones (市委), and names by their last words.

use ontology::record::{EntityClass, Span};

use super::phrase::{self, Opening, Phrase};
use super::{Candidate, Target};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Segmented};

/// Finds every candidate for an organization.
pub(super) fn organizations<'k>(
    text: &Segmented<'k>,
    places: &[Candidate<'k>],
) -> Vec<Candidate<'k>> {
    let mut found: Vec<Candidate<'k>> = Vec::new();
    found.extend(text.of(List::KnownBody).filter_map(|hit| known(text, hit)));
    found.extend(
        text.of(List::ShortBody)
            .filter_map(|hit| short(text, hit, places)),
    );
    found.extend(
        text.of(List::BodySuffix)
            .filter_map(|hit| by_suffix(text, hit)),
    );
    found
}

fn known<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    let free = text.is_boundary(hit.span.start) && text.is_boundary(hit.span.end);
    let long = hit.span.len() >= 4 * 3;
    (free || long).then(|| {
        Candidate::known(
            hit.span,
            EntityClass::Organization,
            0.85,
            "organization.known",
            hit.entry,
        )
    })
}

/// A local body: with the place before it (白山市委: the place's last character is the body's
/// first), or alone, to be resolved against the document's region.
fn short<'k>(
    text: &Segmented<'k>,
    hit: &Hit<'k>,
    places: &[Candidate<'k>],
) -> Option<Candidate<'k>> {
    let first = text.at(hit.span.start)?.len_utf8();
    let place = places
        .iter()
        .filter(|place| matches!(place.target, Target::Divisions { .. }))
        .filter(|place| {
            place.span.end == hit.span.start || place.span.end == hit.span.start + first
        })
        .min_by_key(|place| place.span.start);
    let kind = Some("local".to_owned());
    if let Some(place) = place {
        let plain = Span::new(place.span.start, hit.span.end);
        let span = with_party(text, plain);
        let mut candidate = Candidate::new(
            text.text,
            span,
            EntityClass::Organization,
            0.9,
            "organization.local",
        )
        .named(plain.of(text.text).to_owned(), None)
        .of_kind(kind);
        candidate.target = Target::ShortBody(hit.entry);
        return Some(candidate);
    }
    // 党校, 妇联 alone are any of their kind; 市委 is the region's.
    let local = text
        .at(hit.span.start)
        .is_some_and(|c| "省市县区州旗盟镇乡自".contains(c));
    let free = text
        .before(hit.span.start)
        .is_none_or(|c| !crate::normalise::is_han(c))
        || text.is_boundary(hit.span.start);
    (local && free).then(|| Candidate {
        span: hit.span,
        class: EntityClass::Organization,
        score: 0.8,
        rule: "organization.short",
        label: hit.entry.name.clone(),
        aliases: Vec::new(),
        kind,
        target: Target::ShortBody(hit.entry),
    })
}

/// Takes 中共 before a party committee into its span.
fn with_party(text: &Segmented<'_>, span: Span) -> Span {
    let before = text.text.get(..span.start).unwrap_or_default();
    before
        .strip_suffix("中共")
        .map_or(span, |rest| Span::new(rest.len(), span.end))
}

fn by_suffix<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    if !phrase::is_head(text, hit.span) || longer_suffix(text, hit) {
        return None;
    }
    // 某某爱国主义教育中心 is a site; the site's recogniser speaks for it.
    let site = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::SiteHead && other.span.start < hit.span.start);
    let phrase = phrase::leftwards(text, hit.span, Opening::Noun);
    if site || text.is(List::NotBody, phrase.span) || phrase.words == 0 {
        return None;
    }
    let score = score(text, hit, phrase)?;
    let candidate = Candidate::new(
        text.text,
        with_party(text, phrase.span),
        EntityClass::Organization,
        score,
        "organization.suffix",
    );
    Some(candidate.of_kind(hit.entry.kind()))
}

/// Tells whether a longer suffix ends at the same byte: it speaks for both.
fn longer_suffix(text: &Segmented<'_>, hit: &Hit<'_>) -> bool {
    text.ending(hit.span.end)
        .any(|other| other.entry.list == List::BodySuffix && other.span.start < hit.span.start)
}

/// A name needs something that singles a body out: a place, a quotation, or a word that is in no
/// dictionary.
fn score(text: &Segmented<'_>, hit: &Hit<'_>, phrase: Phrase) -> Option<f64> {
    let strong = hit.entry.is_strong();
    if !strong && hit.entry.field("kind") == "generic" {
        return None;
    }
    if phrase.place {
        return Some(if strong { 0.75 } else { 0.65 });
    }
    if phrase.quoted {
        return Some(if strong { 0.8 } else { 0.65 });
    }
    let own = text
        .token_at(phrase.span.start)
        .and_then(|number| text.tokens.get(number));
    let own = own.is_some_and(|token| {
        !token.known && token.span.len() > 3 || matches!(token.pos, Pos::Person | Pos::Place)
    });
    let company = hit.entry.field("kind") == "company" && phrase.words <= 2;
    (strong && own || company).then_some(if own { 0.55 } else { 0.5 })
}
