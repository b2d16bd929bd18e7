//! The closed sets of words that rows and documents share.

use schemars::JsonSchema;
use sea_orm::{DeriveActiveEnum, EnumIter, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

/// Declares an enum that is stored, read from files and shown under one and the same name.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, JsonSchema)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $(
                $(#[$doc])*
                #[sea_orm(string_value = $word)]
                #[serde(rename = $word)]
                $variant,
            )+
        }

        impl $name {
            /// The word as it is stored and shown.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

vocabulary! {
    /// What a model was built from.
    ModelKind {
        /// Trained from scratch.
        Foundation = "FOUNDATION",
        /// Fine-tuned from, or merged out of, other models.
        Derived = "DERIVED",
    }
}

vocabulary! {
    /// Whether something may be used commercially.
    CommercialUse {
        /// Allowed, possibly under conditions that the license names.
        Allowed = "ALLOWED",
        /// Allowed only after the licensor has given permission.
        AuthorizationRequired = "AUTHORIZATION_REQUIRED",
        /// Not allowed.
        Prohibited = "PROHIBITED",
        /// No source says.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// What an amount of training data counts.
    DataUnit {
        /// Tokens of text.
        Tokens = "TOKENS",
        /// Images.
        Images = "IMAGES",
        /// Bytes.
        Bytes = "BYTES",
        /// The source gives a number without saying of what.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// What stands behind a link.
    LinkKind {
        /// The subject's own site.
        Homepage = "HOMEPAGE",
        /// A page of the source list about the subject.
        Details = "DETAILS",
        /// An article about the subject.
        Article = "ARTICLE",
        /// Source code.
        Repository = "REPOSITORY",
        /// A scientific paper.
        Paper = "PAPER",
        /// Weights to download.
        Weights = "WEIGHTS",
        /// The data itself.
        Dataset = "DATASET",
        /// Anything else.
        Other = "OTHER",
    }
}

vocabulary! {
    /// What kind of thing a revision is about.
    SubjectType {
        /// A model with its sizes and links.
        Model = "MODEL",
        /// A dataset.
        Dataset = "DATASET",
        /// A license.
        License = "LICENSE",
        /// An organization.
        Organization = "ORGANIZATION",
        /// An architecture.
        Architecture = "ARCHITECTURE",
    }
}

vocabulary! {
    /// What a revision did to its subject.
    RevisionAction {
        /// The subject came into the catalog.
        Created = "CREATED",
        /// Some of its facts changed.
        Updated = "UPDATED",
        /// It left the catalog.
        Deleted = "DELETED",
        /// An earlier state was restored.
        Reverted = "REVERTED",
        /// An import created or changed it.
        Imported = "IMPORTED",
    }
}

vocabulary! {
    /// What the bearer of a token may do.
    Role {
        /// Read; what everybody may do without a token.
        Reader = "READER",
        /// Change the catalog.
        Editor = "EDITOR",
        /// Manage tokens, import, revert.
        Admin = "ADMIN",
    }
}

impl Role {
    /// Whether whoever has this role may do what needs the other. Each role may do what those before it may.
    pub fn includes(self, other: Self) -> bool {
        self as u8 >= other as u8
    }
}

/// A list of words, stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Words(pub Vec<String>);
