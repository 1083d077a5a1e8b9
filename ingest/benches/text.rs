//! Takes plain text of our own making, measures reading, repair and normalisation in bytes a second.

use divan::Bencher;
use divan::counter::BytesCount;
use ingest::Ingester;
use ingest::read::{Options, open_bytes};

fn main() {
    divan::main();
}

const SIMPLIFIED: &str = "近日，县委召开会议，部署下一阶段重点工作。全县共有党员3200名，组建宣讲队伍25支，\
    开展活动1.2万场，受众30余万人次。他说：“我们要把好事办好、实事办实。”纪念馆始建于1958年，年接待游客30余万人次。\n";
const TRADITIONAL: &str = "近日，縣委召開會議，部署下一階段重點工作。全縣共有黨員3200名，組建宣講隊伍25支，\
    開展活動1.2萬場，受眾30餘萬人次。他說：“我們要把好事辦好、實事辦實。”紀念館始建於1958年，年接待遊客30餘萬人次。\n";

/// A document of about a megabyte.
fn document(paragraph: &str) -> String {
    paragraph.repeat(1_000_000 / paragraph.len())
}

#[divan::bench(sample_count = 20)]
fn simplified(bencher: Bencher<'_, '_>) {
    repaired_and_normalised(bencher, SIMPLIFIED);
}

#[divan::bench(sample_count = 20)]
fn traditional(bencher: Bencher<'_, '_>) {
    repaired_and_normalised(bencher, TRADITIONAL);
}

/// The same from the bytes of a file on: encoding, digest and all.
#[divan::bench(sample_count = 20)]
fn read_simplified(bencher: Bencher<'_, '_>) {
    read(bencher, document(SIMPLIFIED).as_bytes());
}

#[divan::bench(sample_count = 20)]
fn read_traditional(bencher: Bencher<'_, '_>) {
    read(bencher, document(TRADITIONAL).as_bytes());
}

#[divan::bench(sample_count = 20)]
fn read_gb18030(bencher: Bencher<'_, '_>) {
    let (bytes, _, _) = encoding_rs::GB18030.encode(SIMPLIFIED);
    read(bencher, &bytes.repeat(1_000_000 / bytes.len()));
}

fn read(bencher: Bencher<'_, '_>, bytes: &[u8]) {
    let Ok(ingester) = Ingester::new(&[]) else {
        return;
    };
    let options = Options::default();
    bencher
        .counter(BytesCount::of_slice(bytes))
        .bench_local(|| {
            open_bytes("a.txt", bytes, &options)
                .into_iter()
                .flatten()
                .map(|found| ingester.normalised(&found.text))
                .collect::<Vec<_>>()
        });
}

fn repaired_and_normalised(bencher: Bencher<'_, '_>, paragraph: &str) {
    let Ok(ingester) = Ingester::new(&[]) else {
        return;
    };
    let text = document(paragraph);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| ingester.normalised(&text));
}
