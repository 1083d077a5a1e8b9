//! Takes candidate texts, returns how likely jieba's dictionary makes them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jieba_rs::Jieba;
use opencc_fmmseg::OpenCC;

use crate::normalise::is_han;

/// Judges candidates; loaded at the first damaged text that needs it.
pub(super) struct Words {
    jieba: Jieba,
    /// The Simplified form of every character that has another: candidates are judged by the
    /// thousand, and the converter is made for whole texts.
    simple: BTreeMap<char, char>,
    /// Cost of every character of the basic block alone.
    chars: Vec<f64>,
}

/// The Chinese characters that GBK has.
const BASIC: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FA5}';

/// Logarithm of the sum of all frequencies in jieba's dictionary.
const LOG_TOTAL: f64 = 17.9;
/// Cost of a character that the dictionary does not have.
const UNKNOWN: f64 = 20.0;
/// Cost of a common Chinese mark; of another mark or a digit; of a blank; of a sign that Chinese text hardly has; of a hole.
const COMMON_MARK: f64 = 4.5;
const MARK: f64 = 6.0;
const BLANK: f64 = 4.0;
const ODD: f64 = 16.0;
const HOLE: f64 = 18.0;

impl Words {
    /// Gives the one instance.
    pub(super) fn get() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut converter = OpenCC::new();
            converter.set_parallel(false);
            let all: String = BASIC.flat_map(|c| [c, '\n']).collect();
            let converted = converter.t2s(&all, false);
            let simple = all
                .chars()
                .zip(converted.chars())
                .filter(|(old, new)| old != new)
                .collect();
            let mut words = Self {
                jieba: Jieba::new(),
                simple,
                chars: Vec::new(),
            };
            words.chars = BASIC
                .map(|c| words.cost(c.encode_utf8(&mut [0; 4])))
                .collect();
            words
        })
    }

    /// Gives the cost (negative logarithm of the likelihood) of a text, Traditional or Simplified.
    pub(super) fn cost(&self, text: &str) -> f64 {
        let simplified: String = text.chars().map(|c| self.simple(c)).collect();
        self.jieba
            .cut(&simplified, false)
            .iter()
            .map(|token| self.cost_of_word(token.word))
            .sum()
    }

    /// Gives the cost of a single character.
    pub(super) fn cost_of_char(&self, c: char) -> f64 {
        let index = u32::from(c).checked_sub(u32::from(*BASIC.start()));
        let cost = index.and_then(|index| self.chars.get(usize::try_from(index).ok()?));
        cost.copied().unwrap_or_else(|| cost_of_sign(c))
    }

    /// Gives the Simplified form of a character.
    pub(super) fn simple(&self, c: char) -> char {
        self.simple.get(&c).copied().unwrap_or(c)
    }

    /// Tells whether a word goes across the end of one text and the start of the other.
    pub(super) fn joins(&self, before: &str, after: &str) -> bool {
        let simplified: String = before
            .chars()
            .chain(after.chars())
            .map(|c| self.simple(c))
            .collect();
        let boundary = before.chars().count();
        let tokens = self.jieba.cut(&simplified, false);
        let mut at = 0;
        tokens.iter().any(|token| {
            let start = at;
            at += token.word.chars().count();
            start < boundary && boundary < at && token.word.chars().all(is_han)
        })
    }

    /// Tells whether the dictionary has a character as a word.
    pub(super) fn is_common(&self, simple: char) -> bool {
        self.jieba.has_word(simple.encode_utf8(&mut [0; 4]))
    }

    fn cost_of_word(&self, word: &str) -> f64 {
        if !word.chars().all(is_han) {
            return word.chars().map(cost_of_sign).sum();
        }
        let frequency = self.jieba.suggest_freq(word);
        // A text of usual words is better than one of rare ones, whatever their length.
        if !self.jieba.has_word(word) {
            return UNKNOWN * f64::from(u32::try_from(word.chars().count()).unwrap_or(u32::MAX));
        }
        let frequency = u32::try_from(frequency.max(1)).unwrap_or(u32::MAX);
        LOG_TOTAL - f64::from(frequency).ln()
    }
}

fn cost_of_sign(c: char) -> f64 {
    match c {
        '，' | '。' | '、' | '“' | '”' | ',' | '‘' | '’' => COMMON_MARK,
        '；'
        | '：'
        | '？'
        | '！'
        | '《'
        | '》'
        | '（'
        | '）'
        | '—'
        | '…'
        | '·'
        | '.'
        | ':'
        | ';'
        | '?'
        | '!'
        | '('
        | ')'
        | '%'
        | '+'
        | '-'
        | '"'
        | '0'..='9' => MARK,
        ' ' | '\u{3000}' => BLANK,
        char::REPLACEMENT_CHARACTER => HOLE,
        'a'..='z' | 'A'..='Z' => MARK + 4.0,
        c if is_han(c) => UNKNOWN,
        _ => ODD,
    }
}
