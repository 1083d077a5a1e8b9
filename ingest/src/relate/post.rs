//! `holdsPost`: the post before a name (某市委书记某某), with the body before the post; several
//! posts in a row; and the title behind a name where no fuller post is known.

use std::collections::BTreeSet;

use ontology::record::{EntityClass, EntityKey, Object, Predicate, Span};

use super::Asserted;
use super::appoint::appointments;
use crate::knowledge::{Hit, List};
use crate::resolve::{Resolution, Resolved};
use crate::segment::Segmented;

/// Reads the posts of every person.
pub(super) fn posts(text: &Segmented<'_>, resolution: &Resolution<'_>) -> Vec<Asserted> {
    let mut found = Vec::new();
    let people = || {
        resolution
            .mentions
            .iter()
            .filter(|mention| mention.class == EntityClass::Person && !mention.nested)
    };
    let mut listed: Option<Listed> = None;
    for person in people() {
        let mut own = before(text, resolution, person);
        if own.is_empty() {
            own = appointments(text, resolution, person);
        }
        if own.is_empty() {
            own.extend(
                listed
                    .as_ref()
                    .and_then(|listed| listed.shared(text, person)),
            );
        }
        listed = Listed::of(person, &own);
        found.append(&mut own);
    }
    let posted: BTreeSet<EntityKey> = found
        .iter()
        .map(|stated: &Asserted| stated.subject.clone())
        .collect();
    for person in people().filter(|person| !posted.contains(&person.key)) {
        found.extend(behind(text, person));
    }
    found
}

/// A post before the first of several names (副县长某某、某某), which holds for the next one too.
struct Listed {
    end: usize,
    post: Object,
}

impl Listed {
    /// The only post of a name, if several persons may hold it at once.
    fn of(person: &Resolved, own: &[Asserted]) -> Option<Self> {
        let [only] = own else {
            return None;
        };
        let Object::Post { label, body } = &only.object else {
            return None;
        };
        let plural = label.contains('副') || label.ends_with(['员', '委', '表']);
        (plural && only.span.end == person.span.end).then(|| Self {
            end: person.span.end,
            post: Object::Post {
                label: label.clone(),
                body: body.clone(),
            },
        })
    }

    fn shared(&self, text: &Segmented<'_>, next: &Resolved) -> Option<Asserted> {
        let between = text.text.get(self.end..next.span.start)?;
        matches!(between, "、" | "和").then(|| Asserted {
            span: Span::new(next.span.start, next.span.end),
            subject: next.key.clone(),
            predicate: Predicate::HoldsPost,
            object: self.post.clone(),
            rule: "post.shared",
            confidence: 0.7,
        })
    }
}

/// Posts that end where the name begins, from the nearest to the farthest.
fn before(text: &Segmented<'_>, resolution: &Resolution<'_>, person: &Resolved) -> Vec<Asserted> {
    let mut found = Vec::new();
    let mut edge = person.span.start;
    loop {
        let end = text
            .text
            .get(..edge)
            .unwrap_or_default()
            .trim_end_matches([' ', '：'])
            .len();
        let Some(post) = office_ending(text, end) else {
            break;
        };
        let (label, body, start) = with_body(text, resolution, post);
        // 记者 and the like are offices of a named body only.
        let mere = post.entry.field("kind") == "media" && body.is_none();
        if !mere {
            found.push(Asserted {
                span: Span::new(start, person.span.end),
                subject: person.key.clone(),
                predicate: Predicate::HoldsPost,
                object: Object::Post { label, body },
                rule: "post.before-name",
                confidence: 0.9,
            });
        }
        let Some(rest) = text
            .text
            .get(..start)
            .and_then(|rest| rest.strip_suffix('、'))
        else {
            break;
        };
        edge = rest.len();
    }
    complete(&mut found, resolution);
    found
}

