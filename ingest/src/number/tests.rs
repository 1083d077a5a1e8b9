use super::*;

type Expected<'e> = &'e [(&'e str, f64, bool)];

fn check(style: Style, cases: &[(&str, Expected<'_>)]) {
    let numerals = Numerals::load().unwrap();
    for (text, expected) in cases {
        let got: Vec<_> = numerals
            .numbers(text, style)
            .into_iter()
            .map(|number| (number.span.of(text), number.value, number.more))
            .collect();
        assert_eq!(&got, expected, "{text}");
    }
}

#[test]
fn numbers_are_read_in_full() {
    check(
        Style::Prose,
        &[
            ("1万2千元", &[("1万2千", 12_000.0, false)]),
            ("廿五人", &[("廿五", 25.0, false)]),
            ("成千上万、万人", &[("千", 1000.0, false)]),
            ("共248处", &[("248", 248.0, false)]),
            (
                "1,153件和12,5件",
                &[
                    ("1,153", 1153.0, false),
                    ("12", 12.0, false),
                    ("5", 5.0, false),
                ],
            ),
            ("991.4万人", &[("991.4万", 9_914_000.0, false)]),
            ("3.2万余人次", &[("3.2万余", 32_000.0, true)]),
            ("5800余万元", &[("5800余万", 58_000_000.0, true)]),
            ("8000多场", &[("8000多", 8000.0, true)]),
            ("1亿3千万元", &[("1亿3千万", 130_000_000.0, false)]),
            ("1亿3000万元", &[("1亿3000万", 130_000_000.0, false)]),
            ("二十三个", &[("二十三", 23.0, false)]),
            ("三千五百万元", &[("三千五百万", 35_000_000.0, false)]),
            ("两条", &[("两", 2.0, false)]),
            ("十余次", &[("十余", 10.0, true)]),
            ("一百零八人", &[("一百零八", 108.0, false)]),
            ("二〇二一年", &[("二〇二一", 2021.0, false)]),
            ("2.51万亿元", &[("2.51万亿", 2_510_000_000_000.0, false)]),
            ("四千二百万亿", &[("四千二百万亿", 4.2e15, false)]),
            ("两万两白银", &[("两万", 20_000.0, false)]),
            (
                "二两、30亿千瓦时",
                &[("二", 2.0, false), ("30亿", 3e9, false)],
            ),
            ("五亿零六", &[("五亿零六", 500_000_006.0, false)]),
            ("九万四", &[("九万四", 94_000.0, false)]),
            ("二百五", &[("二百五", 250.0, false)]),
            (
                "零点五、三点一五",
                &[("零点五", 0.5, false), ("三点一五", 3.15, false)],
            ),
            ("一点五亿元", &[("一点五亿", 150_000_000.0, false)]),
            ("十几万", &[("十几万", 100_000.0, true)]),
            ("几十万、数百", &[]),
            ("三点二十分", &[("三", 3.0, false), ("二十", 20.0, false)]),
            (
                "近万名，上亿元",
                &[("万", 10_000.0, false), ("亿", 1e8, false)],
            ),
            ("投入1000 万元", &[("1000 万", 10_000_000.0, false)]),
            (
                "投入3万2021年",
                &[("3万", 30_000.0, false), ("2021", 2021.0, false)],
            ),
            (
                "增长-3.2%，负1.1",
                &[("-3.2", -3.2, false), ("负1.1", -1.1, false)],
            ),
            (
                "2-5户，第2.1.3条",
                &[
                    ("2", 2.0, false),
                    ("5", 5.0, false),
                    ("2", 2.0, false),
                    ("1", 1.0, false),
                    ("3", 3.0, false),
                ],
            ),
        ],
    );
}

#[test]
fn formulas_and_blanks_are_read_where_numbers_are_typed_freely() {
    check(
        Style::Free,
        &[
            ("6 千 3 百", &[("6 千 3 百", 6300.0, false)]),
            ("七 十 二", &[("七 十 二", 72.0, false)]),
            (
                "3e4, 3^2, 7k",
                &[
                    ("3e4", 30_000.0, false),
                    ("3^2", 9.0, false),
                    ("7k", 7000.0, false),
                ],
            ),
            ("5km 3e", &[("5", 5.0, false), ("3", 3.0, false)]),
            (
                "1/4, 2 1/4",
                &[("1/4", 0.25, false), ("2 1/4", 2.25, false)],
            ),
            (
                "2021/3/4",
                &[
                    ("2021", 2021.0, false),
                    ("3", 3.0, false),
                    ("4", 4.0, false),
                ],
            ),
        ],
    );
}

#[test]
fn parts_have_their_denominators() {
    let numerals = Numerals::load().unwrap();
    let cases = [
        ("百分之六点五", 6.5, true, false),
        ("千分之五", 0.5, true, false),
        ("百万分之三", 0.0003, true, false),
        ("四分之三", 0.75, false, true),
        ("1又5分之1", 1.2, false, true),
    ];
    for (text, value, percent, fraction) in cases {
        let found = numerals.numbers(text, Style::Prose);
        let [one] = found.as_slice() else {
            panic!("{text}: {found:?}")
        };
        let same = (one.value - value).abs() < 1e-9;
        assert!(
            same && one.percent == percent && one.fraction == fraction,
            "{one:?}"
        );
        assert_eq!(one.span.of(text), text);
    }
}

#[test]
fn what_has_no_finite_value_is_no_number() {
    let long = "9".repeat(400);
    for text in [long.as_str(), "1e400", "0分之1", "3/0", "9^999"] {
        let numerals = Numerals::load().unwrap();
        assert_eq!(numerals.numbers(text, Style::Free), [], "{text}");
    }
}

#[test]
fn approximations_have_two_ends() {
    let numerals = Numerals::load().unwrap();
    for (text, low, high) in [
        ("三四百", 300.0, 400.0),
        ("二三十", 20.0, 30.0),
        ("七八", 7.0, 8.0),
        ("三百五六十", 350.0, 360.0),
        ("两三万", 20_000.0, 30_000.0),
    ] {
        let found = numerals.numbers(text, Style::Prose);
        let ends: Vec<_> = found.iter().map(|one| (one.low, one.value)).collect();
        assert_eq!(ends, [(Some(low), high)], "{text}");
    }
    assert_eq!(numerals.numbers("三三两两", Style::Prose), []);
}
