//! Two small hand-made documents about two regions, for tests.

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::iri::Iris;
use ontology::record::{
    CharSpan, Document, Entity, EntityClass, EntityKey, Extraction, Mention, Object, Observation,
    PlaceLevel, Predicate, Qualifier, Statement,
};

use crate::canonical::{Canonical, sha256};
use crate::kb::canonical_form;
use crate::rdf::{Evidence, RunInfo};

const BAISHAN: &str = "白山市有革命遗址120余处。甲烈士陵园位于靖宇县，纪念杨靖宇。白山市委书记王某介绍\
了“蒲公英行动”，这是主题教育的一部分。计划到2025年接待游客50万人次。电影《密林》由白山市拍摄，讲述杨靖宇。\
记者李某采访了王某。乙战役发生在靖宇县。排查隐患30处，整改28处。";

const YANBIAN: &str = "延边州有革命遗址230处。丙烈士陵园位于延吉市，纪念杨靖宇。主题教育在延边州开展“石榴行动”。\
全州接待游客991.4万人次。";

/// An extraction in the making.
struct Maker(Extraction);

impl Maker {
    fn new(id: &str, text: &str, about: &str) -> Self {
        let document = Document {
            id: id.into(),
            sha256: sha256(text.as_bytes()),
            encoding: "UTF-8".into(),
            headline: Some(format!("{id}的标题")),
            published: Some("2021-12-08".into()),
            publisher: Some("某网".into()),
            about: Some(place(about)),
            text: text.into(),
            ..Document::default()
        };
        Self(Extraction {
            document,
            entities: vec![],
            mentions: vec![],
            statements: vec![],
            observations: vec![],
            diagnostics: vec![],
        })
    }

    fn span(&self, part: &str) -> CharSpan {
        let text = &self.0.document.text;
        let start = text
            .find(part)
            .unwrap_or_else(|| panic!("{part} is not in {text}"));
        let start = text.get(..start).unwrap().chars().count();
        CharSpan {
            start,
            end: start + part.chars().count(),
        }
    }

    /// Adds an entity and its first mention.
    fn name(mut self, key: &EntityKey, label: &str, surface: &str) -> Self {
        let class = key.class().unwrap();
        let mut entity = Entity {
            key: key.clone(),
            class,
            label: label.into(),
            aliases: vec![],
            adcode: None,
            level: None,
            parent: None,
            kind: None,
        };
        match class {
            EntityClass::Place => {
                entity.adcode = Some(key.local().into());
                let county = !key.local().ends_with("00");
                entity.level = Some(if county {
                    PlaceLevel::County
                } else {
                    PlaceLevel::Prefecture
                });
                let above = key.local().get(..if county { 4 } else { 2 }).unwrap();
                entity.parent = Some(place(&format!("{above:0<6}")));
                entity.aliases = vec![label.chars().take(2).collect()];
            }
            EntityClass::RedSite => entity.kind = Some("烈士陵园".into()),
            EntityClass::Work => entity.kind = Some("电影".into()),
            EntityClass::Program => entity.kind = Some("活动".into()),
            EntityClass::Person | EntityClass::Organization | EntityClass::Event => {}
        }
        self.0.entities.push(entity);
        let mention = Mention {
            span: self.span(surface),
            surface: surface.into(),
            class,
            entity: key.clone(),
            rule: "test.name".into(),
            confidence: 0.9,
        };
        self.0.mentions.push(mention);
        self
    }

    fn says(
        mut self,
        clause: &str,
        subject: &EntityKey,
        predicate: Predicate,
        object: Object,
    ) -> Self {
        let statement = Statement {
            span: self.span(clause),
            subject: subject.clone(),
            predicate,
            object,
            rule: "test.says".into(),
            confidence: 0.8,
        };
        self.0.statements.push(statement);
        self
    }

    fn counts(
        mut self,
        anchor: &str,
        key: &str,
        value: f64,
        unit: &str,
        qualifier: Qualifier,
    ) -> Self {
        let observation = Observation {
            span: self.span(anchor),
            anchor: anchor.into(),
            value,
            unit: unit.into(),
            qualifier,
            indicator: key.into(),
            indicator_text: anchor.chars().take(4).collect(),
            area: self.0.document.about.clone(),
            period: (qualifier == Qualifier::Planned).then(|| "2025".into()),
            program: None,
            rule: "test.counts".into(),
            confidence: 0.7,
        };
        self.0.observations.push(observation);
        self
    }

    fn counts_of_baishan(self) -> Self {
        self.counts(
            "革命遗址120余处",
            "red_sites",
            120.0,
            "处",
            Qualifier::MoreThan,
        )
        .counts(
            "接待游客50万人次",
            "tourists",
            500_000.0,
            "人次",
            Qualifier::Planned,
        )
        .counts(
            "排查隐患30处",
            "hazards_found",
            30.0,
            "处",
            Qualifier::Exact,
        )
        .counts("整改28处", "hazards_fixed", 28.0, "处", Qualifier::Exact)
    }

    fn done(mut self) -> Extraction {
        self.0.entities.sort_by(|a, b| a.key.cmp(&b.key));
        self.0.mentions.sort_by_key(|mention| mention.span);
        self.0.statements.sort_by_key(|statement| statement.span);
        self.0
            .observations
            .sort_by_key(|observation| observation.span);
        self.0
    }
}

