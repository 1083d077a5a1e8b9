//! Takes the lines, returns what the foot, datelines and brackets say of date, source and authors.

use std::sync::LazyLock;

use ontology::record::Span;
use regex::Regex;

use super::date::{self, pattern};
use super::head::{NAMES, SIGNATURE, VALUE, is_short_dated};
use super::label::Field;
use super::line::Line;
use super::sentence::trim;
use super::{Labels, Structure, name, year};

/// Lines after the last paragraph that may hold the date or the authors.
const FOOT: usize = 12;
/// A dateline begins within so many characters of its paragraph.
const DATELINE: usize = 40;

static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[（(]?(?:据)?([^本\s，。（）]{1,8}?(?:通讯社|[^日]社|日报|晚报|晨报|都市报|时报|商报|报|网|电视台|电台|新闻|在线|客户端))[^\s，。（）]{0,12}?[\d〇一二三四五六七八九十年]*\d{1,2}月\d{1,2}日[电讯]",
    )
});
static AGENCY_NEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^([^本\s，。（）]{1,8}?(?:社|报|网|台|新闻|在线|客户端))讯[\s（(：]")
});
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[（(]\s*据?[《“]?([^，。；《》“”]{2,16}?(?:社|报|网|台|新闻|在线|客户端|周刊))[》”]?(?:报道|消息|供稿)?\s*[）)]$",
    )
});
/// Who writes, at the start of a bracket or a line: 记者, 某报记者, 见习记者 …
static REPORTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^，。、：\s]{0,12}?(?:记者|通讯员|实习生|评论员|撰稿人)\s*[^，。；\s]|^(?:文|作者|撰文|图文)[/：\s]",
    )
});
/// What tells that a bracket describes its author or a picture.
static NO_BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:本文)?作者(?:系|为|是|单位|简介|均)|记者(?:从|在|了解|注意|问|证|站)|(?:^|\s)摄$|[^、文]\s?摄$|供图$|[。？！]",
    )
});
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[（(].{0,40}(?:更新|供稿|整理|发布|刊发|刊登|原载|[稿刊报版日网])[）)]$")
});

/// Fills in what stands under the last paragraph, in datelines and in brackets.
pub(super) fn read(text: &str, lines: &[Line], labels: &Labels, structure: &mut Structure) {
    foot(text, lines, labels, structure);
    datelines(text, lines, labels, structure);
    let written = lines.iter().filter(|line| !line.caption);
    structure
        .bylines
        .extend(written.filter_map(|line| bracketed(text, line.span)));
    if structure.bylines.is_empty() {
        let last = lines.iter().rfind(|line| line.body);
        structure
            .bylines
            .extend(last.and_then(|line| name::closing_bracket(text, line.span, labels)));
    }
    structure.bylines.sort_unstable();
    structure.bylines.dedup();
}

/// Reads the date under the last paragraph, and a source in brackets (据某报).
fn foot(text: &str, lines: &[Line], labels: &Labels, structure: &mut Structure) {
    let last = lines.iter().rposition(|line| line.body).unwrap_or(0);
    let foot = || {
        lines
            .iter()
            .skip(last + 1)
            .take(FOOT)
            .filter(|line| !line.furniture && !line.caption)
    };
    let slices = || foot().map(|line| line.span.of(text));
    structure.published = structure.published.or_else(|| signed(text, lines));
    if structure.published.is_none() {
        let whole = slices()
            .filter(|slice| date::is_whole(slice))
            .find_map(date::first_date);
        structure.published = whole.or_else(|| {
            let signed = |slice: &&str| is_short_dated(slice) || NOTE.is_match(slice);
            slices().filter(signed).find_map(date::first_date)
        });
    }
    let closing = lines.iter().rev().filter(|line| !line.furniture).take(FOOT);
    for line in closing {
        let slice = line.span.of(text);
        if slice.starts_with('（') && slice.ends_with('）') {
            structure.published = structure.published.or_else(|| labelled_date(slice, labels));
            structure
                .bylines
                .extend(labelled_authors(text, line.span, labels));
        }
    }
    if structure.publisher.is_none() {
        structure.publisher = foot().find_map(|line| {
            let found = CITED.captures(line.span.of(text))?.get(1)?;
            Some(Span::new(
                line.span.start + found.start(),
                line.span.start + found.end(),
            ))
        });
    }
    // Names alone under the last paragraph.
    if structure.bylines.is_empty() {
        let named = foot().next().filter(|line| {
            let slice = line.span.of(text);
            name::are_names(slice, labels)
                || name::closing_bracket(text, line.span, labels).is_some()
        });
        structure.bylines.extend(named.map(|line| line.span));
    }
}

