//! Programmes: national ones by name; quotations with a head noun (“…”行动); unquoted compounds
//! with a head noun that makes names (…专项行动); policy documents come from the titles in `work`.

use ontology::record::{EntityClass, Span};

use super::Candidate;
use super::phrase::{self, Opening};
use crate::knowledge::{Hit, List};
use crate::segment::{Pos, Quote, QuoteKind, Segmented};

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
    // 新时代文明实践所 is a body.
    if text.starting(hit.span.end).any(|head| {
        head.entry.list == List::BodySuffix
            && text.is_boundary(head.span.end)
            && head.entry.field("kind") == "generic"
            && head.span.len() <= 2 * 3
    }) {
        return None;
    }
    if is_title(text, hit) {
        return None;
    }
    let mut span = hit.span;
    if let Some(quote) = text.quote_of(hit.span) {
        let head = head_after(text, quote.inner, quote.outer.end);
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

/// Tells whether a name is that of a title which a place bears or a person was given (全国文明城市, 时代楷模),
/// and not of the campaign to win it (创建全国文明城市).
fn is_title(text: &Segmented<'_>, hit: &Hit<'_>) -> bool {
    /// Bytes between the verb and the title (20 characters).
    const REACH: usize = 20 * 3;
    let borne = matches!(hit.entry.field("kind"), "title" | "zone");
    let near = Span::new(hit.span.start.saturating_sub(REACH), hit.span.start);
    let won = || {
        text.within(List::ProgramVerb, near).any(|verb| {
            let between = Span::new(verb.span.end, hit.span.start).of(text.text);
            verb.entry.field("sense") == "create" && !between.contains(['，', '。', '；'])
        })
    };
    borne && !hit.entry.pack && !won()
}

/// Longest stretch between a quotation and its head noun, in bytes (10 characters).
const GAP: usize = 10 * 3;

/// Finds the head noun behind a quotation: the last one that the words behind it reach. Behind a
/// head, also one inside the quotation, a verb begins what is said of the name (“…工程”覆盖全乡).
fn head_after<'t, 'k>(text: &'t Segmented<'k>, inner: Span, at: usize) -> Option<&'t Hit<'k>> {
    let first = text.token_at(at)?;
    let mut end = at;
    let mut headed = ends_with_head(text, inner);
    let mut counted = false;
    for token in text.tokens.iter().skip(first) {
        let lead = text.starting(token.span.start).any(|hit| {
            hit.entry.list == List::Lead && hit.entry.is_hard() && hit.span == token.span
        });
        let said = headed && token.pos == Pos::Verb && !ends_with_head(text, token.span);
        // “…”三年提升计划
        counted |= matches!(token.pos, Pos::Number | Pos::Measure | Pos::Time);
        let term = counted && !headed && token.pos != Pos::Mark;
        if lead || said || !(token.pos.is_nominal() || term) || token.span.end - at > GAP {
            break;
        }
        end = token.span.end;
        headed |= ends_with_head(text, token.span);
    }
    text.within(List::ProgramHead, Span::new(at, end))
        .filter(|head| phrase::is_head(text, head.span) || is_long(text, head.span))
        .max_by_key(|hit| (hit.span.end, hit.span.len()))
        .filter(|head| !is_body(text, head.span.end))
}

/// Tells whether a head is that of a festival, a fair or a match: “…”文化旅游节 is an event.
fn is_occasion(text: &Segmented<'_>, head: &Hit<'_>) -> bool {
    text.ending(head.span.end).any(|hit| {
        let kind = hit.entry.field("kind");
        hit.entry.list == List::EventHead
            && hit.entry.is_strong()
            && matches!(kind, "festival" | "fair" | "forum" | "games")
            && is_long(text, hit.span)
            && hit.span.len() >= head.span.len()
    })
}

/// Tells whether a head of two characters or more ends where a span does, inside it.
fn ends_with_head(text: &Segmented<'_>, span: Span) -> bool {
    text.ending(span.end).any(|hit| {
        hit.entry.list == List::ProgramHead && is_long(text, hit.span) && span.contains(hit.span)
    })
}

fn is_long(text: &Segmented<'_>, head: Span) -> bool {
    head.of(text.text).chars().nth(1).is_some()
}

/// Tells whether the head of a body or a site ends at a byte: “…”服务队 is a team.
fn is_body(text: &Segmented<'_>, end: usize) -> bool {
    text.ending(end).any(|hit| {
        hit.entry.list == List::SiteHead
            || hit.entry.list == List::BodySuffix
                && !matches!(hit.entry.field("kind"), "generic" | "platform")
    })
}

/// Characters of a quoted name without a head.
const LEAST_BARE: usize = 4;

fn quoted<'k>(text: &Segmented<'k>, quote: &Quote) -> Option<Candidate<'k>> {
    let inner = quote.inner.of(text.text);
    if quote.kind == QuoteKind::Title || is_speech(text, quote.inner) || inner.chars().count() < 2 {
        return None;
    }
    let head = head_after(text, quote.inner, quote.outer.end);
    if head.is_some_and(|head| is_occasion(text, head)) {
        return None;
    }
    if let Some(head) = head {
        return Some(with_head(text, quote, head));
    }
    // “甲”“乙”等活动 says of both what they are.
    let behind = super::work::behind_list(text, quote.outer.end);
    if behind > quote.outer.end
        && let Some(head) = head_after(text, quote.inner, behind)
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
    // “…”理念, “…”的思路: an idea, not a programme.
    let behind = text
        .text
        .get(quote.outer.end..)
        .map_or(quote.outer.end, |rest| {
            quote.outer.end + rest.len() - rest.trim_start_matches('的').len()
        });
    let idea = text
        .starting(behind)
        .any(|hit| hit.entry.list == List::NotProgram && hit.entry.field("reason") == "behind");
    let barred = idea
        || text.is(List::NotProgram, quote.inner)
        || text.ending(quote.inner.end).any(|hit| {
            let name = hit.entry.name.chars().count();
            // A figure of speech at the end (“精神密码”, “开放新高地”).
            let figure = hit.entry.field("reason") == "metaphor" && name == 3;
            hit.entry.list == List::NotProgram && (name <= 2 || figure)
        });
    if barred {
        return None;
    }
    let head = text
        .ending(quote.inner.end)
        .filter(|hit| hit.entry.list == List::ProgramHead && hit.span.start > quote.inner.start)
        .max_by_key(|hit| hit.span.len());
    if is_other(text, quote, head) {
        return None;
    }
    let weight = super::slogan::weigh(text, quote, head.is_some());
    let bare = inner.chars().count() >= LEAST_BARE;
    if weight <= 0.0 || head.is_none() && !bare {
        return None;
    }
    let run = is_run(text, quote);
    let score = match (head, run) {
        (Some(_), true) => 0.75,
        (Some(_), false) => 0.6,
        // “扩容”, “结对子”: too short to be a name without a head.
        (None, _) => 0.45,
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

/// Tells whether a quotation names something else: “某某大会” is an event, “某某特展” a work.
fn is_other(text: &Segmented<'_>, quote: &Quote, head: Option<&Hit<'_>>) -> bool {
    text.ending(quote.inner.end).any(|hit| {
        let exhibition = hit.entry.list == List::WorkKind
            && hit.entry.field("kind") == "exhibition"
            && hit.span.len() > 3;
        (exhibition || hit.entry.list == List::EventHead)
            && hit.span.start > quote.inner.start
            && head.is_none_or(|head| head.span.len() < hit.span.len())
    })
}

/// Tells whether a verb of carrying out or making stands before a quotation (推出的“…”, 搞起了“…”).
fn is_run(text: &Segmented<'_>, quote: &Quote) -> bool {
    let before = text.text.get(..quote.outer.start).unwrap_or_default();
    let end = before.trim_end_matches(['了', '的']).len();
    [quote.outer.start, end].into_iter().any(|end| {
        text.ending(end)
            .any(|hit| hit.entry.list == List::ProgramVerb && hit.entry.field("sense") != "hold")
    })
}

/// Speech, questions and slogans: whole sentences in quotation marks.
pub(super) fn is_speech(text: &Segmented<'_>, inner: Span) -> bool {
    let asks = text
        .within(List::Lead, inner)
        .any(|hit| hit.entry.field("strength") == "question");
    asks || inner.of(text.text).contains(['。', '！', '？', '；', '：'])
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
    // “五一”国际劳动节
    if let Some(event) = text.knowledge.entry(List::KnownEvent, &whole) {
        return Candidate::known(span, EntityClass::Event, 0.85, "event.quoted", event);
    }
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
    let known = text
        .ending(hit.span.end)
        .any(|other| other.entry.list == List::KnownProgram);
    if longer || known || !hit.entry.is_strong() || !phrase::is_head(text, hit.span) {
        return None;
    }
    let phrase = phrase::leftwards(text, hit.span, Opening::Verb);
    let before = Span::new(phrase.span.start, hit.span.start);
    // A known programme and its head (西部大开发 + 战略).
    let whole = text
        .starting(before.start)
        .find(|known| known.entry.list == List::KnownProgram && known.span == before);
    if let Some(known) = whole {
        let class = EntityClass::Program;
        let rule = "program.known";
        return Some(Candidate::known(
            phrase.span,
            class,
            0.85,
            rule,
            known.entry,
        ));
    }
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
