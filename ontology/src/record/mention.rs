//! A span that names something.

use serde::{Deserialize, Serialize};

use super::{CharSpan, EntityClass, EntityKey};

/// A span of the original text that names an entity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where, in code points of the original.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The exact original text of the span.
    pub surface: String,
    /// Class of the entity.
    pub class: EntityClass,
    /// The entity; one of the record's `entities`.
    pub entity: EntityKey,
    /// The rule or lexicon entry that made it, such as `place.gazetteer`.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f64,
}
