//! Takes nothing, returns the IRI of every term that the graph uses, one constant per term.
//!
//! `vocabulary/ontology.ttl` ([`ONTOLOGY`]) says what the project's own terms mean and is the source
//! of truth; a test compares it with [`fz`]. The other modules hold only those terms of the standard
//! vocabularies that code writes or asks for.
//!
//! ```
//! use ontology::record::EntityClass;
//! use ontology::vocab;
//! assert_eq!(vocab::fz::HOLDS_POST, "https://w3id.org/fangzhi/ontology#holdsPost");
//! assert_eq!(vocab::class_iri(EntityClass::RedSite), vocab::fz::RED_SITE);
//! assert_eq!(vocab::skos::PREF_LABEL, "http://www.w3.org/2004/02/skos/core#prefLabel");
//! ```

use crate::record::{EntityClass, PlaceLevel, Predicate, Qualifier};

/// The vocabulary itself, in Turtle, without blank nodes.
pub const ONTOLOGY: &str = include_str!("../vocabulary/ontology.ttl");

/// Language tag of labels in Simplified characters, in the lower case that RDF 1.1 normalises to.
pub const ZH_HANS: &str = "zh-hans";

/// Language tag of English labels.
pub const EN: &str = "en";

macro_rules! vocabulary {
    ($title:literal $module:ident $namespace:literal $($name:ident = $local:literal),* $(,)?) => {
        #[doc = $title]
        pub mod $module {
            /// What every term of this module begins with.
            pub const NAMESPACE: &str = $namespace;
            /// Every term of this module, in the order of the source.
            pub const ALL: &[&str] = &[$($name),*];
            $(
                #[doc = concat!("`", stringify!($module), ":", $local, "`")]
                pub const $name: &str = concat!($namespace, $local);
            )*
        }
    };
}

vocabulary! {
    "The project's own terms, as `vocabulary/ontology.ttl` defines them."
    fz "https://w3id.org/fangzhi/ontology#"
    DOCUMENT = "Document", PLACE = "Place", PERSON = "Person", ORGANIZATION = "Organization",
    PROGRAM = "Program", RED_SITE = "RedSite", WORK = "Work", EVENT = "Event", POST = "Post",
    PLACE_LEVEL = "PlaceLevel", QUALIFIER_CLASS = "Qualifier",
    FILE_NAME = "fileName", SHA256 = "sha256", ENCODING = "encoding", ABOUT = "about",
    TEXT_LENGTH = "textLength", REPAIRED = "repaired", REPRINT_OF = "reprintOf",
    ADCODE = "adcode", LEVEL = "level", PROGRAM_KIND = "programKind", SITE_KIND = "siteKind",
    WORK_KIND = "workKind",
    HOLDS_POST = "holdsPost", PART_OF = "partOf", LOCATED_IN = "locatedIn", RUN_BY = "runBy",
    PART_OF_PROGRAM = "partOfProgram", COMMEMORATES = "commemorates", ABOUT_ENTITY = "aboutEntity",
    PUBLISHED_BY = "publishedBy", AUTHOR_OF = "authorOf", INTERVIEWED = "interviewed",
    RECOGNISED_BY = "recognisedBy",
    OF_REGION = "ofRegion", DELIVERY_OF = "deliveryOf", UNIT_KIND = "unitKind",
    DIRECTION = "direction", CHANGE_RATE = "changeRate",
    INDICATOR = "indicator", INDICATOR_TEXT = "indicatorText", QUALIFIER = "qualifier",
    PROGRAM_OF = "program",
    EXACT = "exact", MORE_THAN = "moreThan", LESS_THAN = "lessThan", PLANNED = "planned",
    OBSERVATION_STRUCTURE = "observationStructure", AREA_COMPONENT = "areaComponent",
    PERIOD_COMPONENT = "periodComponent", INDICATOR_COMPONENT = "indicatorComponent",
    VALUE_COMPONENT = "valueComponent", UNIT_COMPONENT = "unitComponent",
    QUALIFIER_COMPONENT = "qualifierComponent",
    INDICATOR_TEXT_COMPONENT = "indicatorTextComponent", PROGRAM_COMPONENT = "programComponent",
    COUNTRY = "country", PROVINCE = "province", PREFECTURE = "prefecture", COUNTY = "county",
    TOWNSHIP = "township", VILLAGE = "village", ZONE = "zone", NATURAL = "natural",
    REGION = "region",
    TOOL_VERSION = "toolVersion", DOCUMENT_COUNT = "documentCount", ENTITY_COUNT = "entityCount",
    RELATION_COUNT = "relationCount", MENTION_COUNT = "mentionCount",
    STATEMENT_COUNT = "statementCount", OBSERVATION_COUNT = "observationCount",
}