/// Gives a head of a division without one the division of the committee before it: 某县委副书记、县长 is
/// the head of that county. `posts` runs from the nearest to the farthest.
fn complete(posts: &mut [Asserted], resolution: &Resolution<'_>) {
    let mut division: Option<(&str, &EntityKey)> = None;
    for post in posts.iter_mut().rev() {
        let Object::Post { label, body } = &mut post.object else {
            continue;
        };
        if let Some(body) = body {
            division = resolution
                .entities
                .get(body)
                .and_then(|entity| entity.label.strip_suffix('委'))
                .map(|name| name.strip_prefix("中共").unwrap_or(name))
                .and_then(|name| Some((name, place_called(name, resolution)?)));
            continue;
        }
        let level = label.trim_start_matches(['副', '代']).chars().next();
        let above = division.filter(|(name, _)| level.is_some_and(|level| name.ends_with(level)));
        if let Some((name, key)) = above {
            *label = format!("{name}{label}");
            *body = Some(key.clone());
        }
    }
}

/// Finds the place with a name among what the document names.
fn place_called<'r>(name: &str, resolution: &'r Resolution<'_>) -> Option<&'r EntityKey> {
    resolution
        .entities
        .iter()
        .find(|(_, entity)| entity.class == EntityClass::Place && entity.label == name)
        .map(|(key, _)| key)
}

/// Finds the longest office that ends at a byte.
fn office_ending<'t, 'k>(text: &'t Segmented<'k>, end: usize) -> Option<&'t Hit<'k>> {
    text.ending(end)
        .filter(|hit| hit.entry.list == List::Post && hit.entry.field("office") == "yes")
        .max_by_key(|hit| hit.span.len())
}

/// Joins a post with the body, place or memorial hall whose mention ends where it begins (or overlaps its start:
/// 县委书记 may be an entry itself); gives the label, the body and where the whole begins.
pub(super) fn with_body(
    text: &Segmented<'_>,
    resolution: &Resolution<'_>,
    post: &Hit<'_>,
) -> (String, Option<EntityKey>, usize) {
    let bodies = resolution.near(post.span).filter(|mention| {
        matches!(
            mention.class,
            EntityClass::Organization | EntityClass::Place | EntityClass::RedSite
        ) && mention.span.start <= post.span.start
            && mention.span.end >= post.span.start
            && mention.span.end < post.span.end
    });
    let Some(body) = bodies.min_by_key(|mention| (mention.nested, mention.span.start)) else {
        return (post.entry.name.clone(), None, post.span.start);
    };
    let rest = text
        .text
        .get(body.span.end..post.span.end)
        .unwrap_or_default();
    let surface = body.span.of(text.text);
    let short = resolution
        .entities
        .get(&body.key)
        .filter(|_| !surface.is_empty() && body.class != EntityClass::RedSite)
        .map(|entity| name_in_post(surface, &entity.label));
    let label = format!("{}{rest}", short.unwrap_or_else(|| surface.to_owned()));
    // A memorial hall has a head as a body has, but is none: the label alone names it.
    let is_site = body.class == EntityClass::RedSite;
    let key = Some(body.key.clone()).filter(|_| !is_site);
    (label, key, body.span.start)
}

/// The body's name as part of a post: as written without 中共; the full name where the text has
/// only the short form (市委).
fn name_in_post(surface: &str, label: &str) -> String {
    /// 市委, 县委 and the like.
    const SHORT: usize = 3;
    let plain = surface.strip_prefix("中共").unwrap_or(surface);
    if plain.chars().count() <= SHORT && label.ends_with(plain.get(3..).unwrap_or(plain)) {
        label.to_owned()
    } else {
        plain.to_owned()
    }
}

/// The title behind a name (某某书记, 某某主席).
fn behind(text: &Segmented<'_>, person: &Resolved) -> Option<Asserted> {
    // The title may be part of the name's entry.
    let inside = text
        .ending(person.span.end)
        .filter(|hit| hit.span.start > person.span.start);
    let post = text
        .starting(person.span.end)
        .chain(inside)
        .filter(|hit| hit.entry.list == List::Post && hit.entry.field("office") == "yes")
        .filter(|hit| hit.span.len() >= 2 * 3)
        .max_by_key(|hit| hit.span.len())?;
    Some(Asserted {
        span: Span::new(person.span.start, post.span.end),
        subject: person.key.clone(),
        predicate: Predicate::HoldsPost,
        object: Object::Post {
            label: post.entry.name.clone(),
            body: None,
        },
        rule: "post.behind-name",
        confidence: 0.7,
    })
}
