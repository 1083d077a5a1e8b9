//! Takes decoded Markdown, returns its text without markup; front matter becomes metadata.

use std::sync::LazyLock;

use regex::Regex;

use super::decode::Decoded;
use super::error::ReadError;
use super::gather::Article;
use super::metadata::{Field, Metadata};
use crate::structure::pattern;

/// Reads front matter and text.
///
/// # Errors
/// [`ReadError::Empty`] where nothing but markup is there.
pub(crate) fn read(decoded: Decoded) -> Result<Article, ReadError> {
    let Decoded {
        text,
        encoding,
        certainty,
    } = decoded;
    let (metadata, body) = front_matter(&text);
    let text = plain(body);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Article {
        text,
        encoding,
        certainty,
        metadata,
    })
}

/// Splits off what stands between `---` lines at the very beginning.
fn front_matter(text: &str) -> (Metadata, &str) {
    let none = (Metadata::default(), text);
    let Some(rest) = text.strip_prefix("---") else {
        return none;
    };
    let Some((_, rest)) = rest
        .split_once('\n')
        .filter(|(line, _)| line.trim().is_empty())
    else {
        return none;
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let head = rest.get(..at).unwrap_or_default();
            return (
                metadata(head),
                rest.get(at + line.len()..).unwrap_or_default(),
            );
        }
        at += line.len();
    }
    none
}

/// Reads the top level of YAML: `key: value`, quoted or not, lists in brackets or on lines of their
/// own, folded text. What is nested deeper describes no document.
fn metadata(yaml: &str) -> Metadata {
    let mut found = Metadata::default();
    let mut open: Option<(Field, Vec<String>)> = None;
    let close = |found: &mut Metadata, open: Option<(Field, Vec<String>)>| {
        if let Some((field, values)) = open {
            found.take(field, &values.join("\n"));
        }
    };
    for line in yaml
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        let item = line.trim_start();
        if item.len() < line.len() || item.starts_with("- ") {
            if let Some((_, values)) = &mut open {
                let item = item.strip_prefix("- ").unwrap_or(item);
                let item = item.strip_prefix("name:").unwrap_or(item);
                values.push(scalar(item));
            }
            continue;
        }
        close(&mut found, open.take());
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let Some((field, _)) = Field::known(key.trim_matches(['"', '\''])) else {
            continue;
        };
        let value = value.trim();
        let list = value
            .strip_prefix('[')
            .and_then(|value| value.strip_suffix(']'));
        let values = match list {
            Some(list) => list.split(',').map(scalar).collect(),
            None if value.is_empty() || value.starts_with(['|', '>']) => Vec::new(),
            None => vec![scalar(value)],
        };
        open = Some((field, values));
    }
    close(&mut found, open);
    found
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|value| value.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.to_owned();
        }
    }
    value
        .split(" #")
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

static BLOCK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:#{1,6}\s+|(?:>\s?)+|[-*+]\s+)"));
static RULE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:(?:[-*_]\s*){3,}|=+|-+|[|:\s-]*\|[|:\s-]*)$"));
// None of these may run over what opens another: each opening that is never closed would be followed
// to the end of the line for every match behind it.
static IMAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"!\[[^\]\[]*\](?:\([^()]*\)|\[[^\]\[]*\])"));
static LINK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\[([^\]\[]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]\[]*\])"));
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s{0,3}\[[^\]]+\]:\s*\S+"));
static EMPHASIS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\*{1,3}|`+|~~|(?:\b|^)_{1,2}|_{1,2}(?:\b|$)"));
static TAG: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"</?[A-Za-z][^<>]*>|<!--(?:[^<]|<[^!])*?-->"));
static ESCAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\\([!-/:-@\[-`{-~])"));

/// Takes the markup out of each line; lines stay lines.
fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut fenced = false;
    for line in markdown.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
            continue;
        }
        if !fenced && (RULE.is_match(line) && !line.trim().is_empty() || DEFINITION.is_match(line))
        {
            continue;
        }
        let line = if fenced {
            line.to_owned()
        } else {
            inline(line)
        };
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn inline(line: &str) -> String {
    let line = BLOCK.replace(line, "");
    let mut line = line.trim_end_matches([' ', '#']).to_owned();
    if let Some(cells) = line
        .trim()
        .strip_prefix('|')
        .and_then(|cells| cells.strip_suffix('|'))
    {
        line = cells
            .split('|')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("\t");
    }
    if line.is_ascii() && !line.contains(['*', '_', '[', '`', '<', '\\']) {
        return line;
    }
    let line = IMAGE.replace_all(&line, "");
    let line = LINK.replace_all(&line, "$1");
    let line = TAG.replace_all(&line, "");
    let line = EMPHASIS.replace_all(&line, "");
    ESCAPE.replace_all(&line, "$1").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str) -> Article {
        read(Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            certainty: 1.0,
        })
        .unwrap()
    }

    #[test]
    fn markup_goes_and_text_stays() {
        let cases = [
            ("# 标题\n", "标题\n"),
            ("**加粗**和*斜体*、`代码`\n", "加粗和斜体、代码\n"),
            ("见[网站](http://a.b/(c))和![图](x.png)。\n", "见网站和。\n"),
            ("> 引文\n- 项目\n", "引文\n项目\n"),
            (
                "| 地方 | 数 |\n|---|---|\n| 甲 | 3 |\n",
                "地方\t数\n甲\t3\n",
            ),
            ("甲<!-- <b>注</b> -->乙\n", "甲乙\n"),
            ("甲\n\n---\n乙<br/>\n", "甲\n\n乙\n"),
            ("1\\. 甲 3*4 snake_case\n", "1. 甲 34 snake_case\n"),
        ];
        for (markdown, text) in cases {
            assert_eq!(article(markdown).text, text, "{markdown}");
        }
    }

    #[test]
    fn front_matter_is_metadata() {
        let text = "---\ntitle: \"题：甲\"\ndate: 2021-10-26 08:00\nauthors: [张三, 李四]\ntags:\n  - x\n来源: 某报 # 注\n---\n正文。\n";
        let Article { text, metadata, .. } = article(text);
        assert_eq!(text, "正文。\n");
        assert_eq!(metadata.headline.as_deref(), Some("题：甲"));
        assert_eq!(metadata.published.as_deref(), Some("2021-10-26"));
        assert_eq!(metadata.authors, ["张三", "李四"]);
        assert_eq!(metadata.publisher.as_deref(), Some("某报"));
        let listed = article("---\nauthor:\n- 张三\n- 李四\n---\n正文。\n");
        assert_eq!(listed.metadata.authors, ["张三", "李四"]);
        assert_eq!(article("---\n没有结束\n").text, "没有结束\n");
    }
}
