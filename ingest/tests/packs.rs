//! What a pack says wins over what is built in, and a faulty pack is refused with file, line and text.
#![cfg(test)]

use std::fs;

use ingest::{Ingester, KnowledgeError};
use tempfile::TempDir;

const HEADER: &str = "#! title: 试\n#! source: 自编\n#! version: 1\n#! licence: CC0-1.0\n";

/// Makes a pack of one list (path, columns and rows) and loads it.
fn load(path: &str, body: &str) -> (TempDir, Result<Ingester, KnowledgeError>) {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("{HEADER}{body}")).unwrap();
    let loaded = Ingester::new(&[dir.path().to_owned()]);
    (dir, loaded)
}

/// Gives the mentions of a text as `surface class label`, sorted by place.
fn mentions(ingester: &Ingester, text: &str) -> Vec<String> {
    let found = ingester.extract_text("a.txt", text);
    let mention = |mention: &ontology::record::Mention| {
        let entity = found
            .entities
            .iter()
            .find(|entity| entity.key == mention.entity);
        format!(
            "{} {} {}",
            mention.surface,
            mention.class,
            entity.unwrap().label
        )
    };
    found.mentions.iter().map(mention).collect()
}

const PEOPLE: &str = "#! columns: name\taliases\tkind\n";

#[test]
fn a_pack_wins() {
    let cases: [(&str, String, &str, &[&str]); 10] = [
        // An ordinary word, which the recogniser of persons would veto.
        (
            "person/figures.tsv",
            format!("{PEOPLE}高峰\t老高头\tmodel\n"),
            "会上，高峰走上台来，大家都叫他老高头。",
            &["高峰 Person 高峰", "老高头 Person 高峰"],
        ),
        // The name of a division.
        (
            "person/figures.tsv",
            format!("{PEOPLE}延安\t\tmodel\n"),
            "这天延安走上台来。",
            &["延安 Person 延安"],
        ),
        // Another class by the ending.
        (
            "program/national.tsv",
            "#! columns: name\taliases\tkind\n红军长征纪念馆\t\tbrand\n".to_owned(),
            "他们把红军长征纪念馆办到了村里。",
            &["红军长征纪念馆 Program 红军长征纪念馆"],
        ),
        // A name that is known already gets the pack's label.
        (
            "organization/known.tsv",
            "#! columns: name\taliases\tkind\n人民日报\t《人民日报》\tmedia\n".to_owned(),
            "“人民日报”发了消息。",
            &["“人民日报” Organization 人民日报"],
        ),
        // A person in the name of a site: both stand.
        (
            "person/figures.tsv",
            format!("{PEOPLE}柏松年\t\tmartyr\n"),
            "学生们来到柏松年烈士陵园。",
            &[
                "柏松年 Person 柏松年",
                "柏松年烈士陵园 RedSite 柏松年烈士陵园",
            ],
        ),
        // The longest of two names of the pack.
        (
            "redsite/known.tsv",
            "#! columns: name\taliases\tcode\n枫香坳\t\t\n枫香坳老屋\t\t341824\n".to_owned(),
            "他们先到枫香坳老屋，再到枫香坳。",
            &["枫香坳老屋 RedSite 枫香坳老屋", "枫香坳 RedSite 枫香坳"],
        ),
        // Traditional names are looked for in Simplified text.
        (
            "redsite/known.tsv",
            "#! columns: name\taliases\n楓香場\t\n".to_owned(),
            "他们来到枫香场。",
            &["枫香场 RedSite 枫香场"],
        ),
        // Vetoes, of what is built in and of what a rule finds.
        (
            "place/not_places.tsv",
            "#! columns: name\treason\n白山市\tother\n".to_owned(),
            "白山市的名字。",
            &[],
        ),
        (
            "program/not_programs.tsv",
            "#! columns: name\treason\n飞鸟行动\tname of a company\n".to_owned(),
            "大家参加了“飞鸟行动”。",
            &[],
        ),
        // No name within a word.
        (
            "place/natural.tsv",
            "#! columns: name\taliases\tkind\n李村\t\tmountain\n".to_owned(),
            "桃李村庄里开满了花。",
            &[],
        ),
    ];
    let mut faults = Vec::new();
    for (path, body, text, expected) in cases {
        let (_dir, loaded) = load(path, &body);
        let found = mentions(&loaded.unwrap(), text);
        if found != expected {
            faults.push(format!("{path}: {text}: {found:?}, not {expected:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Without a pack the texts above give something else, so the test above can fail.
#[test]
fn without_a_pack_they_are_something_else() {
    let plain = Ingester::new(&[]).unwrap();
    for (text, expected) in [
        ("会上，高峰走上台来，大家都叫他老高头。", &[][..]),
        ("他们把红军长征纪念馆办到了村里。", &["红军长征 Event 长征"]),
        ("白山市的名字。", &["白山市 Place 白山市"]),
        ("大家参加了“飞鸟行动”。", &["“飞鸟行动” Program 飞鸟行动"]),
    ] {
        assert_eq!(mentions(&plain, text), expected, "{text}");
    }
}

#[test]
fn a_faulty_pack_names_file_line_and_text() {
    let cases = [
        (
            "redsite/knwon.tsv",
            "#! columns: name\n枫香坳\n",
            "redsite/known.tsv",
        ),
        (
            "sites/known.tsv",
            "#! columns: name\n枫香坳\n",
            "no such list",
        ),
        (
            "read/page.tsv",
            "#! columns: name\tkind\nnav\tfurniture\n",
            "cannot add",
        ),
        (
            "person/figures.tsv",
            "#! columns: name\taliases\n柏松年\n",
            "figures.tsv:6: 1 fields where there are 2 columns: \"柏松年\"",
        ),
        (
            "person/figures.tsv",
            "#! columns: name\talias\n柏松年\t老柏\n",
            "no such column; there are name, aliases, kind, note: \"alias\"",
        ),
        (
            "redsite/known.tsv",
            "#! columns: name\tcode\n枫香坳\t341899\n",
            "known.tsv:6: the gazetteer has no division with this code: \"341899\"",
        ),
        (
            "redsite/heads.tsv",
            "#! columns: name\tkind\tstrength\n老屋\t旧址\tstong\n",
            "heads.tsv:6: strength is one of strong, weak: \"stong\"",
        ),
        (
            "redsite/heads.tsv",
            "#! columns: name\tkind\n老屋\t旧址\n",
            "\"strength\"",
        ),
        (
            "person/figures.tsv",
            "#! columns: name\taliases\n柏松年\t柏\n",
            "figures.tsv:6: a name of one character would be found everywhere: \"柏\"",
        ),
        (
            "person/figures.tsv",
            "#! columns: name\taliases\n柏松年\t老柏\n柏万年\t老柏\n",
            "figures.tsv:7: another row has this name: \"老柏\"",
        ),
        ("README.tsv", "", "no list"),
    ];
    let mut faults = Vec::new();
    for (path, body, part) in cases {
        let (dir, loaded) = load(path, body);
        let message = loaded.unwrap_err().to_string();
        let folder = dir.path().to_str().unwrap();
        if !message.contains(part) || !message.contains(folder) {
            faults.push(format!("{path}: {message}, not {part}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