vocabulary! {
    "RDF." rdf "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    TYPE = "type", SUBJECT = "subject", PREDICATE = "predicate", OBJECT = "object",
}
vocabulary! {
    "RDF Schema." rdfs "http://www.w3.org/2000/01/rdf-schema#"
    LABEL = "label", COMMENT = "comment",
}
vocabulary! {
    "XML Schema datatypes." xsd "http://www.w3.org/2001/XMLSchema#"
    BOOLEAN = "boolean", DATE = "date", DECIMAL = "decimal", INTEGER = "integer",
}
vocabulary! {
    "OWL." owl "http://www.w3.org/2002/07/owl#"
    CLASS = "Class", OBJECT_PROPERTY = "ObjectProperty", DATATYPE_PROPERTY = "DatatypeProperty",
}
vocabulary! {
    "SKOS." skos "http://www.w3.org/2004/02/skos/core#"
    CONCEPT = "Concept", CONCEPT_SCHEME = "ConceptScheme", IN_SCHEME = "inScheme",
    PREF_LABEL = "prefLabel", ALT_LABEL = "altLabel", NOTATION = "notation",
    BROADER = "broader", TOP_CONCEPT_OF = "topConceptOf",
}
vocabulary! {
    "Dublin Core terms." dct "http://purl.org/dc/terms/"
    TITLE = "title",
}
vocabulary! {
    "PROV-O." prov "http://www.w3.org/ns/prov#"
    ACTIVITY = "Activity", ENTITY = "Entity", SOFTWARE_AGENT = "SoftwareAgent", USED = "used",
    WAS_ASSOCIATED_WITH = "wasAssociatedWith", WAS_DERIVED_FROM = "wasDerivedFrom",
}
vocabulary! {
    "The organisation ontology." org "http://www.w3.org/ns/org#"
    POST_IN = "postIn",
}
vocabulary! {
    "RDF Data Cube." qb "http://purl.org/linked-data/cube#"
    OBSERVATION = "Observation", DATA_SET = "DataSet", DATA_SET_OF = "dataSet",
    STRUCTURE = "structure",
}
vocabulary! {
    "SDMX dimensions." dim "http://purl.org/linked-data/sdmx/2009/dimension#"
    REF_AREA = "refArea", REF_PERIOD = "refPeriod",
}
vocabulary! {
    "SDMX measures." mea "http://purl.org/linked-data/sdmx/2009/measure#"
    OBS_VALUE = "obsValue",
}
vocabulary! {
    "SDMX attributes." att "http://purl.org/linked-data/sdmx/2009/attribute#"
    UNIT_MEASURE = "unitMeasure",
}
vocabulary! {
    "GeoSPARQL." geo "http://www.opengis.net/ont/geosparql#"
    HAS_DEFAULT_GEOMETRY = "hasDefaultGeometry", GEOMETRY = "Geometry", AS_WKT = "asWKT",
    WKT_LITERAL = "wktLiteral",
}
vocabulary! {
    "schema.org." schema "https://schema.org/"
    CONTAINED_IN_PLACE = "containedInPlace", DATE_PUBLISHED = "datePublished",
    HEADLINE = "headline", LATITUDE = "latitude", LONGITUDE = "longitude",
    PUBLISHER = "publisher",
}
vocabulary! {
    "NIF, the NLP interchange format."
    nif "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    ANCHOR_OF = "anchorOf", IS_STRING = "isString",
}
vocabulary! {
    "Internationalization Tag Set." itsrdf "http://www.w3.org/2005/11/its/rdf#"
    TA_IDENT_REF = "taIdentRef", TA_CONFIDENCE = "taConfidence",
}

