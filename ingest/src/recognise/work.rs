//! Works: titles in 《…》 that are no policy documents, and quotations beside a word for a kind of
//! work (“…”专栏).

use ontology::record::{EntityClass, Span};

use super::{Candidate, phrase};
use crate::knowledge::{Hit, List};
use crate::segment::{Quote, QuoteKind, Segmented};

/// Finds every candidate for a work, and the policy documents among the titles, and the papers
/// (《某某日报》 is an organization).
pub(super) fn works<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let mut found: Vec<Candidate<'k>> = text
        .quotes
        .iter()
        .filter_map(|quote| by_marks(text, quote))
        .collect();
    found.extend(text.of(List::KnownWork).filter_map(|hit| known(text, hit)));
    found
}

fn by_marks<'k>(text: &Segmented<'k>, quote: &Quote) -> Option<Candidate<'k>> {
    match quote.kind {
        QuoteKind::Title => Some(title(text, quote)),
        QuoteKind::Quote => {
            let kind = kind_after(text, quote.outer.end)
                .or_else(|| kind_before(text, quote.outer.start))?;
            let beside = kind.span.start >= quote.outer.end
                && !Span::new(quote.outer.end, kind.span.start)
                    .of(text.text)
                    .contains(['“', '等']);
            let end = if beside {
                kind.span.end
            } else {
                quote.outer.end
            };
            let span = Span::new(quote.outer.start, end);
            let full = span.of(text.text);
            let label = phrase::unquoted(quote.inner.of(text.text));
            Some(
                Candidate::new(text.text, span, EntityClass::Work, 0.82, "work.quoted")
                    .named(label, Some(full.replace(['“', '”'], "")))
                    .of_kind(Some(kind.entry.name.clone())),
            )
        }
    }
}

fn title<'k>(text: &Segmented<'k>, quote: &Quote) -> Candidate<'k> {
    let inner = quote.inner;
    let paper = text
        .starting(inner.start)
        .find(|hit| hit.entry.list == List::KnownBody && hit.span == inner);
    if let Some(hit) = paper {
        return Candidate::known(
            quote.outer,
            EntityClass::Organization,
            0.9,
            "organization.title",
            hit.entry,
        );
    }
    let kind = kind_after(text, quote.outer.end).or_else(|| kind_before(text, quote.outer.start));
    let document = text
        .ending(inner.end)
        .filter(|hit| hit.entry.list == List::DocumentHead)
        .max_by_key(|hit| hit.span.len());
    if let (Some(document), None) = (document, kind) {
        return Candidate::new(
            text.text,
            quote.outer,
            EntityClass::Program,
            0.9,
            "program.document",
        )
        .of_kind(document.entry.kind());
    }
    Candidate::new(text.text, quote.outer, EntityClass::Work, 0.9, "work.title")
        .of_kind(kind.map(|hit| hit.entry.name.clone()))
}

/// Longest stretch between a title and the word for its kind, in bytes (6 characters).
const GAP: usize = 6 * 3;

/// Finds the word for a kind of work behind a quotation: at once, or after words that belong to it
/// (“…”国庆摄影展).
fn kind_after<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let at = behind_list(text, at);
    let first = text.token_at(at)?;
    let mut end = at;
    for token in text.tokens.iter().skip(first) {
        if !token.pos.is_nominal() || end - at > GAP {
            break;
        }
        end = token.span.end;
    }
    // A kind of one character (展, 课) is sure only beside 《》.
    let title = text.before(at) == Some('》');
    text.within(List::WorkKind, Span::new(at, end))
        .filter(|hit| hit.entry.field("side") != "before" && (title || hit.span.len() > 3))
        .max_by_key(|hit| (hit.span.end, hit.span.len()))
        .filter(|hit| hit.span.end == end)
}

/// Gives the end of a list of quotations that goes on at `at`, and of 等 behind it: “甲”“乙”等专栏
/// says of both what they are.
pub(super) fn behind_list(text: &Segmented<'_>, at: usize) -> usize {
    let mut end = at;
    loop {
        let next = text.text.get(end..).map_or(end, |rest| {
            end + rest.len() - rest.trim_start_matches('、').len()
        });
        let Some(quote) = text.quote_starting(next) else {
            break;
        };
        end = quote.outer.end;
    }
    let rest = text.text.get(end..).unwrap_or_default();
    if rest.starts_with('等') {
        end + '等'.len_utf8()
    } else {
        end
    }
}

fn kind_before<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    text.ending(at)
        .filter(|hit| hit.entry.list == List::WorkKind && hit.entry.field("side") != "after")
        .filter(|hit| hit.span.len() > 3 && text.is_boundary(hit.span.start))
        .max_by_key(|hit| hit.span.len())
}

/// A known work without marks must have a long name: short ones are ordinary words.
fn known<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    /// Four characters.
    const SHORTEST: usize = 4 * 3;
    let marked = text
        .quote_around(hit.span)
        .is_some_and(|quote| quote.inner == hit.span);
    let bare = hit.entry.field("bare") != "no" && hit.span.len() >= SHORTEST;
    let score = if marked { 0.75 } else { 0.5 };
    (marked || bare && text.is_boundary(hit.span.start))
        .then(|| Candidate::known(hit.span, EntityClass::Work, score, "work.known", hit.entry))
}
