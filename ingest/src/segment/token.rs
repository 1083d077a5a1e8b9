//! Words and their parts of speech.

use jieba_rs::Jieba;
use ontology::record::Span;

/// Part of speech, as coarse as the rules need it (after jieba's ICTCLAS tags).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pos {
    /// n, ng, nz, an, and foreign words.
    Noun,
    /// ns.
    Place,
    /// nr, nrt, nrfg.
    Person,
    /// nt.
    Body,
    /// vn.
    VerbalNoun,
    /// v, vd, vi, vq.
    Verb,
    /// a, ad, ag, z.
    Adjective,
    /// b: 国家级, 大型.
    Attribute,
    /// m.
    Number,
    /// q.
    Measure,
    /// t.
    Time,
    /// f, s: 上, 中, 东部.
    Locative,
    /// p.
    Preposition,
    /// c.
    Conjunction,
    /// u, y, e, o.
    Particle,
    /// d.
    Adverb,
    /// r.
    Pronoun,
    /// j: 放管服.
    Abbreviation,
    /// i, l: idioms and set phrases.
    Idiom,
    /// k, h, g: parts of words.
    Affix,
    /// Punctuation, blanks, symbols.
    Mark,
    /// A single Chinese character that jieba does not know.
    Unknown,
}

impl Pos {
    /// Tells whether a word can stand in a noun phrase between a quotation and its head noun.
    pub(crate) fn is_nominal(self) -> bool {
        match self {
            Self::Noun
            | Self::Place
            | Self::Person
            | Self::Body
            | Self::VerbalNoun
            | Self::Verb
            | Self::Adjective
            | Self::Attribute
            | Self::Number
            | Self::Abbreviation
            | Self::Idiom
            | Self::Affix
            | Self::Unknown => true,
            Self::Measure
            | Self::Time
            | Self::Locative
            | Self::Preposition
            | Self::Conjunction
            | Self::Particle
            | Self::Adverb
            | Self::Pronoun
            | Self::Mark => false,
        }
    }
}

/// A word: bytes of the normalised text and its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) span: Span,
    pub(crate) pos: Pos,
    /// Whether it stands in jieba's dictionary (else jieba's model made it up).
    pub(crate) known: bool,
}

/// Cuts a text into words (with jieba's model for unknown words); they tile the text.
pub(super) fn tokens(text: &str, jieba: &Jieba) -> Vec<Token> {
    let tags = jieba.tag(text, true);
    let mut tokens = Vec::with_capacity(tags.len());
    let mut start = 0;
    let mut push = |word: &str, tag: &str| {
        let span = Span::new(start, start + word.len());
        start = span.end;
        tokens.push(Token {
            span,
            pos: pos(word, tag),
            known: jieba.has_word(word),
        });
    };
    for tag in tags {
        if let Some((place, body)) = place_and_body(jieba, tag.word, tag.tag) {
            push(place, "ns");
            for tag in jieba.tag(body, false) {
                push(tag.word, tag.tag);
            }
        } else {
            push(tag.word, tag.tag);
        }
    }
    tokens
}

/// Cuts the name of a local body that jieba knows as one word (某省公安厅) behind its place.
fn place_and_body<'w>(jieba: &Jieba, word: &'w str, tag: &str) -> Option<(&'w str, &'w str)> {
    if tag != "nt" {
        return None;
    }
    word.char_indices()
        .skip(1)
        .filter(|&(_, c)| matches!(c, '省' | '市' | '区' | '县' | '州' | '盟' | '旗'))
        .map(|(at, c)| word.split_at(at + c.len_utf8()))
        .filter(|(place, body)| jieba.has_word(place) && body.chars().count() > 1)
        .last()
}

fn pos(word: &str, tag: &str) -> Pos {
    if !word.chars().any(char::is_alphanumeric) {
        return Pos::Mark;
    }
    match tag {
        "ns" => Pos::Place,
        "nr" | "nrt" | "nrfg" => Pos::Person,
        "nt" => Pos::Body,
        "vn" => Pos::VerbalNoun,
        "m" | "mq" => Pos::Number,
        "q" => Pos::Measure,
        "p" => Pos::Preposition,
        "c" => Pos::Conjunction,
        "b" => Pos::Attribute,
        "j" => Pos::Abbreviation,
        "i" | "l" => Pos::Idiom,
        _ => pos_by_letter(word, tag),
    }
}

fn pos_by_letter(word: &str, tag: &str) -> Pos {
    match tag.chars().next() {
        Some('n' | 'e') if tag != "e" => Pos::Noun,
        Some('v') => Pos::Verb,
        Some('a' | 'z') => Pos::Adjective,
        Some('t') => Pos::Time,
        Some('f' | 's') => Pos::Locative,
        Some('u' | 'y' | 'o' | 'e') => Pos::Particle,
        Some('d') => Pos::Adverb,
        Some('r') => Pos::Pronoun,
        Some('k' | 'h' | 'g') => Pos::Affix,
        // jieba tags what it does not know with x: letters and digits are nouns here.
        _ if word.chars().all(|c| c.is_ascii_digit() || c == '.') => Pos::Number,
        _ if word.is_ascii() || word.chars().count() > 1 => Pos::Noun,
        _ => Pos::Unknown,
    }
}
