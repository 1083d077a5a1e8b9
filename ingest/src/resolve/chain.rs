//! Places written one behind the other, each in the one before (四川省成都市, 日本东京): takes the mentions
//! of a document, returns the span of each as a reader marks it. The last place's mention spans the whole
//! chain.

use ontology::record::{EntityClass, PlaceLevel, Span};

use super::{Resolution, Resolved};
use crate::knowledge::List;
use crate::segment::Segmented;

/// What is known of a place by its mention.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind<'r> {
    /// A division of the gazetteer, with its code.
    Division(&'r str),
    /// A continent or the like.
    Continent,
    /// Another country.
    Country,
    /// Any other place.
    Other,
}

/// Gives a span for each mention of a document, in their order.
pub(crate) fn chained(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = resolution.mentions.iter().map(|one| one.span).collect();
    // The chain's start, and the mention that ends it so far.
    let mut chain: Option<(usize, &Resolved)> = None;
    for (found, span) in resolution.mentions.iter().zip(&mut spans) {
        if found.nested || found.class != EntityClass::Place {
            continue;
        }
        let start = chain
            .filter(|(_, last)| last.span.end == found.span.start)
            .filter(|(_, last)| holds(text, resolution, last, found))
            .map_or(found.span.start, |(start, _)| start);
        chain = Some((start, found));
        span.start = start;
    }
    middle(&resolution.mentions, &mut spans);
    spans
}

/// Gives those inside a chain their own spans back.
fn middle(mentions: &[Resolved], spans: &mut [Span]) {
    let mut until = None;
    for (found, span) in mentions.iter().zip(spans).rev() {
        if until.is_some_and(|start| found.span.start >= start && found.class == EntityClass::Place)
        {
            *span = found.span;
        } else if span.start < found.span.start {
            until = Some(span.start);
        }
    }
}

/// Tells whether a place directly behind another lies in it, as far as is known.
fn holds(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    upper: &Resolved,
    lower: &Resolved,
) -> bool {
    match (kind(text, upper), kind(text, lower)) {
        (Kind::Division(above), Kind::Division(code)) => {
            code != above && text.knowledge.gazetteer.is_within(code, above)
        }
        (Kind::Continent, Kind::Country | Kind::Other)
        | (Kind::Country | Kind::Division(_), Kind::Other) => true,
        (Kind::Continent | Kind::Country | Kind::Other, Kind::Division(_))
        | (Kind::Country | Kind::Division(_) | Kind::Other, Kind::Country)
        | (_, Kind::Continent) => false,
        // 俄亥俄州萨米特县; but of two rivers or ranges none holds the other.
        (Kind::Other, Kind::Other) => {
            is_settled(resolution, upper) && is_settled(resolution, lower)
        }
    }
}

fn is_settled(resolution: &Resolution<'_>, found: &Resolved) -> bool {
    let level = resolution
        .entities
        .get(&found.key)
        .and_then(|one| one.level);
    level.is_some_and(|level| level != PlaceLevel::Natural)
}

fn kind<'r>(text: &Segmented<'_>, found: &'r Resolved) -> Kind<'r> {
    let code = found.key.local();
    if text.knowledge.gazetteer.by_code(code).is_some() {
        return Kind::Division(code);
    }
    let listed = text
        .starting(found.span.start)
        .find(|hit| hit.span == found.span && hit.entry.list == List::Region);
    match listed.map(|hit| hit.entry.field("kind")) {
        Some("country") => Kind::Country,
        Some("world_region") => Kind::Continent,
        Some(_) | None => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use crate::Ingester;

    #[test]
    fn the_last_place_of_a_chain_spans_it() {
        let ingester = Ingester::new(&[]).unwrap();
        // Each text, and the places that a reader would mark.
        let rows = [
            ("他出生于贵州省安顺市平坝区。", "贵州省安顺市平坝区"),
            ("代表团到中国浙江省杭州市访问。", "中国浙江省杭州市"),
            ("他从浙江省、杭州市来。", "浙江省 杭州市"),
            ("她在日本东京留学。", "日本东京"),
            // Neither lies in the other.
            ("浙江省福建省都派人参加。", "浙江省 福建省"),
            ("福建省杭州市的说法是错的。", "福建省 杭州市"),
        ];
        for (text, expected) in rows {
            let found = ingester.extract_text("one", text);
            let spans: Vec<_> = found.mentions.iter().map(|one| one.span).collect();
            let outer: Vec<&str> = found
                .mentions
                .iter()
                .filter(|one| {
                    let holds = |span: &ontology::record::CharSpan| {
                        *span != one.span
                            && span.start <= one.span.start
                            && one.span.end <= span.end
                    };
                    !spans.iter().any(holds)
                })
                .map(|one| one.surface.as_str())
                .collect();
            assert_eq!(outer.join(" "), expected, "{text}");
        }
    }
}
