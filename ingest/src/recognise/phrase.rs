//! Reads a name leftwards from its head noun: where does 林西县…村党支部 begin?

use ontology::gazetteer::NameForm;
use ontology::record::Span;

use super::step::step;
use crate::knowledge::List;
use crate::segment::{Pos, Segmented};

/// What stands left of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// From the left edge to the end of the head.
    pub(crate) span: Span,
    /// Whether it begins with a name of the gazetteer or a named region.
    pub(crate) place: bool,
    /// Whether it begins with a known body, of which it is a part.
    pub(crate) body: bool,
    /// Whether it begins with a word for the whole nation or province, or a known event.
    pub(crate) whole: bool,
    /// Whether it holds a quotation.
    pub(crate) quoted: bool,
    /// Words before the head.
    pub(crate) words: usize,
}

/// No name is longer than this, in bytes (28 characters).
const LONGEST: usize = 28 * 3;
/// More words than this are a sentence.
const MOST_WORDS: usize = 9;

/// What a name may begin with besides nouns and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Nothing: bodies, sites, events.
    Noun,
    /// A verb: programmes (帮扶机制).
    Verb,
}

/// Reads leftwards from a head that covers `head`.
///
/// Takes nouns, names, attributes, brackets and one quotation; stops at marks, particles, prepositions,
/// pronouns, numbers, and the words of `relation/leads.tsv`. A verb is taken inside a name; a
/// conjunction only where a place name begins it (某地资源与健康研究院). Behind a place or a known body
/// it looks on for another one (某市大学附属某地医院, 某科学院某地研究所).
pub(crate) fn leftwards(text: &Segmented<'_>, head: Span, opening: Opening) -> Phrase {
    let mut edge = head.start;
    let mut words = 0;
    // A head inside a word of the dictionary (研究院 in 科学研究院) takes the whole word.
    if let Some(token) = text
        .token_at(head.start)
        .and_then(|number| text.tokens.get(number))
        && token.span.start < edge
        && token.span.end <= head.end
    {
        edge = token.span.start;
        words = 1;
    }
    let mut phrase = Phrase {
        span: Span::new(edge, head.end),
        place: false,
        body: false,
        whole: false,
        quoted: false,
        words,
    };
    // The longest phrase whose first word can begin a name.
    let mut good = phrase;
    let mut only_places = false;
    while phrase.words < MOST_WORDS && head.start - phrase.span.start < LONGEST {
        let Some(step) = step(text, phrase.span.start, opening) else {
            break;
        };
        // What two names join is no name of one thing.
        if step.joint && phrase.place {
            break;
        }
        // Two quotations are two names; 某县建设某馆 and 某县组织“某某”团 are clauses, not names.
        if step.quoted && phrase.quoted || step.lead && (only_places || phrase.quoted) {
            break;
        }
        phrase.span.start = step.edge;
        phrase.words += 1;
        phrase.place |= step.place;
        phrase.body |= step.body;
        phrase.whole |= step.whole;
        phrase.quoted |= step.quoted;
        if step.begins && (step.place || step.body || step.whole || !only_places) {
            good = phrase;
        }
        only_places |= step.place || step.body || step.joint;
    }
    // Whatever opens a quotation that ends with the head is its first word.
    within_marks(text, within(text, phrase).unwrap_or(good))
}

/// Gives the phrase if it fills a quotation.
fn within(text: &Segmented<'_>, phrase: Phrase) -> Option<Phrase> {
    text.quote_of(phrase.span).map(|_| phrase)
}

/// A name that fills a quotation takes the marks into its span.
fn within_marks(text: &Segmented<'_>, phrase: Phrase) -> Phrase {
    text.quote_of(phrase.span).map_or(phrase, |quote| Phrase {
        span: quote.outer,
        quoted: true,
        ..phrase
    })
}

/// Tells whether a head stands as a head where it was found: a head of one character must be a
/// word of its own or the end of a noun (no 局 in 开好局, no 展 in 发展).
pub(crate) fn is_head(text: &Segmented<'_>, head: Span) -> bool {
    if !text.is_boundary(head.end) {
        return false;
    }
    let token = text
        .token_at(head.start)
        .and_then(|number| text.tokens.get(number));
    token.is_some_and(|token| {
        let noun = matches!(token.pos, Pos::Noun | Pos::Body | Pos::Place | Pos::Person);
        let whole = token.span.start >= head.start;
        let single = head.len() <= 3;
        let counted = single && whole && before_is_number(text, head.start);
        !counted && (!single || noun || whole && token.pos != Pos::Verb)
    })
}

fn before_is_number(text: &Segmented<'_>, at: usize) -> bool {
    text.before(at).is_some_and(|c| {
        c.is_ascii_digit() || c == '”' || "一二三四五六七八九十百千万两几".contains(c)
    })
}

/// Tells whether a stretch names an army or another body of the revolution.
pub(crate) fn holds_army(text: &Segmented<'_>, stretch: Span) -> bool {
    text.within(List::KnownBody, stretch)
        .any(|hit| matches!(hit.entry.field("kind"), "army" | "historical"))
}

/// Gives the start of the longest place name that ends at `edge`. Short names that are ordinary
/// words (新建, 和平) are no evidence here.
pub(crate) fn place_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    let divisions = text
        .names_ending(edge)
        .filter(|name| super::place::stands(text, name))
        .filter(|name| {
            !text
                .knowledge
                .gazetteer
                .is_ambiguous_short(name.span.of(text.text))
                || matches!(name.form, NameForm::Full)
        })
        .map(|name| name.span.start);
    let regions = text
        .ending(edge)
        .filter(|hit| matches!(hit.entry.list, List::Region | List::Natural))
        .filter(|hit| text.is_boundary(hit.span.start))
        .map(|hit| hit.span.start);
    let townships = text.townships_ending(edge);
    divisions.chain(regions).chain(townships).min()
}

/// Gives a name without the quotation marks around the whole of it, and without blanks at its
/// ends.
pub(crate) fn unquoted(name: &str) -> String {
    let name = name.trim();
    for (open, close) in [('“', '”'), ('‘', '’'), ('《', '》')] {
        if let Some(inner) = name
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            && !inner.contains([open, close])
        {
            return inner.trim().to_owned();
        }
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_marks_around_the_whole_name_go() {
        for (name, expected) in [
            ("“一件事”", "一件事"),
            ("《某书》", "某书"),
            ("“一”与“二”", "“一”与“二”"),
            ("“一”行动", "“一”行动"),
        ] {
            assert_eq!(unquoted(name), expected);
        }
    }
}
