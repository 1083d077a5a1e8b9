//! Layouts of articles and what is read from them.

use super::*;

struct Case {
    text: &'static str,
    headline: Option<&'static str>,
    published: Option<&'static str>,
    publisher: Option<&'static str>,
    bylines: &'static [&'static str],
    speakers: usize,
}

const BODY: &str = "日前，这里的河水涨了起来，两岸的人们忙着把粮食搬到高处，孩子们在堤上看船，谁也没有想到雨还会再下七天。";

fn check(case: &Case) {
    let text = case.text.replace("BODY", BODY);
    let got = Structure::read(&text, &Labels::load().unwrap());
    assert_eq!(got.headline.map(|span| span.of(&text)), case.headline, "headline of {text}");
    assert_eq!(got.published.map(Date::iso).as_deref(), case.published, "date of {text}");
    assert_eq!(got.publisher.map(|span| span.of(&text)), case.publisher, "publisher of {text}");
    let bylines: Vec<_> = got.bylines.iter().map(|span| span.of(&text)).collect();
    assert_eq!(bylines, case.bylines, "bylines of {text}");
    assert_eq!(got.speakers.len(), case.speakers, "speakers of {text}");
    assert!(got.sentences.iter().any(|sentence| BODY.starts_with(sentence.span.of(&text))));
}

#[test]
fn layouts_are_read() {
    let cases = [
        Case {
            text: "某网>>地方频道\n大河涨水以后的十天十夜\n张三丰 李四\n2021年12月08日13:53 | 来源：某网-地方频道\n小字号\nBODY\n（责编：王五）\n分享让更多人看到",
            headline: Some("大河涨水以后的十天十夜"),
            published: Some("2021-12-08"),
            publisher: Some("某网-地方频道"),
            bylines: &["张三丰 李四"],
            speakers: 0,
        },
        Case {
            text: "河边的人们\n■ 本报记者 张三 通讯员 李四\nBODY\n（某报某城10月26日电）\nBODY2021年的事。",
            headline: Some("河边的人们"),
            published: Some("2021-10-26"),
            publisher: None,
            bylines: &["■ 本报记者 张三 通讯员 李四"],
            speakers: 0,
        },
        Case {
            text: "问：水退了吗？BODY\n答：BODY\n问：后来呢？BODY\n答：BODY",
            headline: None,
            published: None,
            publisher: None,
            bylines: &[],
            speakers: 4,
        },
        Case {
            text: "某县人民政府工作报告\n时间：2022-01-05 来源：政府网\n某县县长 张三\nBODY\n本报讯（记者 李四）BODY",
            headline: Some("某县人民政府工作报告"),
            published: Some("2022-01-05"),
            publisher: Some("政府网"),
            bylines: &["某县县长 张三", "记者 李四"],
            speakers: 0,
        },
    ];
    for case in &cases {
        check(case);
    }
}

#[test]
fn furniture_yields_no_sentence() {
    let text = format!("首页\n当前位置：首页 > 新闻 > 正文\n标题在这里\n{BODY}\n上一篇：别的事\n返回顶部");
    let got = Structure::read(&text, &Labels::load().unwrap());
    let sentences: Vec<_> = got.sentences.iter().map(|s| s.span.of(&text)).collect();
    assert_eq!(sentences, ["标题在这里", BODY]);
}
