//! The format's rules, and that every file shipped keeps them.

use super::{Table, files, table};

const HEADER: &str = "#! title: 试\n#! source: 自编\n#! version: 1\n#! licence: MIT\n";

fn parse(body: &str) -> Result<Table, String> {
    let text = format!("{HEADER}#! columns: name\tkinds\n{body}");
    Table::parse("试.tsv", &text).map_err(|error| error.to_string())
}

#[test]
fn every_shipped_file_parses() {
    let faults: Vec<String> = files()
        .iter()
        .filter_map(|(path, _)| table(path).err())
        .map(|error| format!("ontology/lexicon/{error}"))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn paths_are_sorted_and_relative() {
    assert!(files().is_sorted_by(|one, two| one.0 < two.0));
    assert!(
        files()
            .iter()
            .all(|(path, _)| path.ends_with(".tsv") && !path.starts_with('/'))
    );
}

#[test]
fn rows_lists_and_comments() {
    let table = parse("# 注\n#\n白山\t市|山\n延边\t\n").unwrap();
    let names: Vec<&str> = table.rows().map(|row| row.get("name")).collect();
    assert_eq!(names, ["白山", "延边"]);
    let lists: Vec<Vec<&str>> = table
        .rows()
        .map(|row| row.list("kinds").collect())
        .collect();
    assert_eq!(lists, [vec!["市", "山"], vec![]]);
    let lines: Vec<usize> = table.rows().map(super::Row::line).collect();
    assert_eq!(lines, [8, 9]);
    assert_eq!((table.len(), table.header("licence")), (2, Some("MIT")));
    assert!(table.require(&["name", "kinds"]).is_ok());
    assert!(
        table
            .require(&["姓"])
            .unwrap_err()
            .to_string()
            .starts_with("试.tsv:0: ")
    );
}

#[test]
fn each_fault_names_file_line_and_text() {
    let cases = [
        (
            "白山\n",
            "试.tsv:6: 1 fields where there are 2 columns: \"白山\"",
        ),
        (
            "白山\t市\t省\n",
            "试.tsv:6: 3 fields where there are 2 columns: ",
        ),
        (
            "白山\t市\n白山\t市\n",
            "试.tsv:7: this row stands here twice: ",
        ),
        ("\t市\n", "试.tsv:6: the first field is empty: "),
        (
            "白山 \t市\n",
            "试.tsv:6: a blank at the end of a field: \"白山 \"",
        ),
        (
            "白山\t\u{3000}市\n",
            "试.tsv:6: a blank at the end of a field: ",
        ),
        ("白山\t市\r\n", "试.tsv:6: a blank at the end of a field: "),
        ("白山\t市||山\n", "试.tsv:6: an empty value in a list: "),
        ("\n", "试.tsv:6: empty line"),
        ("#白山\t市\n", "试.tsv:6: a comment begins with `# `: "),
        (
            "白山\t市\n#! note: 迟\n",
            "试.tsv:7: header lines stand before all rows: ",
        ),
        (
            "#! title: 再\n",
            "试.tsv:6: this header key stands here twice: ",
        ),
        ("#! title\n", "试.tsv:6: a header line is `#! key: value`: "),
    ];
    for (body, expected) in cases {
        let message = parse(body).unwrap_err();
        assert!(message.starts_with(expected), "{body:?} gives {message}");
    }
}

#[test]
fn header_must_be_whole() {
    let message = |text: &str| Table::parse("a.tsv", text).unwrap_err().to_string();
    assert_eq!(
        message(""),
        "a.tsv:0: this header key is missing: \"title\""
    );
    assert!(message("白山\n").starts_with("a.tsv:1: a row before the header line"));
    assert!(message(HEADER).ends_with("missing: \"columns\""));
    let twice = format!("{HEADER}#! columns: a\ta\n");
    assert!(message(&twice).starts_with("a.tsv:5: columns are distinct names"));
}

#[test]
fn unknown_path_is_an_error() {
    assert_eq!(table("无.tsv").unwrap_err().line, 0);
}
