//! Takes the data files of `gazetteer/`, checks them, writes what the library embeds: the
//! divisions by code, the names in order, which divisions bear each name, and the automaton.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use daachorse::CharwiseDoubleArrayAhoCorasick;

use crate::table::{LexiconError, Row, Table};

const LEVELS: [&str; 5] = ["country", "province", "prefecture", "county", "zone"];
const REASONS: [&str; 5] = ["word", "boundary", "person", "thing", "feature"];
const NOTES: [&str; 3] = ["renamed", "merged", "upgraded"];

/// How a division bears a name; the better form comes first. The library has the same order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Full,
    Short,
    Former,
}

/// A division as the files state it.
struct Division {
    name: String,
    shorts: Vec<String>,
    level: String,
    parent: String,
    /// Longitude and latitude, empty where unknown.
    point: (String, String),
    /// Where it stands, for messages.
    place: LexiconError,
}

type Divisions = BTreeMap<String, Division>;
type Names = BTreeMap<String, BTreeMap<String, Form>>;
/// Name and code → the years from and until which the division bore it, empty where unbounded.
type Periods = BTreeMap<(String, String), (String, String)>;

/// Reads and checks `folder`, writes into `out`.
pub(crate) fn embed(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=gazetteer");
    let mut divisions = Divisions::new();
    read_divisions(&load(folder, "divisions.tsv")?, &mut divisions)?;
    check_parents(&divisions)?;
    read_townships(&load(folder, "townships.tsv")?, &mut divisions)?;
    read_points(&load(folder, "coordinates.tsv")?, &mut divisions)?;
    let mut names = names(&divisions);
    let mut periods = Periods::new();
    // The hand-made list comes last: its years are exact, the other's are those of yearly lists.
    for file in ["history.tsv", "former_names.tsv"] {
        read_former(&load(folder, file)?, &divisions, &mut names, &mut periods)?;
    }
    read_since(&load(folder, "name_since.tsv")?, &divisions, &mut periods)?;
    check_abbreviations(&load(folder, "abbreviations.tsv")?, &divisions)?;
    check_ambiguous(&load(folder, "ambiguous_short.tsv")?, &names)?;
    write_divisions(&divisions, &out.join("gazetteer_divisions.tsv"))?;
    write_periods(&periods, &out.join("gazetteer_periods.tsv"))?;
    write_names(&divisions, &names, out)
}

fn load(folder: &Path, name: &str) -> Result<Table, Box<dyn Error>> {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Table::parse(&format!("ontology/gazetteer/{name}"), &text)?)
}

