//! What a document says about two things.

use serde::{Deserialize, Serialize};

use super::{CharSpan, EntityKey};

/// The relations of the graph's contract; the variant's name in lower camel case is the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Predicate {
    /// Person → post.
    HoldsPost,
    /// Place → place above it.
    PartOf,
    /// RedSite, Organization, Event → the narrowest place given.
    LocatedIn,
    /// Program → whose it is.
    RunBy,
    /// Program → program it is a part of.
    PartOfProgram,
    /// RedSite → Person or Event.
    Commemorates,
    /// Work → what it is about.
    AboutEntity,
    /// Work → who made it.
    PublishedBy,
    /// Person → this document.
    AuthorOf,
    /// Person → Person.
    Interviewed,
}

impl Predicate {
    /// All predicates, in the order of the contract.
    pub const ALL: [Self; 10] = [
        Self::HoldsPost,
        Self::PartOf,
        Self::LocatedIn,
        Self::RunBy,
        Self::PartOfProgram,
        Self::Commemorates,
        Self::AboutEntity,
        Self::PublishedBy,
        Self::AuthorOf,
        Self::Interviewed,
    ];

    /// Gives the local name of the term, such as `holdsPost`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HoldsPost => "holdsPost",
            Self::PartOf => "partOf",
            Self::LocatedIn => "locatedIn",
            Self::RunBy => "runBy",
            Self::PartOfProgram => "partOfProgram",
            Self::Commemorates => "commemorates",
            Self::AboutEntity => "aboutEntity",
            Self::PublishedBy => "publishedBy",
            Self::AuthorOf => "authorOf",
            Self::Interviewed => "interviewed",
        }
    }
}

/// What a statement says of its subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Object {
    /// An entity of the record.
    Entity(EntityKey),
    /// A post with the body's name, such as 白山市委书记, and the body or place it belongs to.
    Post {
        /// The post as a person would write it on a card.
        label: String,
        /// `org:postIn`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<EntityKey>,
    },
    /// The document itself (`authorOf`).
    Document,
}

/// One assertion with the clause that makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The clause, in code points of the original.
    #[serde(flatten)]
    pub span: CharSpan,
    /// One of the record's entities.
    pub subject: EntityKey,
    /// The relation.
    pub predicate: Predicate,
    /// The other end.
    pub object: Object,
    /// The rule that made it.
    pub rule: String,
    /// Between 0 and 1.
    pub confidence: f64,
}
