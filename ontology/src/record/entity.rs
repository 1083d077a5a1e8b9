//! The things that mentions name.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The seven classes of entities; an entity has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityClass {
    /// Administrative division, natural feature or named region.
    Place,
    /// Named individual.
    Person,
    /// Named body.
    Organization,
    /// Named campaign, project, method, mechanism, plan, policy document, service or brand.
    Program,
    /// Place of revolutionary history or of its commemoration.
    RedSite,
    /// Book, film, play, song, column, exhibition.
    Work,
    /// Named historical event or occasion.
    Event,
}

impl EntityClass {
    /// All classes, in the order in which reports list them.
    pub const ALL: [Self; 7] = [
        Self::Place,
        Self::Person,
        Self::Organization,
        Self::Program,
        Self::RedSite,
        Self::Work,
        Self::Event,
    ];

    /// Gives the local name of the class's term, such as `RedSite`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Place => "Place",
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Program => "Program",
            Self::RedSite => "RedSite",
            Self::Work => "Work",
            Self::Event => "Event",
        }
    }

    /// Gives the folder of the class's resources, such as `redsite` in `…/id/redsite/…`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Program => "program",
            Self::RedSite => "redsite",
            Self::Work => "work",
            Self::Event => "event",
        }
    }

    /// Finds the class with this local name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

impl fmt::Display for EntityClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Identity of an entity: its class's folder and a local part, such as `place/220600` or
/// `program/蒲公英行动@220600`. Equal keys are one entity in every document (linking gives namesakes in
/// two counties keys of their own first); the IRI is the base
/// IRI followed by the key, escaped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityKey(String);

impl EntityKey {
    /// Makes the key of a class and a local part (a code, or a name with an optional `@place`).
    #[must_use]
    pub fn new(class: EntityClass, local: &str) -> Self {
        Self(format!("{}/{local}", class.folder()))
    }

    /// Gives `folder/local`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Gives what follows the folder.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, local)| local)
    }

    /// Gives the class that the folder names; none for a key that was read from a broken file.
    #[must_use]
    pub fn class(&self) -> Option<EntityClass> {
        let (folder, _) = self.0.split_once('/')?;
        EntityClass::ALL
            .into_iter()
            .find(|class| class.folder() == folder)
    }
}

impl fmt::Display for EntityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How high a place stands; natural features and named regions have levels of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PlaceLevel {
    /// The state (100000).
    Country,
    /// 省, 自治区, 直辖市, 特别行政区.
    Province,
    /// 地级市, 地区, 自治州, 盟.
    Prefecture,
    /// 县, 县级市, 区, 旗.
    County,
    /// 乡, 镇, 街道, 苏木.
    Township,
    /// 村, 嘎查, 社区, 屯.
    Village,
    /// Development zone or other area with an administration that is no division.
    Zone,
    /// Mountain, river, lake, island, pass.
    Natural,
    /// Named region, such as 东北 or 长三角.
    Region,
}

/// A thing that one document (or, after linking, many) names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Identity; unique among the entities of one record.
    pub key: EntityKey,
    /// Its one class.
    pub class: EntityClass,
    /// Preferred name, Simplified characters, without outer quotation marks.
    pub label: String,
    /// Other names, sorted, without duplicates, without `label`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// GB/T 2260 code of a place at province, prefecture or county level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adcode: Option<String>,
    /// Level; places only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<PlaceLevel>,
    /// The next place above; places only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<EntityKey>,
    /// Kind within the class (`fz:programKind`, `fz:siteKind`, `fz:workKind`), a Chinese noun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}
