//! Takes nothing, returns the names and scores of the rules by which keys are one entity, or are not.

use ontology::record::EntityKey;

/// Two keys are one entity only if the product of the scores on the way from one to the other is at
/// least this: two aliases in a row may join, three may not.
pub(super) const LEAST: f64 = 0.6;

/// Why two keys are one entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MergeRule {
    /// The label of one is the label of the other.
    SameLabel,
    /// An alias of one is the label of the other, and no third entity goes by it.
    AliasIsLabel,
}

impl MergeRule {
    /// Gives the rule's id.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SameLabel => "identity.same-label",
            Self::AliasIsLabel => "identity.alias-is-label",
        }
    }

    /// Gives how sure the rule is, between 0 and 1.
    #[must_use]
    pub fn score(self) -> f64 {
        match self {
            Self::SameLabel => 0.95,
            Self::AliasIsLabel => 0.8,
        }
    }
}

/// Two keys that a rule makes one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    /// Bears the name as a label.
    pub a: EntityKey,
    /// Bears the name as the rule says.
    pub b: EntityKey,
    /// The rule.
    pub rule: MergeRule,
    /// The name that both go by.
    pub name: String,
}

/// What keeps two keys apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CannotLink {
    /// They are of different classes.
    Class,
    /// They are places, which are one by key only: their names repeat, their codes do not.
    Places,
    /// What follows the `@` of their keys is another place, or only one has it.
    Disambiguator,
    /// This document (its id) names both, as two things.
    Document(String),
    /// These entities go by the alias as well.
    Claimants {
        /// The alias.
        name: String,
        /// The others, sorted.
        others: Vec<EntityKey>,
    },
    /// The alias fits too many: one character, or the surname with a title.
    Alias(String),
    /// Too many aliases lie between them.
    Chain,
    /// No name of one is a name of the other.
    NoEvidence,
}

impl CannotLink {
    /// Gives the rule's id.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Class => "cannot-link.class",
            Self::Places => "cannot-link.places",
            Self::Disambiguator => "cannot-link.disambiguator",
            Self::Document(_) => "cannot-link.document",
            Self::Claimants { .. } => "cannot-link.claimants",
            Self::Alias(_) => "cannot-link.alias",
            Self::Chain => "cannot-link.chain",
            Self::NoEvidence => "no-evidence",
        }
    }
}
