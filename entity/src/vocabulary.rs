//! The enums that rows, documents and the API share.

use async_graphql::Enum;
use schemars::JsonSchema;
use sea_orm::{DeriveActiveEnum, EnumIter, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

/// An enum of the catalog: its values have the same names in the database, in documents and in the API.
pub trait Vocabulary: Copy + Send + Sync + 'static {
    /// The name of the value in the database, in documents and in the API.
    fn word(self) -> &'static str;
}

/// Declares an enum of the catalog.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, JsonSchema, Enum,
        )]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {
            $(
                $(#[$doc])*
                #[sea_orm(string_value = $word)]
                #[serde(rename = $word)]
                #[graphql(name = $word)]
                $variant,
            )+
        }

        impl $name {
            /// The name of the value in the database, in documents and in the API.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl Vocabulary for $name {
            fn word(self) -> &'static str {
                $name::word(self)
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

/// Declares [`SubjectType`] from the list of subject types.
macro_rules! subject_type {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        vocabulary! {
            /// The type of a subject.
            SubjectType { $($(#[$doc])* $subject = $word,)+ }
        }

        impl SubjectType {
            /// Every type. Each refers only to itself and to types after it.
            pub const ALL: &'static [Self] = &[$(Self::$subject),+];

            /// Every type, in an order in which each refers only to itself and to types before it.
            pub fn referenced_first() -> impl Iterator<Item = Self> {
                Self::ALL.iter().rev().copied()
            }

            /// The name of the GraphQL type, such as `Model`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($subject),)+
                }
            }

            /// The name of the table, such as `model`. It is also the name in messages and in addresses.
            pub fn table(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($table),)+
                }
            }

            /// The plural of the name, such as `models`.
            pub fn plural(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($plural),)+
                }
            }

            /// The column of other tables that refers to the table, such as `model_id`.
            pub fn id_column(self) -> &'static str {
                match self {
                    $(Self::$subject => concat!(stringify!($table), "_id"),)+
                }
            }
        }
    };
}

crate::subjects!([subject_type]);

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
