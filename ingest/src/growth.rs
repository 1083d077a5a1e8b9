//! Tests that the work on texts made to be hard grows as they do. They count what the stages make and
//! go through, since a clock says nothing on a machine with other work.

use ontology::record::Span;

use crate::segment::Segmented;
use crate::structure::Structure;
use crate::{Ingester, recognise, relate, resolve};

/// Characters of the shorter text: several of the longest sentences.
const SHORT: usize = 9_000;

/// Things counted in a text: each stage goes through them once or looks a bounded way around each.
const COUNTED: [&str; 8] = [
    "sentences",
    "tokens",
    "occurrences",
    "bytes from the start of its sentence to each occurrence",
    "quotations",
    "candidates",
    "mentions",
    "observations",
];

/// Makes a text of so many characters.
type Maker = Box<dyn Fn(usize) -> String>;

fn work(ingester: &Ingester, text: &str) -> [usize; COUNTED.len()] {
    let knowledge = ingester.knowledge();
    let text = ingester.normalised(text);
    let structure = Structure::read(&text, &knowledge.labels);
    let mut text = Segmented::new(&text, knowledge, &structure);
    let places = recognise::places(&text);
    let region = resolve::region(&text, &places);
    text.look_for_townships(region);
    text.tag();
    let candidates = recognise::recognise(&text, places);
    let found = candidates.len();
    let resolution = resolve::resolve(&text, candidates, region);
    let whole = Span::new(0, text.text.len());
    let back = text.hits_within(whole).map(|hit| {
        let sentence = structure.sentence_at(hit.span.start);
        sentence.map_or(0, |sentence| hit.span.start - sentence.span.start)
    });
    [
        structure.sentences.len(),
        text.tokens.len(),
        text.hits_within(whole).count(),
        back.sum(),
        text.quotes.len(),
        found,
        resolution.mentions.len(),
        relate::observations(&text, &resolution).len(),
    ]
}

#[test]
fn twice_the_text_is_twice_the_work() {
    let ingester = Ingester::new(&[]).unwrap();
    let repeated = |words: &'static str| {
        move |characters: usize| -> String { words.chars().cycle().take(characters).collect() }
    };
    let nested = |characters: usize| {
        let half = characters / 2;
        format!("{}好{}", "“".repeat(half), "”".repeat(half))
    };
    let texts: [(&str, Maker); 6] = [
        ("one character", Box::new(repeated("山"))),
        ("Latin", Box::new(repeated("the quick brown fox "))),
        ("numbers", Box::new(repeated("全县粮食产量增长12"))),
        ("places", Box::new(repeated("延边州和龙市西城镇金达莱村"))),
        ("open brackets", Box::new(repeated("（“《"))),
        ("nested quotations", Box::new(nested)),
    ];
    for (name, text) in texts {
        let once = work(&ingester, &text(SHORT));
        let twice = work(&ingester, &text(2 * SHORT));
        for ((counted, once), twice) in COUNTED.iter().zip(once).zip(twice) {
            // Sentences and windows are not cut at the same places in both; squares would be four times.
            let most = 2 * once + once / 4 + 20;
            assert!(twice <= most, "{name}: {counted}: {once}, then {twice}");
        }
    }
}