/// Namespaces with the prefix that the contract gives each, sorted by prefix. Queries may use them
/// without declaring them, and Turtle is written with them.
pub const PREFIXES: &[(&str, &str)] = &[
    ("att", att::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("dim", dim::NAMESPACE),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("fz", fz::NAMESPACE),
    ("geo", geo::NAMESPACE),
    ("itsrdf", itsrdf::NAMESPACE),
    ("mea", mea::NAMESPACE),
    ("nif", nif::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("qb", qb::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("schema", schema::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", xsd::NAMESPACE),
];

/// Gives the term of a class of entities.
#[must_use]
pub fn class_iri(class: EntityClass) -> &'static str {
    match class {
        EntityClass::Place => fz::PLACE,
        EntityClass::Person => fz::PERSON,
        EntityClass::Organization => fz::ORGANIZATION,
        EntityClass::Program => fz::PROGRAM,
        EntityClass::RedSite => fz::RED_SITE,
        EntityClass::Work => fz::WORK,
        EntityClass::Event => fz::EVENT,
    }
}

/// Gives the term of a relation.
#[must_use]
pub fn predicate_iri(predicate: Predicate) -> &'static str {
    match predicate {
        Predicate::HoldsPost => fz::HOLDS_POST,
        Predicate::PartOf => fz::PART_OF,
        Predicate::LocatedIn => fz::LOCATED_IN,
        Predicate::RunBy => fz::RUN_BY,
        Predicate::PartOfProgram => fz::PART_OF_PROGRAM,
        Predicate::Commemorates => fz::COMMEMORATES,
        Predicate::AboutEntity => fz::ABOUT_ENTITY,
        Predicate::PublishedBy => fz::PUBLISHED_BY,
        Predicate::AuthorOf => fz::AUTHOR_OF,
        Predicate::Interviewed => fz::INTERVIEWED,
    }
}

/// Gives the term of a qualifier.
#[must_use]
pub fn qualifier_iri(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exact => fz::EXACT,
        Qualifier::About => fz::ABOUT,
        Qualifier::MoreThan => fz::MORE_THAN,
        Qualifier::LessThan => fz::LESS_THAN,
        Qualifier::Planned => fz::PLANNED,
    }
}

/// Gives the term of a place's level.
#[must_use]
pub fn level_iri(level: PlaceLevel) -> &'static str {
    match level {
        PlaceLevel::Country => fz::COUNTRY,
        PlaceLevel::Province => fz::PROVINCE,
        PlaceLevel::Prefecture => fz::PREFECTURE,
        PlaceLevel::County => fz::COUNTY,
        PlaceLevel::Township => fz::TOWNSHIP,
        PlaceLevel::Village => fz::VILLAGE,
        PlaceLevel::Zone => fz::ZONE,
        PlaceLevel::Natural => fz::NATURAL,
        PlaceLevel::Region => fz::REGION,
    }
}

/// Gives the property that holds an entity's kind, where its class has one.
#[must_use]
pub fn kind_iri(class: EntityClass) -> Option<&'static str> {
    match class {
        EntityClass::Program => Some(fz::PROGRAM_KIND),
        EntityClass::RedSite => Some(fz::SITE_KIND),
        EntityClass::Work => Some(fz::WORK_KIND),
        EntityClass::Place
        | EntityClass::Person
        | EntityClass::Organization
        | EntityClass::Event => None,
    }
}
