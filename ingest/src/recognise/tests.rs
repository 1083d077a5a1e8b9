//! Runs the table of examples beside each recogniser.

use ontology::record::EntityClass;

use crate::relate::tests::examples::{Subject, check};

macro_rules! tables {
    ($($name:ident = $class:ident,)*) => {
        $(
            #[test]
            fn $name() {
                let table = include_str!(concat!(stringify!($name), ".toml"));
                check(stringify!($name), table, Subject::Mentions(EntityClass::$class));
            }
        )*
    };
}

tables! {
    event = Event,
    organization = Organization,
    person = Person,
    place = Place,
    program = Program,
    redsite = RedSite,
    work = Work,
}
