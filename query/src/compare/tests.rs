//! The report on hand-made extractions.

use graph::{KnowledgeGraph, Lang};
use ontology::gazetteer::Gazetteer;
use ontology::record::{
    CharSpan, Document, Entity, EntityClass, EntityKey, Extraction, Mention, Object, Observation,
    Predicate, Qualifier, Statement,
};

use super::{CompareOptions, Comparison, Format};

fn place(code: &str) -> EntityKey {
    EntityKey::new(EntityClass::Place, code)
}

fn entity(class: EntityClass, local: &str, label: &str) -> Entity {
    Entity {
        key: EntityKey::new(class, local),
        class,
        label: label.to_owned(),
        aliases: vec![],
        adcode: None,
        level: None,
        parent: None,
        kind: None,
    }
}

/// Gives the first span of `part` in `text`.
fn span(text: &str, part: &str) -> CharSpan {
    let start = text.split_once(part).unwrap().0.chars().count();
    CharSpan {
        start,
        end: start + part.chars().count(),
    }
}

/// A document about a region that mentions each entity by its label.
fn document(id: &str, code: &str, text: &str, entities: Vec<Entity>) -> Extraction {
    let mentions = entities
        .iter()
        .filter(|entity| text.contains(&entity.label));
    let mentions = mentions.map(|entity| Mention {
        span: span(text, &entity.label),
        surface: entity.label.clone(),
        class: entity.class,
        entity: entity.key.clone(),
        rule: "test".to_owned(),
        confidence: 1.0,
    });
    Extraction {
        document: Document {
            id: id.to_owned(),
            sha256: format!("{:0>64}", id.len()),
            encoding: "UTF-8".to_owned(),
            headline: Some(format!("{id}的标题")),
            published: Some("2021-12-08".to_owned()),
            about: Some(place(code)),
            text: text.to_owned(),
            ..Document::default()
        },
        mentions: mentions.collect(),
        entities,
        statements: vec![],
        observations: vec![],
        diagnostics: vec![],
    }
}

fn observe(document: &mut Extraction, indicator: &str, anchor: &str, value: f64, unit: &str) {
    document.observations.push(Observation {
        span: span(&document.document.text, anchor),
        anchor: anchor.to_owned(),
        value,
        unit: unit.to_owned(),
        qualifier: Qualifier::Exact,
        indicator: indicator.to_owned(),
        indicator_text: indicator.to_owned(),
        area: None,
        period: None,
        program: None,
        rule: "test".to_owned(),
        confidence: 1.0,
    });
}

/// Two cities: sites, a programme that both have, numbers of every kind.
fn graph() -> KnowledgeGraph {
    let text = "全市有革命遗址百处。接待游客超991.4万人次，增长8%。靖宇县有革命遗址20处。\
                2022年计划建成雪场3个。甲旧址纪念乙丙。先锋行动全面展开。";
    let site = entity(EntityClass::RedSite, "甲旧址@220622", "甲旧址");
    let hero = entity(EntityClass::Person, "乙丙", "乙丙");
    let program = || entity(EntityClass::Program, "先锋行动", "先锋行动");
    let county = entity(EntityClass::Place, "220622", "靖宇县");
    let city = |code| entity(EntityClass::Place, code, "");
    let entities = vec![
        city("220600"),
        county,
        site.clone(),
        hero.clone(),
        program(),
    ];
    let mut first = document("b.txt", "220600", text, entities);
    observe(&mut first, "red_sites", "革命遗址百处", 100.0, "处");
    observe(&mut first, "red_sites", "革命遗址20处", 20.0, "处");
    observe(
        &mut first,
        "tourists",
        "接待游客超991.4万人次",
        9_914_000.0,
        "人次",
    );
    observe(&mut first, "tourist_growth", "增长8%", 8.0, "%");
    observe(&mut first, "雪场", "雪场3个", 3.0, "个");
    first.observations[1].area = Some(place("220622"));
    first.observations[2].qualifier = Qualifier::MoreThan;
    first.observations[2].period = Some("2021-01/2021-11".to_owned());
    first.observations[4].qualifier = Qualifier::Planned;
    let span = span(text, "甲旧址纪念乙丙");
    first.statements.push(Statement {
        span,
        subject: site.key,
        predicate: Predicate::Commemorates,
        object: Object::Entity(hero.key),
        rule: "test".to_owned(),
        confidence: 1.0,
    });
    let text =
        "革命遗址<80>处；革命遗址另有75处。接待游客1万人次，增长12%。先锋行动正在进行。全国有5个。";
    let mut second = document("aa.txt", "140800", text, vec![city("140800"), program()]);
    observe(&mut second, "red_sites", "革命遗址<80>处", 80.0, "处");
    observe(&mut second, "red_sites", "革命遗址另有75处", 75.0, "处");
    observe(&mut second, "tourists", "接待游客1万人次", 10_000.0, "人次");
    observe(&mut second, "tourist_growth", "增长12%", 12.0, "%");
    observe(&mut second, "全国", "全国有5个", 5.0, "个");
    second.observations[4].area = Some(place("100000"));
    let mut third = document("c-c.txt", "469021", "别处。", vec![city("469021")]);
    third.document.about = None;
    KnowledgeGraph::build(vec![first, second, third], Gazetteer::shared().unwrap())
}

