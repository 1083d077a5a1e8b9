//! Programmes: national ones by name; quotations with a head noun (“…”行动); unquoted compounds
//! with a head noun that makes names (…专项行动); policy documents come from the titles in `work`.

use ontology::record::{EntityClass, Span};

use super::Candidate;
use super::phrase::{self, Opening};
use crate::knowledge::{Hit, List};
use crate::segment::{Quote, QuoteKind, Segmented};

/// Finds every candidate for a programme.
pub(super) fn programs<'k>(text: &Segmented<'k>) -> Vec<Candidate<'k>> {
    let mut found: Vec<Candidate<'k>> = text
        .of(List::KnownProgram)
        .filter_map(|hit| known(text, hit))
        .collect();
    found.extend(text.quotes.iter().filter_map(|quote| quoted(text, quote)));
    found.extend(
        text.of(List::ProgramHead)
            .filter_map(|hit| unquoted(text, hit)),
    );
    found
}

/// A national programme; in quotation marks with a head noun behind, the whole is its mention.
fn known<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    let free = text.is_boundary(hit.span.start) || text.is_boundary(hit.span.end);
    let mut span = hit.span;
    if let Some(quote) = text.quote_of(hit.span) {
        let head = head_after(text, quote.outer.end);
        span = Span::new(
            quote.outer.start,
            head.map_or(quote.outer.end, |head| head.span.end),
        );
    }
    // 垃圾分类, 文旅融合: ordinary phrases unless marked as a name.
    let marked = span != hit.span || hit.entry.field("bare") != "no";
    (free && marked)
        .then(|| Candidate::known(span, EntityClass::Program, 0.85, "program.known", hit.entry))
}

/// Longest stretch between a quotation and its head noun, in bytes (10 characters).
const GAP: usize = 10 * 3;

/// Finds the head noun behind a quotation: the last one that the words behind it reach.
fn head_after<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    let first = text.token_at(at)?;
    let mut end = at;
    for token in text.tokens.iter().skip(first) {
        let lead = text.starting(token.span.start).any(|hit| {
            hit.entry.list == List::Lead && hit.entry.is_hard() && hit.span == token.span
        });
        if lead || !token.pos.is_nominal() || token.span.end - at > GAP {
            break;
        }
        end = token.span.end;
    }
    text.within(List::ProgramHead, Span::new(at, end))
        .max_by_key(|hit| (hit.span.end, hit.span.len()))
        .filter(|head| !is_body(text, head.span.end))
}

/// Tells whether the head of a body or a site ends at a byte: “…”服务队 is a team.
fn is_body(text: &Segmented<'_>, end: usize) -> bool {
    text.ending(end).any(|hit| {
        hit.entry.list == List::SiteHead
            || hit.entry.list == List::BodySuffix
                && !matches!(hit.entry.field("kind"), "generic" | "platform")
    })
}

fn quoted<'k>(text: &Segmented<'k>, quote: &Quote) -> Option<Candidate<'k>> {
    let inner = quote.inner.of(text.text);
    let asks = text
        .within(List::Lead, quote.inner)
        .any(|hit| hit.entry.field("strength") == "question");
    if quote.kind == QuoteKind::Title || asks || sentence(inner) || inner.chars().count() < 2 {
        return None;
    }
    if let Some(head) = head_after(text, quote.outer.end) {
        return Some(with_head(text, quote, head));
    }
    // “甲”“乙”等活动 says of both what they are.
    let behind = super::work::behind_list(text, quote.outer.end);
    if behind > quote.outer.end
        && let Some(head) = head_after(text, behind)
    {
        return Some(
            Candidate::new(
                text.text,
                quote.outer,
                EntityClass::Program,
                0.7,
                "program.quoted-list",
            )
            .of_kind(head.entry.kind()),
        );
    }
    let barred = text.is(List::NotProgram, quote.inner)
        || text
            .ending(quote.inner.end)
            .any(|hit| hit.entry.list == List::NotProgram && hit.entry.name.chars().count() <= 2);
    if barred {
        return None;
    }
    let head = text
        .ending(quote.inner.end)
        .filter(|hit| hit.entry.list == List::ProgramHead && hit.span.start > quote.inner.start)
        .max_by_key(|hit| hit.span.len());
    let run = text
        .ending(quote.outer.start)
        .any(|hit| hit.entry.list == List::ProgramVerb);
    let score = match (head, run) {
        (Some(_), true) => 0.75,
        (Some(_), false) => 0.6,
        (None, true) => 0.45,
        (None, false) => return None,
    };
    Some(
        Candidate::new(
            text.text,
            quote.outer,
            EntityClass::Program,
            score,
            "program.quoted",
        )
        .of_kind(head.and_then(|head| head.entry.kind())),
    )
}

/// Speech and slogans: whole sentences in quotation marks.
fn sentence(inner: &str) -> bool {
    inner.contains(['。', '！', '？', '；', '：'])
}

/// “…”活动: called by the quotation, and by the whole; a quotation of few characters (1473) or one
/// that only counts (四个) is no name by itself.
fn with_head<'k>(text: &Segmented<'k>, quote: &Quote, head: &Hit<'k>) -> Candidate<'k> {
    /// A name has at least so many characters.
    const SHORTEST: usize = 3;
    let span = Span::new(quote.outer.start, head.span.end);
    let whole = span.of(text.text).replace(['“', '”'], "");
    let inner = phrase::unquoted(quote.inner.of(text.text));
    let short = inner.chars().count() < SHORTEST || inner.is_ascii();
    let candidate = Candidate::new(
        text.text,
        span,
        EntityClass::Program,
        0.8,
        "program.quoted-head",
    )
    .of_kind(head.entry.kind());
    if short {
        candidate.named(whole, None)
    } else {
        candidate.named(inner, Some(whole))
    }
}

/// An unquoted compound: only with a head that makes names.
fn unquoted<'k>(text: &Segmented<'k>, hit: &Hit<'k>) -> Option<Candidate<'k>> {
    /// A name has at least so many characters before its head.
    const SHORTEST: usize = 2;
    let longer = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::ProgramHead && other.span.start < hit.span.start);
    if longer || !hit.entry.is_strong() || !phrase::is_head(text, hit.span) {
        return None;
    }
    let phrase = phrase::leftwards(text, hit.span, Opening::Verb);
    let before = Span::new(phrase.span.start, hit.span.start);
    if phrase.quoted || before.of(text.text).chars().count() < SHORTEST {
        return None;
    }
    if text.is(List::NotProgram, phrase.span) {
        return None;
    }
    let score = if phrase.place { 0.6 } else { 0.5 };
    Some(
        Candidate::new(
            text.text,
            phrase.span,
            EntityClass::Program,
            score,
            "program.head",
        )
        .of_kind(hit.entry.kind()),
    )
}
