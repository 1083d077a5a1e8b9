//! Takes the lines of a copied web page, marks those that are the page's and not the article's.
//!
//! Single lines are told by their words; runs of them (menus, lists of other articles, the foot, the
//! comments) by their place before the first or behind the last paragraph as well, because the same
//! words may stand in an article.

use std::collections::BTreeSet;

use ontology::lexicon::{self, LexiconError};

use super::label::Field;
use super::line::Line;
use super::{Labels, date};

/// Longer lines are text, whatever they begin with.
const LONGEST: usize = 60;
/// Longest legal notice.
const NOTICE: usize = 240;
/// Longest entry of a menu.
const ENTRY: usize = 8;
/// Fewest entries of a menu: in lines of their own, and in one line.
const MENU: usize = 3;
const MENU_LINE: usize = 4;
/// Characters of an abstract that must come again in the text.
const REPEATED: usize = 10;

/// The words of `furniture.tsv`, by how they are compared.
#[derive(Debug, Default)]
pub(super) struct PageWords {
    exact: BTreeSet<String>,
    menu: BTreeSet<String>,
    related: BTreeSet<String>,
    comments: BTreeSet<String>,
    teaser: BTreeSet<String>,
    prefix: Vec<String>,
    legal: Vec<String>,
    end: Vec<String>,
    foot: Vec<String>,
    contains: Vec<String>,
}

impl PageWords {
    pub(super) fn load() -> Result<Self, LexiconError> {
        let mut words = Self::default();
        for row in lexicon::table("structure/furniture.tsv")?.rows() {
            let name = row.get("name").to_owned();
            match row.get("match") {
                "menu" => drop(words.menu.insert(name)),
                "related" => drop(words.related.insert(name)),
                "comments" => drop(words.comments.insert(name)),
                "teaser" => drop(words.teaser.insert(name)),
                "prefix" => words.prefix.push(name),
                "legal" => words.legal.push(name),
                "end" => words.end.push(name),
                "foot" => words.foot.push(name),
                "contains" => words.contains.push(name),
                _ => drop(words.exact.insert(name)),
            }
        }
        Ok(words)
    }

    /// Tells whether a line by itself is a button, a breadcrumb trail or a legal notice.
    pub(super) fn is_furniture(&self, line: &str, length: usize) -> bool {
        let legal = || {
            self.legal
                .iter()
                .any(|name| line.starts_with(name.as_str()))
        };
        if length > LONGEST {
            return length <= NOTICE && legal();
        }
        let bare = bare(line);
        bare.is_empty()
            || self.exact.contains(bare)
            || self.related.contains(bare)
            || self.comments.contains(bare)
            || is_trail(line)
            || legal()
            || !line.ends_with('。') && self.prefix.iter().any(|name| begins(line, name))
            || self
                .contains
                .iter()
                .any(|name| line.contains(name.as_str()))
            || self.is_menu_line(line)
    }

    /// Tells whether a line is a menu written out: short words between blanks or bars, of which the
    /// most are known.
    fn is_menu_line(&self, line: &str) -> bool {
        let words: Vec<&str> = line
            .split([' ', '|', '丨', '·', '>', '/'])
            .map(bare)
            .filter(|word| !word.is_empty())
            .collect();
        let known = words.iter().filter(|word| self.knows(word)).count();
        words.len() >= MENU_LINE
            && words.iter().all(|word| word.chars().count() <= ENTRY)
            && known * 2 >= words.len()
    }

    fn knows(&self, word: &str) -> bool {
        self.menu.contains(word) || self.exact.contains(word)
    }
}

/// Tells whether a line begins with a text, or a bracket in it.
fn begins(line: &str, name: &str) -> bool {
    line.starts_with(name)
        || line
            .trim_start_matches(['（', '(', '[', '【', ' '])
            .starts_with(name)
}

fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| "【】[]（）()|丨· >»<«：:-—+＋▲△▼↑↓◆■●▪".contains(c))
}

/// Tells whether a line is a trail of breadcrumbs (首页 > 新闻 > 正文).
pub(super) fn is_trail(line: &str) -> bool {
    line.contains(">>") || line.contains('»') || line.matches(['>', '＞', '›']).count() > 1
}

