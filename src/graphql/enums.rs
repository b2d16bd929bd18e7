//! The closed sets of words, as GraphQL enums.

use async_graphql::Enum;
use entity::vocabulary;

/// What a model was built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::ModelKind")]
pub enum ModelKind {
    /// Trained from scratch.
    Foundation,
    /// Fine-tuned from, or merged out of, other models.
    Derived,
}

/// Whether something may be used commercially.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::CommercialUse")]
pub enum CommercialUse {
    /// Allowed, possibly under conditions that the license names.
    Allowed,
    /// Allowed only after the licensor has given permission.
    AuthorizationRequired,
    /// Not allowed.
    Prohibited,
    /// No source says. Not a permission.
    Unknown,
}

/// What an amount of training data counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::DataUnit")]
pub enum DataUnit {
    /// Tokens of text.
    Tokens,
    /// Images.
    Images,
    /// Bytes.
    Bytes,
    /// The source gives a number without saying of what.
    Unknown,
}

/// What stands behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::LinkKind")]
pub enum LinkKind {
    /// The subject's own site.
    Homepage,
    /// A page of the source list about the subject.
    Details,
    /// An article about the subject.
    Article,
    /// Source code.
    Repository,
    /// A scientific paper.
    Paper,
    /// Weights to download.
    Weights,
    /// The data itself.
    Dataset,
    /// Anything else.
    Other,
}

/// What kind of thing a revision is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::SubjectType")]
pub enum SubjectType {
    /// A model with its sizes and links.
    Model,
    /// A dataset.
    Dataset,
    /// A license.
    License,
    /// An organization.
    Organization,
    /// An architecture.
    Architecture,
}

/// What a revision did to its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::RevisionAction")]
pub enum RevisionAction {
    /// The subject came into the catalog.
    Created,
    /// Some of its facts changed.
    Updated,
    /// It left the catalog.
    Deleted,
    /// An earlier state was restored.
    Reverted,
    /// An import created or changed it.
    Imported,
}

/// What the bearer of a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "vocabulary::Role")]
pub enum Role {
    /// Read; what everybody may do without a token.
    Reader,
    /// Change the catalog.
    Editor,
    /// Manage tokens, import, revert.
    Admin,
}

/// A language that the catalog speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// How a parameter is stored in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum Precision {
    /// 32-bit floating point: 4 bytes a parameter.
    Fp32,
    /// 16-bit floating point: 2 bytes a parameter.
    Fp16,
    /// 16-bit brain floating point: 2 bytes a parameter.
    Bf16,
    /// 8-bit floating point: 1 byte a parameter.
    Fp8,
    /// 8-bit integer: 1 byte a parameter.
    Int8,
    /// 4-bit integer: half a byte a parameter.
    Int4,
}

impl Language {
    /// The text in this language.
    pub fn pick<'a>(self, zh: Option<&'a String>, en: Option<&'a String>) -> Option<&'a String> {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl Precision {
    /// The bits that one parameter takes.
    pub fn bits(self) -> i64 {
        match self {
            Self::Fp32 => 32,
            Self::Fp16 | Self::Bf16 => 16,
            Self::Fp8 | Self::Int8 => 8,
            Self::Int4 => 4,
        }
    }
}
