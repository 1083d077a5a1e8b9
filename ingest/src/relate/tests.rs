//! Runs the table of examples beside each relation and those of the observations.

#[path = "../examples.rs"]
pub(crate) mod examples;

use ontology::record::Predicate;

use examples::{Subject, check};

macro_rules! tables {
    ($($name:ident = $subject:expr,)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name), include_str!(concat!(stringify!($name), ".toml")), $subject);
            }
        )*
    };
}

tables! {
    byline = Subject::Statements(&[Predicate::AuthorOf, Predicate::Interviewed]),
    location = Subject::Statements(&[Predicate::LocatedIn, Predicate::PartOf]),
    observation = Subject::Observations,
    owner = Subject::Statements(&[
        Predicate::RunBy,
        Predicate::PublishedBy,
        Predicate::PartOfProgram,
    ]),
    period = Subject::Periods,
    post = Subject::Statements(&[Predicate::HoldsPost]),
    subject = Subject::Statements(&[Predicate::Commemorates, Predicate::AboutEntity]),
}