/// Marks furniture that shows by its place among the other lines.
pub(super) fn mark(text: &str, lines: &mut [Line], labels: &Labels) {
    teasers(text, lines, labels);
    browser_titles(text, lines);
    credits(text, lines, labels);
    let (first, last) = ends(lines);
    menus(text, lines, labels, ..first);
    menus(text, lines, labels, last.map_or(first, |last| last + 1)..);
    counters(text, lines);
    lists(text, lines, labels, last);
    foot(text, lines, labels);
}

/// Gives the first line of the text (or the number of lines) and its last paragraph.
fn ends(lines: &[Line]) -> (usize, Option<usize>) {
    let first = lines
        .iter()
        .position(|line| line.body)
        .unwrap_or(lines.len());
    (first, lines.iter().rposition(|line| line.body))
}

/// Drops an abstract that is cut off and comes again in the text, and the label above it.
fn teasers(text: &str, lines: &mut [Line], labels: &Labels) {
    for index in 0..lines.len() {
        let Some(line) = lines.get(index).copied() else {
            return;
        };
        let slice = line.span.of(text);
        let start: String = slice.chars().take(REPEATED).collect();
        let cut = slice.ends_with("..") || slice.ends_with("……") || slice.ends_with("[详细]");
        let again = text
            .get(line.span.end..)
            .is_some_and(|rest| rest.contains(&start));
        if line.length <= REPEATED || !cut || !again || index > 15 {
            continue;
        }
        let above = index
            .checked_sub(1)
            .and_then(|above| lines.get(above))
            .map(|above| above.span);
        let labelled = above.is_some_and(|above| labels.page.teaser.contains(bare(above.of(text))));
        let from = if labelled { index - 1 } else { index };
        lines
            .iter_mut()
            .take(index + 1)
            .skip(from)
            .for_each(Line::drop_it);
    }
}

/// Drops the window's title above the headline (标题_频道_某网).
fn browser_titles(text: &str, lines: &mut [Line]) {
    let head: Vec<&str> = lines
        .iter()
        .take(15)
        .map(|line| line.span.of(text))
        .collect();
    let is_title = |(index, long): (usize, &&str)| {
        head.iter().skip(index + 1).any(|headline| {
            headline.chars().count() > 5
                && long.strip_prefix(headline).is_some_and(|rest| {
                    rest.trim_start()
                        .starts_with(['_', '-', '|', '—', '–', '丨'])
                        && rest.chars().count() < 40
                })
        })
    };
    let titles: Vec<bool> = head.iter().enumerate().map(is_title).collect();
    lines
        .iter_mut()
        .zip(titles)
        .filter(|(_, title)| *title)
        .for_each(|(line, _)| line.drop_it());
}

/// Drops lines that begin with an editor's label and hold nothing but editors.
fn credits(text: &str, lines: &mut [Line], labels: &Labels) {
    for line in lines.iter_mut().filter(|line| !line.body) {
        let fields = labels.fields(text, line.span);
        let first = fields
            .first()
            .is_some_and(|found| found.start <= line.span.start + '（'.len_utf8());
        if first && fields.iter().all(|found| found.field == Field::Editor) {
            line.drop_it();
        }
    }
}

/// Drops runs of short lines of which at least two are known entries of menus.
fn menus(
    text: &str,
    lines: &mut [Line],
    labels: &Labels,
    range: impl std::ops::RangeBounds<usize>,
) {
    let mut run: Vec<usize> = Vec::new();
    let mut dropped: Vec<usize> = Vec::new();
    let mut flush = |run: &mut Vec<usize>, known: usize| {
        // One unknown short line behind a menu is the headline as likely as an entry.
        if run.len() >= MENU && known > 1 && known * 3 >= run.len() {
            dropped.append(run);
        }
        run.clear();
    };
    let mut known = 0;
    for (index, line) in lines
        .iter()
        .enumerate()
        .filter(|(index, _)| range.contains(index))
    {
        let slice = line.span.of(text);
        let entry = line.length <= ENTRY
            && date::first_date(slice).is_none()
            && !slice.contains('。')
            && labels.fields(text, line.span).is_empty();
        if entry {
            known += usize::from(labels.page.knows(bare(slice)));
            run.push(index);
        } else {
            // A trail of breadcrumbs ends the menu for sure.
            if !line.furniture {
                trim_end(text, lines, labels, &mut run);
            }
            flush(&mut run, std::mem::take(&mut known));
        }
    }
    trim_end(text, lines, labels, &mut run);
    flush(&mut run, known);
    for index in dropped {
        if let Some(line) = lines.get_mut(index) {
            line.drop_it();
        }
    }
}

