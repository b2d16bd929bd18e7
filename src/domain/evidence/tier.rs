//! Tiers: how close a source is to the one who knows.

use entity::vocabulary::{Confidence, SourceKind};

/// How close the source of a statement is to the one who knows, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// A file of the maker, such as a configuration or the weights.
    MakerFile,
    /// A text of the maker, such as a model card or a paper.
    MakerText,
    /// Someone else, with the words of the source.
    CuratorWithQuote,
    /// Someone else.
    Curator,
    /// A list or database that collects the statements of others.
    Aggregator,
    /// Concluded by a rule from other facts.
    Inference,
}

impl Tier {
    /// Returns the tier of a statement.
    ///
    /// `by_maker`: the publisher of the source is one of the organizations that made the subject. Such a statement counts as
    /// the maker's only if it says where in the source it stands.
    pub fn of(kind: SourceKind, by_maker: bool, has_locator: bool, has_quote: bool, confidence: Confidence) -> Self {
        if confidence == Confidence::Inferred {
            return Self::Inference;
        }
        match kind {
            SourceKind::Config if by_maker && has_locator => Self::MakerFile,
            _ if by_maker && has_locator && confidence == Confidence::Exact => Self::MakerFile,
            _ if by_maker && has_locator => Self::MakerText,
            SourceKind::List | SourceKind::Database => Self::Aggregator,
            _ if has_quote => Self::CuratorWithQuote,
            _ => Self::Curator,
        }
    }
}
