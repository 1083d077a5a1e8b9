//! Takes mentions in one flat list, writes them as a reader marks them: the outermost in a row, those inside
//! another in its `parts`; reads both forms.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{CharSpan, Mention};

/// A mention with the mentions inside it, as it is written.
#[derive(Serialize)]
struct Outer<'m> {
    #[serde(flatten)]
    mention: &'m Mention,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Self>,
}

/// A mention with the mentions inside it, as it is read.
#[derive(Deserialize)]
struct Read {
    #[serde(flatten)]
    mention: Mention,
    #[serde(default)]
    parts: Vec<Self>,
}

/// Writes sorted mentions nested.
pub(super) fn serialize<S: Serializer>(
    mentions: &[Mention],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut sorted: Vec<&Mention> = mentions.iter().collect();
    // A mention before those that it holds; the sort is stable.
    sorted.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    nest(&sorted).serialize(serializer)
}

/// Reads mentions, nested or flat, into one list in the record's order.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Mention>, D::Error> {
    let mut mentions = Vec::new();
    let mut left: Vec<Read> = Vec::deserialize(deserializer)?;
    while let Some(read) = left.pop() {
        mentions.push(read.mention);
        left.extend(read.parts);
    }
    mentions.sort_by(|a, b| (a.span, &a.entity).cmp(&(b.span, &b.entity)));
    Ok(mentions)
}

fn nest<'m>(mut sorted: &[&'m Mention]) -> Vec<Outer<'m>> {
    let mut outer = Vec::new();
    while let Some((&mention, behind)) = sorted.split_first() {
        let inside = behind
            .iter()
            .take_while(|part| holds(mention.span, part.span))
            .count();
        let (parts, rest) = behind.split_at_checked(inside).unwrap_or((behind, &[]));
        outer.push(Outer {
            mention,
            parts: nest(parts),
        });
        sorted = rest;
    }
    outer
}

/// Tells whether a span lies in another and is shorter.
fn holds(outer: CharSpan, inner: CharSpan) -> bool {
    outer != inner && outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    use crate::record::{CharSpan, EntityClass, EntityKey, Mention};

    fn mention(start: usize, end: usize, name: &str) -> Mention {
        Mention {
            span: CharSpan { start, end },
            surface: name.to_owned(),
            class: EntityClass::Place,
            entity: EntityKey::new(EntityClass::Place, name),
            rule: "test".to_owned(),
            confidence: 0.5,
        }
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Held {
        #[serde(with = "super")]
        mentions: Vec<Mention>,
    }

    fn shape(value: &serde_json::Value) -> String {
        let one = |mention: &serde_json::Value| {
            let name = mention["surface"].as_str().unwrap();
            let parts = mention.get("parts").map(shape).unwrap_or_default();
            format!("{name}{parts}")
        };
        let names: Vec<String> = value.as_array().unwrap().iter().map(one).collect();
        format!("({})", names.join(" "))
    }

    #[test]
    fn parts_stand_inside_and_come_back() {
        // Equal spans are no parts of each other; what crosses an edge is none either.
        let held = Held {
            mentions: vec![
                mention(0, 2, "a"),
                mention(0, 6, "abc"),
                mention(1, 2, "inner"),
                mention(2, 4, "b"),
                mention(5, 8, "crosses"),
                mention(8, 9, "one"),
                mention(8, 9, "two"),
            ],
        };
        let value = serde_json::to_value(&held).unwrap();
        assert_eq!(
            shape(&value["mentions"]),
            "(abc(a(inner) b) crosses one two)"
        );
        assert_eq!(serde_json::from_value::<Held>(value).unwrap(), held);
    }

    #[test]
    fn a_flat_list_is_read_too() {
        let flat = vec![mention(0, 2, "a"), mention(0, 6, "abc")];
        let value = serde_json::json!({ "mentions": flat });
        assert_eq!(
            serde_json::from_value::<Held>(value).unwrap().mentions,
            flat
        );
    }
}
