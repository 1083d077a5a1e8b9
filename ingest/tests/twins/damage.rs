//! Kinds of damage and what must be found in spite of them.

use encoding_rs::{BIG5, Encoding, GBK, WINDOWS_1252};

use super::mirror;
use super::random::Random;

/// One kind of damage.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) damage: fn(&str, &mut Random) -> String,
    /// Facts of a thousand that must be found.
    pub(crate) floor: usize,
    /// For a thousand facts so many may be found that the clean document does not have.
    pub(crate) made_up: usize,
}

const fn kind(name: &'static str, damage: fn(&str, &mut Random) -> String) -> Kind {
    Kind {
        name,
        damage,
        floor: 980,
        made_up: 10,
    }
}

/// A kind that takes characters away here and there, so that a name or a number is lost with each.
const fn lossy(
    name: &'static str,
    damage: fn(&str, &mut Random) -> String,
    floor: usize,
    made_up: usize,
) -> Kind {
    Kind {
        name,
        damage,
        floor,
        made_up,
    }
}

/// All kinds.
pub(crate) const KINDS: &[Kind] = &[
    kind("traditional", |text, _| mirror::traditional(text) + "\n"),
    kind("readings", mirror::with_readings),
    kind("lost characters", mirror::with_lost),
    // FIXME: a sign for a lost byte takes the digit behind with it, or the line end, and what is
    // between two of them is guessed: 95 %.
    lossy(
        "mirror in GBK",
        |text, random| mirror::in_bytes(text, GBK, random),
        945,
        15,
    ),
    // FIXME: the same: 97.8 %.
    lossy(
        "mirror in Big5",
        |text, random| mirror::in_bytes(text, BIG5, random),
        975,
        10,
    ),
    kind("doubled marks", doubled_marks),
    kind("zero-width", zero_width),
    kind("entities", entities),
    kind("private", private),
    // FIXME: the last byte of a character before a digit or a line end is lost; where no word
    // decides (given names, 件 or 份) a hole is left: 93 %.
    lossy(
        "UTF-8 as GBK",
        |text, _| misread(text.as_bytes(), GBK),
        925,
        25,
    ),
    kind("UTF-8 as Latin-1", |text, _| {
        text.bytes().map(char::from).collect()
    }),
    kind("UTF-8 as Windows-1252", |text, _| {
        misread(text.as_bytes(), WINDOWS_1252)
    }),
    kind("UTF-8 twice", |text, _| {
        misread(
            misread(text.as_bytes(), WINDOWS_1252).as_bytes(),
            WINDOWS_1252,
        )
    }),
    kind("GBK as Latin-1", |text, _| {
        misread(&GBK.encode(text).0, WINDOWS_1252)
    }),
    kind("Big5 as GBK", |text, _| {
        misread(&BIG5.encode(&mirror::traditional(text)).0, GBK)
    }),
    kind("wrapped lines", wrapped),
    kind("broken lines", broken),
    kind("mixed widths", mixed_widths),
    // FIXME: as the mirror alone.
    lossy(
        "mirror, zero-width, entities",
        |text, random| {
            let text = mirror::in_bytes(text, GBK, random);
            let text = zero_width(&text, random);
            entities(&text, random)
        },
        945,
        15,
    ),
    kind("broken, doubled, mixed widths", |text, random| {
        let text = doubled_marks(text, random);
        let text = broken(&text, random);
        mixed_widths(&text, random)
    }),
    // FIXME: paragraphs that end at the width run into the next: 97 %.
    lossy(
        "readings, wrapped, doubled",
        |text, random| {
            let text = mirror::with_readings(text, random);
            let text = doubled_marks(&text, random);
            wrapped(&text, random)
        },
        960,
        15,
    ),
    kind("entities, mixed widths, UTF-8 twice", |text, random| {
        let text = entities(&mixed_widths(text, random), random);
        misread(
            misread(text.as_bytes(), WINDOWS_1252).as_bytes(),
            WINDOWS_1252,
        )
    }),
];

/// Damage that takes characters away for good: of these, less is asked, but nothing may be made up.
pub(crate) const LOSSY: &[Kind] = &[
    // Where a stretch of Chinese ends with a byte left over, Windows' `?` takes what is behind with
    // it: half of all numbers lose a digit, half of all lines their end.
    lossy(
        "UTF-8 as GBK by Windows",
        |text, _| mirror::windows_decoded(text.as_bytes(), GBK),
        200,
        30,
    ),
    // A quarter of the pairs has no character in Big5.
    lossy(
        "GBK as Big5",
        |text, _| misread(&GBK.encode(text).0, BIG5),
        0,
        10,
    ),
];

