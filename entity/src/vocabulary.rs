//! The enums that the database, documents and the API share.

use async_graphql::Enum;
use schemars::JsonSchema;
use sea_orm::{DeriveActiveEnum, EnumIter, FromJsonQueryResult};
use serde::{Deserialize, Serialize};

/// An enum of the catalog: its values have the same names in the database, in documents and in the API.
pub trait Vocabulary: Copy + Send + Sync + 'static {
    /// Returns the name of the value in the database, in documents and in the API.
    fn word(self) -> &'static str;
}

/// Declares an enum of the catalog.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, JsonSchema, Enum,
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
            /// Returns the name of the value in the database, in documents and in the API.
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
    /// Whether a model was trained from scratch or derived from other models.
    ModelKind {
        /// Trained from scratch.
        Foundation = "FOUNDATION",
        /// Fine-tuned from another model, or merged from several.
        Derived = "DERIVED",
    }
}

vocabulary! {
    /// How a model was derived from its base.
    LineageRelation {
        /// Trained further on instructions, preferences or a task.
        FineTuned = "FINE_TUNED",
        /// Pretraining continued on more data.
        Continued = "CONTINUED",
        /// Its weights were combined with those of other bases.
        Merged = "MERGED",
        /// Trained on outputs of the base.
        Distilled = "DISTILLED",
        /// Parts of the weights were removed.
        Pruned = "PRUNED",
        /// The same weights in a smaller number format.
        Quantized = "QUANTIZED",
        /// The next generation of the base by its maker; the weights need not come from it.
        Succeeds = "SUCCEEDS",
    }
}

