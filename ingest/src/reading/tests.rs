use super::*;
use crate::Ingester;

fn ingester() -> &'static Ingester {
    static INGESTER: std::sync::OnceLock<Ingester> = std::sync::OnceLock::new();
    INGESTER.get_or_init(|| Ingester::new(&[]).unwrap())
}

fn reader() -> Reader<'static> {
    Reader::new(ingester().knowledge()).unwrap()
}

fn check<T: std::fmt::Debug>(
    read: impl Fn(&str) -> Vec<Reading<T>>,
    show: impl Fn(&T) -> String,
    cases: &[(&str, &[&str])],
) {
    for (text, expected) in cases {
        let got: Vec<String> = read(text).iter().map(|one| show(&one.value)).collect();
        assert_eq!(got, *expected, "{text}");
    }
}

#[test]
fn numbers_are_no_parts_of_words() {
    let reader = reader();
    check(
        |text| reader.numbers(text),
        f64::to_string,
        &[
            ("四川有三座山", &["3"]),
            ("一切都好，登陆部队", &[]),
            ("貳佰零柒", &["207"]),
            ("７ 千 ５ 百", &["7500"]),
            ("三打鸡蛋", &["36"]),
            ("增长了5%", &[]),
        ],
    );
}

#[test]
fn ordinals_and_shares_are_read() {
    let reader = reader();
    check(
        |text| reader.ordinals(text),
        f64::to_string,
        &[("第三十二届，第2名", &["32", "2"]), ("三十二届", &[])],
    );
    check(
        |text| reader.percents(text),
        f64::to_string,
        &[
            ("打六折，打对折", &["60", "50"]),
            ("八五折、七点五折", &["85", "75"]),
            ("四成三、两成半", &["43", "25"]),
            ("百分之十二点五，3‰", &["12.5", "0.3"]),
            ("提高二十个百分点", &["20"]),
            ("成立三十年，三折页，?a=%20b", &[]),
        ],
    );
}

#[test]
fn ranges_have_ends() {
    let reader = reader();
    let end = |end: Option<End>| {
        end.map_or(String::new(), |end| {
            format!("{}{:?}", end.value, end.included)
        })
    };
    let cases = [
        ("大于三十", "30Some(false)", ""),
        ("不超过40元", "", "40Some(true)"),
        ("30到50个", "30Some(true)", "50None"),
        ("七十人以上", "70None", ""),
        ("高于6并且低于9", "6Some(false)", "9Some(false)"),
        ("二十几", "20Some(false)", ""),
        ("三四百", "300Some(true)", "400Some(true)"),
        ("比9大", "9Some(false)", ""),
    ];
    for (text, lower, upper) in cases {
        let got = reader.ranges(text);
        let [one] = got.as_slice() else {
            panic!("{text}: {got:?}")
        };
        assert_eq!(
            (end(one.value.lower), end(one.value.upper)),
            (lower.to_owned(), upper.to_owned()),
            "{text}"
        );
    }
    assert_eq!(reader.ranges("买了50个").len(), 0);
}

#[test]
fn amounts_have_units() {
    let reader = reader();
    check(
        |text| reader.amounts(text),
        |amount| format!("{} {} {}", amount.value, amount.unit, amount.currency),
        &[
            ("三千克苹果，12千瓦", &["3 千克 ", "12 千瓦 "]),
            ("两斤半", &["2.5 斤 "]),
            (
                "人民币70元，$3，￥9",
                &["70 元 CNY", "3 美元 USD", "9 元 CNY"],
            ),
            ("6元4角", &["6.4 元 CNY"]),
            ("7英镑，8人", &["7 英镑 GBP"]),
            ("九宝箱", &[]),
        ],
    );
}

#[test]
fn times_are_told_from_a_day() {
    let reader = reader();
    check(
        |text| reader.times(text, Some((2021, 9, 15))),
        String::clone,
        &[
            ("昨天，大后天", &["2021-09-14", "2021-09-18"]),
            ("上周五和下下周", &["2021-09-10", "2021-09-27/2021-10-03"]),
            ("上个月，本月三日", &["2021-08", "2021-09-03"]),
            ("2017年以前", &["../2016"]),
            ("2017年3月1日之后", &["2017-03-02/.."]),
            ("截至2020年", &["../2020"]),
            ("二〇一九年下半年", &["2019-07/2019-12"]),
            ("道光二十年", &["1840"]),
            ("八十年代", &["1980/1989"]),
            ("2021年2月30日，2021年13月", &[]),
            ("10天前", &["2021-09-05"]),
            ("2020年的第四个月", &["2020-04"]),
            ("2020-02-29", &["2020-02-29"]),
            ("电话0431-85093400", &[]),
        ],
    );
    assert_eq!(reader.times("今年", None).len(), 0);
}
