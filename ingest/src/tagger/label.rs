//! The labels of characters: begin, inside, end or single of one of three classes, or outside.

use ontology::record::EntityClass;

/// Number of labels.
pub(super) const COUNT: usize = 13;

/// Outside of every name.
pub(super) const OUTSIDE: usize = 0;

const CLASSES: [EntityClass; 3] = [
    EntityClass::Person,
    EntityClass::Place,
    EntityClass::Organization,
];

/// Where in its name a character stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Outside,
    Begin,
    Inside,
    End,
    Single,
}

/// Gives the part that a label says.
pub(super) fn part(label: usize) -> Part {
    match label {
        OUTSIDE => Part::Outside,
        _ => match (label - 1) % 4 {
            0 => Part::Begin,
            1 => Part::Inside,
            2 => Part::End,
            _ => Part::Single,
        },
    }
}

/// Gives the class that a label says; none for [`OUTSIDE`].
pub(super) fn class(label: usize) -> Option<EntityClass> {
    CLASSES.get(label.checked_sub(1)? / 4).copied()
}

/// Gives the label of character `at` of a name with `length` characters; none for a class that is
/// not tagged.
pub(super) fn of(class: EntityClass, at: usize, length: usize) -> Option<usize> {
    let base = 1 + 4 * CLASSES.iter().position(|&known| known == class)?;
    Some(match (at, length) {
        (_, 1) => base + 3,
        (0, _) => base,
        (at, length) if at + 1 == length => base + 2,
        _ => base + 1,
    })
}

/// Tells whether one label may stand before another; none is the edge of a window.
pub(super) fn may_follow(before: Option<usize>, after: Option<usize>) -> bool {
    let open = before.filter(|&label| matches!(part(label), Part::Begin | Part::Inside));
    let goes_on = after.filter(|&label| matches!(part(label), Part::Inside | Part::End));
    match (open, goes_on) {
        (None, None) => true,
        (Some(open), Some(goes_on)) => class(open) == class(goes_on),
        (Some(_), None) | (None, Some(_)) => false,
    }
}
