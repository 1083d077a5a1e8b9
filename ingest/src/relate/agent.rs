//! Takes a byte of a sentence, returns who acts there: the bodies and places with which its clause
//! opens (甲与乙联合推出…), those before a verb, those behind 由, and, where the clause names none, those
//! of the sentence before.

use ontology::record::{EntityClass, EntityKey, PlaceLevel, Span};

use super::scene::Scene;
use crate::knowledge::List;
use crate::resolve::Resolved;
use crate::segment::{Pos, Token};

/// Who does what a clause says.
#[derive(Debug, PartialEq)]
pub(super) enum Subject {
    /// Bodies or places.
    Actors(Vec<EntityKey>),
    /// A person, or something else that the clause names.
    Other,
    /// Nobody is named.
    Absent,
}

/// Bodies and places that stand side by side, and where the last one ends.
pub(super) struct Joined {
    pub(super) keys: Vec<EntityKey>,
    pub(super) end: usize,
}

/// Bytes before a name in which its clause's subject is looked for (200 characters).
const SUBJECT_REACH: usize = 200 * 3;
/// Sentences of a paragraph over which a subject is carried on.
const CARRIED: usize = 3;
/// Words of time and manner before a subject.
const OPENERS: usize = 8;

impl Scene<'_, '_> {
    /// Finds who acts in the clause around a byte, or in the clauses before it in the sentence.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let Some(sentence) = self.text.structure.sentence_at(at) else {
            return Subject::Absent;
        };
        // Text without marks is one sentence: a subject far away does nothing here.
        let from = sentence.span.start.max(self.back_from(at));
        let before = Span::new(from, at).of(self.text.text);
        let marks = before
            .rmatch_indices(['，', '；', '：'])
            .map(|(at, mark)| from + at + mark.len());
        marks
            .chain(std::iter::once(sentence.span.start))
            .map(|start| self.subject_at(start))
            .find(|subject| *subject != Subject::Absent)
            .unwrap_or(Subject::Absent)
    }

    /// A word's start some way before a byte.
    pub(super) fn back_from(&self, at: usize) -> usize {
        self.word_at(at.saturating_sub(SUBJECT_REACH)).unwrap_or(0)
    }

    /// A word's start some way behind a byte.
    pub(super) fn ahead_of(&self, at: usize) -> usize {
        self.word_at(at + SUBJECT_REACH)
            .unwrap_or(self.text.text.len())
    }

    fn word_at(&self, at: usize) -> Option<usize> {
        let number = self.text.token_at(at)?;
        self.text.tokens.get(number).map(|token| token.span.start)
    }

    /// Finds who acted in the sentences before that of a byte, in the same paragraph.
    pub(super) fn carried(&self, at: usize) -> Option<Vec<EntityKey>> {
        let sentences = &self.text.structure.sentences;
        let number = sentences.partition_point(|sentence| sentence.span.end <= at);
        let line = sentences.get(number)?.line;
        let before = sentences.iter().take(number).rev().take(CARRIED);
        before
            .take_while(|sentence| sentence.line == line)
            .find_map(|sentence| match self.first_subject(sentence.span) {
                Subject::Actors(keys) => Some(keys),
                Subject::Other | Subject::Absent => None,
            })
    }

    /// Who acts in the first clause of a sentence that says who does.
    fn first_subject(&self, sentence: Span) -> Subject {
        /// Clauses before it: 近年来，…
        const CLAUSES: usize = 3;
        let near = Span::new(
            sentence.start,
            sentence.end.min(self.ahead_of(sentence.start)),
        );
        let marks = near.of(self.text.text).match_indices(['，', '：']);
        let starts = marks.map(|(at, mark)| sentence.start + at + mark.len());
        std::iter::once(sentence.start)
            .chain(starts)
            .take(CLAUSES)
            .map(|start| self.subject_at(start))
            .find(|subject| *subject != Subject::Absent)
            .unwrap_or(Subject::Absent)
    }

    /// Who acts in the clause that begins at a byte.
    fn subject_at(&self, start: usize) -> Subject {
        let start = self.behind_openers(start);
        if let Some(joined) = self.joined_at(start).filter(|found| self.acts(found.end)) {
            return Subject::Actors(joined.keys);
        }
        let person = self
            .resolution
            .starting(start)
            .any(|mention| mention.class == EntityClass::Person && self.acts(mention.span.end));
        // 他写的, 她创作的: a person who is named elsewhere.
        let pronoun = matches!(self.text.at(start), Some('他' | '她'));
        if person || pronoun {
            Subject::Other
        } else {
            Subject::Absent
        }
    }

    /// Skips words of time and manner, marks of items and the like, before a subject.
    fn behind_openers(&self, start: usize) -> usize {
        let Some(first) = self.text.token_at(start) else {
            return start;
        };
        let opens = |token: &&Token| {
            let mark = matches!(
                self.text.at(token.span.start),
                Some(' ' | '　' | '（' | '）' | '、' | '“' | '—' | '①'..='⑳')
            );
            let named = self
                .resolution
                .starting(token.span.start)
                .any(|mention| !mention.nested);
            let definite = self
                .text
                .longest_at(List::Definite, token.span.start)
                .is_some();
            let time = matches!(
                token.pos,
                Pos::Time | Pos::Number | Pos::Measure | Pos::Adverb | Pos::Conjunction
            );
            (mark || time) && !named && !definite
        };
        let tokens = self.text.tokens.iter().skip(first);
        let last = tokens.take(OPENERS).take_while(opens).last();
        let skipped = last.map_or(start, |token| token.span.end.max(start));
        // 由某局牵头，…
        let led = self.text.at(skipped) == Some('由');
        if led {
            skipped + '由'.len_utf8()
        } else {
            skipped
        }
    }

    /// Reads bodies and places side by side from a byte on: 甲、乙和丙.
    pub(super) fn joined_at(&self, start: usize) -> Option<Joined> {
        let mut keys = Vec::new();
        let mut end = start;
        let mut at = start;
        while let Some((key, behind)) = self.actor_at(at) {
            keys.push(key);
            end = behind;
            let Some(next) = self.behind_joint(end) else {
                break;
            };
            at = next;
        }
        (!keys.is_empty()).then_some(Joined { keys, end })
    }

    /// The body or place at a byte: the last of a chain (某省某市某县), or what a definite form means.
    fn actor_at(&self, start: usize) -> Option<(EntityKey, usize)> {
        let mut last: Option<&Resolved> = None;
        let mut at = start;
        while let Some(next) = self
            .resolution
            .starting(at)
            .find(|mention| !mention.nested && self.may_stand(mention))
        {
            at = next.span.end;
            last = Some(next);
        }
        match last {
            Some(last) if self.may_act(last) => Some((last.key.clone(), at)),
            Some(_) => None,
            None => self.definite(start),
        }
    }

    fn may_stand(&self, mention: &Resolved) -> bool {
        mention.class == EntityClass::Place || self.is_actor(mention)
    }

    /// Skips 、 or a word that joins two actors (与, 联合).
    fn behind_joint(&self, at: usize) -> Option<usize> {
        if self.text.at(at) == Some('、') {
            return Some(at + '、'.len_utf8());
        }
        self.text
            .starting(at)
            .filter(|hit| hit.entry.list == List::Relation)
            .filter(|hit| hit.entry.field("relation") == "joins")
            .map(|hit| hit.span.end)
            .max()
    }

    /// Gives an actor with those that stand before it, joined to it (甲、乙和丙).
    pub(super) fn with_joined(&self, actor: &Resolved) -> Vec<EntityKey> {
        let mut keys = vec![actor.key.clone()];
        let mut start = actor.span.start;
        while let Some(before) = self.joined_before(start) {
            keys.push(before.key.clone());
            start = before.span.start;
        }
        keys
    }

    fn joined_before(&self, start: usize) -> Option<&Resolved> {
        let mark = (self.text.before(start) == Some('、')).then(|| start - '、'.len_utf8());
        let joint = self
            .text
            .ending(start)
            .filter(|hit| hit.entry.list == List::Relation)
            .filter(|hit| hit.entry.field("relation") == "joins")
            .map(|hit| hit.span.start)
            .min();
        let end = mark.or(joint)?;
        self.resolution
            .ending(end)
            .find(|mention| !mention.nested && self.is_actor(mention))
    }

    /// Tells whether what stands before a byte does something: a verb, an adverb, a time or a
    /// preposition follows.
    fn acts(&self, at: usize) -> bool {
        let token = self
            .text
            .token_at(at)
            .and_then(|number| self.text.tokens.get(number))
            .is_some_and(|token| {
                token.span.start == at
                    && matches!(
                        token.pos,
                        Pos::Verb
                            | Pos::VerbalNoun
                            | Pos::Adverb
                            | Pos::Adjective
                            | Pos::Preposition
                            | Pos::Time
                    )
            });
        token
            || [List::ProgramVerb, List::WorkVerb]
                .into_iter()
                .any(|verbs| self.text.longest_at(verbs, at).is_some())
    }

    /// A body, a museum, or a division that acts as one.
    pub(super) fn may_act(&self, mention: &Resolved) -> bool {
        let level = || {
            let entity = self.resolution.entities.get(&mention.key)?;
            entity.level
        };
        match mention.class {
            EntityClass::Place => !matches!(
                level(),
                Some(PlaceLevel::Country | PlaceLevel::Region | PlaceLevel::Natural)
            ),
            EntityClass::Organization
            | EntityClass::RedSite
            | EntityClass::Person
            | EntityClass::Program
            | EntityClass::Work
            | EntityClass::Event => self.is_actor(mention),
        }
    }
}
