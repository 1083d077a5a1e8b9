//! Takes a text, returns which traces of damage it has, in one pass over its bytes.

use super::confused;
use super::mark;
use super::misread::is_misread;

/// Traces that make a stage worth running; none of them proves damage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Traces {
    /// `&`, as of a character reference.
    pub(super) ampersand: bool,
    /// A bracket with a letter of pinyin in it.
    pub(super) bracket: bool,
    /// `?`, U+FF1F or U+FFFD, which stand for lost characters.
    pub(super) question: bool,
    /// U+FFFD.
    pub(super) hole: bool,
    /// Zero-width, directional, private or control characters, soft hyphens.
    pub(super) invisible: bool,
    /// Letters of the Latin-1 supplement in a row, as of UTF-8 read as Latin-1.
    pub(super) high_latin: bool,
    /// Many characters such as UTF-8 read as GBK has.
    pub(super) misread_utf8: bool,
    /// The look of a text that was read in the wrong one of GBK and Big5.
    pub(super) confused: bool,
    /// A line end.
    pub(super) line: bool,
    /// A mark that stands twice.
    pub(super) doubled: bool,
}

/// Of so many Chinese characters, one of those that misread UTF-8 is full of may be there by chance.
const MISREAD_SHARE: usize = 8;
/// So few may be there in any text.
const MISREAD_MIN: usize = 3;

impl Traces {
    pub(super) fn of(text: &str) -> Self {
        let mut traces = Self::default();
        let (mut misread, mut han, mut latin) = (0, 0, 0);
        let mut before = ' ';
        for c in text.chars() {
            match c {
                '&' => traces.ampersand = true,
                '?' | '？' => {
                    traces.question = true;
                    traces.doubled |= mark::is_doubled(before, c);
                }
                '\n' => traces.line = true,
                'a'..='z' => traces.bracket |= matches!(before, '(' | '（'),
                '\0'..='\u{7F}' => {
                    traces.invisible |= super::invisible::is_invisible(c);
                    traces.doubled |= mark::is_doubled(before, c);
                }
                '\u{80}'..='\u{24F}' => {
                    traces.bracket |= matches!(before, '(' | '（');
                    traces.invisible |= c == '\u{AD}';
                    latin += usize::from(('\u{80}'..='\u{FF}').contains(&before));
                }
                '\u{4E00}'..='\u{9FFF}' => {
                    han += 1;
                    misread += usize::from(is_misread(c));
                }
                '\u{FFFD}' => {
                    traces.question = true;
                    traces.hole = true;
                }
                _ => {
                    traces.invisible |= super::invisible::is_invisible(c);
                    traces.doubled |= mark::is_doubled(before, c);
                }
            }
            before = c;
        }
        traces.confused = confused::is_suspect(text);
        traces.high_latin = latin > 0;
        traces.misread_utf8 = misread > MISREAD_MIN && misread * MISREAD_SHARE > han;
        traces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_text_has_no_traces_and_damage_has_its_own() {
        let clean = Traces::of("近日，市委召开会议（扩大），研究2022年工作。");
        assert_eq!(clean, Traces::default());
        assert!(Traces::of("a&nbsp;b").ampersand);
        assert!(Traces::of("推動(dòng)").bracket);
        assert!(Traces::of("中\u{200B}国").invisible);
        assert!(Traces::of("近日，,县委").doubled && Traces::of("近日,，县委").doubled);
        assert!(Traces::of("ä¸\u{AD}").high_latin);
        assert!(Traces::of("鍏氬彶瀛︿範鏁欒偛锛屾帹鍔ㄥ彂灞曘€�").misread_utf8);
    }
}
