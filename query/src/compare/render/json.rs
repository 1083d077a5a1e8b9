//! Takes a comparison, returns it as JSON that `schema/report.schema.json` describes.

use serde::Serialize;

use super::super::CompareError;
use super::super::model::Comparison;

/// The JSON schema (draft 2020-12) of the report.
pub const JSON_SCHEMA: &str = include_str!("../../../schema/report.schema.json");

/// Version of the form; it changes when a field changes its meaning or goes.
const FORMAT: &str = "fangzhi-report/1";

#[derive(Serialize)]
struct Report<'a> {
    format: &'static str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

pub(in super::super) fn json(comparison: &Comparison) -> Result<String, CompareError> {
    let report = Report {
        format: FORMAT,
        comparison,
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}
