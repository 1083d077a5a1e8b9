//! A number that counts or measures something.

use serde::{Deserialize, Serialize};

use super::{CharSpan, EntityKey};

/// How exact a value is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Qualifier {
    /// As written.
    Exact,
    /// 约, 左右.
    About,
    /// 余, 多, 超过, 以上, 突破.
    MoreThan,
    /// 近, 不足, 以下.
    LessThan,
    /// A target for the future; wins over the others.
    Planned,
}

impl Qualifier {
    /// Gives the local name of the term, such as `moreThan`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::MoreThan => "moreThan",
            Self::LessThan => "lessThan",
            Self::Planned => "planned",
        }
    }
}

/// A measured value: what, how much, where, when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The exact slice that says it, in code points of the original.
    #[serde(flatten)]
    pub span: CharSpan,
    /// That slice.
    pub anchor: String,
    /// In full: 3.2万 is 32000, 98% is 98 with unit `%`.
    pub value: f64,
    /// Chinese measure word or unit without 万 or 亿; empty where the text has none.
    pub unit: String,
    /// How exact.
    pub qualifier: Qualifier,
    /// Key of the indicator's concept: one of the scheme (`red_sites`) or a name of its own.
    pub indicator: String,
    /// What is counted, as the text says it, Simplified.
    pub indicator_text: String,
    /// The place it holds for.
    pub area: Option<EntityKey>,
    /// ISO 8601 date, month, year or interval; none where the document does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The programme it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<EntityKey>,
    /// The rule that made it.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f64,
}
