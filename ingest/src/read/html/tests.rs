//! Pages of several layouts, each with the lines that are its article.

use super::*;

const TEXT_1: &str = "记者从市里获悉，今年以来，全市修缮革命旧址12处，新建展馆3座。";
const TEXT_2: &str = "下一步，市里将继续推进保护工作，让更多人走进旧址，了解那段历史。";

fn lines(page: &str) -> Vec<String> {
    let article = read(page.as_bytes(), Hint::default()).unwrap();
    article.text.lines().map(str::to_owned).collect()
}

#[test]
fn menus_footers_and_related_articles_are_dropped() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>旧址修缮完成_某某网</title></head><body>\
         <div class='top-nav'><a href='/'>首页</a> <a href='/n'>新闻</a></div>\
         <div id=main><div class=left><h1>旧址修缮完成</h1>\
         <div class=info>2021年10月26日 来源：某某日报 <a href='#'>打印</a></div>\
         <div class=text><p>　　{TEXT_1}</p>\n<p>　　{TEXT_2}</p></div>\
         <div class=related-content><h3>相关新闻</h3><p>另一篇文章的摘要，说的是别处的事情，有标点。</p></div></div>\
         <div class=right><h3>热门</h3><ul><li><a href=1>甲地召开会议，部署工作</a></li>\
         <li><a href=2>乙地召开会议，部署工作</a></li></ul></div></div>\
         <footer>版权所有，某某网。</footer><script>var a = '，。';</script></body></html>"
    );
    assert_eq!(
        lines(&page),
        [
            "旧址修缮完成",
            "2021年10月26日 来源：某某日报 打印",
            TEXT_1,
            TEXT_2
        ]
    );
}

#[test]
fn text_parted_by_breaks_in_a_cell_of_a_layout_table() {
    let page = format!(
        "<html><body><table><tr><td><a href=1>首页</a><br><a href=2>概况，简介</a></td>\
         <td><table><tr><td><b>旧址修缮完成</b></td></tr><tr><td>　　{TEXT_1}<br>　　{TEXT_2}<br>\
         </td></tr></table></td></tr></table></body></html>"
    );
    let found = lines(&page);
    assert_eq!(
        found.iter().rev().take(2).rev().collect::<Vec<_>>(),
        [TEXT_1, TEXT_2]
    );
    assert!(!found.iter().any(|line| line.contains("首页")));
}

#[test]
fn tables_of_figures_are_lines_of_cells() {
    let page = format!(
        "<html><body><article><p>{TEXT_1}</p><table><tr><th>县</th><th>旧址</th></tr>\
         <tr><td>甲县</td><td>5处</td></tr></table><p>{TEXT_2}</p></article></body></html>"
    );
    assert_eq!(lines(&page), [TEXT_1, "县\t旧址", "甲县\t5处", TEXT_2]);
}

#[test]
fn white_space_of_the_source_is_no_text() {
    let page = "<p>第一行，\n    第二行。<span>张三</span> 李四\n Abc\n def</p><p hidden>无</p>\
                <p>多久<ruby>旧<rt>jiù</rt></ruby>址。</p>";
    let page = format!("<html><body>{page}</body></html>");
    assert_eq!(
        lines(&page),
        ["第一行，第二行。张三 李四 Abc def", "多久旧址。"]
    );
}

#[test]
fn the_head_is_metadata() {
    let page = format!(
        "<html><head><meta name=ArticleTitle content='旧址修缮完成'>\
         <meta name=PubDate content='2021-10-26 08:30'><meta name=ContentSource content='某某日报'>\
         <meta property='og:url' content='https://example.org/1.html'><title>x</title>\
         <script type='application/ld+json'>{{\"headline\":\"旧址\",\"author\":{{\"name\":\"张三\"}}}}</script>\
         </head><body><p>{TEXT_1}</p></body></html>"
    );
    let metadata = read(page.as_bytes(), Hint::default()).unwrap().metadata;
    assert_eq!(metadata.headline.as_deref(), Some("旧址修缮完成"));
    assert_eq!(metadata.published.as_deref(), Some("2021-10-26"));
    assert_eq!(metadata.publisher.as_deref(), Some("某某日报"));
    assert_eq!(metadata.authors, ["张三"]);
    assert_eq!(metadata.url.as_deref(), Some("https://example.org/1.html"));
}

#[test]
fn an_article_hidden_until_a_script_runs_is_read() {
    let page = format!(
        "<html><head><meta property='og:title' content='旧址修缮完成'></head><body>\
         <div id=img-content><h1 id=activity-name>\n 旧址修缮完成\n </h1><em>2021-11-03 10:00</em>\
         <div id=js_content style='visibility: hidden;'><section><span>{TEXT_1}</span></section>\
         <p><br></p><section>{TEXT_2}</section></div></div>\
         <div style='display:none'>不给人看的，说明。</div><div id=js_pc_qr_code>扫一扫<br>关注</div></body></html>"
    );
    assert_eq!(
        lines(&page),
        ["旧址修缮完成", "2021-11-03 10:00", TEXT_1, TEXT_2]
    );
}

#[test]
fn teasers_below_the_article_are_dropped() {
    let teasers: String = (1..4)
        .map(|n| format!("<li><strong><a href={n}>甲县建成展馆</a></strong>甲县新建展馆{n}座，迎来客流，成为去处。</li>"))
        .collect();
    let page = format!(
        "<html><head><title>旧址修缮完成--某频道--某网</title></head><body><div class=text_con><div class=text_con_left>\
         <h1>旧址修缮完成</h1><div id=rwb_zw><p>{TEXT_1}</p><p>{TEXT_2}</p><p class=editor>(责编：王某)</p></div>\
         <div class=tjyd><h3>推荐阅读</h3><ul>{teasers}</ul></div></div></div></body></html>"
    );
    assert_eq!(
        lines(&page),
        ["旧址修缮完成", TEXT_1, TEXT_2, "(责编：王某)"]
    );
}

#[test]
fn declared_encodings_are_found() {
    let cases: [(&[u8], Option<&str>); 4] = [
        (b"<html><head><meta charset=\"gb2312\">", Some("GBK")),
        (
            b"<META http-equiv=Content-Type content=\"text/html; charset=Big5\">",
            Some("Big5"),
        ),
        (
            b"<?xml version=\"1.0\" encoding='GB18030'?>",
            Some("gb18030"),
        ),
        (b"<p>charset=big5</p>", None),
    ];
    for (bytes, expected) in cases {
        assert_eq!(declared(bytes).map(Encoding::name), expected);
    }
}

#[test]
fn deep_and_broken_pages_are_read() {
    let deep = format!("<html><body>{}{TEXT_1}", "<div>".repeat(100_000));
    assert!(
        read(deep.as_bytes(), Hint::default())
            .unwrap_err()
            .to_string()
            .contains("nested")
    );
    assert_eq!(
        lines(&format!(
            "<html><p>{TEXT_1}<table><b>x</table></i><p>{TEXT_2}"
        ))
        .len(),
        2
    );
    assert!(read(b"<html></html>", Hint::default()).is_err());
}
