//! Takes a line, returns its sentences.

use ontology::record::Span;

/// Bytes within which an opening quote keeps its sentence together (60 characters).
const LONGEST_QUOTATION: usize = 180;

/// Open marks among which the one that a mark closes is looked for: no text nests deeper, and to look
/// at all of them for each mark would take the square of their number.
const DEEPEST: usize = 64;

/// A stretch without any mark is cut at so many bytes (three thousand characters): for each number in a
/// sentence the sentence is read up to it.
const LONGEST: usize = 9_000;

/// Gives the sentences of `line` (a span of `text`): each ends after 。！？； or … and the closing
/// quotes and brackets behind it. Marks inside a short quotation do not end one, and neither does an
/// ellipsis in the middle of a sentence (等……的). Full stops of ASCII are decimals, abbreviations and
/// numbers of items, and end none.
pub(super) fn sentences(text: &str, line: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = line.start;
    let mut opened: Vec<(char, usize)> = Vec::new();
    let mut chars = line.of(text).char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if let Some(closing) = closing(c) {
            opened.push((closing, offset));
        } else {
            let near = opened.len().saturating_sub(DEEPEST);
            let depth = opened
                .iter()
                .skip(near)
                .rposition(|&(closing, _)| closing == c);
            opened.truncate(depth.map_or(opened.len(), |depth| near + depth));
        }
        // A mark that never closes must not swallow the rest of the line.
        let outside = opened
            .first()
            .is_none_or(|&(_, opened)| offset - opened > LONGEST_QUOTATION);
        let next = chars.peek().map(|&(_, next)| next);
        let ends = outside
            && match c {
                '。' | '！' | '？' | '；' => true,
                '…' => next.is_none_or(|next| !"，、；：的了等和与及”’》".contains(next)),
                '”' | '）' | '】' => {
                    ends_quotation(line.of(text), offset)
                        && !next.is_some_and(|next| "，、。；：的".contains(next))
                }
                _ => false,
            };
        let closes = next.is_some_and(|next| "”’）】》」…！？。".contains(next));
        if ends && !closes {
            let end = line.start + offset + c.len_utf8();
            push(text, &mut found, Span::new(start, end));
            start = end;
        }
    }
    push(text, &mut found, Span::new(start, line.end));
    found
}

fn closing(c: char) -> Option<char> {
    Some(match c {
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '（' => '）',
        '【' => '】',
        _ => return None,
    })
}

/// Tells whether the mark before the closing quote at `offset` ends a sentence.
fn ends_quotation(line: &str, offset: usize) -> bool {
    line.get(..offset)
        .and_then(|before| before.chars().next_back())
        .is_some_and(|c| matches!(c, '。' | '！' | '？'))
}

fn push(text: &str, found: &mut Vec<Span>, span: Span) {
    let mut rest = trim(text, span);
    while rest.len() > LONGEST {
        let mut end = rest.start + LONGEST;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        found.push(Span::new(rest.start, end));
        rest.start = end;
    }
    if !rest.is_empty() {
        found.push(rest);
    }
}

/// Gives the span without blanks at its ends.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start, start + slice.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_marks_is_cut_and_nothing_is_lost() {
        let text = "山".repeat(25_000);
        let found = sentences(&text, Span::new(0, text.len()));
        assert!(found.iter().all(|span| span.len() <= LONGEST));
        assert_eq!(
            found.iter().map(|span| span.of(&text)).collect::<String>(),
            text
        );
    }

    #[test]
    fn marks_that_nest_deeper_than_any_text_do_not_end_the_search_for_near_ones() {
        let text = format!("{}“好。”走吧。", "（".repeat(3 * DEEPEST));
        // The brackets never close, so the sentence ends where a quotation could no longer hold it.
        let got = sentences(&text, Span::new(0, text.len()));
        let last: Vec<&str> = got.iter().map(|span| span.of(&text)).collect();
        assert_eq!(last.last(), Some(&"走吧。"));
    }

    #[test]
    fn sentences_end_after_marks_and_closing_quotes() {
        let cases: [(&str, &[&str]); 10] = [
            ("甲来了。乙走了！", &["甲来了。", "乙走了！"]),
            ("他说：“好。”然后走了。", &["他说：“好。”", "然后走了。"]),
            (
                "学“读原著。学原文”，都好。 完",
                &["学“读原著。学原文”，都好。", "完"],
            ),
            ("一是学；二是做", &["一是学；", "二是做"]),
            ("增长3.5%。1.6万人来过。", &["增长3.5%。", "1.6万人来过。"]),
            (
                "米、面、油……的价钱稳住了。真好……走吧。",
                &["米、面、油……的价钱稳住了。", "真好……", "走吧。"],
            ),
            ("（见第3页。）下一句。", &["（见第3页。）", "下一句。"]),
            (
                "看《问：谁来了？》的人多。",
                &["看《问：谁来了？》的人多。"],
            ),
            (
                "“他说‘等等。再说’，我信。”老李笑了。",
                &["“他说‘等等。再说’，我信。”", "老李笑了。"],
            ),
            ("真的吗？！真的。", &["真的吗？！", "真的。"]),
        ];
        for (text, expected) in cases {
            let got: Vec<_> = sentences(text, Span::new(0, text.len()))
                .iter()
                .map(|span| span.of(text))
                .collect();
            assert_eq!(got, expected);
        }
    }
}