/// Finds the date under a signature before an annex: a line of its own under a short line without
/// marks.
fn signed(text: &str, lines: &[Line]) -> Option<date::Date> {
    lines
        .iter()
        .zip(lines.iter().skip(1))
        .find_map(|(above, line)| {
            let (above, slice) = (above.span.of(text), line.span.of(text));
            let body =
                above.chars().count() <= SIGNATURE && !above.contains(['，', '。', '：', '、']);
            let plain = !slice.contains(':') && date::is_whole(slice) && date::starts(slice);
            date::first_date(slice).filter(|_| body && plain && !line.furniture)
        })
}

/// Finds a date behind its label inside a closing bracket: （撰稿：某某。最后更新：2022年6月10日）.
fn labelled_date(slice: &str, labels: &Labels) -> Option<date::Date> {
    labels.names(Field::Published).find_map(|label| {
        let at = slice.find(label)?;
        let rest = slice.get(at + label.len()..)?.strip_prefix('：')?;
        date::first_date(rest).filter(|_| date::starts(rest.trim_start()))
    })
}

/// Finds the authors behind their label inside a closing bracket.
fn labelled_authors(text: &str, line: Span, labels: &Labels) -> Option<Span> {
    let slice = line.of(text);
    labels.names(Field::Byline).find_map(|label| {
        let at = slice.find(&format!("{label}："))? + label.len() + '：'.len_utf8();
        let rest = slice.get(at..)?;
        let end = rest.find(['。', '；', '，', '）'])?;
        let short = rest.get(..end)?.chars().count() <= NAMES;
        short.then(|| Span::new(line.start + at, line.start + at + end))
    })
}

/// Reads datelines (某社某地10月26日电) at the start of the first paragraphs and in brackets at the end.
fn datelines(text: &str, lines: &[Line], labels: &Labels, structure: &mut Structure) {
    let article = || {
        lines
            .iter()
            .filter(|line| !line.furniture && (line.body || line.length <= VALUE))
    };
    let first: Vec<Span> = lines
        .iter()
        .filter(|line| line.body)
        .take(3)
        .filter_map(|line| dateline(text, line.span, line.span.start))
        .collect();
    let bracketed = article().filter_map(|line| {
        let open = line.span.of(text).rfind(['（', '('])?;
        dateline(text, line.span, line.span.start + open)
    });
    for span in first.into_iter().chain(bracketed) {
        let slice = span.of(text);
        if structure.publisher.is_none() {
            let agency = AGENCY
                .captures(slice)
                .or_else(|| AGENCY_NEWS.captures(slice));
            structure.publisher = agency
                .and_then(|found| found.get(1))
                .map(|name| Span::new(span.start + name.start(), span.start + name.end()));
        }
        if structure.published.is_none() {
            structure.published = date::first_date(slice)
                .or_else(|| year::certain(text, date::first_month_day(slice)?, labels));
        }
    }
    structure.publisher = structure.publisher.or(structure.site);
}

/// Gives the dateline at byte `start` of a line: what reaches to 日电, 日讯 or 讯.
fn dateline(text: &str, line: Span, start: usize) -> Option<Span> {
    let rest = text.get(start..line.end)?;
    let near: usize = rest.chars().take(DATELINE).map(char::len_utf8).sum();
    let near = rest.get(..near)?;
    let end = ["日电", "日讯", "讯 ", "讯（"]
        .iter()
        .filter_map(|mark| Some(near.find(mark)? + mark.len()))
        .min()?;
    let slice = near.get(..end)?;
    (!slice.contains(['，', '。'])).then(|| Span::new(start, start + end))
}

/// Finds （记者 某某 通讯员 某某） in a line, or 记者某某 between 讯 and 报道.
fn bracketed(text: &str, line: Span) -> Option<Span> {
    let slice = line.of(text);
    slice.match_indices('（').find_map(|(at, mark)| {
        let start = at + mark.len();
        // A line may hold many brackets: each is read no farther than names reach.
        let behind = slice.get(start..)?;
        let (length, _) = behind
            .char_indices()
            .take(NAMES + 1)
            .find(|&(_, c)| c == '）')?;
        let inside = behind.get(..length)?;
        let written = REPORTER.is_match(inside) && !NO_BYLINE.is_match(inside);
        written.then(|| {
            trim(
                text,
                Span::new(line.start + start, line.start + start + inside.len()),
            )
        })
    })
}
