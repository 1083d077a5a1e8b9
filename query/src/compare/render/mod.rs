//! Takes a comparison, returns it as a page, Markdown or CSV.

mod csv;
mod html;
mod markdown;

pub(super) use self::csv::csv;
pub(super) use self::html::html;
pub(super) use self::markdown::markdown;
