//! Takes a class or a relation, returns how a picture shows it.
//!
//! Colours are those of Okabe and Ito (2008), which people with any colour vision tell apart, as
//! outlines over a light tint of the same hue; each class has a shape of its own besides.

use ontology::record::{EntityClass, Predicate};

/// Shape, outline and fill of a node.
pub(super) struct NodeStyle {
    pub(super) shape: &'static str,
    pub(super) style: &'static str,
    pub(super) outline: &'static str,
    pub(super) fill: &'static str,
}

/// Gives the look of a class.
pub(super) fn node_style(class: EntityClass) -> NodeStyle {
    let (shape, style, outline, fill) = match class {
        EntityClass::Place => ("box", "filled,rounded", "#0072B2", "#D6E9F5"),
        EntityClass::Person => ("ellipse", "filled", "#E69F00", "#FCEFD2"),
        EntityClass::Organization => ("box", "filled", "#56B4E9", "#EAF6FD"),
        EntityClass::Program => ("hexagon", "filled", "#009E73", "#D9F2EA"),
        EntityClass::RedSite => ("house", "filled", "#D55E00", "#FBE3D3"),
        EntityClass::Work => ("note", "filled", "#CC79A7", "#F8E8F0"),
        EntityClass::Event => ("octagon", "filled", "#8C7A00", "#FBF8CC"),
    };
    NodeStyle {
        shape,
        style,
        outline,
        fill,
    }
}

/// Gives the colour of a relation: that of the class that it starts from.
pub(super) fn edge_colour(predicate: Predicate) -> &'static str {
    match predicate {
        Predicate::PartOf => "#0072B2",
        Predicate::LocatedIn => "#7F7F7F",
        Predicate::RunBy | Predicate::PartOfProgram => "#009E73",
        Predicate::Commemorates => "#D55E00",
        Predicate::AboutEntity | Predicate::PublishedBy => "#CC79A7",
        Predicate::HoldsPost | Predicate::AuthorOf | Predicate::Interviewed => "#B87F00",
    }
}
