//! Takes a query that may be wrong, returns those of its tokens that hints need.

use std::iter::Peekable;
use std::str::Chars;

/// A token that says something about a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word, such as a keyword.
    Word(String),
    /// The part of a name before its colon.
    Prefix(String),
    /// `(`, `[` or `{`.
    Open(char),
    /// `)`, `]` or `}`.
    Close(char),
    /// A quotation mark whose text does not end.
    Unclosed(char),
}

/// Splits a query; comments, IRIs, texts and variables give no token.
pub(super) fn tokens(query: &str) -> Vec<Token> {
    let mut chars = query.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(c) = chars.next() {
        match c {
            '#' => skip_line(&mut chars),
            '<' => skip_iri(&mut chars),
            '"' | '\'' => {
                if !skip_text(&mut chars, c) {
                    tokens.push(Token::Unclosed(c));
                }
            }
            '?' | '$' | '@' => drop(word(&mut chars)),
            '(' | '[' | '{' => tokens.push(Token::Open(c)),
            ')' | ']' | '}' => tokens.push(Token::Close(c)),
            c if is_name(c) || c == ':' => name(c, &mut chars, &mut tokens),
            _ => {}
        }
    }
    tokens
}

fn name(first: char, chars: &mut Peekable<Chars<'_>>, tokens: &mut Vec<Token>) {
    let mut name = String::new();
    if first != ':' {
        name.push(first);
        name.push_str(&word(chars));
        if chars.next_if_eq(&':').is_none() {
            tokens.push(Token::Word(name));
            return;
        }
    }
    tokens.push(Token::Prefix(name));
    // The local part may hold colons and escaped signs.
    while let Some(c) = chars.next_if(|c| is_name(*c) || ":%\\".contains(*c)) {
        if c == '\\' {
            chars.next();
        }
    }
}

fn word(chars: &mut Peekable<Chars<'_>>) -> String {
    let mut word = String::new();
    while let Some(c) = chars.next_if(|c| is_name(*c)) {
        word.push(c);
    }
    word
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

fn skip_line(chars: &mut Peekable<Chars<'_>>) {
    while chars.next_if(|c| *c != '\n').is_some() {}
}

/// Skips an IRI; a `<` that compares is left alone.
fn skip_iri(chars: &mut Peekable<Chars<'_>>) {
    let mut ahead = chars.clone();
    while let Some(c) = ahead.next() {
        match c {
            '>' => {
                *chars = ahead;
                return;
            }
            c if c.is_whitespace() || "<\"{}|^`\\".contains(c) => return,
            _ => {}
        }
    }
}

/// Skips a text after its first quotation mark; tells whether it ends.
fn skip_text(chars: &mut Peekable<Chars<'_>>, quote: char) -> bool {
    let mut long = chars.clone();
    if long.next() == Some(quote) {
        if long.next() != Some(quote) {
            // The empty text.
            chars.next();
            return true;
        }
        *chars = long;
        return skip_long_text(chars, quote);
    }
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '\n' => return false,
            c if c == quote => return true,
            _ => {}
        }
    }
    false
}

fn skip_long_text(chars: &mut Peekable<Chars<'_>>, quote: char) -> bool {
    let mut run = 0;
    while let Some(c) = chars.next() {
        run = if c == quote { run + 1 } else { 0 };
        if c == '\\' {
            chars.next();
        }
        if run == 3 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_prefixes_and_brackets() {
        let query = "# PREFIX no:\nSELECT ?x { ?x a fz:Place ; skos:prefLabel \"a:b\\\"(\"@zh . FILTER(?x < 3) <http://a#b> :c }";
        let expected = [
            Token::Word("SELECT".into()),
            Token::Open('{'),
            Token::Word("a".into()),
            Token::Prefix("fz".into()),
            Token::Prefix("skos".into()),
            Token::Word("FILTER".into()),
            Token::Open('('),
            Token::Word("3".into()),
            Token::Close(')'),
            Token::Prefix(String::new()),
            Token::Close('}'),
        ];
        assert_eq!(tokens(query), expected);
    }

    #[test]
    fn texts_that_do_not_end() {
        for query in ["'a", "\"a\nb\"\"\"", "'''a''", "\"\\\""] {
            assert!(
                tokens(query).iter().any(|token| matches!(token, Token::Unclosed(_))),
                "{query}"
            );
        }
        assert_eq!(tokens("'' \"\" '''a'b''' \"\"\"\n\"\"\""), []);
    }
}
