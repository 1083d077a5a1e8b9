//! Takes a comparison, returns it as a page, Markdown, CSV, JSON or a workbook.

mod csv;
mod html;
mod json;
mod markdown;
mod sections;
mod tables;
mod xlsx;

pub(super) use self::csv::csv;
pub(super) use self::html::html;
pub use self::json::JSON_SCHEMA;
pub(super) use self::json::json;
pub(super) use self::markdown::markdown;
pub(super) use self::xlsx::xlsx;