/// Takes what follows the last known entry off a run.
fn trim_end(text: &str, lines: &[Line], labels: &Labels, run: &mut Vec<usize>) {
    while let Some(line) = run.last().and_then(|&index| lines.get(index))
        && !labels.page.knows(bare(line.span.of(text)))
    {
        run.pop();
    }
}

/// Drops bare numbers below furniture (阅读： and, on the next line, 705).
fn counters(text: &str, lines: &mut [Line]) {
    let mut above = false;
    for line in lines {
        let digits = line
            .span
            .of(text)
            .chars()
            .all(|c| c.is_ascii_digit() || c == ',');
        if above && digits && line.length < 9 {
            line.drop_it();
        }
        above = line.furniture || line.span.of(text).ends_with('：');
    }
}

/// Drops lists of other articles: what follows their head up to the next paragraph, and rows of
/// titles with dates behind the text; and everything from the readers' comments on.
fn lists(text: &str, lines: &mut [Line], labels: &Labels, last: Option<usize>) {
    let (mut related, mut comments, mut seen_body) = (false, false, false);
    for index in 0..lines.len() {
        let dated = is_dated_title(text, lines.get(index))
            && (is_dated_title(text, lines.get(index + 1))
                || index
                    .checked_sub(1)
                    .is_some_and(|above| is_dated_title(text, lines.get(above))));
        let Some(line) = lines.get_mut(index) else {
            return;
        };
        let slice = line.span.of(text);
        let field = !line.body && !labels.fields(text, line.span).is_empty();
        seen_body |= line.body;
        comments |= seen_body && labels.page.comments.contains(bare(slice));
        if labels.page.related.contains(bare(slice)) {
            related = true;
        } else if line.body || field || date::is_whole(slice) {
            related = false;
        }
        let behind = last.is_some_and(|last| index > last);
        if comments || related && !line.body || behind && dated && !field {
            line.drop_it();
        }
    }
}

/// Tells whether a line is a title with a date before or behind it.
fn is_dated_title(text: &str, line: Option<&Line>) -> bool {
    let Some(line) = line.filter(|line| !line.body && line.length > 16) else {
        return false;
    };
    let slice = line
        .span
        .of(text)
        .trim_start_matches(['[', '(', '（', '·', '•', ' ']);
    let bare = slice.trim_end_matches([']', ')', '）', ' ']);
    let close = |part: Option<&str>| part.is_some_and(|part| date::first_date(part).is_some());
    let chars: Vec<usize> = bare.char_indices().map(|(at, _)| at).collect();
    let cut = |number: usize| chars.get(number).copied().unwrap_or(bare.len());
    close(bare.get(..cut(10))) || close(bare.get(cut(chars.len().saturating_sub(10))..))
}

/// Drops the foot of the page: from its first sure line (copyright, number of the licence) behind the
/// text on, and the address lines just above.
fn foot(text: &str, lines: &mut [Line], labels: &Labels) {
    let begins = |words: &[String], line: &Line| {
        let slice = line.span.of(text).trim_start_matches(['|', ' ', '-']);
        words.iter().any(|word| slice.starts_with(word.as_str()))
    };
    let sure = |line: &Line| line.furniture && !line.body || line.length <= LONGEST;
    let last = lines
        .iter()
        .rposition(|line| line.body && !begins(&labels.page.end, line));
    let after = last.map_or(0, |last| last + 1);
    let mut rest = lines.iter().enumerate().skip(after);
    let Some((mut from, _)) = rest.find(|(_, line)| begins(&labels.page.end, line) && sure(line))
    else {
        return;
    };
    while let Some(above) = from.checked_sub(1).filter(|&above| above >= after)
        && lines
            .get(above)
            .is_some_and(|line| line.furniture || begins(&labels.page.foot, line))
    {
        from = above;
    }
    if last.is_some() {
        lines.iter_mut().skip(from).for_each(Line::drop_it);
    }
}