pub(crate) fn place(code: &str) -> EntityKey {
    EntityKey::new(EntityClass::Place, code)
}

pub(crate) fn key(class: EntityClass, local: &str) -> EntityKey {
    EntityKey::new(class, local)
}

fn person(name: &str) -> EntityKey {
    key(EntityClass::Person, name)
}

fn to(key: &EntityKey) -> Object {
    Object::Entity(key.clone())
}

/// The document about 白山市.
pub(crate) fn baishan() -> Extraction {
    let [city, county] = ["220600", "220622"].map(place);
    let [hero, guest, reporter] = ["杨靖宇", "王某", "李某"].map(person);
    let site = key(EntityClass::RedSite, "甲烈士陵园@220622");
    let local = key(EntityClass::Program, "蒲公英行动@220600");
    let national = key(EntityClass::Program, "主题教育");
    let film = key(EntityClass::Work, "密林");
    let battle = key(EntityClass::Event, "乙战役");
    let committee = key(EntityClass::Organization, "白山市委@220600");
    let (label, body) = ("白山市委书记".into(), Some(committee.clone()));
    let post = Object::Post { label, body };
    Maker::new("baishan.txt", BAISHAN, "220600")
        .name(&city, "白山市", "白山市")
        .name(&county, "靖宇县", "靖宇县")
        .name(&hero, "杨靖宇", "杨靖宇")
        .name(&guest, "王某", "王某")
        .name(&reporter, "李某", "李某")
        .name(&site, "甲烈士陵园", "甲烈士陵园")
        .name(&local, "蒲公英行动", "“蒲公英行动”")
        .name(&national, "主题教育", "主题教育")
        .name(&film, "密林", "《密林》")
        .name(&battle, "乙战役", "乙战役")
        .name(&committee, "白山市委", "白山市委")
        .says(
            "甲烈士陵园位于靖宇县，纪念杨靖宇",
            &site,
            Predicate::LocatedIn,
            to(&county),
        )
        .says(
            "甲烈士陵园位于靖宇县，纪念杨靖宇",
            &site,
            Predicate::Commemorates,
            to(&hero),
        )
        .says("白山市委书记王某", &guest, Predicate::HoldsPost, post)
        .says("白山市委", &committee, Predicate::LocatedIn, to(&city))
        .says("蒲公英行动", &local, Predicate::RunBy, to(&city))
        .says(
            "蒲公英行动”，这是主题教育",
            &local,
            Predicate::PartOfProgram,
            to(&national),
        )
        .says(
            "《密林》由白山市拍摄",
            &film,
            Predicate::PublishedBy,
            to(&city),
        )
        .says("讲述杨靖宇", &film, Predicate::AboutEntity, to(&hero))
        .says(
            "李某采访了王某",
            &reporter,
            Predicate::Interviewed,
            to(&guest),
        )
        .says("记者李某", &reporter, Predicate::AuthorOf, Object::Document)
        .says(
            "乙战役发生在靖宇县",
            &battle,
            Predicate::LocatedIn,
            to(&county),
        )
        .counts_of_baishan()
        .done()
}

/// The document about 延边州.
pub(crate) fn yanbian() -> Extraction {
    let (prefecture, county) = (place("222400"), place("222401"));
    let hero = person("杨靖宇");
    let site = key(EntityClass::RedSite, "丙烈士陵园@222401");
    let local = key(EntityClass::Program, "石榴行动@222400");
    let national = key(EntityClass::Program, "主题教育");
    Maker::new("yanbian.txt", YANBIAN, "222400")
        .name(&prefecture, "延边朝鲜族自治州", "延边州")
        .name(&county, "延吉市", "延吉市")
        .name(&hero, "杨靖宇", "杨靖宇")
        .name(&site, "丙烈士陵园", "丙烈士陵园")
        .name(&local, "石榴行动", "“石榴行动”")
        .name(&national, "主题教育", "主题教育")
        .says(
            "丙烈士陵园位于延吉市",
            &site,
            Predicate::LocatedIn,
            to(&county),
        )
        .says(
            "丙烈士陵园位于延吉市，纪念杨靖宇",
            &site,
            Predicate::Commemorates,
            to(&hero),
        )
        .says(
            "延边州开展“石榴行动”",
            &local,
            Predicate::RunBy,
            to(&prefecture),
        )
        .says(
            "主题教育在延边州开展“石榴行动”",
            &local,
            Predicate::PartOfProgram,
            to(&national),
        )
        .counts("革命遗址230处", "red_sites", 230.0, "处", Qualifier::Exact)
        .counts(
            "接待游客991.4万人次",
            "tourists",
            9_914_000.0,
            "人次",
            Qualifier::Exact,
        )
        .done()
}

pub(crate) fn gazetteer() -> &'static Gazetteer {
    Gazetteer::shared().unwrap()
}

pub(crate) fn graph() -> KnowledgeGraph {
    KnowledgeGraph::build(vec![baishan(), yanbian()], gazetteer())
}

pub(crate) fn run() -> RunInfo {
    RunInfo {
        tool_version: "0.1.0".into(),
        packs: vec![],
    }
}

pub(crate) fn canonical(graph: &KnowledgeGraph, evidence: Evidence) -> Canonical {
    canonical_form(graph, &run(), &Iris::default(), evidence).unwrap()
}
