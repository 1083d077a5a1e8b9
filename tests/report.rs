//! The figures of the report three ways: the report itself, the ready-made questions in SPARQL, and a fold over the linked
//! graph that this test makes on its own.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use graph::KnowledgeGraph;
use ontology::gazetteer::Gazetteer;
use ontology::record::{EntityClass, EntityKey, Object, PlaceLevel, Predicate};
use query::kb::KnowledgeBase;
use serde_json::Value;
use support::{example_kb, fangzhi};

/// A row of texts.
type Rows = BTreeSet<Vec<String>>;

fn report() -> Value {
    let json = fangzhi(["compare", "--kb", example_kb(), "--format", "json"]).success();
    serde_json::from_str(&json).unwrap()
}

fn linked() -> KnowledgeGraph {
    let kb = KnowledgeBase::open(example_kb().as_ref()).unwrap();
    kb.graph(Gazetteer::shared().unwrap()).unwrap()
}

/// Asks a ready-made question, gives the wanted columns; numbers as Rust writes them.
fn asked(name: &str, columns: &[&str]) -> Vec<Vec<String>> {
    let json = fangzhi([
        "query",
        "--kb",
        example_kb(),
        "--format",
        "json",
        "--name",
        name,
    ]);
    let answer: Value = serde_json::from_str(&json.success()).unwrap();
    let rows = answer["results"]["bindings"].as_array().unwrap().iter();
    rows.map(|row| {
        let text = |column: &&str| {
            let text = row[*column]["value"].as_str().unwrap_or_default();
            let datatype = row[*column]["datatype"].as_str().unwrap_or_default();
            if datatype.ends_with("decimal") {
                text.parse::<f64>().unwrap().to_string()
            } else {
                text.to_owned()
            }
        };
        columns.iter().map(text).collect()
    })
    .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().unwrap().to_string(),
        other @ (Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
            panic!("{other} is no field")
        }
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn names(report: &Value) -> Vec<String> {
    list(&report["regions"])
        .iter()
        .map(|region| text(&region["name"]))
        .collect()
}

/// Says what two sets have each alone.
fn check(what: &str, one: &Rows, other: &Rows) {
    let alone =
        |a: &Rows, b: &Rows| -> Vec<Vec<String>> { a.difference(b).take(8).cloned().collect() };
    assert!(
        one == other,
        "{what}: only the first has {:#?}, only the second {:#?}",
        alone(one, other),
        alone(other, one)
    );
    assert!(!one.is_empty(), "{what} is empty");
}

/// The nearest place, itself or above, that documents are about.
fn region_of(graph: &KnowledgeGraph, place: &EntityKey) -> Option<EntityKey> {
    let mut line = vec![place.clone()];
    line.extend(graph.ancestors(place));
    line.into_iter().find(|key| graph.regions().contains(key))
}

fn label(graph: &KnowledgeGraph, key: &EntityKey) -> String {
    graph.entity(key).unwrap().label.clone()
}

#[test]
fn every_number_is_in_the_report_the_store_and_the_graph() {
    let columns = [
        "region",
        "indicator",
        "area",
        "value",
        "unit",
        "qualifier",
        "period",
        "quote",
        "document",
    ];
    let from_store: Rows = asked("region-numbers", &columns).into_iter().collect();
    let report = report();
    let names = names(&report);
    let mut from_report = Rows::new();
    for row in ["levels", "rates", "singles"]
        .iter()
        .flat_map(|part| list(&report[*part]))
    {
        for (region, cells) in names.iter().zip(list(&row["cells"])) {
            for cell in list(cells) {
                for number in list(&cell["evidence"]) {
                    let at = usize::try_from(number.as_u64().unwrap()).unwrap() - 1;
                    let quote = &report["evidence"][at];
                    from_report.insert(vec![
                        region.clone(),
                        text(&row["indicator"]),
                        text(&cell["area"]),
                        text(&cell["value"]),
                        text(&cell["unit"]),
                        text(&cell["qualifier"]),
                        text(&cell["period"]),
                        text(&quote["quote"]),
                        text(&quote["document"]),
                    ]);
                }
            }
        }
    }
    let graph = linked();
    let mut from_graph = Rows::new();
    for extraction in graph.documents() {
        let document = &extraction.document;
        for one in &extraction.observations {
            let Some(place) = one.area.as_ref().or(document.about.as_ref()) else {
                continue;
            };
            let Some(region) = region_of(&graph, place) else {
                continue;
            };
            if graph.is_repeated(document, one) {
                continue;
            }
            from_graph.insert(vec![
                label(&graph, &region),
                one.indicator.clone(),
                if *place == region {
                    String::new()
                } else {
                    label(&graph, place)
                },
                one.value.to_string(),
                one.unit.clone(),
                one.qualifier.name().to_owned(),
                one.period.clone().unwrap_or_default(),
                one.anchor.clone(),
                document.id.clone(),
            ]);
        }
    }
    // The report writes a quote on one line.
    let one_line = |rows: Rows| -> Rows {
        let flat = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect();
        rows.into_iter()
            .map(|row| row.into_iter().map(flat).collect())
            .collect()
    };
    let (from_report, from_store) = (one_line(from_report), one_line(from_store));
    check("report and store", &from_report, &from_store);
    check("report and graph", &from_report, &one_line(from_graph));
}

#[test]
fn every_thing_is_counted_alike() {
    let mut from_store: BTreeMap<(String, String), usize> = BTreeMap::new();
    for row in asked("region-things", &["region", "class"]) {
        *from_store
            .entry((row[0].clone(), row[1].clone()))
            .or_default() += 1;
    }
    let report = report();
    let names = names(&report);
    let mut from_report = BTreeMap::new();
    for class in list(&report["classes"]) {
        for (region, things) in names.iter().zip(list(&class["regions"])) {
            if !list(things).is_empty() {
                from_report.insert((region.clone(), text(&class["class"])), list(things).len());
            }
        }
    }
    assert_eq!(from_report, from_store);
}

#[test]
fn completion_rates_are_the_same() {
    let report = report();
    let mut from_report = Rows::new();
    for (region, deliveries) in names(&report).iter().zip(list(&report["deliveries"])) {
        for one in list(deliveries) {
            let rate = one["rate"].as_f64().unwrap();
            from_report.insert(vec![
                region.clone(),
                text(&one["indicator"]),
                text(&one["promised"]["value"]),
                text(&one["done"]["value"]),
                text(&one["done"]["unit"]),
                ((rate * 10.0).round() / 10.0).to_string(),
            ]);
        }
    }
    let columns = ["region", "indicator", "promised", "done", "unit", "rate"];
    let from_store: Rows = asked("completion", &columns).into_iter().collect();
    check("completion", &from_report, &from_store);
}

#[test]
fn programmes_and_who_runs_them_are_the_same() {
    let report = report();
    let names = names(&report);
    let mut from_report = Rows::new();
    for program in list(&report["programs"]) {
        for (region, cell) in names.iter().zip(list(&program["cells"])) {
            for runner in cell["run_by"].as_array().into_iter().flatten() {
                from_report.insert(vec![text(&program["label"]), region.clone(), text(runner)]);
            }
        }
    }
    let graph = linked();
    let mut from_graph = Rows::new();
    for relation in graph
        .relations()
        .filter(|one| one.predicate == Predicate::RunBy)
    {
        let Object::Entity(runner) = &relation.object else {
            continue;
        };
        for place in graph.places_of(runner) {
            if let Some(region) = region_of(&graph, &place) {
                let row = [&relation.subject, &region, runner];
                from_graph.insert(row.iter().map(|key| label(&graph, key)).collect());
            }
        }
    }
    check("runners in report and graph", &from_report, &from_graph);
    let from_store = asked("program-regions", &["program", "region", "runner"]);
    let from_store: Rows = from_store
        .into_iter()
        .filter(|row| !row[2].is_empty())
        .collect();
    check("runners in report and store", &from_report, &from_store);
}

#[test]
fn sites_by_kind_and_county_are_the_same() {
    let report = report();
    let names = names(&report);
    let sites = &report["sites"];
    let mut kinds = Rows::new();
    for kind in list(&sites["kinds"]) {
        for (region, count) in names.iter().zip(list(&kind["counts"])) {
            if count.as_u64() != Some(0) {
                kinds.insert(vec![region.clone(), text(&kind["kind"]), text(count)]);
            }
        }
    }
    let from_store = asked("sites-by-kind", &["region", "kind", "count"]);
    check("kinds", &kinds, &from_store.into_iter().collect());
    let mut counties = Rows::new();
    for (region, list_here) in names.iter().zip(list(&sites["counties"])) {
        for one in list(list_here) {
            counties.insert(vec![
                region.clone(),
                text(&one["name"]),
                text(&one["count"]),
            ]);
        }
    }
    let from_store = asked("sites-by-county", &["region", "county", "count"]);
    check("counties", &counties, &from_store.into_iter().collect());
    // The graph on its own: sites whose county is below the region, by the relations alone.
    let graph = linked();
    let sites = graph
        .entities()
        .filter(|one| one.class == EntityClass::RedSite);
    let in_counties = sites.filter(|site| {
        graph.places_of(&site.key).iter().any(|place| {
            let mut line = vec![place.clone()];
            line.extend(graph.ancestors(place));
            let level = |key: &EntityKey| graph.entity(key).and_then(|one| one.level);
            region_of(&graph, place).is_some()
                && line
                    .iter()
                    .any(|key| level(key) == Some(PlaceLevel::County))
        })
    });
    let regions: BTreeSet<&String> = names.iter().collect();
    let counted = counties.iter().filter(|row| {
        let is_county = |key: &EntityKey| {
            graph
                .entity(key)
                .is_some_and(|one| one.level == Some(PlaceLevel::County) && one.label == row[1])
        };
        !regions.contains(&row[1]) || graph.regions().iter().any(is_county)
    });
    let counted: usize = counted.map(|row| row[2].parse::<usize>().unwrap()).sum();
    let expected = in_counties.count();
    assert!(
        counted >= expected,
        "{counted} in counties, {expected} in the graph"
    );
}