/// Writes a report in a form that is text.
fn text(report: &Comparison, format: Format, lang: Lang) -> String {
    String::from_utf8(report.render(format, lang).unwrap()).unwrap()
}

fn comparison() -> Comparison {
    Comparison::new(&graph(), &CompareOptions::default()).unwrap()
}

#[test]
fn values_stand_side_by_side_and_are_never_overwritten() {
    let report = comparison();
    let names: Vec<&str> = report
        .regions
        .iter()
        .map(|region| region.name.as_str())
        .collect();
    assert_eq!(names, ["运城市", "白山市"]);
    let keys = |rows: &[super::model::Row]| -> Vec<String> {
        rows.iter().map(|row| row.indicator.clone()).collect()
    };
    assert_eq!(keys(&report.levels), ["red_sites", "tourists"]);
    assert_eq!(keys(&report.rates), ["tourist_growth"]);
    assert_eq!(keys(&report.singles), ["雪场"]);
    let values: Vec<Vec<f64>> = report.levels[0]
        .cells
        .iter()
        .map(|c| c.iter().map(|c| c.value).collect())
        .collect();
    assert_eq!(values, [[80.0, 75.0], [100.0, 20.0]]);
    let county = &report.levels[0].cells[1][1];
    assert_eq!((county.area.as_deref(), county.bar), (Some("靖宇县"), None));
    assert_eq!(report.levels[0].cells[0][0].bar, Some(80.0));
    assert_eq!(
        (report.elsewhere, report.other_documents.as_slice()),
        (1, &["c-c.txt".to_owned()][..])
    );
}

#[test]
fn every_value_leads_to_its_slice_of_the_document() {
    let (graph, report) = (graph(), comparison());
    for row in report
        .levels
        .iter()
        .chain(&report.rates)
        .chain(&report.singles)
    {
        for cell in row.cells.iter().flatten() {
            assert!(cell.quotes(&report).next().is_some());
        }
    }
    for quote in &report.evidence {
        let mut documents = graph
            .documents()
            .iter()
            .map(|extraction| &extraction.document);
        let document = documents
            .find(|document| document.id == quote.document)
            .unwrap();
        let slice: String = document
            .text
            .chars()
            .skip(quote.start)
            .take(quote.end - quote.start)
            .collect();
        assert_eq!(slice, quote.quote);
        let around = format!("{}{}{}", quote.before, quote.quote, quote.after);
        assert!(document.text.contains(&around), "{around}");
    }
}

#[test]
fn entities_stand_in_their_regions_and_shared_ones_are_marked() {
    let report = comparison();
    let section = |class| report.classes.iter().find(|s| s.class == class).unwrap();
    let programs = section(EntityClass::Program);
    assert_eq!(programs.shared[0].regions, [0, 1]);
    assert!(programs.regions.iter().all(|things| things[0].shared));
    let sites = section(EntityClass::RedSite);
    assert_eq!((sites.regions[0].len(), sites.regions[1].len()), (0, 1));
    assert_eq!(sites.regions[1][0].details, ["乙丙"]);
    assert!(!report.classes.iter().any(|s| s.class == EntityClass::Place));
}

