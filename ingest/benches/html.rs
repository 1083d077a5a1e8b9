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

const HEADLINE: &str = "我县多措并举推进文化遗产保护";

/// A list of links, as menus and “related” boxes are.
fn links(class: &str, heading: &str, label: &str, count: usize) -> String {
    let items: String = (1..=count)
        .map(|at| {
            format!(
                "\t<li class=\"item item-{at}\"><a href=\"/news/2021/{at}.shtml\" target=\"_blank\" \
                 title=\"{label}{at}\">{label}{at}</a><span class=\"date\">08-{day:02}</span></li>\n",
                day = at % 28 + 1
            )
        })
        .collect();
    format!("<div class=\"{class}\"><h3>{heading}</h3>\n<ul>\n{items}</ul></div>\n")
}

fn head() -> String {
    let style = ".c-box{margin:0 auto;width:1200px;color:#333}\n".repeat(40);
    let script = "window._track=window._track||[];_track.push(['view','<div>','/']);\n".repeat(40);
    format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">\n<title>{HEADLINE}-某某新闻网</title>\n\
         <meta name=\"keywords\" content=\"文化,遗产\"><meta name=\"description\" content=\"{PARAGRAPH}\">\n\
         <style>{style}</style>\n<script>{script}</script></head>\n"
    )
}

/// A page whose article has so many paragraphs.
fn page(paragraphs: usize) -> String {
    let text = format!("<p style=\"text-indent: 2em;\"><span>　　{PARAGRAPH}</span></p>\n");
    let picture =
        "<p align=\"center\"><img src=\"/upload/1.jpg\" alt=\"\"/></p><p>图为活动现场。</p>\n";
    let article = (0..paragraphs)
        .map(|at| {
            if at % 6 == 5 {
                [text.as_str(), picture].concat()
            } else {
                text.clone()
            }
        })
        .collect::<String>();
    [
        head(),
        "<body>\n<!-- header -->\n".to_owned(),
        links("nav clearfix", "导航", "频道", 40),
        "<div class=\"crumbs\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/news/\">新闻</a> &gt; 正文</div>\n".to_owned(),
        "<div class=\"main\"><div class=\"left\">\n".to_owned(),
        format!("<h1>{HEADLINE}</h1>\n<div class=\"info\">2021年08月17日07:15&nbsp;&nbsp;来源：某某日报 <a href=\"#\">分享</a></div>\n"),
        format!("<div class=\"article-content\">\n{article}</div>\n<div class=\"edit\">（责任编辑：某某）</div>\n"),
        links("related", "相关新闻", "外县召开会议部署工作，到会人数达到", 30),
        "</div>\n".to_owned(),
        links("sidebar rank", "点击排行", "全市上半年接待游客人次排名第", 20),
        links("sidebar hot", "图片新闻", "活动现场的图片", 20),
        "</div>\n".to_owned(),
        links("friend-links", "友情链接", "某某政府网", 60),
        "<div class=\"footer\">版权所有 某某新闻网 未经书面授权禁止使用<br>地址：某某路1号 邮编：100000</div>\n</body></html>\n".to_owned(),
    ]
    .concat()
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
