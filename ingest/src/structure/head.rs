//! Takes the lines, returns what the head and labelled lines say of date, source, authors, editors,
//! interview roles.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::date::{self, pattern};
use super::label::{Field, Labelled};
use super::line::Line;
use super::sentence::trim;
use super::{Labels, Structure, name, page};

/// Longest line that names authors and nothing else, and longest stretch in brackets.
pub(super) const NAMES: usize = 48;
/// Longest value of a label.
pub(super) const VALUE: usize = 60;
/// Longest signature with a date under a notice.
pub(super) const SIGNATURE: usize = 30;

static ORIGINAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^原创[：\s]+([^\s]+)"));

/// Fills in what the lines before the first paragraph (`body`) and labelled lines say.
pub(super) fn read(
    text: &str,
    lines: &[Line],
    body: usize,
    labels: &Labels,
    structure: &mut Structure,
) {
    for (index, line) in lines.iter().enumerate() {
        // Labels stand in the head, in the foot, and in short lines; 时间：… in running text is
        // no publication date.
        if (index < body || !line.body) && !line.caption {
            let next = lines.get(index + 1).map_or("", |next| next.span.of(text));
            for found in labels.fields(text, line.span) {
                place(text, found, next, structure);
            }
        }
    }
    let head = lines.get(..body).unwrap_or_default();
    // What stands above the headline may be the day on which the page was saved.
    let start = structure.headline.map_or(0, |headline| headline.start);
    let (above, below): (Vec<_>, Vec<_>) = head
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.caption)
        .partition(|(_, line)| line.span.start < start);
    for (index, line) in below.into_iter().chain(above) {
        masthead(text, line, labels, structure);
        let above = index
            .checked_sub(1)
            .and_then(|above| head.get(above))
            .map(|above| above.span);
        let titled = above.is_some_and(|above| {
            Some(above) == structure.headline || Some(above) == structure.subtitle
        });
        if titled
            && name::is_name(line.span.of(text), labels)
            && Some(line.span) != structure.subtitle
        {
            structure.bylines.push(line.span);
        }
    }
}

fn place(text: &str, found: Labelled, next: &str, structure: &mut Structure) {
    let value = found.value.of(text);
    let spoken = value.contains(['。', '？', '！']) || value.chars().count() > VALUE;
    match found.field {
        Field::Headline => {}
        Field::Published => {
            // The time of a meeting stands beside its place.
            let sure = !found.weak || leading_date(value) && !next.starts_with("地点");
            let date = date::first_date(value).filter(|_| sure);
            structure.published = structure.published.or(date);
        }
        Field::Publisher => {
            structure.publisher = structure.publisher.or_else(|| publisher(text, found.value));
        }
        _ if spoken => {}
        Field::Byline | Field::Editor if date::first_date(value).is_some() => {
            // 责任编辑：某某 2023-05-06 09:12
            structure.published = structure.published.or_else(|| date::first_date(value));
            let people = people(text, found.value);
            if found.field == Field::Byline {
                structure.bylines.push(people);
            } else {
                structure.editors.push(people);
            }
        }
        Field::Byline => structure.bylines.push(people(text, found.value)),
        Field::Editor => structure.editors.push(people(text, found.value)),
        Field::Interviewer => structure.interviewers.push(found.value),
        Field::Guest => structure.guests.push(found.value),
    }
}

/// Tells whether a value is a date, whatever other fields follow it behind a blank.
fn leading_date(value: &str) -> bool {
    let day = value.split([' ', '|']).next().unwrap_or_default();
    date::is_whole(value) || date::is_whole(day)
}

/// The source's name ends at the first blank, and holds no sentence.
fn publisher(text: &str, span: Span) -> Option<Span> {
    let slice = span.of(text);
    let inner = slice.trim_start_matches(['《', '“']);
    let start = span.start + (slice.len() - inner.len());
    let end = inner
        .find(|c: char| c.is_whitespace() || "（》”，。".contains(c))
        .unwrap_or(inner.len());
    let name = Span::new(start, start + end);
    let plain = date::first_date(name.of(text)).is_none() && !name.is_empty();
    (plain && name.of(text).chars().count() <= NAMES / 2).then_some(name)
}

/// Gives the stretch up to a date that follows the names.
fn people(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let end = slice
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(slice.len());
    trim(text, Span::new(span.start, span.start + end))
}

/// Tells whether a line of the head tells date, source or authors.
pub(super) fn is_masthead(text: &str, line: &Line, labels: &Labels) -> bool {
    let slice = line.span.of(text);
    let fields = labels.fields(text, line.span);
    is_byline(text, line.span, labels)
        || fields.iter().any(|found| found.field != Field::Headline)
        || date::is_whole(slice)
        || has_clock(slice)
}

/// Tells whether a short line has a date with a clock time, or behind a bar.
fn has_clock(slice: &str) -> bool {
    date::first_date(slice).is_some()
        && slice.chars().count() <= VALUE
        && (slice.contains(['|', '丨']) || slice.contains(':') || slice.contains("来源"))
}

/// Tells whether a line of the head names authors and nothing else.
fn is_byline(text: &str, span: Span, labels: &Labels) -> bool {
    let slice = span.of(text);
    let length = slice.chars().count();
    if length > NAMES || slice.contains(['。', '！']) {
        return false;
    }
    let marked =
        slice.starts_with(['□', '■', '●', '◎', '○', '▲', '◆', '〇']) && !slice.contains('，');
    name::are_names(slice, labels)
        || marked
        || role(slice, labels).is_some()
        || name::is_titled(slice, labels)
}