/// Checks that a code has this many digits.
fn is_code(code: &str, digits: usize) -> bool {
    code.len() == digits && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn read_divisions(table: &Table, divisions: &mut Divisions) -> Result<(), LexiconError> {
    table.require(&["code", "name", "short", "level", "parent"])?;
    for row in table.rows() {
        let (level, parent) = (row.get("level"), row.get("parent"));
        if !is_code(row.get("code"), 6) {
            return Err(table.error(row, "a code has six digits", row.get("code")));
        }
        if !LEVELS.contains(&level) {
            return Err(table.error(row, "unknown level", level));
        }
        if parent.is_empty() != (level == "country") {
            return Err(table.error(row, "all but the country have a parent", parent));
        }
        insert(table, row, level, parent, divisions)?;
    }
    Ok(())
}

fn check_parents(divisions: &Divisions) -> Result<(), LexiconError> {
    for division in divisions.values() {
        let rank = |level: &str| LEVELS.iter().position(|known| *known == level);
        let parent = divisions.get(&division.parent);
        let above = parent.is_some_and(|parent| rank(&parent.level) < rank(&division.level));
        if division.level != "country" && !above {
            let mut error = division.place.clone();
            error.message = "the parent is no division of a higher level".to_owned();
            error.text.clone_from(&division.parent);
            return Err(error);
        }
    }
    Ok(())
}

fn read_townships(table: &Table, divisions: &mut Divisions) -> Result<(), LexiconError> {
    table.require(&["code", "name", "short"])?;
    for row in table.rows() {
        let code = row.get("code");
        if !is_code(code, 9) {
            return Err(table.error(row, "a township's code has nine digits", code));
        }
        // 东莞 and others have no counties: their townships lie in the prefecture.
        let above = [
            code.get(..6).map(str::to_owned),
            code.get(..4).map(|four| format!("{four}00")),
        ];
        let parent = above
            .into_iter()
            .flatten()
            .find(|code| divisions.contains_key(code));
        let Some(parent) = parent else {
            return Err(table.error(row, "no division has the first digits of this code", code));
        };
        // Farms, parks and zones, which the statistics count like townships.
        let is_zone = matches!(code.as_bytes().get(6), Some(b'4' | b'5'));
        insert(
            table,
            row,
            if is_zone { "zone" } else { "township" },
            &parent,
            divisions,
        )?;
    }
    Ok(())
}

fn insert(
    table: &Table,
    row: &Row,
    level: &str,
    parent: &str,
    divisions: &mut Divisions,
) -> Result<(), LexiconError> {
    let name = row.get("name");
    let shorts: Vec<String> = row.list("short").map(str::to_owned).collect();
    if name.is_empty() {
        return Err(table.error(row, "the name is empty", row.get("code")));
    }
    if let Some(short) = shorts.iter().find(|short| short.chars().count() < 2) {
        return Err(table.error(row, "a short name has two characters or more", short));
    }
    let division = Division {
        name: name.to_owned(),
        shorts,
        level: level.to_owned(),
        parent: parent.to_owned(),
        point: (String::new(), String::new()),
        place: table.error(row, "", name),
    };
    if divisions
        .insert(row.get("code").to_owned(), division)
        .is_some()
    {
        return Err(table.error(row, "this code stands here twice", row.get("code")));
    }
    Ok(())
}

/// Adds that the division with this code bears this name; the best form stays.
fn bear(names: &mut Names, name: &str, code: &str, form: Form) {
    let bearers = names.entry(name.to_owned()).or_default();
    let best = bearers.entry(code.to_owned()).or_insert(form);
    *best = form.min(*best);
}

fn names(divisions: &Divisions) -> Names {
    let mut names = Names::new();
    for (code, division) in divisions {
        bear(&mut names, &division.name, code, Form::Full);
        for short in &division.shorts {
            bear(&mut names, short, code, Form::Short);
        }
    }
    names
}

/// Adds the points, which must lie in the box around China.
fn read_points(table: &Table, divisions: &mut Divisions) -> Result<(), LexiconError> {
    table.require(&["code", "longitude", "latitude", "source"])?;
    for row in table.rows() {
        let (longitude, latitude) = (row.get("longitude"), row.get("latitude"));
        let within = |number: &str, low: f64, high: f64| {
            number
                .parse::<f64>()
                .is_ok_and(|number| (low..=high).contains(&number))
        };
        if !within(longitude, 73.0, 135.5) || !within(latitude, 3.0, 54.0) {
            return Err(table.error(row, "this point is not in China", longitude));
        }
        let Some(division) = divisions.get_mut(row.get("code")) else {
            return Err(table.error(row, "no division has this code", row.get("code")));
        };
        division.point = (longitude.to_owned(), latitude.to_owned());
    }
    Ok(())
}

fn read_former(
    table: &Table,
    divisions: &Divisions,
    names: &mut Names,
    periods: &mut Periods,
) -> Result<(), LexiconError> {
    table.require(&["name", "short", "code", "until", "note"])?;
    for row in table.rows() {
        let (code, until, note) = (row.get("code"), row.get("until"), row.get("note"));
        // Only the generated list has a year of beginning.
        let from = row.get("from");
        if !divisions.contains_key(code) {
            return Err(table.error(row, "no division has this code", code));
        }
        if !is_code(until, 4) || !from.is_empty() && !is_code(from, 4) || from > until {
            return Err(table.error(row, "`from` and `until` are years in order", until));
        }
        if !NOTES.contains(&note) {
            return Err(table.error(row, "unknown note", note));
        }
        for name in std::iter::once(row.get("name")).chain(row.list("short")) {
            bear(names, name, code, Form::Former);
            let period = periods
                .entry((name.to_owned(), code.to_owned()))
                .or_insert_with(|| (from.to_owned(), String::new()));
            until.clone_into(&mut period.1);
        }
    }
    Ok(())
}

/// Adds since when a division bears a name of today that another one bore before.
fn read_since(
    table: &Table,
    divisions: &Divisions,
    periods: &mut Periods,
) -> Result<(), LexiconError> {
    table.require(&["code", "since", "name"])?;
    for row in table.rows() {
        let (code, since, name) = (row.get("code"), row.get("since"), row.get("name"));
        if divisions
            .get(code)
            .is_none_or(|division| division.name != name)
        {
            return Err(table.error(row, "no division has this code and name", code));
        }
        if !is_code(since, 4) {
            return Err(table.error(row, "`since` is a year", since));
        }
        periods.insert(
            (name.to_owned(), code.to_owned()),
            (since.to_owned(), String::new()),
        );
    }
    Ok(())
}

fn check_abbreviations(table: &Table, divisions: &Divisions) -> Result<(), LexiconError> {
    table.require(&["char", "code"])?;
    let mut seen = BTreeSet::new();
    for row in table.rows() {
        let is_char = row.get("char").chars().count() == 1;
        if !is_char || !seen.insert(row.get("char")) {
            return Err(table.error(row, "one character, once", row.get("char")));
        }
        if divisions
            .get(row.get("code"))
            .is_none_or(|division| division.level != "province")
        {
            return Err(table.error(row, "no province has this code", row.get("code")));
        }
    }
    Ok(())
}

fn check_ambiguous(table: &Table, names: &Names) -> Result<(), LexiconError> {
    table.require(&["name", "reason"])?;
    for row in table.rows() {
        if !names.contains_key(row.get("name")) {
            return Err(table.error(row, "no division has this name", row.get("name")));
        }
        let unknown = row.list("reason").find(|reason| !REASONS.contains(reason));
        if let Some(reason) = unknown.or(row.get("reason").is_empty().then_some("")) {
            return Err(table.error(row, "unknown reason", reason));
        }
    }
    Ok(())
}

/// One line each, sorted by name, then code: name, code, from, until.
fn write_periods(periods: &Periods, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for ((name, code), (from, until)) in periods {
        writeln!(text, "{name}\t{code}\t{from}\t{until}")?;
    }
    Ok(fs::write(target, text)?)
}

/// One line each, sorted by code: code, name, short names, level, parent, longitude, latitude.
fn write_divisions(divisions: &Divisions, target: &Path) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for (code, division) in divisions {
        let Division {
            name,
            shorts,
            level,
            parent,
            point: (longitude, latitude),
            ..
        } = division;
        writeln!(
            text,
            "{code}\t{name}\t{}\t{level}\t{parent}\t{longitude}\t{latitude}",
            shorts.join("|")
        )?;
    }
    Ok(fs::write(target, text)?)
}

