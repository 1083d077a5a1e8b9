//! Any text through repair and normalisation: no panic, and a map that covers the text, rises, and
//! stays in the original.
#![no_main]

use std::sync::OnceLock;

use ingest::Ingester;
use ingest::read::{Metadata, Reading};
use libfuzzer_sys::fuzz_target;

static INGESTER: OnceLock<Ingester> = OnceLock::new();

fuzz_target!(|text: &str| {
    check(text);
    // Readings three times over make every text one that is damaged.
    check(&format!("電(diàn)視(shì)臺(tái){text}"));
});

fn check(text: &str) {
    let ingester = INGESTER.get_or_init(|| Ingester::new(&[]).expect("built-in knowledge loads"));
    let view = ingester.view(&Reading::new("a.txt", text, Metadata::default()));
    let count = text.chars().count();
    let (mut next, mut last) = (0, 0);
    for run in &view.map {
        assert_eq!(run.text, next, "the runs cover the text");
        // Characters that were cut may share the code point that lies across them.
        assert!(run.original >= last, "the map rises");
        next += run.length;
        last = run.original + (run.length - 1) * run.width;
        assert!(last + run.width <= count, "within the original");
    }
    assert_eq!(next, view.text.chars().count());
}
