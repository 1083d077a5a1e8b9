//! Trains the tagger of names: takes annotated files, writes the model.
//!
//! `cargo run --release -p ingest --example train_tagger -- -o MODEL FILE…`, where a FILE is IOB2 (`.iob2`: a
//! token a line, its tag in the third column) or has a sentence a line with names in brackets (`.txt`:
//! `[P 王建国]在[L 白山市]`, P person, L place, O body; other letters are read as no name).

use std::fs;
use std::process::ExitCode;

use ingest::Knowledge;
use ingest::tagger::{Example, train};
use ontology::record::{EntityClass, Span};

fn main() -> ExitCode {
    let mut files = Vec::new();
    let mut target = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "-o" {
            target = arguments.next();
        } else {
            files.push(argument);
        }
    }
    let Some(target) = target.filter(|_| !files.is_empty()) else {
        return fail("usage: train_tagger -o MODEL FILE…");
    };
    let mut examples = Vec::new();
    for path in &files {
        match fs::read_to_string(path) {
            Ok(text) if path.ends_with(".iob2") => examples.extend(iob2(&text)),
            Ok(text) => examples.extend(
                text.lines()
                    .filter(|line| !line.is_empty() && !line.starts_with('#'))
                    .map(bracketed),
            ),
            Err(error) => return fail(&format!("{path}: {error}")),
        }
    }
    let knowledge = match Knowledge::load(&[]) {
        Ok(knowledge) => knowledge,
        Err(error) => return fail(&error.to_string()),
    };
    let weights = train(&knowledge, &examples);
    match fs::write(&target, weights.to_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&format!("{target}: {error}")),
    }
}

#[expect(clippy::print_stderr, reason = "a program's own message")]
fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::from(2)
}

/// Reads sentences of tokens with tags `B-PER`, `I-PER`, `O`.
fn iob2(text: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut example = empty();
    let mut open = None;
    for line in text.lines().chain([""]) {
        if line.starts_with("# ") {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, token, tag, ..] = fields.as_slice() else {
            if !example.text.is_empty() {
                examples.push(std::mem::replace(&mut example, empty()));
            }
            open = None;
            continue;
        };
        let start = example.text.len();
        example.text.push_str(token);
        let end = example.text.len();
        let class = tag.get(2..).and_then(class_of_tag);
        match (class, example.names.last_mut()) {
            (Some(class), Some(last)) if tag.starts_with('I') && open == Some(class) => {
                last.0 = Span::new(last.0.start, end);
            }
            (Some(class), _) => example.names.push((Span::new(start, end), class)),
            (None, _) => {}
        }
        open = class;
    }
    examples
}

fn class_of_tag(tag: &str) -> Option<EntityClass> {
    match tag {
        "PER" => Some(EntityClass::Person),
        "LOC" | "GPE" => Some(EntityClass::Place),
        "ORG" => Some(EntityClass::Organization),
        _ => None,
    }
}

/// Reads a sentence with names in brackets.
fn bracketed(line: &str) -> Example {
    let mut example = empty();
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('[') {
        example.text.push_str(before);
        let (mark, after) = behind.split_once(']').unwrap_or((behind, ""));
        let (letter, name) = mark.split_once(' ').unwrap_or(("", mark));
        let start = example.text.len();
        example.text.push_str(name);
        let class = match letter {
            "P" => Some(EntityClass::Person),
            "L" => Some(EntityClass::Place),
            "O" => Some(EntityClass::Organization),
            _ => None,
        };
        let span = Span::new(start, example.text.len());
        example.names.extend(class.map(|class| (span, class)));
        rest = after;
    }
    example.text.push_str(rest);
    example
}

fn empty() -> Example {
    Example {
        text: String::new(),
        names: Vec::new(),
    }
}
