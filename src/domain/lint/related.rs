//! The documents that the documents to check refer to.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::vocabulary::{CommercialUse, SubjectType};

use crate::domain::document::SubjectDocument;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;

/// The largest number of steps from a model to the ancestors whose documents rules may use.
pub const MAX_ANCESTOR_STEPS: usize = 20;

macro_rules! related {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// The documents that the documents to check refer to, by slug.
        pub struct Related {
            /// The day of the check.
            pub today: NaiveDate,
            $(
                #[doc = concat!("The documents of the type ", $word, ".")]
                pub $table: HashMap<Slug, crate::domain::$table::$document>,
            )+
        }

        /// A document of any type.
        #[derive(Clone, Copy)]
        pub enum AnyDocument<'a> {
            $($(#[$doc])* $variant(&'a crate::domain::$table::$document),)+
        }

        $(impl Linted for crate::domain::$table::$document {
            fn any(&self) -> AnyDocument<'_> {
                AnyDocument::$variant(self)
            }

            fn of(related: &mut Related) -> &mut HashMap<Slug, Self> {
                &mut related.$table
            }
        })+

        impl Related {
            /// Creates a collection without documents.
            pub fn new(today: NaiveDate) -> Self {
                Self { today, $($table: HashMap::new()),+ }
            }

            /// Returns whether there is a document with this slug.
            pub fn contains(&self, subject: SubjectType, slug: &Slug) -> bool {
                match subject {
                    $(SubjectType::$variant => self.$table.contains_key(slug),)+
                }
            }
        }
    };
}

entity::subjects!([related]);

/// A document that can be checked.
pub trait Linted: SubjectDocument {
    /// Returns the document with its type.
    fn any(&self) -> AnyDocument<'_>;

    /// Returns the related documents of the type.
    fn of(related: &mut Related) -> &mut HashMap<Slug, Self>;
}

impl Related {
    /// Returns the commercial use of each size of a model, or of the model itself without sizes.
    pub fn uses(&self, model: &ModelDocument) -> Vec<CommercialUse> {
        let of_license =
            |slug: &Slug| self.license.get(slug).map_or(CommercialUse::Unknown, |license| license.commercial_use);
        let (of_model, of_sizes) = model.effective_uses(of_license);
        if of_sizes.is_empty() { vec![of_model] } else { of_sizes }
    }
}
