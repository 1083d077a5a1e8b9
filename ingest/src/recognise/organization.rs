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

/// A known body, with the place of its branch in brackets (某大学（某市）).
fn known<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    if let Some(span) = branch(text, hit.span).or_else(|| unit(text, hit.span)) {
        let class = EntityClass::Organization;
        let candidate = Candidate::new(text.text, span, class, 0.85, "organization.branch");
        return Some(candidate.of_kind(hit.entry.kind()));
    }
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

/// The span with the brackets behind it, where they hold just a place.
fn branch(text: &Segmented<'_>, body: Span) -> Option<Span> {
    let rest = text.text.get(body.end..)?.strip_prefix('（')?;
    let length = rest.find('）')?;
    let content = Span::new(
        body.end + '（'.len_utf8(),
        body.end + '（'.len_utf8() + length,
    );
    (phrase::place_before(text, content.end) == Some(content.start))
        .then(|| Span::new(body.start, content.end + '）'.len_utf8()))
}

/// The span with the numbered unit behind it (某军第四师, 某军一一五师三四四旅).
fn unit(text: &Segmented<'_>, army: Span) -> Option<Span> {
    let mut end = army.end;
    loop {
        let rest = text.text.get(end..).unwrap_or_default();
        let number = rest.trim_start_matches('第');
        let kind = number.trim_start_matches(is_digit);
        let at = end + rest.len() - kind.len();
        let listed = text
            .starting(at)
            .filter(|hit| hit.entry.list == List::BodySuffix && hit.entry.field("kind") == "army")
            .map(|hit| hit.span.end)
            .max();
        let single = kind
            .chars()
            .next()
            .filter(|c| matches!(c, '军' | '师' | '旅' | '团'))
            .map(|c| at + c.len_utf8());
        match listed.or(single).filter(|_| kind.len() < number.len()) {
            Some(next) => end = next,
            None => break,
        }
    }
    (end > army.end).then(|| Span::new(army.start, end))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c)
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
    if let Some(place) = place.filter(|_| !runs_on(text, hit.span)) {
        let plain = Span::new(place.span.start, hit.span.end);
        if let Some(outer) = parent(text, plain.start) {
            let span = Span::new(outer.span.start, plain.end);
            let class = EntityClass::Organization;
            let candidate = Candidate::new(text.text, span, class, 0.92, "organization.branch");
            return Some(candidate.of_kind(outer.entry.kind()));
        }
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
        .is_some_and(|c| "省市县区州旗盟镇乡村自".contains(c));
    // The segmenter may join a preposition to the body (由省 in 由省委).
    let preposition = text
        .ending(hit.span.start)
        .any(|lead| lead.entry.list == List::Lead && lead.entry.is_hard());
    let free = text
        .before(hit.span.start)
        .is_none_or(|c| !crate::normalise::is_han(c))
        || text.is_boundary(hit.span.start)
        || preposition;
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

/// The league or party whose local committee follows (共青团 before 某省委): not the committee of
/// 中共, which is meant where none is named.
fn parent<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    text.ending(at).find(|hit| {
        hit.entry.list == List::KnownBody
            && matches!(hit.entry.field("kind"), "party" | "mass")
            && !hit.span.of(text.text).starts_with("中共")
            && !hit.span.of(text.text).ends_with("共产党")
            && text.is_boundary(hit.span.start)
    })
}

/// Tells whether the last characters of a name begin another word (作协 in 合作协议).
fn runs_on(text: &Segmented<'_>, name: Span) -> bool {
    text.token_at(name.end)
        .and_then(|number| text.tokens.get(number))
        .is_some_and(|token| token.span.start > name.start && token.span.start < name.end)
}

/// Takes 中共 before a party committee into its span.
fn with_party(text: &Segmented<'_>, span: Span) -> Span {
    let before = text.text.get(..span.start).unwrap_or_default();
    before
        .strip_suffix("中共")
        .map_or(span, |rest| Span::new(rest.len(), span.end))
}

/// Bytes of a suffix that fills a quotation by itself (5 characters).
const LEAST_QUOTED: usize = 5 * 3;

fn by_suffix<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    if !phrase::is_head(text, hit.span) || longer_suffix(text, hit) {
        return None;
    }
    // 某某爱国主义教育中心 is a site; the site's recogniser speaks for it.
    let site = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::SiteHead && other.span.start < hit.span.start);
    let phrase = phrase::leftwards(text, hit.span, Opening::Noun);
    // A suffix of many characters is a name by itself in quotation marks (“蓝天救援队”).
    let bare = phrase.words == 0 && !(phrase.quoted && hit.span.len() >= LEAST_QUOTED);
    if site || text.is(List::NotBody, phrase.span) || bare || is_memorial(text, hit, phrase.span) {
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

/// Tells whether a museum shows a known site or event, or an army: the recogniser of sites speaks
/// for it.
fn is_memorial(text: &Segmented<'_>, hit: &Hit<'_>, name: Span) -> bool {
    let museum = hit.entry.field("kind") == "museum"
        && text
            .ending(hit.span.end)
            .any(|other| other.entry.list == List::SiteHead && other.span == hit.span);
    let before = Span::new(name.start, hit.span.start);
    let of = |list: List| text.within(list, before).next().is_some();
    museum && (of(List::KnownSite) || of(List::KnownEvent) || phrase::holds_army(text, before))
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
    // 分院, 分社: bodies only behind the body of which they are a branch.
    let branch = hit.entry.field("kind") == "branch" && !phrase.body;
    if branch || !strong && hit.entry.field("kind") == "generic" {
        return None;
    }
    if phrase.body {
        return Some(if strong { 0.85 } else { 0.8 });
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
