//! The scheme against its table of examples, and what is refused.

use super::*;

#[derive(Deserialize)]
struct Examples {
    r#match: Vec<Match>,
    no_match: Vec<NoMatch>,
}

#[derive(Deserialize)]
struct Match {
    text: String,
    unit: String,
    #[serde(default)]
    context: String,
    #[serde(default)]
    growth: bool,
    key: String,
    /// `wording` unless said otherwise.
    reason: Option<String>,
}

#[derive(Deserialize)]
struct NoMatch {
    text: String,
    unit: String,
    #[serde(default)]
    growth: bool,
    not: Option<String>,
}

#[test]
fn examples_align_as_their_table_says() {
    let scheme = Scheme::shared().unwrap();
    let examples: Examples = toml::from_str(include_str!("indicator.toml")).unwrap();
    let mut failures = Vec::new();
    for row in &examples.r#match {
        let found = scheme.explain(&row.text, &row.context, &row.unit, row.growth);
        let reason = row.reason.as_deref().unwrap_or("wording");
        let said = found.as_ref().map_or("-", |found| match found.reason {
            Reason::Wording => "wording",
            Reason::Likeness => "likeness",
        });
        let key = found.as_ref().map_or("-", |found| &found.indicator.key);
        if (key, said) != (row.key.as_str(), reason) {
            failures.push(format!(
                "{} {}: {key} ({said}), not {}",
                row.text, row.unit, row.key
            ));
        }
    }
    for row in &examples.no_match {
        let found = scheme.align(&row.text, &row.unit, row.growth);
        let found = found.map_or("-", |indicator| &indicator.key);
        if row.not.as_ref().map_or(found != "-", |key| key == found) {
            failures.push(format!("{} {}: must not be {found}", row.text, row.unit));
        }
    }
    let (count, list) = (failures.len(), failures.join("\n"));
    assert!(failures.is_empty(), "{count} rows fail:\n{list}");
}

#[test]
fn every_synonym_aligns_with_some_indicator() {
    let scheme = Scheme::shared().unwrap();
    for indicator in scheme
        .iter()
        .filter(|i| i.all.is_empty() && i.any.is_empty())
    {
        let unit = indicator.units.first().map_or("", String::as_str);
        for synonym in &indicator.synonyms {
            let found = scheme.align(synonym, unit, indicator.growth);
            assert!(found.is_some(), "{}: {synonym}", indicator.key);
        }
    }
}

/// The breadth that the scheme promises.
#[test]
fn every_theme_has_indicators_and_every_level_a_rate_of_change() {
    let scheme = Scheme::shared().unwrap();
    for theme in scheme.themes() {
        let count = scheme
            .iter()
            .filter(|i| i.theme == theme.key && !i.growth)
            .count();
        assert!(count >= 5, "{}: {count}", theme.key);
    }
    for level in scheme
        .iter()
        .filter(|i| !i.growth && i.any.is_empty() && i.all.is_empty())
    {
        let found = level
            .synonyms
            .iter()
            .find_map(|s| scheme.align(s, "%", true));
        assert!(found.is_some_and(|rate| rate.growth), "{}", level.key);
    }
}

#[test]
fn inconsistent_entries_are_refused() {
    let scheme = "[matcher]\nhead=0.5\nmodifiers=0.3\nunit=0.2\nthreshold=0.8\nmargin=0.1\nhead_length=2\n\
                  elliptical=[]\n[growth]\nkey='{}_growth'\nzh='{}增长'\nen='Growth: {}'\nunits=['%']\n\
                  [same]\n[kinds]\nratio=['%']\n[[theme]]\nkey='t'\nzh='题'\nen='T'\n";
    let entry = "[[indicator]]\nkey='a'\nzh='甲'\nen='a'\ntheme='t'\nsynonyms=['甲']\n";
    let parsed = Scheme::parse(entry, scheme).unwrap();
    assert_eq!(
        parsed.get("a_growth").map(|rate| rate.zh.as_str()),
        Some("甲增长")
    );
    for (text, message) in [
        (format!("{entry}{entry}"), "is also that of"),
        (
            format!("{entry}{}", entry.replace('甲', "乙")),
            "stands twice",
        ),
        (entry.replace("['甲']", "[]"), "`synonyms` is empty"),
        (entry.replace("en='a'", "en=' '"), "`en` is empty"),
        (entry.replace("key='a'", "key='A b'"), "lower-case"),
        (entry.replace("theme", "colour"), "unknown field"),
        (entry.replace("'t'", "'u'"), "theme `u` is not"),
        (format!("{entry}units=['斗']\n"), "unit 斗 has no kind"),
        (format!("{entry}delivers='b'\n"), "which is no indicator"),
    ] {
        let error = Scheme::parse(&text, scheme).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}