#[test]
fn options_choose_regions_indicators_and_classes() {
    let graph = graph();
    let of = |options: CompareOptions| Comparison::new(&graph, &options).unwrap();
    let regions = vec![place("220000"), place("220600"), place("220000")];
    let report = of(CompareOptions {
        regions,
        ..CompareOptions::default()
    });
    assert_eq!(
        (
            report.regions.len(),
            report.value_count(0),
            report.value_count(1)
        ),
        (2, 0, 5)
    );
    let indicator = Some("游客接待".to_owned());
    let report = of(CompareOptions {
        indicator,
        ..CompareOptions::default()
    });
    assert_eq!(
        (
            report.levels.len(),
            report.rates.len(),
            report.classes.len()
        ),
        (1, 1, 0)
    );
    let report = of(CompareOptions {
        class: Some(EntityClass::Place),
        ..CompareOptions::default()
    });
    assert_eq!(
        (report.levels.len(), report.classes[0].regions[1].len()),
        (0, 2)
    );
}

#[test]
fn nothing_to_compare_is_a_report_too() {
    let graph = KnowledgeGraph::build(vec![], Gazetteer::shared().unwrap());
    let report = Comparison::new(&graph, &CompareOptions::default()).unwrap();
    let formats = [
        Format::Html,
        Format::Markdown,
        Format::Csv,
        Format::Json,
        Format::Xlsx,
    ];
    for format in formats {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!report.render(format, lang).unwrap().is_empty());
        }
    }
}

#[test]
fn the_page_is_whole_and_escaped() {
    let page = text(&comparison(), Format::Html, Lang::Zh);
    assert!(!page.contains("<80>"));
    assert!(page.contains("革命遗址&#60;80&#62;处"), "{page}");
    for foreign in [
        "http://",
        "https://",
        "<script src",
        "<link",
        "<img",
        "@import",
        "url(",
        "fetch(",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    for (at, part) in page.split("href=\"#").enumerate().skip(1) {
        let target = part.split('"').next().unwrap();
        assert!(
            page.contains(&format!("id=\"{target}\"")),
            "link {at} leads nowhere: {target}"
        );
    }
}

#[test]
fn csv_has_a_row_for_each_value_and_quote() {
    let text = text(&comparison(), Format::Csv, Lang::En);
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 9);
    let tourists: Vec<&str> = rows[5].iter().collect();
    assert_eq!(
        tourists[..10],
        [
            "白山市",
            "220600",
            "",
            "tourists",
            "Tourist arrivals",
            "tourists",
            "9914000",
            "moreThan",
            "人次",
            "2021-01/2021-11",
        ]
    );
    assert_eq!(tourists[10], "接待游客超991.4万人次");
}

#[test]
fn json_holds_the_report() {
    let text = text(&comparison(), Format::Json, Lang::Zh);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["levels"][0]["cells"][1][0]["value"], 100.0);
    assert_eq!(value["evidence"][0]["quote"], "革命遗址<80>处");
}

#[test]
fn markdown_snapshot() {
    let report = text(&comparison(), Format::Markdown, Lang::Zh);
    let snapshot = include_str!("snapshots/report.md");
    // After a wanted change: write the report printed below to the file and read the difference.
    assert_eq!(report, snapshot, "{report}");
}

/// A copy of a document says its numbers again; the report counts them once and names the copy.
#[test]
fn numbers_of_reprints_are_counted_once() {
    use ontology::record::fingerprint::{NUMBER_BINS, TEXT_BINS};
    let signed = |id: &str, published: &str, bins: u64, extra: &str| {
        let text = format!("全市有革命遗址百处。接待游客1万人次。{extra}");
        let city = entity(EntityClass::Place, "220600", "");
        let mut made = document(id, "220600", &text, vec![city]);
        made.document.published = Some(published.to_owned());
        made.document.signature = vec![bins; TEXT_BINS + NUMBER_BINS];
        observe(&mut made, "red_sites", "革命遗址百处", 100.0, "处");
        observe(&mut made, "tourists", "接待游客1万人次", 10_000.0, "人次");
        made
    };
    let original = signed("original.txt", "2021-12-08", 7, "");
    let mut copy = signed("a-copy.txt", "2021-12-09", 7, "另有讲解员8名。");
    observe(&mut copy, "guides", "讲解员8名", 8.0, "名");
    let other = signed("other-text.txt", "2021-12-10", 9, "");
    let documents = vec![copy, original, other];
    let graph = KnowledgeGraph::build(documents, Gazetteer::shared().unwrap());
    let report = Comparison::new(&graph, &CompareOptions::default()).unwrap();
    let rows = &report.singles;
    let keys: Vec<&str> = rows.iter().map(|row| row.indicator.as_str()).collect();
    assert_eq!(keys, ["red_sites", "tourists", "guides"]);
    // The copy's own number stays, and so do those of a text that is no copy.
    let sources = |row: &super::model::Row| -> Vec<(String, Vec<String>)> {
        let quotes = row
            .cells
            .iter()
            .flatten()
            .flat_map(|cell| cell.quotes(&report));
        quotes
            .map(|quote| (quote.document.clone(), quote.reprints.clone()))
            .collect()
    };
    let copies = vec!["a-copy.txt".to_owned()];
    let expected = [
        ("other-text.txt".to_owned(), vec![]),
        ("original.txt".to_owned(), copies),
    ];
    assert_eq!(sources(&rows[0]), expected);
    assert_eq!(sources(&rows[2]), [("a-copy.txt".to_owned(), vec![])]);
    for (format, words) in [
        (Format::Markdown, "转载：a-copy.txt"),
        (Format::Html, "转载：a-copy.txt"),
        (Format::Json, "\"reprints\": ["),
        (Format::Csv, ",a-copy.txt,"),
    ] {
        let report = text(&report, format, Lang::Zh);
        assert!(report.contains(words), "{format:?}: {report}");
    }
}

