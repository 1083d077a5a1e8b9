//! That the data are whole, and that the automaton finds what a naive scan finds.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gazetteer, NameForm};
use crate::record::{PlaceLevel, Span};

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::shared().unwrap()
}

fn codes(name: &str) -> Vec<&str> {
    gazetteer()
        .by_name(name)
        .iter()
        .map(|division| division.code.as_str())
        .collect()
}

#[test]
fn every_level_is_whole() {
    let mut counts: BTreeMap<PlaceLevel, usize> = BTreeMap::new();
    for division in gazetteer().divisions() {
        *counts.entry(division.level).or_default() += 1;
    }
    assert_eq!(counts[&PlaceLevel::Country], 1);
    assert_eq!(counts[&PlaceLevel::Province], 34);
    assert!(counts[&PlaceLevel::Prefecture] >= 330, "{counts:?}");
    assert!(counts[&PlaceLevel::County] >= 2_800, "{counts:?}");
    let below = counts[&PlaceLevel::Township] + counts[&PlaceLevel::Zone];
    assert!(below >= 40_000, "{counts:?}");
}

#[test]
fn every_division_lies_in_a_province_of_the_country() {
    for division in gazetteer().divisions() {
        assert!(
            gazetteer().is_within(&division.code, "100000"),
            "{division:?}"
        );
        let province = gazetteer().province_of(&division.code);
        assert_eq!(
            province.is_none(),
            division.level == PlaceLevel::Country,
            "{division:?}"
        );
        let digits = if division.code.len() == 9 { 9 } else { 6 };
        assert_eq!(division.code.len(), digits);
    }
}

#[test]
fn every_name_leads_back_to_its_division() {
    for division in gazetteer().divisions() {
        for name in std::iter::once(&division.name).chain(&division.shorts) {
            assert!(codes(name).contains(&division.code.as_str()), "{name}");
            assert!(name.chars().count() >= 2, "{name}");
        }
    }
}

#[test]
fn quirks_of_the_source_are_mended() {
    let parent = |code: &str| gazetteer().by_code(code).unwrap().parent.clone().unwrap();
    assert_eq!(parent("469021"), "460000", "定安县");
    assert_eq!(parent("429004"), "420000", "仙桃市");
    assert_eq!(parent("110105"), "110000", "朝阳区");
    assert_eq!(parent("500229"), "500000", "城口县");
    assert_eq!(parent("441900003"), "441900", "东莞's streets");
    assert_eq!(parent("620201001"), "620200", "嘉峪关's streets");
    assert!(gazetteer().by_code("620201").is_none());
    assert_eq!(
        gazetteer().by_code("220171").unwrap().level,
        PlaceLevel::Zone
    );
    assert_eq!(codes("市辖区"), [""; 0]);
}

#[test]
fn names_in_every_form() {
    assert_eq!(codes("延边州"), ["222400"]);
    assert_eq!(codes("内蒙"), ["150000"]);
    assert_eq!(
        codes("吉林"),
        ["220000"],
        "the city's short name would hide the province"
    );
    assert_eq!(codes("襄樊市"), ["420600"]);
    assert!(codes("鼓楼区").len() >= 4);
    assert!(codes("城关镇").len() >= 50);
    assert_eq!(codes("靖宇"), ["220622"]);
    assert!(codes("左旗").is_empty());
    assert!(gazetteer().by_name_form("襄樊", NameForm::Full).is_empty());
    assert_eq!(
        gazetteer().by_name_form("襄樊", NameForm::Former)[0].name,
        "襄阳市"
    );
    assert_eq!(
        gazetteer().by_name("没有此地"),
        Vec::<&super::Division>::new()
    );
}

/// Name, year of a document, code of the division that bore the name then.
const AS_OF: [(&str, u16, &str); 16] = [
    ("襄樊市", 2008, "420600"),
    ("襄阳市", 2015, "420600"),
    ("襄阳县", 1999, "420607"),
    ("襄阳区", 2005, "420607"),
    ("临汾市", 1998, "141002"),
    ("临汾市", 2018, "141000"),
    ("黄山市", 1985, "341003"),
    ("黄山市", 1990, "341000"),
    ("淮安市", 1998, "320803"),
    ("淮安市", 2010, "320800"),
    ("淮阴市", 1998, "320800"),
    ("通什市", 1995, "469001"),
    ("鄞县", 1995, "330212"),
    ("达川地区", 1996, "511700"),
    ("喜桂图旗", 1982, "150782"),
    ("遵义市", 1990, "520302"),
];