vocabulary! {
    /// Whether commercial use is permitted.
    CommercialUse {
        /// Permitted, possibly with obligations such as attribution.
        Allowed = "ALLOWED",
        /// Depends on who uses it, where or how: on users, revenue, place, hosting or modality.
        Conditional = "CONDITIONAL",
        /// Permitted only with an authorization from the licensor.
        AuthorizationRequired = "AUTHORIZATION_REQUIRED",
        /// Not permitted.
        Prohibited = "PROHIBITED",
        /// Differs between the sizes of the model, or the checkpoints of the size. Derived, never stated.
        Varies = "VARIES",
        /// No source states it.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// The unit of an amount of training data.
    DataUnit {
        /// Tokens of text.
        Tokens = "TOKENS",
        /// Images.
        Images = "IMAGES",
        /// Bytes.
        Bytes = "BYTES",
        /// The source states a number without a unit.
        Unknown = "UNKNOWN",
    }
}

vocabulary! {
    /// The kind of a source.
    SourceKind {
        /// A scientific paper or technical report.
        Paper = "PAPER",
        /// The description that accompanies weights or data.
        ModelCard = "MODEL_CARD",
        /// A machine-readable file that comes with weights, such as a configuration.
        Config = "CONFIG",
        /// A repository of source code.
        Repository = "REPOSITORY",
        /// An announcement of the publisher, such as a post or a press release.
        Announcement = "ANNOUNCEMENT",
        /// The text of a license.
        LicenseText = "LICENSE_TEXT",
        /// A list that someone maintains.
        List = "LIST",
        /// A database.
        Database = "DATABASE",
        /// An article.
        Article = "ARTICLE",
        /// Anything else.
        Other = "OTHER",
    }
}

vocabulary! {
    /// The stance of a source on the value of a fact.
    Stance {
        /// It states a value.
        Stated = "STATED",
        /// It states that there is no value.
        None = "NONE",
        /// It states that the value is not disclosed.
        Undisclosed = "UNDISCLOSED",
    }
}

vocabulary! {
    /// How the value of an evidence is known. The first is the highest.
    Confidence {
        /// Counted, or read from a file of the maker.
        Exact = "EXACT",
        /// Stated by the maker.
        Reported = "REPORTED",
        /// Stated by others.
        Cited = "CITED",
        /// Estimated.
        Estimated = "ESTIMATED",
        /// Concluded from other facts by a rule, which the evidence names.
        Inferred = "INFERRED",
    }
}

vocabulary! {
    /// How the value of an evidence is to be read.
    Qualifier {
        /// About the value.
        Approximate = "APPROXIMATE",
        /// The value or more.
        AtLeast = "AT_LEAST",
        /// The value or less.
        AtMost = "AT_MOST",
    }
}

vocabulary! {
    /// The rank of an evidence among those about the same fact.
    EvidenceRank {
        /// It holds before those that are NORMAL.
        Preferred = "PREFERRED",
        /// It competes with the others by their precision and their sources.
        Normal = "NORMAL",
        /// It never holds, for the reason that it has.
        Deprecated = "DEPRECATED",
    }
}

vocabulary! {
    /// The kind of resource a link points to.
    LinkKind {
        /// The website of the subject.
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
    /// The effect of a term of a license on the uses that it applies to.
    TermEffect {
        /// The use is not permitted.
        Prohibited = "PROHIBITED",
        /// The use needs an authorization from the licensor, such as a separate license.
        AuthorizationRequired = "AUTHORIZATION_REQUIRED",
        /// The licensor or the model must be credited where users see it.
        Attribution = "ATTRIBUTION",
        /// Derived models must have a certain name or part of a name.
        Naming = "NAMING",
        /// Copies must come with the license, a copyright notice or a statement of changes.
        Notice = "NOTICE",
        /// Derived works must be under the same license.
        ShareAlike = "SHARE_ALIKE",
        /// Terms must be passed on to recipients, who are bound by them too.
        PassOn = "PASS_ON",
        /// Certain uses are excluded, which the license or a policy that it refers to lists.
        UseRestrictions = "USE_RESTRICTIONS",
        /// The user must register with the licensor or give it information.
        Registration = "REGISTRATION",
        /// The licensor may end or restrict the permission, beyond a breach of the license.
        Revocable = "REVOCABLE",
    }
}

vocabulary! {
    /// The period that an amount of revenue is about.
    Period {
        /// A calendar month.
        Month = "MONTH",
        /// A year.
        Year = "YEAR",
    }
}

vocabulary! {
    /// How a use is related to a territory.
    TerritoryBasis {
        /// The user lives there, or has its principal place of business there.
        Domicile = "DOMICILE",
        /// The model is used or distributed there.
        Use = "USE",
    }
}

vocabulary! {
    /// A kind of data that a model reads or writes.
    Modality {
        /// Text.
        Text = "TEXT",
        /// Images.
        Image = "IMAGE",
        /// Speech and other sound.
        Audio = "AUDIO",
        /// Moving images.
        Video = "VIDEO",
        /// Anything else.
        Other = "OTHER",
    }
}

vocabulary! {
    /// Whether licenses permit a use.
    UseVerdict {
        /// Permitted.
        Allowed = "ALLOWED",
        /// Depends on circumstances that are not known.
        Conditional = "CONDITIONAL",
        /// Permitted only with an authorization from a licensor.
        AuthorizationRequired = "AUTHORIZATION_REQUIRED",
        /// Not permitted.
        Prohibited = "PROHIBITED",
        /// The license is not known, or its terms have not been reviewed.
        Unknown = "UNKNOWN",
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
            /// All types. Each refers only to itself and to types after it.
            pub const ALL: &'static [Self] = &[$(Self::$subject),+];

            /// Returns all types, in an order in which each refers only to itself and to types before it.
            pub fn referenced_first() -> impl Iterator<Item = Self> {
                Self::ALL.iter().rev().copied()
            }

            /// Returns the name of the GraphQL type, such as `Model`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($subject),)+
                }
            }

            /// Returns the name of the table, such as `model`. It is also the name in messages and URLs.
            pub fn table(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($table),)+
                }
            }

            /// Returns the plural of the name, such as `models`.
            pub fn plural(self) -> &'static str {
                match self {
                    $(Self::$subject => stringify!($plural),)+
                }
            }

            /// Returns the name of the foreign key in other tables, such as `model_id`.
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
    /// The kind of change that a revision records.
    RevisionAction {
        /// The subject was created.
        Created = "CREATED",
        /// At least one field of the subject changed.
        Updated = "UPDATED",
        /// The subject was deleted.
        Deleted = "DELETED",
        /// An earlier state of the subject was restored.
        Reverted = "REVERTED",
        /// An import created or changed the subject.
        Imported = "IMPORTED",
    }
}

