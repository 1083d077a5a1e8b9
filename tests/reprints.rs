//! Copies of one article, as websites print them, are found, linked and counted once.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::fs;

use support::fangzhi;

const ORIGINAL: &str = "靖宇县的老营地迎来新客人\n2021年9月3日 来源：山林日报\n\
    入秋以后，靖宇县的山路上多了背着画板的学生。县文化馆的讲解员带着他们从密营走到江边，一路讲抗联战士怎样在雪地里宿营、\
    怎样用桦树皮写信。今年以来，全县接待游客31.6万人次，开展红色宣讲468场，受众5.2万人次。\n\
    在老营地，守林人把木屋腾出来做了展室，墙上的马灯、饭盒和旧地图都是村民从家里找出来的。守林人说，东西不值钱，故事值钱。\
    县里为12处革命遗址立了新的标牌，又修了7公里步道，老人和孩子都走得稳当。\n\
    傍晚收工的时候，学生们把画好的速写贴在木屋外面，请村民来认哪一张是自己家的院子。";

/// The same, as a mirror with Traditional characters and ASCII marks shows it.
const TRADITIONAL: &str = "靖宇縣的老營地迎來新客人\n2021年9月5日 來源:某某網\n\
    入秋以後,靖宇縣的山路上多了背著畫板的學生。縣文化館的講解員帶著他們從密營走到江邊,一路講抗聯戰士怎樣在雪地裡宿營、\
    怎樣用樺樹皮寫信。今年以來,全縣接待遊客31.6萬人次,開展紅色宣講468場,受眾5.2萬人次。\n\
    在老營地,守林人把木屋騰出來做了展室,牆上的馬燈、飯盒和舊地圖都是村民從家裡找出來的。守林人說,東西不值錢,故事值錢。\
    縣裡為12處革命遺址立了新的標牌,又修了7公里步道,老人和孩子都走得穩當。\n\
    傍晚收工的時候,學生們把畫好的速寫貼在木屋外面,請村民來認哪一張是自己家的院子。\n分享讓更多人看到\n返回頂部";

const UNRELATED: &str = "柳河县的集市\n2021年9月4日\n\
    天还没有亮，柳河县的集市上已经亮起一排灯。卖山货的老人把榛子倒在麻袋上，卖豆腐的夫妻支起了热气腾腾的大锅。\
    赶集的人里有一半是从外县来的，他们要在太阳出来以前把货装上车，再赶回自己的镇上去卖。\n\
    集市管理员说，这里每逢三和八开集，一年接待游客31.6万人次，摊位从来没有空过。";

/// Damages a text as an anti-scraping proxy does: readings behind some characters, here and there
/// one lost.
fn damaged(text: &str) -> String {
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        match c {
            '學' => out.push_str("學(xué)"),
            '書' => out.push_str("書(shū)"),
            '縣' => out.push_str("縣(xiàn)"),
            _ if index % 97 == 96 && !c.is_ascii() => {}
            _ => out.push(c),
        }
    }
    out.replace("9月5日", "9月6日")
}

#[test]
fn copies_are_linked_to_the_earliest_and_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let paragraph = ORIGINAL.lines().nth(3).unwrap();
    let quoting = format!("{UNRELATED}\n集市上有人念起山林日报的一段话：\n{paragraph}");
    let files = [
        ("z-original.txt", ORIGINAL.to_owned()),
        ("traditional.txt", TRADITIONAL.to_owned()),
        ("damaged.txt", damaged(TRADITIONAL)),
        ("unrelated.txt", UNRELATED.to_owned()),
        ("quoting.txt", quoting),
    ];
    for (name, text) in &files[..4] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let (kb, input) = (elsewhere.path().join("kb"), folder.path());
    let (kb, input) = (kb.to_str().unwrap(), input.to_str().unwrap());
    fangzhi(["build", "-q", "--kb", kb, input]).success();
    let query = "SELECT ?copy ?original WHERE { ?c fz:reprintOf ?o ; fz:fileName ?copy . ?o fz:fileName ?original } ORDER BY ?copy";
    let answer = fangzhi(["query", "--kb", kb, "--format", "csv", query]).success();
    let rows: Vec<&str> = answer.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        rows,
        [
            "damaged.txt,z-original.txt",
            "traditional.txt,z-original.txt"
        ]
    );
    assert!(
        fangzhi(["info", "--kb", kb])
            .success()
            .contains("of them reprints\t2")
    );
    let csv = fangzhi(["compare", "--kb", kb, "--format", "csv"]).success();
    let lectures: Vec<&str> = csv.lines().filter(|line| line.contains(",468,")).collect();
    assert_eq!(lectures.len(), 1, "{csv}");
    assert!(
        lectures[0].contains("z-original.txt")
            && lectures[0].contains("damaged.txt|traditional.txt")
    );
    // The same value in another text is another observation.
    assert_eq!(
        csv.lines().filter(|line| line.contains(",316000,")).count(),
        2,
        "{csv}"
    );
    let shown = fangzhi(["show", "--kb", kb, "靖宇县"]).success();
    let lectures: Vec<&str> = shown
        .lines()
        .filter(|line| line.contains("468场"))
        .collect();
    assert_eq!(lectures.len(), 1, "{shown}");
    assert!(
        lectures[0].contains("z-original.txt")
            && lectures[0].ends_with("(reprinted: damaged.txt, traditional.txt)"),
        "{shown}"
    );
    assert!(!shown.contains("「開展紅色宣講468場」"), "{shown}");
    // A text that quotes a paragraph is no reprint.
    fs::write(folder.path().join(files[4].0), &files[4].1).unwrap();
    fangzhi(["build", "-q", "--kb", kb, input]).success();
    let answer = fangzhi(["query", "--kb", kb, "--format", "csv", query]).success();
    assert!(!answer.contains("quoting.txt,z-original.txt"), "{answer}");
}