#[test]
fn a_name_means_what_it_meant_in_its_year() {
    let mut wrong = Vec::new();
    for (name, year, code) in AS_OF {
        let bearers: Vec<&str> = codes(name)
            .into_iter()
            .filter(|code| gazetteer().period(name, code).holds(year))
            .collect();
        if bearers != [code] {
            wrong.push((name, year, bearers));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn counties_and_above_have_a_point_near_the_one_above() {
    let mut without = 0;
    for division in gazetteer().divisions() {
        if matches!(
            division.level,
            PlaceLevel::Province | PlaceLevel::Prefecture | PlaceLevel::County
        ) {
            let Some(point) = division.point else {
                without += 1;
                continue;
            };
            let above = gazetteer().ancestors(&division.code);
            let far = above.first().and_then(|above| above.point);
            let far = far.map_or(0.0, |above| above.distance_km(point));
            // 南沙 from 三沙, 喀什 from 乌鲁木齐.
            assert!(far < 1_200.0, "{division:?} {far}");
        }
    }
    assert!(without <= 25, "{without}");
}

#[test]
fn points_are_wgs84() {
    // Well-known points by their published WGS-84 coordinates; a kilometre and a half, since a seat is
    // no point. GCJ-02 would be off by half a kilometre more, BD-09 by one.
    for (code, longitude, latitude) in [
        ("110000", 116.3975, 39.9087),
        ("310000", 121.4692, 31.2323),
        ("650100", 87.6168, 43.8256),
    ] {
        let point = gazetteer().by_code(code).unwrap().point.unwrap();
        let known = super::Point {
            longitude,
            latitude,
        };
        let far = point.distance_km(known);
        assert!(far < 1.5, "{code} {far}");
    }
}

#[test]
fn abbreviations_and_ambiguous_names() {
    let province = |character| gazetteer().abbreviation(character).unwrap().name.as_str();
    assert_eq!(
        ['黔', '贵', '沪', '陕'].map(province),
        ["贵州省", "贵州省", "上海市", "陕西省"]
    );
    assert!(gazetteer().abbreviation('市').is_none());
    for name in ["朝阳", "资源", "公安", "靖宇", "太湖"] {
        assert!(gazetteer().is_ambiguous_short(name), "{name}");
    }
    assert!(!gazetteer().is_ambiguous_short("恩施"));
}

#[test]
fn relations_between_divisions() {
    let (county, city) = (gazetteer().by_code("220622").unwrap(), "220600");
    assert!(gazetteer().is_within(&county.code, city));
    assert!(gazetteer().is_within(city, city));
    assert!(!gazetteer().is_within(city, &county.code));
    assert!(!gazetteer().is_within("999999", "999999"));
    assert_eq!(gazetteer().province_of("110000").unwrap().name, "北京市");
    assert_eq!(gazetteer().key(county).as_str(), "place/220622");
    assert!(gazetteer().ancestors("999999").is_empty());
}

/// A reproducible stream of numbers (Knuth's MMIX generator), so that a failure can be repeated.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn automaton_finds_what_a_naive_scan_finds() {
    let gazetteer = gazetteer();
    let names: BTreeSet<&str> = gazetteer.names.iter().copied().collect();
    let filler = ["的", "在", "ab", "，", "𠮷", "市", "新"];
    let mut numbers = Numbers(20_211_124);
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..8 {
            text.push_str(gazetteer.names[numbers.below(gazetteer.names.len())]);
            text.push_str(filler[numbers.below(filler.len())]);
        }
        let bounds: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let mut expected = BTreeSet::new();
        for (index, &start) in bounds.iter().enumerate() {
            for &end in bounds.iter().skip(index + 1).take(30) {
                if names.contains(Span::new(start, end).of(&text)) {
                    expected.insert(Span::new(start, end));
                }
            }
        }
        let found: BTreeSet<Span> = gazetteer
            .find_overlapping(&text)
            .map(|name| name.span)
            .collect();
        assert_eq!(found, expected, "{text}");
        for name in gazetteer.find_overlapping(&text) {
            let bearers = gazetteer.by_name_form(name.span.of(&text), name.form);
            assert_eq!(name.divisions(), bearers);
            assert!(!bearers.is_empty());
        }
    }
}

#[test]
fn every_division_is_found_by_its_code_and_nothing_by_a_part_of_one() {
    let gazetteer = Gazetteer::shared().unwrap();
    let mut count = 0;
    for division in gazetteer.divisions() {
        assert_eq!(gazetteer.by_code(&division.code), Some(division));
        count += 1;
    }
    assert!(count > 40_000);
    for code in [
        "",
        "22",
        "22062",
        "220622x",
        "2206221000",
        "二二〇六",
        "220622 ",
    ] {
        assert_eq!(gazetteer.by_code(code), None, "{code}");
    }
}
