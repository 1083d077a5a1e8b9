//! Reads a name leftwards from its head noun: where does 林西县…村党支部 begin?

use ontology::record::Span;

use crate::knowledge::List;
use crate::segment::{Pos, Segmented, Token};

/// What stands left of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// From the left edge to the end of the head.
    pub(crate) span: Span,
    /// Whether it begins with a name of the gazetteer or a named region.
    pub(crate) place: bool,
    /// Whether it holds a quotation.
    pub(crate) quoted: bool,
    /// Words before the head.
    pub(crate) words: usize,
}

/// No name is longer than this, in bytes (28 characters).
const LONGEST: usize = 28 * 3;
/// More words than this are a sentence.
const MOST_WORDS: usize = 9;

/// Reads leftwards from a head that covers `head`.
///
/// Takes nouns, names, attributes and quotations; stops at marks, particles, prepositions,
/// conjunctions, pronouns, and the words of `relation/leads.tsv`. A verb is taken inside a name
/// (帮扶机制) but never begins one unless it is all there is.
pub(crate) fn leftwards(text: &Segmented<'_>, head: Span) -> Phrase {
    let mut edge = head.start;
    // A head inside a word of the dictionary (研究院 in 科学研究院) takes the whole word.
    let mut words = 0;
    if let Some(token) = text.token_at(head.start).and_then(|number| text.tokens.get(number))
        && token.span.start < edge
        && token.span.end <= head.end
    {
        edge = token.span.start;
        words = 1;
    }
    let mut phrase = Phrase { span: Span::new(edge, head.end), place: false, quoted: false, words };
    // Edges that may be the final one: a word that can begin a name starts there.
    let mut good = phrase;
    while phrase.words < MOST_WORDS && head.start - phrase.span.start < LONGEST {
        let Some(step) = step(text, phrase.span.start) else { break };
        phrase.span.start = step.edge;
        phrase.words += 1;
        phrase.place |= step.place;
        phrase.quoted |= step.quoted;
        if step.begins {
            good = phrase;
        }
        if step.last {
            break;
        }
    }
    good
}

struct Step {
    edge: usize,
    /// Whether a name may begin here.
    begins: bool,
    /// Whether nothing further left belongs to it.
    last: bool,
    place: bool,
    quoted: bool,
}

fn step(text: &Segmented<'_>, edge: usize) -> Option<Step> {
    if let Some(quote) = quotation_before(text, edge) {
        return Some(Step { edge: quote, begins: true, last: false, place: false, quoted: true });
    }
    if let Some(place) = place_before(text, edge) {
        let more = place_before(text, place).is_some();
        return Some(Step { edge: place, begins: true, last: !more, place: true, quoted: false });
    }
    let number = edge.checked_sub(1).and_then(|at| text.token_at(at))?;
    let token = text.tokens.get(number)?;
    if token.span.end != edge {
        return None;
    }
    let lead = text.starting(token.span.start).find(|hit| {
        hit.span == token.span && matches!(hit.entry.list, List::Lead | List::ProgramVerb)
    });
    let hard = lead.is_some_and(|hit| hit.entry.list == List::Lead && hit.entry.is_hard());
    if hard {
        return None;
    }
    let begins = begins(token, lead.is_some()) || token.span.of(text.text).starts_with('第');
    takes(token).then_some(Step {
        edge: token.span.start,
        begins,
        last: false,
        place: false,
        quoted: false,
    })
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
        | Pos::Number
        | Pos::Locative
        | Pos::Abbreviation
        | Pos::Idiom
        | Pos::Affix
        | Pos::Unknown => true,
        Pos::Measure
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
fn begins(token: &Token, lead: bool) -> bool {
    let single = token.span.len() <= 3;
    match token.pos {
        Pos::Noun | Pos::Place | Pos::Person | Pos::Body | Pos::Abbreviation => true,
        Pos::Attribute | Pos::Idiom | Pos::VerbalNoun => !lead,
        Pos::Adjective | Pos::Verb => !lead && !single,
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
    text.quotes
        .iter()
        .filter(|quote| quote.outer.end == edge)
        .map(|quote| quote.outer.start)
        .min()
}

/// Gives the start of the longest place name that ends at `edge`.
pub(crate) fn place_before(text: &Segmented<'_>, edge: usize) -> Option<usize> {
    let divisions = text
        .names
        .iter()
        .filter(|name| name.span.end == edge && text.is_boundary(name.span.start))
        .map(|name| name.span.start);
    let regions = text
        .ending(edge)
        .filter(|hit| matches!(hit.entry.list, List::Region | List::Natural))
        .map(|hit| hit.span.start);
    divisions.chain(regions).min()
}

/// Gives a name without the quotation marks around the whole of it, and without blanks at its
/// ends.
pub(crate) fn unquoted(name: &str) -> String {
    let name = name.trim();
    for (open, close) in [('“', '”'), ('‘', '’'), ('《', '》')] {
        if let Some(inner) = name.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
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
