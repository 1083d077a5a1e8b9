//! Takes normalised text, returns its lines: paragraphs, headings, items of lists, captions.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::Labels;
use super::date::{self, pattern};
use super::sentence::trim;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// Without blanks at its ends.
    pub(super) span: Span,
    /// Length in characters.
    pub(super) length: usize,
    /// A paragraph of running text.
    pub(super) body: bool,
    /// A short line without a full stop.
    pub(super) heading: bool,
    /// An item of a list.
    pub(super) item: bool,
    /// The text under a picture.
    pub(super) caption: bool,
    /// Part of the page, not of the article.
    pub(super) furniture: bool,
}

impl Line {
    /// Makes it a line of the page.
    pub(super) fn drop_it(&mut self) {
        (self.furniture, self.body, self.heading, self.item) = (true, false, false, false);
    }
}

/// A paragraph has at least so many characters, or ends like a sentence.
const PARAGRAPH: usize = 50;
/// A sentence that is a paragraph has more characters; a headline may end in ？ or ！ and have as
/// many as a heading.
const SENTENCE: usize = 15;
/// A heading has at most so many characters, one without a comma and a numbered one more.
const HEADING: usize = 45;
const LONG_HEADING: usize = 60;
/// A caption has at most so many characters.
const CAPTION: usize = 120;
/// So many bare short lines in a row are a list and not headings.
const LIST: usize = 3;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:第[一二三四五六七八九十百\d]{1,3}[章节部分编篇单元][\s、：]?|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．：\s]|\d{1,2}[、.．][^\d])",
    )
});
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:—|--|-\s|[·•●◆◇■▪▲★☆※√➤►✦]|[①-⑳]|\d{1,2}[、.．)）][^\d])"));
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[^拍]摄(?:影)?|供图|图片来源.{0,20}|资料图片?|资料照片|网络图片|视频截图)[。）)】\]]*$",
    )
});
static PICTURED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[（(【▲△▼↑↓]*(?:图为|上图|下图|左图|右图|题图|资料图|图[①-⑨一二三四五六七八九\d]+[：:])",
    )
});

/// Gives the lines of a text that are not blank.
pub(super) fn lines(text: &str, labels: &Labels) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    for raw in text.split_inclusive(['\n', '\r']) {
        let span = trim(text, Span::new(start, start + raw.len()));
        start += raw.len();
        if !span.is_empty() {
            found.push(classify(text, span, labels));
        }
    }
    found
}

fn classify(text: &str, span: Span, labels: &Labels) -> Line {
    let slice = span.of(text);
    let length = slice.chars().count();
    let furniture = labels.page.is_furniture(slice, length);
    let caption = length <= CAPTION && (CREDIT.is_match(slice) || PICTURED.is_match(slice));
    let bare = slice.trim_end_matches(['”', '）', '】']);
    let stops = slice.matches(['。', '；']).count();
    let marks = slice.matches(['！', '？']).count();
    let closed = bare.ends_with(['。', '；']) && length > SENTENCE
        || bare.ends_with(['！', '？']) && length > HEADING;
    let running = length >= PARAGRAPH && (stops + marks > 0 || slice.contains('，'));
    let body = !furniture && !caption && (running || closed);
    let long = NUMBERED.is_match(slice) || !slice.contains('，') && marks == 0;
    let longest = if long { LONG_HEADING } else { HEADING };
    let heading = !furniture && !caption && !body && length <= longest && stops == 0 && marks < 3;
    Line {
        span,
        length,
        body,
        heading,
        item: false,
        caption,
        furniture,
    }
}

/// Tells whether a line begins with the number of a section.
pub(super) fn is_numbered(slice: &str) -> bool {
    NUMBERED.is_match(slice)
}

/// Tells headings from other short lines behind the first paragraph: items begin with a dash or a
/// bullet or stand in a row of short lines; dates, fields, brackets and what no text follows are none.
pub(super) fn mark_headings(text: &str, lines: &mut [Line], body: usize, labels: &Labels) {
    mark_items(text, lines, body);
    let holds_text = |line: &Line| {
        !line.furniture
            && !line.caption
            && !line.heading
            && (line.body || line.item || line.span.of(text).ends_with(['。', '！', '？']))
    };
    let last = lines.iter().rposition(holds_text).unwrap_or(body);
    let headings = lines
        .iter_mut()
        .enumerate()
        .skip(body)
        .filter(|(_, line)| line.heading);
    for (index, line) in headings {
        let slice = line.span.of(text);
        let bracketed = slice.starts_with(['（', '(']) && slice.ends_with(['）', ')']);
        if index > last
            || bracketed
            || date::is_whole(slice)
            || !labels.fields(text, line.span).is_empty()
        {
            line.heading = false;
        }
    }
}

fn mark_items(text: &str, lines: &mut [Line], body: usize) {
    let mut run: Vec<usize> = Vec::new();
    let mut items: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(body) {
        let slice = line.span.of(text);
        if ITEM.is_match(slice) && (line.body || !NUMBERED.is_match(slice)) {
            items.push(index);
        }
        // A numbered heading may stand over a list, it is no part of it.
        if line.heading && !NUMBERED.is_match(slice) {
            run.push(index);
        } else if !line.furniture {
            flush(&mut run, &mut items);
        }
    }
    flush(&mut run, &mut items);
    for index in items {
        if let Some(line) = lines.get_mut(index) {
            (line.item, line.heading) = (true, false);
        }
    }
}

fn flush(run: &mut Vec<usize>, items: &mut Vec<usize>) {
    if run.len() >= LIST {
        items.append(run);
    }
    run.clear();
}
