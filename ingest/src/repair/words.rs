//! Takes candidate texts, returns how likely the segmenter's dictionary makes them.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::iter;
use std::sync::OnceLock;

use jieba_rs::Jieba;
use opencc_fmmseg::OpenCC;

use crate::knowledge::dictionary;
use crate::normalise::is_han;

/// Judges candidates; loaded at the first damaged text that needs it.
pub(super) struct Words {
    jieba: &'static Jieba,
    /// The Simplified form of every character of the basic block: candidates are judged by the
    /// thousand, and the converter is made for whole texts.
    simple: Vec<char>,
    /// Cost of every character of the basic block alone.
    chars: Vec<f64>,
}

/// The Chinese characters that GBK has.
const BASIC: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FA5}';

/// Gives the place of a character in the basic block.
fn basic(c: char) -> Option<usize> {
    let index = u32::from(c).checked_sub(u32::from(*BASIC.start()))?;
    usize::try_from(index).ok()
}

/// Logarithm of the sum of all frequencies in jieba's dictionary.
const LOG_TOTAL: f64 = 17.9;
/// Cost of a character that the dictionary does not have.
const UNKNOWN: f64 = 20.0;
/// Cost of a common Chinese mark; of another mark or a digit; of a blank; of a sign that Chinese text hardly has.
const COMMON_MARK: f64 = 4.5;
const MARK: f64 = 6.0;
const BLANK: f64 = 4.0;
const ODD: f64 = 16.0;
/// Cost of a hole: that of a usual character, since what was there is not known.
const HOLE: f64 = 4.0;
/// Longest word that is looked for.
const MAX_WORD: usize = 4;

impl Words {
    /// Gives the one instance.
    pub(super) fn get() -> &'static Self {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut converter = OpenCC::new();
            converter.set_parallel(false);
            let all: String = BASIC.flat_map(|c| [c, '\n']).collect();
            let converted = converter.t2s(&all, false);
            let simple = converted.chars().step_by(2).collect();
            let mut words = Self {
                jieba: dictionary(),
                simple,
                chars: Vec::new(),
            };
            words.chars = BASIC
                .map(|c| {
                    let mut buffer = [0; 4];
                    let word: &str = words.simple(c).encode_utf8(&mut buffer);
                    words.cost_of_word(word).unwrap_or(UNKNOWN)
                })
                .collect();
            words
        })
    }

    /// Gives the cost of a single character.
    pub(super) fn cost_of_char(&self, c: char) -> f64 {
        let cost = basic(c).and_then(|index| self.chars.get(index));
        cost.copied().unwrap_or_else(|| cost_of_sign(c))
    }

    /// Gives the Simplified form of a character.
    pub(super) fn simple(&self, c: char) -> char {
        let simple = basic(c).and_then(|index| self.simple.get(index));
        simple.copied().unwrap_or(c)
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

    /// Gives the cost of a word; none if the dictionary does not have it.
    fn cost_of_word(&self, word: &str) -> Option<f64> {
        if !self.jieba.has_word(word) {
            return None;
        }
        let frequency = u32::try_from(self.jieba.suggest_freq(word).max(1)).unwrap_or(u32::MAX);
        Some(LOG_TOTAL - f64::from(frequency).ln())
    }
}

/// The end of a text that is judged while it grows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    /// The last characters, Simplified, the nearest first, each with the cost of the likeliest words before it.
    recent: [Option<(char, f64)>; MAX_WORD - 1],
    /// Cost of the likeliest words of the text (negative logarithm of the likelihood).
    cost: f64,
}

impl Path {
    const EMPTY: Self = Self {
        recent: [None; MAX_WORD - 1],
        cost: 0.0,
    };

    /// Gives the cost (negative logarithm of the likelihood) of the text.
    pub(super) fn cost(&self) -> f64 {
        self.cost
    }
}

/// A word, its last character first.
type Word = [char; MAX_WORD];
/// What fills a word up.
const NO_CHAR: char = '\0';

/// Judges the candidates of one document, and counts how often it does so.
pub(super) struct Judge {
    pub(super) words: &'static Words,
    known: RefCell<HashMap<Word, Option<f64>>>,
    spent: Cell<usize>,
}

impl Judge {
    pub(super) fn new() -> Self {
        Self {
            words: Words::get(),
            known: RefCell::default(),
            spent: Cell::new(0),
        }
    }

    /// Gives how many characters were judged.
    pub(super) fn spent(&self) -> usize {
        self.spent.get()
    }

    /// Counts work that is not judging.
    pub(super) fn spend(&self, work: usize) {
        self.spent.set(self.spent.get() + work);
    }

    /// Begins a text, Traditional or Simplified.
    pub(super) fn path(&self, text: &str) -> Path {
        let mut path = Path::EMPTY;
        for c in text.chars() {
            self.extend(&mut path, c);
        }
        path
    }

    /// Adds a character.
    pub(super) fn extend(&self, path: &mut Path, c: char) {
        let cost = self.cost_with(path, c);
        let [first, second, _] = path.recent;
        path.recent = [Some((self.words.simple(c), path.cost)), first, second];
        path.cost = cost;
    }

    /// Gives the cost of a text with one character more.
    pub(super) fn cost_with(&self, path: &Path, c: char) -> f64 {
        self.spend(1);
        if !is_han(c) {
            return path.cost + cost_of_sign(c);
        }
        let mut best = path.cost + self.words.cost_of_char(c);
        let mut word = [NO_CHAR; MAX_WORD];
        let letters = iter::once(Some((c, path.cost))).chain(path.recent);
        for (place, letter) in letters.enumerate() {
            let Some((c, before)) = letter.filter(|&(c, _)| is_han(c)) else {
                break;
            };
            if let Some(letter) = word.get_mut(place) {
                *letter = self.words.simple(c);
            }
            if place > 0
                && let Some(cost) = self.cost_of_word(word, place + 1)
            {
                best = best.min(before + cost);
            }
        }
        best
    }

    fn cost_of_word(&self, word: Word, size: usize) -> Option<f64> {
        *self.known.borrow_mut().entry(word).or_insert_with(|| {
            let text: String = word.iter().take(size).rev().collect();
            self.words.cost_of_word(&text)
        })
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