/// Writes the names in order, one a line; per name where its bearers begin, and the bearers, each
/// a division's number × 4 + form, best form first (both little-endian `u32`); and the automaton,
/// whose values are the names' numbers.
fn write_names(divisions: &Divisions, names: &Names, out: &Path) -> Result<(), Box<dyn Error>> {
    let numbers: BTreeMap<&String, usize> = divisions.keys().zip(0..).collect();
    let (mut text, mut starts, mut bearers) = (String::new(), Vec::new(), Vec::<u8>::new());
    for (name, codes) in names {
        writeln!(text, "{name}")?;
        starts.extend(u32::try_from(bearers.len() / 4)?.to_le_bytes());
        let mut ranked: Vec<(Form, &String)> =
            codes.iter().map(|(code, form)| (*form, code)).collect();
        ranked.sort_unstable();
        for (form, code) in ranked {
            let number = numbers.get(code).ok_or("a bearer without a division")?;
            let form = match form {
                Form::Full => 0,
                Form::Short => 1,
                Form::Former => 2,
            };
            bearers.extend(u32::try_from(number * 4 + form)?.to_le_bytes());
        }
    }
    starts.extend(u32::try_from(bearers.len() / 4)?.to_le_bytes());
    fs::write(out.join("gazetteer_names.txt"), text)?;
    fs::write(out.join("gazetteer_starts.bin"), starts)?;
    fs::write(out.join("gazetteer_bearers.bin"), bearers)?;
    let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::with_values(names.keys().zip(0..))
        .map_err(|error| format!("the names make no automaton: {error}"))?;
    Ok(fs::write(
        out.join("gazetteer_automaton.bin"),
        automaton.serialize(),
    )?)
}