fn misread(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn doubled_marks(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in text.chars() {
        out.push(c);
        let second = match c {
            '，' | '。' => ',',
            '；' => ';',
            '：' => ':',
            _ => continue,
        };
        if random.one_in(4) {
            out.push(second);
        }
    }
    out
}

fn zero_width(text: &str, random: &mut Random) -> String {
    const INVISIBLE: [char; 6] = [
        '\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}', '\u{AD}',
    ];
    let mut out = String::new();
    for c in text.chars() {
        if random.one_in(15) {
            out.push(random.pick(&INVISIBLE));
        }
        out.push(c);
    }
    out
}

fn entities(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let name = match c {
            '“' => "ldquo",
            '”' => "rdquo",
            '‘' => "lsquo",
            '’' => "rsquo",
            '·' => "middot",
            '—' => "mdash",
            '…' => "hellip",
            ' ' => "nbsp",
            '&' => "amp",
            '\u{3000}' => "emsp",
            c if is_han(c) && random.one_in(40) => {
                let code = u32::from(c);
                out.push_str(&if random.one_in(2) {
                    format!("&#{code};")
                } else {
                    format!("&#x{code:x};")
                });
                continue;
            }
            c => {
                out.push(c);
                continue;
            }
        };
        let twice = if random.one_in(8) { "amp;" } else { "" };
        out.push_str(&format!("&{twice}{name};"));
    }
    out
}

/// Icons of a page's font beside lines and marks, and bullets of a word processor.
fn private(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        if random.one_in(2) {
            out.push(random.pick(&['\u{E600}', '\u{F06C}', '\u{F0B7}']));
        }
        for c in line.chars() {
            if c == '\n' && random.one_in(3) {
                out.push('\u{E61A}');
            }
            out.push(c);
            if matches!(c, '。' | '，' | '；' | '：') && random.one_in(10) {
                out.push('\u{E5E5}');
            }
        }
    }
    out
}

/// Lines of one width, as mail programs and word processors make them: numbers and words stay whole,
/// and no mark that closes begins a line.
fn wrapped(text: &str, random: &mut Random) -> String {
    let width = 60 + 2 * random.below(10);
    // Of curly quotes and toned letters.
    let ambiguous = 1 + random.below(2);
    let columns = |c: char| match c {
        '\0'..='\u{7F}' => 1,
        '\u{2E80}'.. => 2,
        _ => ambiguous,
    };
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let mut column = 0;
        for word in words(line) {
            let length: usize = word.chars().map(columns).sum();
            if column > 0 && word != "\n" && column + length > width {
                out.push('\n');
                column = 0;
            }
            out.push_str(&word);
            column += length;
        }
    }
    out
}

/// Cuts a line where it may be broken.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = '\n';
    for c in line.chars() {
        let latin = |c: char| !is_han(c) && (c.is_alphanumeric() || "().%-".contains(c));
        let joined = latin(before) && latin(c)
            || "，。、；：！？”’》）%)".contains(c)
            || "“‘《（(".contains(before);
        match words.last_mut() {
            Some(word) if joined && c != '\n' => word.push(c),
            Some(_) | None => words.push(c.to_string()),
        }
        before = c;
    }
    words
}

/// Breaks with an empty line behind them, as copies of narrow columns have them.
fn broken(text: &str, random: &mut Random) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let chars: Vec<char> = line.chars().collect();
        let mut since = 0;
        for (index, &c) in chars.iter().enumerate() {
            since += 1;
            let inside = index > 30 && index + 10 < chars.len();
            if inside
                && since > 40
                && is_han(c)
                && (is_han(chars[index - 1]) || chars[index - 1] == '，')
                && random.one_in(50)
            {
                out.push_str("\n\n");
                since = 0;
            }
            out.push(c);
        }
    }
    out
}

fn mixed_widths(text: &str, random: &mut Random) -> String {
    const MARKS: [(char, char); 9] = [
        ('，', ','),
        ('。', '.'),
        ('；', ';'),
        ('：', ':'),
        ('？', '?'),
        ('！', '!'),
        ('（', '('),
        ('）', ')'),
        ('％', '%'),
    ];
    let mut out = String::new();
    let mut wide = false;
    let mut before = ' ';
    for c in text.chars() {
        if !(before.is_ascii_alphanumeric() || before == '.') {
            wide = random.one_in(4);
        }
        before = c;
        let half = MARKS.iter().find(|&&(full, _)| full == c);
        out.push(match half {
            Some(&(_, half)) if c != '。' && random.one_in(2) => half,
            Some(_) | None if wide && (c.is_ascii_alphanumeric() || c == '.') => {
                char::from_u32(u32::from(c) + 0xFEE0).unwrap()
            }
            Some(_) | None => c,
        });
    }
    out
}