/// What the report's schema says of a value, as far as the schema uses the language.
fn violations(value: &serde_json::Value, schema: &serde_json::Value, path: &str) -> Vec<String> {
    let root: serde_json::Value = serde_json::from_str(super::JSON_SCHEMA).unwrap();
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").unwrap();
        return violations(value, &root["$defs"][name], path);
    }
    let mut found = Vec::new();
    let kind = match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
        serde_json::Value::Array(_) => "array",
        serde_json::Value::Object(_) => "object",
    };
    let kinds: Vec<&str> = match &schema["type"] {
        serde_json::Value::String(one) => vec![one],
        serde_json::Value::Array(all) => all.iter().filter_map(|one| one.as_str()).collect(),
        // A schema without a type allows every one.
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::Object(_) => vec![kind],
    };
    let whole = kinds.contains(&"integer") && value.is_u64();
    if !kinds.contains(&kind) && !whole {
        found.push(format!("{path}: {kind}, not {kinds:?}"));
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        found.push(format!("{path}: {value} is not allowed"));
    }
    if let Some(items) = value.as_array() {
        for (at, item) in items.iter().enumerate() {
            found.extend(violations(item, &schema["items"], &format!("{path}/{at}")));
        }
    }
    if let (Some(fields), Some(known)) = (value.as_object(), schema["properties"].as_object()) {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                found.push(format!("{path}: {name} is missing"));
            }
        }
        for (name, field) in fields {
            match known.get(name) {
                Some(schema) => found.extend(violations(field, schema, &format!("{path}/{name}"))),
                None => found.push(format!("{path}: {name} is not in the schema")),
            }
        }
    }
    found
}

#[test]
fn json_is_as_its_schema_says() {
    let report: serde_json::Value =
        serde_json::from_str(&text(&comparison(), Format::Json, Lang::Zh)).unwrap();
    let schema: serde_json::Value = serde_json::from_str(super::JSON_SCHEMA).unwrap();
    assert_eq!(violations(&report, &schema, ""), Vec::<String>::new());
    let mut broken = report.clone();
    broken["levels"][0]["cells"][0][0]["value"] = "many".into();
    broken["regions"][0]["colour"] = 1.into();
    broken.as_object_mut().unwrap().remove("documents");
    assert_eq!(violations(&broken, &schema, "").len(), 3);
}

