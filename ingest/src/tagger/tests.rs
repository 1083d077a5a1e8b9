use ontology::record::{EntityClass, Span};

use super::{Example, Model, Tagged, decode, feature::Features, tag, train};
use crate::Knowledge;
use crate::segment::Segmented;
use crate::structure::Structure;

fn knowledge() -> Knowledge {
    Knowledge::load(&[]).unwrap()
}

fn tagged(knowledge: &Knowledge, model: &Model, text: &str) -> Vec<(String, EntityClass)> {
    let structure = Structure::read(text, &knowledge.labels);
    let segmented = Segmented::new(text, knowledge, &structure);
    let features = Features::of(&segmented, Span::new(0, text.len()));
    decode::decode(model, &features, text.len())
        .iter()
        .map(|found| (found.span.of(text).to_owned(), found.class))
        .collect()
}

#[test]
fn the_built_in_model_finds_what_no_list_has() {
    let knowledge = knowledge();
    for (text, name, class) in [
        ("村民裴国强家门前种满了花。", "裴国强", EntityClass::Person),
        (
            "1843年，奥斯滕-萨肯在里加出生。",
            "里加",
            EntityClass::Place,
        ),
        (
            "他毕业于华东冶金学院。",
            "华东冶金学院",
            EntityClass::Organization,
        ),
    ] {
        let found = tagged(&knowledge, &knowledge.tagger, text);
        assert!(
            found.contains(&(name.to_owned(), class)),
            "{text}: {found:?}"
        );
    }
    let slogans = "抓落实、促发展，听党话、跟党走，开新局。";
    assert_eq!(tagged(&knowledge, &knowledge.tagger, slogans), []);
}

#[test]
fn training_learns_and_gives_the_same_model_each_time() {
    let knowledge = knowledge();
    let example = |text: &str, name: &str| {
        let start = text.find(name).unwrap();
        Example {
            text: text.to_owned(),
            names: vec![(Span::new(start, start + name.len()), EntityClass::Person)],
        }
    };
    let examples: Vec<Example> = ["阿甲", "阿乙", "阿丙", "阿丁"]
        .iter()
        .flat_map(|name| {
            [
                example(&format!("{name}来了。"), name),
                example(&format!("昨天{name}走了。"), name),
            ]
        })
        .collect();
    let weights = train(&knowledge, &examples);
    assert_eq!(weights, train(&knowledge, &examples));
    let model = Model::from_bytes(&weights.to_bytes()).unwrap();
    assert_eq!(
        tagged(&knowledge, &model, "昨天阿戊来了。"),
        [("阿戊".to_owned(), EntityClass::Person)]
    );
}

#[test]
fn bytes_that_are_no_model_are_refused() {
    let bytes = ontology::tagger::MODEL;
    for broken in [
        &b""[..],
        b"FZT1",
        b"FZT1\xff\xff\xff\xff",
        &bytes[..bytes.len() - 1],
    ] {
        let error = Model::from_bytes(broken).unwrap_err();
        assert!(error.to_string().contains("train it again"), "{error}");
    }
    assert!(Model::from_bytes(bytes).is_ok());
}

#[test]
fn long_sentences_are_cut_and_spans_stay_in_order() {
    let knowledge = knowledge();
    let text = "王建国和李秀英走进白山市".repeat(200);
    let structure = Structure::read(&text, &knowledge.labels);
    let segmented = Segmented::new(&text, &knowledge, &structure);
    let found: Vec<Tagged> = tag(&segmented, &knowledge.tagger);
    assert!(found.len() > 300);
    assert!(
        found
            .windows(2)
            .all(|pair| pair[0].span.end <= pair[1].span.start)
    );
}
