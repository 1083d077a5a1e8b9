//! Takes what is known of a knowledge base, returns `manifest.json` and reads it again.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::KbError;
use crate::rdf::{Evidence, RunInfo};
use crate::summary::Summary;

/// Version of the layout on disk; any change that an older program cannot read raises it.
pub const FORMAT: u64 = 1;

pub(super) const FILE: &str = "manifest.json";

/// What a knowledge base says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the layout.
    pub format: u64,
    /// When it was built, UTC (RFC 3339). Nothing else depends on the clock.
    pub built: String,
    /// Tool and packs.
    pub run: RunInfo,
    /// Base of its resources' IRIs.
    pub base_iri: String,
    /// How much evidence its documents' graphs hold.
    pub evidence: Evidence,
    /// Number of its quads.
    pub quads: usize,
    /// SHA-256 of its canonical form.
    pub digest: String,
    /// What is in it: counts, documents, regions.
    pub summary: Summary,
    /// Documents that are left out of the graph because another one has their content, sorted.
    /// They are kept, so that removing the other one brings them in.
    #[serde(default)]
    pub copies: Vec<Copy>,
}

/// A document with the content of another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Copy {
    /// SHA-256 of the content of both.
    pub sha256: String,
    /// Its file name or id.
    pub id: String,
}

/// The part that every version must have.
#[derive(Deserialize)]
struct Head {
    format: u64,
}

impl Manifest {
    pub(super) fn read(dir: &Path) -> Result<Self, KbError> {
        let path = dir.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let dir = dir.to_owned();
                return Err(if dir.exists() {
                    KbError::NotAKnowledgeBase { dir }
                } else {
                    KbError::Missing { dir }
                });
            }
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(KbError::NotAKnowledgeBase {
                    dir: dir.to_owned(),
                });
            }
            Err(error) => return Err(KbError::io("read", path)(error)),
        };
        let broken = |error: serde_json::Error| KbError::Broken {
            dir: dir.to_owned(),
            file: FILE.to_owned(),
            reason: error.to_string(),
        };
        let head: Head = serde_json::from_str(&text).map_err(broken)?;
        if head.format != FORMAT {
            return Err(KbError::Version {
                dir: dir.to_owned(),
                found: head.format,
            });
        }
        serde_json::from_str(&text).map_err(broken)
    }
}

/// Writes a time as RFC 3339 does, in UTC and whole seconds; times before 1970 count as 1970.
pub(super) fn rfc3339(time: SystemTime) -> String {
    let seconds = time
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Gives year, month and day of the day that is `days` after 1970-01-01.
///
/// # Source
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_written_in_utc() {
        let cases = [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_532_345, "2026-11-24T14:59:05Z"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(rfc3339(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }
}