/// Finds the first role before a name: 记者 某某 通讯员 某某, 本报记者某某.
fn role(slice: &str, labels: &Labels) -> Option<usize> {
    let names = labels
        .names(Field::Byline)
        .filter(|label| label.chars().count() > 1);
    let named = |label: &str, at: usize| {
        let rest = slice.get(at + label.len()..).unwrap_or_default();
        let before = slice.get(..at).unwrap_or_default();
        let starts = before.is_empty() || before.ends_with([' ', '报', '网', '社', '台', '》']);
        rest.starts_with(' ') && labels.has_surname(first_word(rest))
            || starts && label.contains("记者") && name::is_name(first_word(rest), labels)
    };
    names
        .flat_map(|label| {
            slice
                .match_indices(label)
                .filter(move |&(at, _)| named(label, at))
                .map(|(at, _)| at)
        })
        .min()
}

fn first_word(rest: &str) -> &str {
    rest.split([' ', '、'])
        .find(|word| !word.is_empty())
        .unwrap_or_default()
}

/// Reads an unlabelled line of the head: a date, a source beside it, authors.
fn masthead(text: &str, line: &Line, labels: &Labels, structure: &mut Structure) {
    let slice = line.span.of(text);
    if page::is_trail(slice) {
        structure.site = structure.site.or_else(|| trail(text, line.span, labels));
    }
    let bracketed = slice.starts_with('（') && line.length <= VALUE;
    if slice.starts_with("今天") || slice.starts_with("现在") || slice.starts_with("农历") {
        return;
    }
    if line.furniture {
        let clock = structure.published.is_none() && has_clock(slice);
        structure.published = structure
            .published
            .or_else(|| date::first_date(slice).filter(|_| clock));
        return;
    }
    if date::is_whole(slice)
        || has_clock(slice)
        || bracketed
        || is_short_dated(slice)
        || is_delivery(slice)
    {
        structure.published = structure.published.or_else(|| date::first_date(slice));
        structure.publisher = structure
            .publisher
            .or_else(|| beside_date(text, line.span, labels));
    }
    if let Some(author) = ORIGINAL.captures(slice).and_then(|found| found.get(1)) {
        if name::is_name(author.as_str(), labels) {
            structure.bylines.push(Span::new(
                line.span.start + author.start(),
                line.span.start + author.end(),
            ));
        }
        return;
    }
    let fields = labels.fields(text, line.span);
    let title =
        [structure.headline, structure.kicker, structure.subtitle].contains(&Some(line.span));
    if title || !is_byline(text, line.span, labels) {
        return;
    }
    let role = role(slice, labels).map(|at| line.span.start + at);
    let dated = date::first_date(slice).is_some();
    // Beside a date or a source the authors begin with their role, else with the line.
    let start = role
        .filter(|_| dated || !fields.is_empty())
        .unwrap_or(line.span.start);
    let end = fields
        .iter()
        .map(|found| found.start)
        .find(|&end| end > start)
        .unwrap_or(line.span.end);
    let stretch = people(text, trim(text, Span::new(start, end)));
    let labelled = fields.iter().any(|found| found.field == Field::Byline);
    if !stretch.is_empty() && !labelled {
        structure.bylines.push(stretch);
    }
}

/// A date with a word or two: 某报 2021年6月18日, 《某刊》第36期 2021年9月6日.
pub(super) fn is_short_dated(slice: &str) -> bool {
    date::first_date(slice).is_some()
        && slice.chars().count() <= SIGNATURE
        && !slice.contains(['，', '。', '：', '“', '在', '于', '至'])
}

/// Tells whether a line gives the day on which a report was delivered: ——2022年1月24日在某会议上.
fn is_delivery(slice: &str) -> bool {
    slice
        .strip_prefix("——")
        .is_some_and(|rest| date::starts(rest) && rest.ends_with('上'))
}

/// Gives the site that a trail of breadcrumbs begins with.
fn trail(text: &str, line: Span, labels: &Labels) -> Option<Span> {
    let slice = line.of(text);
    let end = slice.find(['>', '»', '＞', '›'])?;
    let start = slice
        .get(..end)?
        .rfind('：')
        .map_or(0, |at| at + '：'.len_utf8());
    let first = trim(text, Span::new(line.start + start, line.start + end));
    let site = labels.ends_like("medium", first.of(text)) || first.of(text).ends_with("政府");
    (site && first.of(text).chars().count() > 2).then_some(first)
}

/// Finds the word beside the date that has the form of a publisher's name (某某发布 2021-10-26).
fn beside_date(text: &str, line: Span, labels: &Labels) -> Option<Span> {
    let slice = line.of(text);
    let mut at = 0;
    for word in slice.split(' ') {
        let start = at;
        at += word.len() + 1;
        let length = word.chars().count();
        let named =
            (labels.ends_like("medium", word) || word.ends_with("发布")) && !word.contains('：');
        if named && (3..=VALUE / 4).contains(&length) && date::first_date(word).is_none() {
            return publisher(
                text,
                Span::new(line.start + start, line.start + start + word.len()),
            );
        }
    }
    None
}
