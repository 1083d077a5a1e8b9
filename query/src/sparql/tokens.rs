//! Takes a query that may be wrong, returns its tokens, as far as hints need them.

use std::str::Chars;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space or a comment.
    Gap,
    /// A bare word, such as a keyword.
    Word,
    /// A name with a prefix.
    Name,
    /// A variable, a language tag.
    Sigil,
    /// An IRI in angle brackets.
    Iri,
    /// A text in quotation marks.
    Text,
    /// A quotation mark and what follows it, where the text does not end.
    Unclosed,
    /// `(`, `[` or `{`.
    Open,
    /// `)`, `]` or `}`.
    Close,
    /// `;` or `,`.
    Separator,
    /// Any other sign.
    Sign,
}

/// A piece of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins, in characters.
    pub(super) start: usize,
}

/// Splits a query; the tokens' texts one after the other are the query.
pub(super) fn tokens(query: &str) -> Vec<Token<'_>> {
    let mut chars = query.chars();
    let mut tokens = Vec::new();
    let mut start = 0;
    loop {
        let before = chars.as_str();
        let Some(first) = chars.next() else {
            return tokens;
        };
        let kind = scan(first, &mut chars);
        let length = before.len() - chars.as_str().len();
        let text = before.get(..length).unwrap_or(before);
        tokens.push(Token { kind, text, start });
        start += text.chars().count();
    }
}

/// Moves behind the token that begins with `first`.
fn scan(first: char, chars: &mut Chars<'_>) -> Kind {
    match first {
        '#' => {
            skip_while(chars, |c| c != '\n');
            Kind::Gap
        }
        '<' if skip_iri(chars) => Kind::Iri,
        '"' | '\'' if skip_text(chars, first) => Kind::Text,
        '"' | '\'' => Kind::Unclosed,
        '?' | '$' | '@' => {
            skip_while(chars, is_name);
            Kind::Sigil
        }
        '(' | '[' | '{' => Kind::Open,
        ')' | ']' | '}' => Kind::Close,
        ';' | ',' => Kind::Separator,
        c if c.is_whitespace() => {
            skip_while(chars, char::is_whitespace);
            Kind::Gap
        }
        c if is_name(c) || c == ':' => scan_name(c, chars),
        _ => Kind::Sign,
    }
}

fn scan_name(first: char, chars: &mut Chars<'_>) -> Kind {
    if first != ':' {
        skip_while(chars, is_name);
        if !chars.as_str().starts_with(':') {
            return Kind::Word;
        }
    }
    // The local part may hold colons and escaped signs.
    loop {
        skip_while(chars, |c| is_name(c) || c == ':' || c == '%');
        if !chars.as_str().starts_with('\\') {
            return Kind::Name;
        }
        chars.next();
        chars.next();
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

fn skip_while(chars: &mut Chars<'_>, wanted: impl Fn(char) -> bool) {
    *chars = chars.as_str().trim_start_matches(wanted).chars();
}

/// Skips an IRI after its `<`; one that compares is left alone.
fn skip_iri(chars: &mut Chars<'_>) -> bool {
    let illegal = |c: char| c.is_whitespace() || "<>\"{}|^`\\".contains(c);
    let rest = chars.as_str().trim_start_matches(|c| !illegal(c));
    let Some(rest) = rest.strip_prefix('>') else {
        return false;
    };
    *chars = rest.chars();
    true
}

/// Skips a text after its first quotation mark; tells whether it ends.
fn skip_text(chars: &mut Chars<'_>, quote: char) -> bool {
    let rest = chars.as_str();
    let mut doubled = [quote; 2].iter().collect::<String>();
    if let Some(long) = rest.strip_prefix(doubled.as_str()) {
        doubled.push(quote);
        *chars = long.chars();
        return skip_to(chars, |rest| rest.starts_with(doubled.as_str()), 3);
    }
    skip_to(chars, |rest| rest.starts_with([quote, '\n']), 1)
        && !rest
            .get(..rest.len() - chars.as_str().len())
            .unwrap_or_default()
            .ends_with('\n')
}

/// Skips to the end that `ends` tells and its `length` characters; backslashes escape.
fn skip_to(chars: &mut Chars<'_>, ends: impl Fn(&str) -> bool, length: usize) -> bool {
    loop {
        if ends(chars.as_str()) {
            chars.by_ref().take(length).for_each(drop);
            return true;
        }
        match chars.next() {
            Some('\\') => drop(chars.next()),
            Some(_) => {}
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_hints_need_and_loses_nothing() {
        let query = "# PREFIX no:\nSELECT ?x { ?x a fz:Place ; skos:prefLabel \"a:b\\\"(\"@zh . \
                     FILTER(?x < 3) <http://a#b> :c\\/白 }";
        let expected = [
            (Kind::Word, "SELECT"),
            (Kind::Open, "{"),
            (Kind::Word, "a"),
            (Kind::Name, "fz:Place"),
            (Kind::Separator, ";"),
            (Kind::Name, "skos:prefLabel"),
            (Kind::Text, "\"a:b\\\"(\""),
            (Kind::Word, "FILTER"),
            (Kind::Open, "("),
            (Kind::Word, "3"),
            (Kind::Close, ")"),
            (Kind::Iri, "<http://a#b>"),
            (Kind::Name, ":c\\/白"),
            (Kind::Close, "}"),
        ];
        let all = tokens(query);
        let told = |kind| !matches!(kind, Kind::Gap | Kind::Sigil | Kind::Sign);
        let found: Vec<_> = all
            .iter()
            .filter(|t| told(t.kind))
            .map(|t| (t.kind, t.text))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(
            all.iter().map(|token| token.text).collect::<String>(),
            query
        );
        for token in all {
            let there: String = query
                .chars()
                .skip(token.start)
                .take(token.text.chars().count())
                .collect();
            assert_eq!(there, token.text);
        }
    }

    #[test]
    fn texts_end_or_do_not() {
        for query in ["'a", "\"a\nb\"", "'''a''", "\"\\\"", "\"\"\"a\""] {
            assert!(
                tokens(query)
                    .iter()
                    .any(|token| token.kind == Kind::Unclosed),
                "{query}"
            );
        }
        for query in ["''", "\"\"", "'''a'b'''", "\"\"\"\n\"\"\"", "\"a\\\"b\""] {
            let kinds: Vec<_> = tokens(query).iter().map(|token| token.kind).collect();
            assert_eq!(kinds, [Kind::Text], "{query}");
        }
    }
}
