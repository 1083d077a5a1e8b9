//! Works: titles in 《…》 that are no policy documents, and quotations beside a word for a kind of
//! work (“…”专栏).

use ontology::record::{EntityClass, Span};

use super::{Candidate, phrase};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Quote, QuoteKind, Segmented};

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
    if quote.kind == QuoteKind::Title {
        return title(text, quote);
    }
    if super::program::is_speech(text, quote.inner) {
        return None;
    }
    let inside = exhibition(text, quote);
    let kind = kind_after(text, quote.outer.end)
        .or(inside)
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

/// The word for an exhibition that ends a quotation (“某某——某某文物特展”).
fn exhibition<'t, 'k>(text: &'t Segmented<'k>, quote: &Quote) -> Option<&'t Hit<'k>> {
    text.ending(quote.inner.end)
        .filter(|hit| hit.entry.list == List::WorkKind && hit.entry.field("kind") == "exhibition")
        .filter(|hit| hit.span.len() > 3 && hit.span.start > quote.inner.start)
        .max_by_key(|hit| hit.span.len())
}

/// A title: a paper, a known work, a policy document, or a work; none for a certificate.
fn title<'k>(text: &Segmented<'k>, quote: &Quote) -> Option<Candidate<'k>> {
    let inner = quote.inner;
    let listed = |list: List| {
        text.starting(inner.start)
            .find(|hit| hit.entry.list == list && hit.span == inner)
    };
    let kind = kind_after(text, quote.outer.end).or_else(|| kind_before(text, quote.outer.start));
    let paper = listed(List::KnownBody).filter(|_| kind.is_none_or(is_press));
    if let Some(hit) = paper {
        let class = EntityClass::Organization;
        let rule = "organization.title";
        return Some(Candidate::known(quote.outer, class, 0.9, rule, hit.entry));
    }
    if let Some(hit) = listed(List::KnownWork) {
        let class = EntityClass::Work;
        return Some(Candidate::known(
            quote.outer,
            class,
            0.92,
            "work.known-title",
            hit.entry,
        ));
    }
    let document = text
        .ending(before_years(text, inner))
        .filter(|hit| hit.entry.list == List::DocumentHead)
        .max_by_key(|hit| hit.span.len());
    let (class, score, rule) = match (document, kind) {
        (Some(document), None) if document.entry.field("kind") == "certificate" => return None,
        (Some(_), None) => (EntityClass::Program, 0.9, "program.document"),
        (_, _) => (EntityClass::Work, 0.9, "work.title"),
    };
    let kind = match (document, kind) {
        (Some(document), None) => document.entry.kind(),
        (_, kind) => kind.map(|hit| hit.entry.name.clone()),
    };
    Some(
        Candidate::new(text.text, quote.outer, class, score, rule)
            .named(inner.of(text.text).trim().to_owned(), None)
            .of_kind(kind),
    )
}

/// Where a title ends before the brackets at its end (某某行动计划（2021—2023年）).
fn before_years(text: &Segmented<'_>, inner: Span) -> usize {
    let words = inner.of(text.text);
    let bracket = words.strip_suffix('）').and_then(|rest| rest.rfind('（'));
    bracket.map_or(inner.end, |at| inner.start + at)
}

/// Tells whether a word for a kind of work goes with a paper as well (《某报》专栏 is the paper's).
fn is_press(kind: &Hit<'_>) -> bool {
    matches!(
        kind.entry.field("kind"),
        "periodical" | "column" | "article"
    )
}

/// Longest stretch between a title and the word for its kind, in bytes (6 characters).
const GAP: usize = 6 * 3;

/// Finds the word for a kind of work behind a quotation: at once, or after words that belong to it
/// (“…”国庆摄影展).
fn kind_after<'t, 'k>(text: &'t Segmented<'k>, at: usize) -> Option<&'t Hit<'k>> {
    // A kind of one character (展, 课) is sure only beside 《》.
    let at = behind_list(text, at);
    let title = text.before(at) == Some('》');
    // An article in quotation marks is a figure of speech (做好“后半篇”文章).
    let is_kind = |hit: &Hit<'_>| {
        hit.entry.list == List::WorkKind
            && hit.entry.field("side") != "before"
            && (title || hit.span.len() > 3 && hit.entry.field("kind") != "article")
    };
    let first = text.token_at(at)?;
    let mut end = at;
    let mut found: Option<&Hit<'k>> = None;
    for token in text.tokens.iter().skip(first) {
        // Behind a kind, a verb begins what is said of the work.
        let said = found.is_some() && token.pos == Pos::Verb;
        let series = token.pos == Pos::Measure && token.span.len() > 3;
        if said || !(token.pos.is_nominal() || series) || end - at > GAP {
            break;
        }
        end = token.span.end;
        let reached = Span::new(at, end);
        // 开展, 宣讲 are kinds beside 《》 only; 展览 may be a verb, too.
        let verb = token.pos == Pos::Verb && !title;
        let noun = |hit: &Hit<'_>| {
            hit.entry.field("kind") == "exhibition" && hit.entry.field("side") == "both"
        };
        found = text
            .ending(end)
            .filter(|hit| !verb || noun(hit))
            .filter(|hit| is_kind(hit) && reached.contains(hit.span))
            .max_by_key(|hit| hit.span.len())
            .or(found);
    }
    found.filter(|hit| hit.span.end == end)
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
    let marked = text.quote_around(hit.span).is_some_and(|quote| {
        let sure = quote.kind == QuoteKind::Title || hit.entry.field("bare") != "no";
        sure && quote.inner == hit.span
    });
    let bare = hit.entry.field("bare") != "no" && hit.span.len() >= SHORTEST;
    let score = if marked { 0.75 } else { 0.5 };
    (marked || bare && text.is_boundary(hit.span.start))
        .then(|| Candidate::known(hit.span, EntityClass::Work, score, "work.known", hit.entry))
}
