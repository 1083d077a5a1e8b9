//! Any text through repair and normalisation: no panic.
#![no_main]

use std::sync::OnceLock;

use ingest::Ingester;
use libfuzzer_sys::fuzz_target;

static INGESTER: OnceLock<Ingester> = OnceLock::new();

fuzz_target!(|text: &str| {
    let ingester = INGESTER.get_or_init(|| Ingester::new(&[]).expect("built-in knowledge loads"));
    let _ = ingester.normalised(text);
    // Readings three times over make every text one that is damaged.
    let _ = ingester.normalised(&format!("電(diàn)視(shì)臺(tái){text}"));
});