vocabulary! {
    /// The state of a proposal.
    ProposalStatus {
        /// No editor has decided on it yet.
        Open = "OPEN",
        /// An editor accepted it, which made the change.
        Accepted = "ACCEPTED",
        /// An editor rejected it.
        Rejected = "REJECTED",
        /// Its proposer withdrew it.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// The permissions of a caller, granted by its API token. Each role includes those before it.
    Role {
        /// Read the catalog. Requests without a token have this role.
        Reader = "READER",
        /// Propose changes, which an editor accepts or rejects.
        Contributor = "CONTRIBUTOR",
        /// Change subjects, and decide on proposals.
        Editor = "EDITOR",
        /// Import, revert revisions, and manage API tokens.
        Admin = "ADMIN",
    }
}

impl Role {
    /// Returns whether this role includes the permissions of another one.
    pub fn includes(self, other: Self) -> bool {
        self as u8 >= other as u8
    }
}

vocabulary! {
    /// Whether the weights can be had.
    ReleaseStatus {
        /// The weights were released.
        Released = "RELEASED",
        /// Announced, but not released.
        Announced = "ANNOUNCED",
        /// Released once, and withdrawn by the maker.
        Withdrawn = "WITHDRAWN",
    }
}

vocabulary! {
    /// How a number of parameters is known.
    ParametersBasis {
        /// As the label of the size states it: "7B" is 7000000000.
        Label = "LABEL",
        /// As a source reports it.
        Reported = "REPORTED",
        /// Counted in the files of the weights.
        Counted = "COUNTED",
    }
}

impl ParametersBasis {
    /// Returns whether the label states the number, which documents need not say.
    pub fn is_label(&self) -> bool {
        *self == Self::Label
    }
}

#[expect(clippy::derivable_impls, reason = "the macro derives no default")]
impl Default for ParametersBasis {
    fn default() -> Self {
        Self::Label
    }
}

vocabulary! {
    /// The meaning of a number of training tokens.
    TokensBasis {
        /// The tokens that training processed, each as often as it was repeated.
        Seen = "SEEN",
        /// The tokens of the dataset, each once.
        Dataset = "DATASET",
        /// The source does not say which of the two.
        Unstated = "UNSTATED",
    }
}

vocabulary! {
    /// The kind of cache that layers keep for the tokens before, while a model generates.
    CacheKind {
        /// Keys and values of all tokens.
        Full = "FULL",
        /// Keys and values of the last tokens: those in the window.
        Window = "WINDOW",
        /// One compressed vector for each token, from which keys and values are computed.
        Latent = "LATENT",
        /// A state of fixed size, whatever the number of tokens.
        State = "STATE",
    }
}

vocabulary! {
    /// The kind of attention.
    AttentionKind {
        /// Multi-head attention: each query head has keys and values of its own.
        Mha = "MHA",
        /// Multi-query attention: all query heads share one key-value head.
        Mqa = "MQA",
        /// Grouped-query attention: groups of query heads share a key-value head.
        Gqa = "GQA",
        /// Multi-head latent attention: keys and values are computed from one compressed vector.
        Mla = "MLA",
        /// Some or all layers attend to a window of tokens.
        Windowed = "WINDOWED",
        /// Layers of different kinds, such as attention and recurrent layers.
        Hybrid = "HYBRID",
        /// No attention: all layers keep a state of fixed size.
        Recurrent = "RECURRENT",
    }
}

/// A list of texts, stored as a JSON array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct StringList(pub Vec<String>);
