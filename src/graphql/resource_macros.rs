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
                #[graphql(desc = "Reads the field and everything below it as of this time. Without it, reads the present.")]
                as_of: Option<$crate::graphql::scalars::DateTime>,
            ) -> Option<$crate::error::Result<$subject>> {
                use $crate::error::Error;
                use $crate::graphql::context::ContextExt;
                use $crate::query::row_loader::BySlug;
                let time = as_of.map(|time| time.0);
                if let Err(error) = ctx.read_as_of(time).await {
                    return Some(Err(error));
                }
                let row = ctx.loaders().load_one(BySlug::<entity::$one::Entity>::new(slug.clone())).await;
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

        #[async_graphql::Object]
        impl $mutation {
            /// Creates a subject with everything that belongs to it, in one transaction. Requires EDITOR. Errors: ALREADY_EXISTS
            /// if the slug is taken; INVALID_DOCUMENT, with every problem, if the input is not valid.
            async fn $create(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subject.")] input: $create_input,
            ) -> $crate::error::Result<$create_payload> {
                use crate::graphql::input::{CreateInput, InputContext};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let result = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let mut context = InputContext::new(change);
                    let document = input.document("input", &mut context).await?;
                    let saved = context.create("input", &document).await?;
                    context.finish(saved)
                });
                let MutationResult { done: saved, revision } = result.await?;
                Ok($create_payload { $field: mutation::read(ctx, saved.id).await?, revision })
            }

            /// Updates a subject: an absent field keeps its value, null clears it. An update without differences writes
            /// nothing. Requires EDITOR. Errors: NOT_FOUND; CONFLICT if its version is not `expectedVersion`;
            /// INVALID_DOCUMENT.
            async fn $update(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The changes.")] input: $update_input,
            ) -> $crate::error::Result<$update_payload> {
                use crate::graphql::input::{InputContext, UpdateInput};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let result = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let (slug, expected) = input.subject();
                    let (subject, before) = change.load::<$document>(&slug, expected).await?;
                    let mut context = InputContext::new(change);
                    let after = input.apply("input", before.clone(), &mut context).await?;
                    let saved = context.update("input", subject, &before, &after).await?;
                    context.finish(saved)
                });
                let MutationResult { done: saved, revision } = result.await?;
                Ok($update_payload {
                    $field: mutation::read(ctx, saved.id).await?,
                    outcome: saved.outcome.into(),
                    revision,
                })
            }

            /// Deletes a subject with everything that belongs to it alone. Its revisions stay, and the deletion can be reverted.
            /// Requires EDITOR. Errors: NOT_FOUND; CONFLICT; IN_USE if other subjects refer to it.
            async fn $delete(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subject.")] input: $crate::graphql::mutation::DeleteInput,
            ) -> $crate::error::Result<$crate::graphql::mutation::DeletePayload> {
                $crate::graphql::mutation::delete::<$document>(ctx, input).await
            }

            /// Creates the subjects that do not exist and replaces those that do, by their slugs, in one transaction. A field
            /// that an input does not have becomes unknown. Requires EDITOR. Errors: INVALID_DOCUMENT.
            async fn $upsert(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subjects.")] input: $upsert_input,
            ) -> $crate::error::Result<$upsert_payload> {
                use crate::graphql::input::{CreateInput, InputContext};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let result = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let mut context = InputContext::new(change);
                    let mut all = Some(Vec::new());
                    for (index, input) in input.$inputs.into_iter().enumerate() {
                        let path = format!("input.{}.{index}", stringify!($inputs));
                        let document = input.document(&path, &mut context).await?;
                        match (context.save(&path, &document).await?, &mut all) {
                            (Some(saved), Some(all)) => all.push(saved),
                            _ => all = None,
                        }
                    }
                    context.finish(all)
                });
                let MutationResult { done: all, revision } = result.await?;
                let results = all.into_iter().map(async |saved| {
                    Ok::<_, $crate::error::Error>($result {
                        outcome: saved.outcome.into(),
                        $field: mutation::read(ctx, saved.id).await?,
                    })
                });
                Ok($upsert_payload { results: futures_util::future::try_join_all(results).await?, revision })
            }
        }

        /// The result of a creation.
        #[derive(async_graphql::SimpleObject)]
        pub struct $create_payload {
            /// The subject.
            $field: $subject,
            /// The number of the latest revision of the catalog after the mutation.
            revision: i32,
        }

        /// The result of an update.
        #[derive(async_graphql::SimpleObject)]
        pub struct $update_payload {
            /// The subject after the mutation.
            $field: $subject,
            /// UPDATED, or UNCHANGED if the input made no difference.
            outcome: $crate::graphql::mutation::Outcome,
            /// The number of the latest revision of the catalog after the mutation.
            revision: i32,
        }

        /// Subjects to create or replace.
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct $upsert_input {
            /// The subjects. Each is identified by its slug, or by the slug that is derived from its name.
            $inputs: Vec<$create_input>,
        }

        /// The results of an upsert.
        #[derive(async_graphql::SimpleObject)]
        pub struct $upsert_payload {
            /// The result of each input, in their order.
            results: Vec<$result>,
            /// The number of the latest revision of the catalog after the mutation.
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
