//! The tables.

use entity::vocabulary::SubjectType;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// All subjects of a type, other than models.
    Subjects(SubjectType),
    /// The sizes of the selected models.
    Sizes,
    /// The checkpoints of all models.
    Checkpoints,
    /// The statements of all sources.
    Evidence,
}

impl Table {
    /// Returns all tables.
    pub fn all() -> impl Iterator<Item = Self> {
        let subjects = SubjectType::ALL.iter().filter(|subject| **subject != SubjectType::Model);
        let subjects = subjects.map(|subject| Self::Subjects(*subject));
        [Self::Sizes, Self::Checkpoints, Self::Evidence].into_iter().chain(subjects)
    }

    /// Returns the name, which is that of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Subjects(subject) => subject.plural(),
            Self::Sizes => "sizes",
            Self::Checkpoints => "checkpoints",
            Self::Evidence => "evidence",
        }
    }
}
