//! The queries and mutations that every subject type has.

use async_graphql::ObjectType;

/// The queries of a subject type.
pub trait HasQuery {
    /// The object with them.
    type Query: ObjectType + Default;
}

/// The mutations of a subject type.
pub trait HasMutation {
    /// The object with them.
    type Mutation: ObjectType + Default;
}

/// Declares the queries of a subject type: one subject by its slug, and the connection of all.
macro_rules! subject_queries {
    (
        $query:ident for $subject:ident;
        $(#[$one_doc:meta])* $one:ident;
        #[doc = $list_doc:literal] $list:ident($filter:ident, $order:ident);
    ) => {
        /// The queries of a subject type.
        #[derive(Default)]
        pub struct $query;

        impl $crate::graphql::resource_macros::HasQuery for $subject {
            type Query = $query;
        }

        #[macros::connection_field(
            name = $list, node = $subject, filter = $filter, order = $order, as_of, doc = $list_doc
        )]
        #[async_graphql::Object]
        impl $query {
            $(#[$one_doc])*
            async fn $one(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The slug.")] slug: String,
                #[graphql(desc = "The time to read everything below at; null: now.")]
                as_of: Option<$crate::graphql::scalars::DateTime>,
            ) -> Option<$crate::error::Result<$subject>> {
                use $crate::error::Error;
                use $crate::graphql::context::ContextExt;
                use $crate::query::row_loader::BySlug;
                let time = as_of.map(|time| time.0);
                if let Err(error) = ctx.read_as_of(time).await {
                    return Some(Err(error));
                }
                let key = BySlug::<entity::$one::Entity>::new(SubjectType::$subject, slug.clone());
                let row = ctx.loaders().load_one(key).await;
                let not_found = Error::not_found(stringify!($one), slug, time);
                Some(row.and_then(|row| row.map($subject).ok_or(not_found)))
            }
        }
    };
}

/// Declares the mutations of a subject type: create, update, delete and upsert.
macro_rules! subject_mutations {
    (
        impl $mutation:ident for $subject:ident as $field:ident: $document:ident
        $create:ident($create_input:ident) -> $create_payload:ident
        $update:ident($update_input:ident) -> $update_payload:ident
        $delete:ident
        $upsert:ident($upsert_input:ident { $inputs:ident }) -> $upsert_payload:ident { $result:ident }
    ) => {
        /// The mutations of a subject type.
        #[derive(Default)]
        pub struct $mutation;

        impl $crate::graphql::resource_macros::HasMutation for $subject {
            type Mutation = $mutation;
        }

        use $crate::graphql::mutation::SavedSubject;

        #[async_graphql::Object]
        impl $mutation {
            /// Creates a subject with its parts. Requires EDITOR. Errors: ALREADY_EXISTS if the slug is taken; INVALID_DOCUMENT.
            async fn $create(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subject.")] input: $create_input,
                #[graphql(desc = "Why.")] reason: Option<String>,
            ) -> Option<$crate::error::Result<$create_payload>> {
                let created = Box::pin($crate::graphql::mutation::create(ctx, input, reason)).await;
                Some(
                    created
                        .map(|(SavedSubject { subject, .. }, revision)| $create_payload { $field: subject, revision }),
                )
            }

            /// Updates a subject. Requires EDITOR. Errors: NOT_FOUND; CONFLICT if it has another version; INVALID_DOCUMENT.
            async fn $update(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The changes.")] input: $update_input,
                #[graphql(desc = "Why.")] reason: Option<String>,
            ) -> Option<$crate::error::Result<$update_payload>> {
                let updated = Box::pin($crate::graphql::mutation::update(ctx, input, reason)).await;
                Some(updated.map(|(SavedSubject { subject, outcome }, revision)| $update_payload {
                    $field: subject,
                    outcome,
                    revision,
                }))
            }

            /// Deletes a subject with its parts, which undo restores. Requires EDITOR. Errors: NOT_FOUND; CONFLICT; IN_USE if
            /// others refer to it.
            async fn $delete(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subject.")] input: $crate::graphql::mutation::DeleteInput,
                #[graphql(desc = "Why.")] reason: Option<String>,
            ) -> Option<$crate::error::Result<$crate::graphql::mutation::DeletePayload>> {
                Some(Box::pin($crate::graphql::mutation::delete::<$document>(ctx, input, reason)).await)
            }

            /// Creates or replaces subjects by their slugs; what an input leaves out becomes unknown. Requires EDITOR. Errors:
            /// INVALID_DOCUMENT, also for two inputs with one slug.
            async fn $upsert(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subjects.")] input: $upsert_input,
                #[graphql(desc = "Why.")] reason: Option<String>,
            ) -> Option<$crate::error::Result<$upsert_payload>> {
                let path = concat!("input.", stringify!($inputs));
                let upserted = Box::pin($crate::graphql::mutation::upsert(ctx, path, input.$inputs, reason)).await;
                let result = |SavedSubject { subject, outcome }| $result { outcome, $field: subject };
                Some(upserted.map(|(saved, revision)| $upsert_payload {
                    results: saved.into_iter().map(result).collect(),
                    revision,
                }))
            }
        }

        /// The result of a creation.
        #[derive(async_graphql::SimpleObject)]
        pub struct $create_payload {
            /// The subject.
            $field: $subject,
            /// The latest revision of the catalog.
            revision: i32,
        }

        /// The result of an update.
        #[derive(async_graphql::SimpleObject)]
        pub struct $update_payload {
            /// The subject after the mutation.
            $field: $subject,
            /// UPDATED, or UNCHANGED if the input made no difference.
            outcome: $crate::graphql::mutation::Outcome,
            /// The latest revision of the catalog.
            revision: i32,
        }

        /// Subjects to create or replace.
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct $upsert_input {
            /// The subjects, by their slugs or those derived from their names.
            $inputs: Vec<$create_input>,
        }

        /// The results of an upsert.
        #[derive(async_graphql::SimpleObject)]
        pub struct $upsert_payload {
            /// The result of each input, in their order.
            results: Vec<$result>,
            /// The latest revision of the catalog.
            revision: i32,
        }

        /// The result of one input.
        #[derive(async_graphql::SimpleObject)]
        pub struct $result {
            /// CREATED, UPDATED or UNCHANGED.
            outcome: $crate::graphql::mutation::Outcome,
            /// The subject after the mutation.
            $field: $subject,
        }
    };
}

pub(super) use {subject_mutations, subject_queries};
