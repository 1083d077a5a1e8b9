//! Takes the left edge of a name that is read leftwards, returns the word, place, body, quotation
//! or bracket before it, if the name can go on there.

use ontology::record::Span;

use super::phrase::{Opening, place_before};
use crate::knowledge::List;
use crate::segment::{Pos, QuoteKind, Segmented, Token};

/// One step to the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) edge: usize,
    /// Whether a name may begin here.
    pub(super) begins: bool,
    pub(super) place: bool,
    /// A known body, whose part the name may be (某大学某医院).
    pub(super) body: bool,
    pub(super) quoted: bool,
    /// A conjunction: only a place name may begin what it joins.
    pub(super) joint: bool,
    /// A verb that leads to a name.
    pub(super) lead: bool,
    /// A word for the whole nation or province, which begins names as a place does.
    pub(super) whole: bool,
}

impl Step {
    fn to(edge: usize) -> Self {
        Self {
            edge,
            begins: true,
            place: false,
            body: false,
            quoted: false,
            joint: false,
            lead: false,
            whole: false,
        }
    }
}

/// Makes one step, or none where the name must begin at `edge`.
pub(super) fn step(text: &Segmented<'_>, edge: usize, opening: Opening) -> Option<Step> {
    if let Some(quote) = quotation_before(text, edge) {
        return Some(Step {
            quoted: true,
            ..Step::to(quote)
        });
    }
    let place = place_before(text, edge).or_else(|| joined_places(text, edge));
    let body = body_before(text, edge).filter(|_| opening == Opening::Noun);
    match (place, body) {
        (Some(place), body) if body.is_none_or(|body| place <= body) => Some(Step {
            place: true,
            ..Step::to(place)
        }),
        (_, Some(body)) => Some(Step {
            body: true,
            ..Step::to(body)
        }),
        (_, None) => event_before(text, edge)
            .filter(|_| opening == Opening::Noun)
            .map(|event| Step {
                whole: true,
                ..Step::to(event)
            })
            .or_else(|| bracket_before(text, edge))
            .or_else(|| word(text, edge, opening)),
    }
}

fn word(text: &Segmented<'_>, edge: usize, opening: Opening) -> Option<Step> {
    let token = token_ending(text, edge)?;
    let word = token.span.of(text.text);
    let base = Step::to(token.span.start);
    if matches!(token.pos, Pos::Conjunction | Pos::Preposition)
        && matches!(word, "与" | "和" | "暨")
    {
        // 某公司与某公司 are two names, 某资源与健康研究院 is one.
        let two = word != "暨" && ends_name(text, token.span.start);
        return (!two).then_some(Step {
            begins: false,
            joint: true,
            ..base
        });
    }
    if let Some(edition) = edition_before(text, edge) {
        return Some(Step {
            begins: false,
            ..Step::to(edition)
        });
    }
    let leads = || {
        text.starting(token.span.start).filter(|hit| {
            hit.span == token.span
                && matches!(
                    hit.entry.list,
                    List::Lead | List::ProgramVerb | List::IndicatorVerb
                )
        })
    };
    let lead = leads().next().is_some();
    // The segmenter may join an adverb to a verb (积极开展).
    let joined = token.span.len() > 3 * 3
        && !token.known
        && text
            .ending(edge)
            .any(|hit| hit.entry.list == List::Lead && hit.entry.is_hard() && hit.span.len() > 3);
    let hard = joined || leads().any(|hit| hit.entry.list == List::Lead && hit.entry.is_hard());
    // 第五届 begins names, 第一支 counts.
    let ordinal =
        word.starts_with('第') && !word.ends_with(['个', '支', '家', '名', '批', '位', '条']);
    // 某校某队走进某馆: what stands before the verb is a name by itself.
    let clause = opening == Opening::Noun
        && token.pos == Pos::Verb
        && token.span.len() > 3
        && ends_name(text, token.span.start);
    if hard || clause || !takes(token) && !ordinal {
        return None;
    }
    let whole = text.starting(token.span.start).any(|hit| {
        hit.span == token.span
            && hit.entry.list == List::Owner
            && matches!(hit.entry.field("meaning"), "nation" | "province")
    });
    Some(Step {
        begins: begins(token, lead, opening) || ordinal,
        lead,
        whole,
        ..base
    })
}

fn token_ending<'t>(text: &'t Segmented<'_>, edge: usize) -> Option<&'t Token> {
    let number = edge.checked_sub(1).and_then(|at| text.token_at(at))?;
    text.tokens
        .get(number)
        .filter(|token| token.span.end == edge)
}

