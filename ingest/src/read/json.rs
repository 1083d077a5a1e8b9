//! Takes decoded JSON or JSON Lines, returns a row for each object with a text.

use serde_json::{Deserializer, Map, Value};

use super::decode::Decoded;
use super::error::ReadError;
use super::options::Options;
use super::row::{Columns, Row, Rows};

/// Levels of objects and arrays in which objects with a text are looked for.
const MAX_LEVEL: usize = 4;

/// Reads one object, an array of objects, an object that holds such an array, or several of these
/// one after another.
///
/// # Errors
/// [`ReadError::Broken`] where it is no JSON, [`ReadError::NoTextColumn`] where no object has a text.
pub(crate) fn rows(decoded: Decoded, options: &Options) -> Result<Rows, ReadError> {
    let mut found = Vec::new();
    let mut keys = None;
    for (index, value) in Deserializer::from_str(&decoded.text)
        .into_iter::<Value>()
        .enumerate()
    {
        let value = match value {
            Ok(value) => value,
            Err(cause) if found.is_empty() => return Err(ReadError::broken("json", cause)),
            Err(cause) => {
                found.push(Err(("#end".to_owned(), ReadError::broken("json", cause))));
                break;
            }
        };
        let place = if index == 0 {
            String::new()
        } else {
            format!("#{}", index + 1)
        };
        search(&value, &place, 0, &decoded, options, &mut found, &mut keys);
    }
    if found.is_empty() {
        let found = keys.unwrap_or_else(|| "none".to_owned());
        return Err(ReadError::NoTextColumn { found });
    }
    Ok(found)
}

fn search(
    value: &Value,
    place: &str,
    level: usize,
    decoded: &Decoded,
    options: &Options,
    found: &mut Rows,
    keys: &mut Option<String>,
) {
    if level > MAX_LEVEL {
        return;
    }
    let below = |key: &str| {
        if place.contains('#') {
            format!("{place}/{key}")
        } else {
            format!("#/{key}")
        }
    };
    match value {
        Value::Object(object) => match row(object, place, decoded, options) {
            Err(ReadError::NoTextColumn { found: names }) => {
                for (key, value) in object {
                    search(value, &below(key), level + 1, decoded, options, found, keys);
                }
                keys.get_or_insert(names);
            }
            Ok(row) => found.push(Ok(row)),
            Err(error) => found.push(Err((place.to_owned(), error))),
        },
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                search(
                    value,
                    &below(&index.to_string()),
                    level + 1,
                    decoded,
                    options,
                    found,
                    keys,
                );
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Reads one object a line; a bad line is a fault of its own.
pub(crate) fn line_rows(decoded: Decoded, options: &Options) -> Rows {
    let lines = decoded
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            let place = format!("#line={}", index + 1);
            serde_json::from_str::<Map<String, Value>>(line)
                .map_err(|cause| ReadError::broken("jsonl", cause))
                .and_then(|object| row(&object, &place, &decoded, options))
                .map_err(|error| (place, error))
        })
        .collect()
}

/// Makes a row of an object.
pub(crate) fn row(
    object: &Map<String, Value>,
    place: &str,
    decoded: &Decoded,
    options: &Options,
) -> Result<Row, ReadError> {
    // A value that is no text, such as an object, fills no field, and its key does not count.
    let filled: Vec<_> = object
        .iter()
        .filter_map(|(key, value)| Some((key, plain(value)?)))
        .collect();
    let names: Vec<String> = filled.iter().map(|(key, _)| (*key).clone()).collect();
    let cells: Vec<String> = filled.into_iter().map(|(_, value)| value).collect();
    let row = Columns::new(&names, options)?.row(place.to_owned(), &cells)?;
    Ok(row.decoded_as(decoded))
}

/// Gives a value as text: strings, numbers, lists of strings (authors, paragraphs) as lines, and
/// the name of an object that has one (an author, a publisher).
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values)
            if values
                .iter()
                .all(|value| value.is_string() || value.is_object()) =>
        {
            let parts: Option<Vec<_>> = values.iter().map(named).collect();
            parts
                .filter(|parts| !parts.is_empty())
                .map(|parts| parts.join("\n"))
        }
        Value::Object(_) => named(value),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

fn named(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => object.get("name")?.as_str().map(str::to_owned),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Decoded {
        Decoded {
            text: text.to_owned(),
            encoding: "UTF-8",
            certainty: 1.0,
        }
    }

    #[test]
    fn objects_are_found_where_they_are() {
        let options = Options::default();
        let cases = [
            (r#"{"text":"甲","id":7}"#, vec![("", Some("7"))]),
            (
                r#"[{"content":"甲"},{"content":"乙"}]"#,
                vec![("#/0", None), ("#/1", None)],
            ),
            (
                r#"{"data":{"items":[{"body":"甲"}]}}"#,
                vec![("#/data/items/0", None)],
            ),
            (
                "{\"text\":\"甲\"}\n{\"text\":\"乙\"}",
                vec![("", None), ("#2", None)],
            ),
        ];
        for (text, expected) in cases {
            let found = rows(decoded(text), &options).unwrap();
            let found: Vec<_> = found.iter().map(|row| row.as_ref().unwrap()).collect();
            let found: Vec<_> = found
                .iter()
                .map(|row| (row.place.as_str(), row.id.as_deref()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
        assert!(
            rows(decoded("{\"colour\":1}"), &options)
                .unwrap_err()
                .to_string()
                .contains("colour")
        );
        assert!(rows(decoded("{"), &options).is_err());
    }

    #[test]
    fn a_bad_line_does_not_end_the_file() {
        let text =
            "{\"text\":\"甲\",\"author\":[\"张三\",\"李四\"]}\nnonsense\n{\"text\":\"乙\"}\n";
        let found = line_rows(decoded(text), &Options::default());
        assert_eq!(
            found[0].as_ref().unwrap().article.metadata.authors,
            ["张三", "李四"]
        );
        assert_eq!(found[1].as_ref().unwrap_err().0, "#line=2");
        assert!(found[2].is_ok());
    }
}
