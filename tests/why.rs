//! `fangzhi show --why A B`: the rule and the words behind each merge, and what keeps two things apart.
#![cfg(test)]

#[expect(dead_code, reason = "other tests use the example knowledge base")]
mod support;

use std::fs;

use support::{Run, fangzhi};
use tempfile::TempDir;

/// A knowledge base of some documents.
struct Kb(TempDir);

impl Kb {
    fn build(documents: &[(&str, &str)]) -> Self {
        let kb = Self(TempDir::new().unwrap());
        for (name, text) in documents {
            fs::write(kb.0.path().join(name), text).unwrap();
        }
        let inputs = documents.iter().map(|(name, _)| kb.path(name));
        let start = ["build", "-q", "--kb"].map(str::to_owned);
        fangzhi(start.into_iter().chain([kb.path("kb")]).chain(inputs)).success();
        kb
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn why(&self, a: &str, b: &str) -> Run {
        fangzhi(["show", "--kb", &self.path("kb"), "--why", a, b])
    }
}

/// A person of this name in a county of each of two provinces.
const NAMESAKES: [(&str, &str); 2] = [
    (
        "jilin.txt",
        "靖宇县工作动态\n2021年3月6日\n靖宇县隶属吉林省白山市。靖宇县委书记赵德发到靖宇县各乡镇走访，赵德发说，靖宇县要办好实事。",
    ),
    (
        "yunnan.txt",
        "腾冲市工作动态\n2021年3月6日\n腾冲市隶属云南省保山市。腾冲市委书记赵德发到腾冲市各乡镇走访，赵德发说，腾冲市要办好实事。",
    ),
];

#[test]
fn namesakes_of_two_provinces_are_two_persons() {
    let kb = Kb::build(&NAMESAKES);
    let told = kb.why("赵德发", "赵德发").success();
    let apart = told.split("\n\n").find(|part| part.contains('≠')).unwrap();
    for part in [
        "赵德发@220000",
        "赵德发@530000",
        "cannot-link.disambiguator",
        "jilin.txt#char=",
        "yunnan.txt#char=",
    ] {
        assert!(apart.contains(part), "{part} is missing: {told}");
    }
}

/// Two counties of one province, a post in each; a third document that repeats one of the posts; and one
/// that tells of a move from one to the other.
const OFFICIALS: [(&str, &str); 4] = [
    (
        "jingyu.txt",
        "靖宇县工作动态\n2021年3月6日\n靖宇县隶属吉林省白山市。靖宇县委书记赵德发到靖宇县各乡镇走访，赵德发说，靖宇县要办好实事。",
    ),
    (
        "dunhua.txt",
        "敦化市工作动态\n2021年3月6日\n敦化市隶属吉林省延边州。敦化市委书记赵德发到敦化市各乡镇走访，赵德发说，敦化市要办好实事。",
    ),
    (
        "again.txt",
        "靖宇县召开会议\n2021年5月6日\n靖宇县委书记赵德发主持召开靖宇县委会议，赵德发要求靖宇县各部门抓好落实。",
    ),
    (
        "moved.txt",
        "敦化市干部大会\n2021年9月6日\n敦化市委书记赵德发在敦化市的大会上讲话。赵德发曾任靖宇县委书记。靖宇县委书记赵德发为敦化市带来了经验。",
    ),
];

#[test]
fn officials_of_two_counties_are_two_persons() {
    let kb = Kb::build(OFFICIALS.get(..3).unwrap());
    let told = kb.why("赵德发", "赵德发").success();
    for part in [
        "person/赵德发@220622",
        "person/赵德发@222403",
        "cannot-link.disambiguator",
        "again.txt#char=",
    ] {
        assert!(told.contains(part), "{part} is missing: {told}");
    }
    assert!(!told.contains("person/赵德发@220000"), "{told}");
}

#[test]
fn a_document_that_tells_of_a_move_joins_the_posts() {
    let kb = Kb::build(&OFFICIALS);
    let told = kb.why("赵德发", "赵德发").success();
    assert!(!told.contains("cannot-link.disambiguator"), "{told}");
}

/// Each county says where its own cemetery is.
const CEMETERIES: [(&str, &str); 2] = [
    (
        "jingyu.txt",
        "靖宇县清明祭扫\n2021年4月5日\n靖宇县隶属吉林省白山市。赵德发烈士陵园位于靖宇县东山。靖宇县的学生来到赵德发烈士陵园祭扫。",
    ),
    (
        "fusong.txt",
        "抚松县清明祭扫\n2021年4月5日\n抚松县隶属吉林省白山市。赵德发烈士陵园位于抚松县西山。抚松县的学生来到赵德发烈士陵园祭扫。",
    ),
];

#[test]
fn sites_of_one_name_in_two_counties_are_two() {
    let kb = Kb::build(&CEMETERIES);
    let told = kb.why("赵德发烈士陵园", "赵德发烈士陵园").success();
    for part in [
        "redsite/赵德发烈士陵园@220622",
        "redsite/赵德发烈士陵园@220621",
        "cannot-link.disambiguator",
    ] {
        assert!(told.contains(part), "{part} is missing: {told}");
    }
}

#[test]
fn names_of_one_thing_and_of_different_things() {
    let kb = Kb::build(&NAMESAKES);
    let told = kb.why("靖宇县委", "县委").success();
    assert!(told.contains("= one entity"), "{told}");
    let told = kb.why("靖宇县", "赵德发").success();
    assert!(told.contains("≠ two entities"), "{told}");
    assert!(told.contains("cannot-link.class"), "{told}");
    assert!(told.contains("no-evidence"), "{told}");
}

#[test]
fn an_unknown_name_or_one_name_alone() {
    let kb = Kb::build(&NAMESAKES[..1]);
    for run in [
        kb.why("赵德发", "乌有氏"),
        fangzhi(["show", "--kb", &kb.path("kb"), "--why", "赵德发"]),
        fangzhi(["show", "--kb", &kb.path("kb")]),
        fangzhi([
            "show",
            "--kb",
            &kb.path("kb"),
            "赵德发",
            "--why",
            "赵德发",
            "赵德发",
        ]),
    ] {
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    }
    let run = kb.why("赵德发", "乌有氏");
    assert!(run.stderr.contains("乌有氏"), "{}", run.stderr);
}