/// Tells whether a name of a body, site or event, or a post, ends at a byte.
fn ends_name(text: &Segmented<'_>, at: usize) -> bool {
    let listed = text.ending(at).any(|hit| {
        let list = hit.entry.list;
        let known = matches!(
            list,
            List::KnownBody | List::KnownSite | List::KnownEvent | List::ShortBody
        );
        let head = matches!(list, List::BodySuffix | List::SiteHead | List::EventHead);
        let post = list == List::Post && hit.entry.field("office") == "yes";
        known || post || head && hit.span.len() > 3 && hit.entry.field("kind") != "generic"
    });
    listed || token_ending(text, at).is_some_and(|token| token.pos == Pos::Person)
}

/// Gives the start of the longest known body, or recurring event, that ends at `edge`: its parts are
/// called after it (某大学某医院, 某论坛某年年会).
fn body_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    text.ending(edge)
        .filter(|hit| {
            hit.entry.list == List::KnownBody
                || hit.entry.list == List::KnownEvent && hit.entry.field("kind") == "occasion"
        })
        .filter(|hit| text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .min()
}

/// Gives the start of the known event that ends at `edge`: sites and meetings are called after it.
fn event_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    text.ending(edge)
        .filter(|hit| hit.entry.list == List::KnownEvent && text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start)
        .min()
}

/// Gives the start of the place before a mark that joins two (中国—东盟, 中国·某县).
fn joined_places(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    let mark = text
        .before(edge)
        .filter(|c| matches!(c, '·' | '—' | '－' | '-'))?;
    place_before(text, edge - mark.len_utf8())
}

/// Characters in the brackets inside a name.
const BRACKET: usize = 10;

/// Steps over brackets that hold a place, or a word for a kind of company, before a head:
/// 某某（集团）有限公司, 中国（某地）某会.
fn bracket_before(text: &Segmented<'_>, edge: usize) -> Option<Step> {
    let inside = text.text.get(..edge)?.strip_suffix('）')?;
    let (open, mark) = inside
        .char_indices()
        .rev()
        .take(BRACKET)
        .find(|&(_, c)| c == '（')?;
    let content = Span::new(open + mark.len_utf8(), inside.len());
    let place = place_before(text, content.end) == Some(content.start);
    let kind = text
        .ending(content.end)
        .any(|hit| hit.entry.list == List::BodySuffix && hit.span == content);
    (place || kind).then_some(Step {
        begins: false,
        ..Step::to(open)
    })
}

/// Tells whether a character is a digit or a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c)
}

/// Gives the start of a number with 届 or 次 (十三届, 五次), or of a year: the edition of a meeting.
fn edition_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    let rest = text.text.get(..edge)?;
    let digits = rest.strip_suffix(['届', '次', '年'])?;
    let number = digits.trim_end_matches(is_numeral);
    // A year stands inside a name only behind another name.
    let inside = !rest.ends_with('年') || body_before(text, number.len()).is_some();
    (inside
        && number.len() < digits.len()
        && !number.ends_with('第')
        && text.is_boundary(number.len()))
    .then_some(number.len())
}

/// Tells whether a word can stand inside a name.
fn takes(token: &Token) -> bool {
    match token.pos {
        Pos::Noun
        | Pos::Place
        | Pos::Person
        | Pos::Body
        | Pos::VerbalNoun
        | Pos::Verb
        | Pos::Adjective
        | Pos::Attribute
        | Pos::Abbreviation
        | Pos::Idiom
        | Pos::Affix
        | Pos::Unknown => true,
        // 东部, not 内.
        Pos::Locative => token.span.len() > 3,
        Pos::Number
        | Pos::Measure
        | Pos::Time
        | Pos::Preposition
        | Pos::Conjunction
        | Pos::Particle
        | Pos::Adverb
        | Pos::Pronoun
        | Pos::Mark => false,
    }
}

/// Tells whether a name can begin with a word.
fn begins(token: &Token, lead: bool, opening: Opening) -> bool {
    let single = token.span.len() <= 3;
    match token.pos {
        Pos::Noun | Pos::Place | Pos::Person | Pos::Body | Pos::Abbreviation => !lead,
        Pos::Attribute | Pos::Idiom | Pos::VerbalNoun => !lead && !single,
        Pos::Adjective | Pos::Verb => !lead && !single && opening == Opening::Verb,
        Pos::Number
        | Pos::Locative
        | Pos::Affix
        | Pos::Unknown
        | Pos::Measure
        | Pos::Time
        | Pos::Preposition
        | Pos::Conjunction
        | Pos::Particle
        | Pos::Adverb
        | Pos::Pronoun
        | Pos::Mark => false,
    }
}

/// Gives the start of the quotation that ends at `edge`.
fn quotation_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    text.quotes_ending(edge)
        .filter(|quote| quote.kind == QuoteKind::Quote)
        .map(|quote| quote.outer.start)
        .min()
}
