//! Takes the embedded list, returns [`Division`]s: each is made when it is first asked for, since
//! a run needs a few hundred of the 44,000 and making all costs ten milliseconds.

use std::sync::OnceLock;

use crate::record::PlaceLevel;

static LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/gazetteer_divisions.tsv"));

/// A point of the earth in WGS-84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

impl Point {
    /// Gives how far another point is, in kilometres.
    ///
    /// # Source
    /// The plane that touches the sphere between the two, which is off by less than two per cent
    /// within China's width and exact enough to tell a near place from a far one.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        const KM_PER_DEGREE: f64 = 111.2;
        let middle = (self.latitude + other.latitude) / 2.0;
        let east = (self.longitude - other.longitude) * middle.to_radians().cos();
        east.hypot(self.latitude - other.latitude) * KM_PER_DEGREE
    }
}

/// An administrative division (or a zone that the statistics count like one).
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// GB/T 2260, six digits; a township has the nine digits of the statistics.
    pub code: String,
    /// Full name, such as 延边朝鲜族自治州.
    pub name: String,
    /// Short names by rule and by custom, such as 延边州 and 延边; often one, sometimes none.
    pub shorts: Vec<String>,
    /// How high it stands.
    pub level: PlaceLevel,
    /// Code of the division above; only the country has none.
    pub parent: Option<String>,
    /// Where its seat is; counties and above have it, but for a few new ones.
    pub point: Option<Point>,
}

impl Division {
    /// Parses `code`, `name`, `short|short`, `level`, `parent`, `longitude`, `latitude` between tabs;
    /// none where the line is not such a line.
    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        let (code, name, shorts) = (fields.next()?, fields.next()?, fields.next()?);
        let (level, parent) = (level(fields.next()?)?, fields.next()?);
        let point = fields.next()?.parse().ok().zip(fields.next()?.parse().ok());
        Some(Self {
            code: code.to_owned(),
            name: name.to_owned(),
            shorts: match shorts {
                "" => Vec::new(),
                shorts => shorts.split('|').map(str::to_owned).collect(),
            },
            level,
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
            point: point.map(|(longitude, latitude)| Point {
                longitude,
                latitude,
            }),
        })
    }
}

/// Reads a level as the data files write it.
fn level(word: &str) -> Option<PlaceLevel> {
    Some(match word {
        "country" => PlaceLevel::Country,
        "province" => PlaceLevel::Province,
        "prefecture" => PlaceLevel::Prefecture,
        "county" => PlaceLevel::County,
        "township" => PlaceLevel::Township,
        "zone" => PlaceLevel::Zone,
        _ => return None,
    })
}

fn code_of(line: &str) -> &str {
    line.split_once('\t').map_or("", |(code, _)| code)
}

/// Packs the digits of a code, four bits each, the empty place least, so that numbers sort like codes:
/// comparing text would look at a far line for each step of a search.
fn number_of(code: &str) -> u64 {
    let digit = |byte: u8| u64::from(byte.wrapping_sub(b'0').min(14)) + 1;
    let digits = code.bytes().map(digit).chain(std::iter::repeat(0));
    digits.take(15).fold(0, |number, digit| number * 16 + digit)
}

/// Gives the first four digits of a packed code.
fn prefix_of(number: u64) -> usize {
    usize::try_from(number >> (11 * 4)).unwrap_or(usize::MAX)
}

/// All divisions, numbered in the order of their codes.
pub(super) struct Divisions {
    lines: Vec<&'static str>,
    /// The code of each line as a number, sorted like the lines.
    codes: Vec<u64>,
    /// How many codes stand before those with each value of the first four digits, and all at the end.
    starts: Vec<u32>,
    /// As many as lines; the inner `None` stands for a damaged line, which the build script's
    /// checks leave no room for.
    made: Vec<OnceLock<Option<Box<Division>>>>,
}

impl Divisions {
    /// Splits the embedded list.
    pub(super) fn embedded() -> Self {
        let lines: Vec<&str> = LIST.lines().collect();
        let made = std::iter::repeat_with(OnceLock::new)
            .take(lines.len())
            .collect();
        let codes: Vec<u64> = lines.iter().map(|line| number_of(code_of(line))).collect();
        let mut starts = vec![0_u32; (1 << 16) + 1];
        for &code in &codes {
            if let Some(count) = starts.get_mut(prefix_of(code) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self {
            lines,
            codes,
            starts,
            made,
        }
    }

    /// Gives the division with this number.
    pub(super) fn get(&self, number: usize) -> Option<&Division> {
        let (line, made) = (self.lines.get(number)?, self.made.get(number)?);
        made.get_or_init(|| Division::parse(line).map(Box::new))
            .as_deref()
    }

    /// Gives the division with this code.
    pub(super) fn by_code(&self, code: &str) -> Option<&Division> {
        let number = number_of(code);
        let prefix = prefix_of(number);
        let bound = |at: usize| usize::try_from(*self.starts.get(at)?).ok();
        let first = bound(prefix)?;
        let near = self.codes.get(first..bound(prefix + 1)?)?;
        let place = first + near.binary_search(&number).ok()?;
        self.get(place).filter(|division| division.code == code)
    }

    /// Gives all.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Division> {
        (0..self.lines.len()).filter_map(|number| self.get(number))
    }

    /// Gives the divisions whose codes begin with `prefix`, sorted by code.
    pub(super) fn with_prefix(&self, prefix: &str) -> impl Iterator<Item = &Division> {
        let first = self.lines.partition_point(|line| *line < prefix);
        let count = self
            .lines
            .iter()
            .skip(first)
            .take_while(|line| line.starts_with(prefix))
            .count();
        (first..first + count).filter_map(|number| self.get(number))
    }
}
