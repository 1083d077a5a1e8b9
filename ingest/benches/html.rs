//! Takes web pages of our own making as news sites lay them out, measures the extraction of their
//! articles in bytes a second.

use divan::Bencher;
use divan::counter::BytesCount;
use ingest::read::{Options, open_bytes};

fn main() {
    divan::main();
}

const PARAGRAPH: &str = "近日，县委召开会议，部署下一阶段重点工作。全县共有党员3200名，组建宣讲队伍25支，\
    开展活动1.2万场，受众30余万人次。他说：“我们要把好事办好、实事办实。”纪念馆始建于1958年，年接待游客30余万人次。";

/// What stands around the article; a line with a tab is written many times.
const FRAME: &str = include_str!("page.html");

/// A list of links, as menus and “related” boxes are.
fn links(label: &str, count: usize) -> String {
    let item = |at: usize| {
        format!(
            "\t<li class=\"item item-{at}\"><a href=\"/news/2021/{at}.shtml\" target=\"_blank\" \
             title=\"{label}{at}\">{label}{at}</a><span class=\"date\">08-{:02}</span></li>\n",
            at % 28 + 1
        )
    };
    let items: String = (1..=count).map(item).collect();
    format!("<ul>\n{items}</ul>\n")
}

/// The article: every sixth paragraph with a picture behind it.
fn paragraphs(count: usize) -> String {
    let text = format!("<p style=\"text-indent: 2em;\"><span>　　{PARAGRAPH}</span></p>\n");
    let picture =
        "<p align=\"center\"><img src=\"/upload/1.jpg\" alt=\"\"/></p><p>图为活动现场。</p>\n";
    let one = |at: usize| [text.as_str(), if at % 6 == 5 { picture } else { "" }].concat();
    (0..count).map(one).collect()
}

/// A page whose article has so many paragraphs.
fn page(count: usize) -> String {
    let mut page = String::new();
    for line in FRAME.lines() {
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let times = fields.next().and_then(|times| times.parse().ok());
        match (kind, times) {
            ("ARTICLE", _) => page.push_str(&paragraphs(count)),
            ("LINKS", Some(times)) => {
                page.push_str(&links(fields.next().unwrap_or_default(), times))
            }
            ("STYLE", Some(times)) => {
                page.push_str(&".c-box{margin:0 auto;width:1200px;color:#333}\n".repeat(times));
            }
            ("SCRIPT", Some(times)) => {
                page.push_str(&"_track.push(['view','<div>','/']);\n".repeat(times));
            }
            _ => {
                page.push_str(line);
                page.push('\n');
            }
        }
    }
    page
}

/// Paragraphs of a notice, an article, a long report.
#[divan::bench(args = [4, 20, 400], sample_count = 20, sample_size = 20)]
fn article(bencher: Bencher<'_, '_>, paragraphs: usize) {
    extracted(bencher, page(paragraphs).as_bytes());
}

#[divan::bench(sample_count = 20, sample_size = 20)]
fn gb18030(bencher: Bencher<'_, '_>) {
    let page = page(20).replace("charset=\"utf-8\"", "charset=\"gb2312\"");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&page);
    extracted(bencher, &bytes);
}

fn extracted(bencher: Bencher<'_, '_>, page: &[u8]) {
    let options = Options::default();
    let found = open_bytes("a.html", page, &options);
    let is_article = |text: &str| text.contains(PARAGRAPH) && !text.contains("友情链接");
    assert!(found.iter().flatten().all(|page| is_article(&page.text)));
    bencher
        .counter(BytesCount::of_slice(page))
        .bench_local(|| open_bytes("a.html", page, &options));
}