/// Regions with one number each: (value, unit, period), all of one indicator.
fn of_numbers(indicator: &str, rows: &[(f64, &str, Option<&str>)]) -> Comparison {
    let codes = ["220600", "140800", "222400", "520300"];
    let documents = rows.iter().zip(codes).enumerate().map(|(at, (row, code))| {
        let words = format!("{}接待{}", "甲".repeat(at + 1), row.1);
        let city = entity(EntityClass::Place, code, "");
        let mut made = document(
            &format!("{}.txt", "a".repeat(at + 1)),
            code,
            &words,
            vec![city],
        );
        observe(&mut made, indicator, "接待", row.0, row.1);
        made.observations[0].period = row.2.map(str::to_owned);
        made
    });
    let graph = KnowledgeGraph::build(documents.collect(), Gazetteer::shared().unwrap());
    let population = [(place("220600"), 1_000_000), (place("140800"), 0)];
    let options = CompareOptions {
        population: population.into_iter().collect(),
        ..CompareOptions::default()
    };
    Comparison::new(&graph, &options).unwrap()
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_reason() {
    let refused = |report: &Comparison| -> Vec<&str> {
        let cells = report.levels[0].cells.iter().flatten();
        cells
            .map(|cell| {
                cell.refused
                    .map_or("-", super::comparability::Refusal::name)
            })
            .collect()
    };
    // Columns stand in the order of codes: 140800, 220600, 222400.
    let units = [(5.0, "处", None), (7.0, "个", None), (9.0, "公里", None)];
    assert_eq!(
        refused(&of_numbers("red_sites", &units)),
        ["-", "-", "unit"]
    );
    let months = [
        (5.0, "人次", Some("2021")),
        (7.0, "人次", Some("2022")),
        (9.0, "人次", Some("2021-05")),
    ];
    assert_eq!(
        refused(&of_numbers("tourists", &months)),
        ["-", "-", "period-length"]
    );
    // What holds at a moment is compared whatever the period.
    let moments = [
        (5.0, "处", Some("2021")),
        (7.0, "处", Some("2021-05")),
        (9.0, "处", None),
    ];
    assert_eq!(refused(&of_numbers("red_sites", &moments)), ["-", "-", "-"]);
    let alone = [(5.0, "元", None), (7.0, "美元", None)];
    let alone = of_numbers("收入", &alone);
    assert!(alone.levels[0].unit.is_none());
    assert_eq!(refused(&alone), ["unit", "unit"]);
}

#[test]
fn units_are_converted_and_counts_divided_by_inhabitants() {
    let report = of_numbers(
        "cultivated_land",
        &[(15.0, "亩", None), (1.0, "公顷", None)],
    );
    let row = &report.levels[0];
    let normal: Vec<f64> = row
        .cells
        .iter()
        .flatten()
        .filter_map(|cell| cell.normal)
        .collect();
    let shares: Vec<f64> = row
        .cells
        .iter()
        .flatten()
        .filter_map(|cell| cell.bar)
        .collect();
    assert_eq!(normal.len(), 2);
    assert!(
        shares.iter().all(|share| (share - 100.0).abs() < 0.1),
        "{shares:?}"
    );
    let report = of_numbers("red_sites", &[(500.0, "处", None), (7.0, "处", None)]);
    let per: Vec<Option<f64>> = report.levels[0]
        .cells
        .iter()
        .flatten()
        .map(|c| c.per_capita)
        .collect();
    // A population of nobody divides nothing.
    assert_eq!(per, [None, Some(5.0)]);
    assert!(text(&report, Format::Html, Lang::En).contains("5 处 per 10,000 people"));
}

#[test]
fn promises_programmes_and_sites_stand_in_their_regions() {
    let report =
        Comparison::new(&crate::tests::fixture::graph(), &CompareOptions::default()).unwrap();
    let delivery = &report.deliveries[0][0];
    assert_eq!((delivery.promised.value, delivery.done.value), (30.0, 28.0));
    assert!((delivery.rate - 93.333).abs() < 0.001);
    let national = report
        .programs
        .iter()
        .find(|program| program.label == "主题教育")
        .unwrap();
    assert!(national.cells.iter().all(Option::is_some));
    let local = report
        .programs
        .iter()
        .find(|program| program.label == "蒲公英行动")
        .unwrap();
    let cell = local.cells[0].as_ref().unwrap();
    assert_eq!(
        (cell.run_by.as_slice(), cell.dated),
        (&["白山市".to_owned()][..], false)
    );
    assert!(local.cells[1].is_none());
    assert_eq!(report.sites.counties[0][0].name, "靖宇县");
    assert_eq!(report.sites.kinds[0].counts.iter().sum::<usize>(), 2);
    let page = text(&report, Format::Html, Lang::Zh);
    for part in [
        "id=\"delivery\"",
        "93.3",
        "id=\"programs\"",
        "id=\"sites\"",
        "id=\"common\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn the_workbook_is_the_same_each_time_and_holds_the_values() {
    let book = || comparison().render(Format::Xlsx, Lang::Zh).unwrap();
    let bytes = book();
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, book());
}
