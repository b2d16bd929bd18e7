//! What every noun of the catalog has: a place in history, lists, and a query by slug.
//!
//! These are macros because a field belongs to the object it is declared in: the library can flatten one object into
//! another, but where types refer to each other in a circle, as all of these do, it loses fields on the way.

use crate::graphql::connection::ConnectionParent;

/// An object with a list.
pub trait HasConnection {
    /// Whose list it is; everybody's unless said otherwise.
    fn owner(&self) -> ConnectionParent {
        ConnectionParent::default()
    }
}

/// Declares the object of a subject: its own fields, then what the catalog knows of every subject's row, and with
/// `models in …` the models that belong to it.
macro_rules! subject {
    ($(#[$meta:meta])* impl $noun:ident { $($own:tt)* }) => {
        $(#[$meta])*
        #[async_graphql::Object]
        impl $noun {
            $($own)*

            /// Counts the states the catalog has known it in, from 1.
            async fn version(&self) -> i32 {
                self.0.version
            }

            /// When it came into the catalog.
            async fn created_at(&self) -> $crate::graphql::scalars::DateTime {
                $crate::graphql::scalars::DateTime(self.0.created_at)
            }

            /// When the catalog last changed it.
            async fn updated_at(&self) -> $crate::graphql::scalars::DateTime {
                $crate::graphql::scalars::DateTime(self.0.updated_at)
            }

            /// Its revisions, the oldest first: filtered and in pages. `last: 10` gives the ten newest.
            async fn revisions(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The first this many rows, behind `after` if that is given: 1 to 100, 20 if neither `first` nor `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only rows behind the one with this cursor.")] after: Option<String>,
                #[graphql(desc = "The last this many rows, before `before` if that is given: 1 to 100.")] last: Option<i32>,
                #[graphql(desc = "Only rows before the one with this cursor.")] before: Option<String>,
                #[graphql(name = "where", desc = "What rows must satisfy; null asks for nothing.")]
                filter: Option<Box<$crate::graphql::types::revision::RevisionFilter>>,
            ) -> $crate::error::Result<$crate::graphql::connection::Connection<$crate::graphql::types::revision::Revision>> {
                let page = $crate::graphql::connection::PageArguments { first, after, last, before };
                Box::pin($crate::graphql::types::revision::revisions_of(ctx, entity::vocabulary::SubjectType::$noun, self.0.id, page, filter)).await
            }
        }
    };
    ($(#[$meta:meta])* impl $noun:ident { $($own:tt)* } models in $parent:expr) => {
        impl $crate::graphql::resource_macros::HasConnection for $noun {
            fn owner(&self) -> $crate::graphql::connection::ConnectionParent {
                $crate::graphql::connection::ConnectionParent::of($parent, self.0.id)
            }
        }

        $crate::graphql::resource_macros::list_field! {
            [$crate::graphql::resource_macros::subject!]
            [$(#[$meta])* impl $noun]
            { $($own)* }
            /// Models: filtered, searched, ordered and in pages. Without `orderBy` in the order of the source list, with
            /// models that have no place in it last.
            models: $crate::graphql::types::model::Model, $crate::graphql::types::model::filter::ModelFilter, $crate::graphql::types::model::filter::ModelOrderField
        }
    };
}

/// Declares how a noun is asked for: by its slug, and as a list that is filtered, ordered, searched and paged.
macro_rules! queries {
    (
        impl $query:ident
        $(#[$one_doc:meta])* $one:ident: $noun:ident
        $(#[$list_doc:meta])* $list:ident: $filter:ident, $order:ident
    ) => {
        /// Queries for one noun.
        #[derive(Default)]
        pub struct $query;

        impl $crate::graphql::resource_macros::HasConnection for $query {}

        $crate::graphql::resource_macros::list_field! {
            []
            [#[async_graphql::Object] impl $query]
            {
                $(#[$one_doc])*
                async fn $one(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "The slug: lower-case words and digits, joined by hyphens.")] slug: String,
                    #[graphql(desc = "Answer as the catalog stood at this time, with everything below. Without: as it is.")]
                    as_of: Option<$crate::graphql::scalars::DateTime>,
                ) -> Option<$crate::error::Result<$noun>> {
                    use crate::error::Error;
                    use crate::graphql::context::ContextExt;
                    use crate::query::row_loader::BySlug;
                    let time = as_of.map(|time| time.0);
                    if let Err(error) = ctx.read_as_of(time).await {
                        return Some(Err(error));
                    }
                    let row = ctx.loaders().load_one(BySlug::<entity::$one::Entity>::new(slug.clone())).await;
                    let missing = Error::not_found(stringify!($one), slug, time);
                    Some(row.and_then(|row| row.map($noun).ok_or(missing)))
                }
            }
            $(#[$list_doc])* $list: $noun, $filter, $order; as_of
        }
    };
}

/// Adds a list to the fields of an object, and hands the whole to a macro where one is named. A list that names an argument at
/// its end can be asked as of a time by it.
macro_rules! list_field {
    (
        [$($through:tt)*] [$($head:tt)*] { $($own:tt)* }
        $(#[$doc:meta])* $field:ident: $noun:path, $filter:path, $order:path $(; $as_of:ident)?
    ) => {
        $crate::graphql::resource_macros::list_field! { @emit [$($through)*] {
            $($head)* {
                $($own)*

                $(#[$doc])*
                #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
                async fn $field(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    #[graphql(desc = "The first this many rows, behind `after` if that is given: 1 to 100, 20 if neither `first` nor `last` is given.")]
                    first: Option<i32>,
                    #[graphql(desc = "Only rows behind the one with this cursor.")] after: Option<String>,
                    #[graphql(desc = "The last this many rows, before `before` if that is given: 1 to 100.")] last: Option<i32>,
                    #[graphql(desc = "Only rows before the one with this cursor.")] before: Option<String>,
                    #[graphql(name = "where", desc = "What rows must satisfy; null asks for nothing.")] filter: Option<Box<$filter>>,
                    #[graphql(desc = "What to order by, the most important key first.")]
                    order_by: Option<Vec<$crate::graphql::order::OrderBy<$order>>>,
                    #[graphql(desc = "Words that must all stand in the names or the summary; case and width do not matter.")]
                    search: Option<String>,
                    $(
                        #[graphql(desc = "Answer as the catalog stood at this time, with everything below. Without: as it is.")]
                        $as_of: Option<$crate::graphql::scalars::DateTime>,
                    )?
                ) -> $crate::error::Result<$crate::graphql::connection::Connection<$noun>> {
                    use crate::graphql::connection::{Connection, PageArguments};
                    use crate::graphql::filter::Filter;
                    use crate::graphql::order::sort_keys;
                    use crate::graphql::resource_macros::HasConnection;
                    $($crate::graphql::context::ContextExt::read_as_of(ctx, $as_of.map(|time| time.0)).await?;)?
                    let page = PageArguments { first, after, last, before };
                    let now = $crate::graphql::context::ContextExt::loaders(ctx).db().is_now();
                    let mut condition = $crate::graphql::filter::with_index_hint(now, || {
                        filter.map_or_else(sea_orm::Condition::all, |filter| filter.condition())
                    });
                    if let Some(query) = search {
                        let matches = $crate::query::search::matches(<$filter as Filter>::TABLE, &query);
                        condition = sea_orm::Condition::all().add(condition).add(matches);
                    }
                    // Every field of an object waits in as much memory as its largest does: this one's is apart.
                    Box::pin(Connection::read(ctx, self.owner(), page, condition, sort_keys(order_by.as_ref())?)).await
                }
            }
        } }
    };
    (@emit [] { $($item:tt)* }) => { $($item)* };
    (@emit [$($through:tt)+] { $($item:tt)* }) => { $($through)+ { $($item)* } };
}

/// Declares how a noun is edited: create, update, delete, and create or update many at once.
macro_rules! mutations {
    (
        impl $mutation:ident for $noun:ident as $field:ident: $document:ident
        $create:ident($create_input:ident) -> $create_payload:ident
        $update:ident($update_input:ident) -> $update_payload:ident
        $delete:ident
        $upsert:ident($upsert_input:ident { $inputs:ident }) -> $upsert_payload:ident { $result:ident }
    ) => {
        /// Mutations of one noun.
        #[derive(Default)]
        pub struct $mutation;

        #[async_graphql::Object]
        impl $mutation {
            /// Brings a new subject into the catalog, with everything that belongs to it, in one transaction. ALREADY_EXISTS
            /// where its slug is taken; INVALID_DOCUMENT with every problem where facts cannot be. EDITOR.
            async fn $create(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subject.")] input: $create_input,
            ) -> $crate::error::Result<$create_payload> {
                use crate::graphql::input::{CreateInput, InputContext};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let mut draft = InputContext::new(change);
                    let document = input.document("input", &mut draft).await?;
                    let saved = draft.create("input", &document).await?;
                    draft.finish(saved)
                });
                let MutationResult { done: saved, revision } = written.await?;
                Ok($create_payload { $field: mutation::read(ctx, saved.id).await?, revision })
            }

            /// Changes a subject: what is absent stays, null clears. NOT_FOUND where there is none; CONFLICT where it is not
            /// at `expectedVersion`. A change that changes nothing writes nothing. EDITOR.
            async fn $update(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "What changes.")] input: $update_input,
            ) -> $crate::error::Result<$update_payload> {
                use crate::graphql::input::{InputContext, UpdateInput};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let (slug, expected) = input.subject();
                    let (subject, before) = change.load::<$document>(&slug, expected).await?;
                    let mut draft = InputContext::new(change);
                    let after = input.apply("input", before.clone(), &mut draft).await?;
                    let saved = draft.update("input", subject, &before, &after).await?;
                    draft.finish(saved)
                });
                let MutationResult { done: saved, revision } = written.await?;
                Ok($update_payload {
                    $field: mutation::read(ctx, saved.id).await?,
                    outcome: saved.outcome.into(),
                    revision,
                })
            }

            /// Takes a subject out of the catalog, with what belongs to it alone. IN_USE where others refer to it. It stays in
            /// the revisions. EDITOR.
            async fn $delete(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "Which subject.")] input: $crate::graphql::mutation::DeleteInput,
            ) -> $crate::error::Result<$crate::graphql::mutation::DeletePayload> {
                $crate::graphql::mutation::delete::<$document>(ctx, input).await
            }

            /// Makes the catalog say what the inputs say about the subjects with their slugs, whether those are there or not:
            /// all or nothing. Facts that an input does not give become unknown. EDITOR.
            async fn $upsert(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "The subjects.")] input: $upsert_input,
            ) -> $crate::error::Result<$upsert_payload> {
                use crate::graphql::input::{CreateInput, InputContext};
                use crate::graphql::mutation;
                use crate::graphql::mutation::MutationResult;
                use entity::vocabulary::Role;
                let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
                    let mut draft = InputContext::new(change);
                    let mut all = Some(Vec::new());
                    for (index, input) in input.$inputs.into_iter().enumerate() {
                        let path = format!("input.{}.{index}", stringify!($inputs));
                        let document = input.document(&path, &mut draft).await?;
                        match (draft.save(&path, &document).await?, &mut all) {
                            (Some(saved), Some(all)) => all.push(saved),
                            _ => all = None,
                        }
                    }
                    draft.finish(all)
                });
                let MutationResult { done: all, revision } = written.await?;
                let results = all.into_iter().map(async |saved| {
                    Ok::<_, $crate::error::Error>($result {
                        outcome: saved.outcome.into(),
                        $field: mutation::read(ctx, saved.id).await?,
                    })
                });
                Ok($upsert_payload { results: futures_util::future::try_join_all(results).await?, revision })
            }
        }

        /// A subject that was created.
        #[derive(async_graphql::SimpleObject)]
        pub struct $create_payload {
            /// The subject.
            $field: $noun,
            /// The number of the catalog's last revision after it.
            revision: i32,
        }

        /// A subject that was changed.
        #[derive(async_graphql::SimpleObject)]
        pub struct $update_payload {
            /// The subject as it is now.
            $field: $noun,
            /// UPDATED, or UNCHANGED where it was so already.
            outcome: $crate::graphql::mutation::Outcome,
            /// The number of the catalog's last revision after it.
            revision: i32,
        }

        /// Subjects to create or update.
        #[derive(Clone, Debug, async_graphql::InputObject)]
        pub struct $upsert_input {
            /// The subjects, each by its slug, or by the one that is made of its name.
            $inputs: Vec<$create_input>,
        }

        /// Subjects that were created or updated.
        #[derive(async_graphql::SimpleObject)]
        pub struct $upsert_payload {
            /// One for each input, in their order.
            results: Vec<$result>,
            /// The number of the catalog's last revision after it.
            revision: i32,
        }

        /// What became of one input.
        #[derive(async_graphql::SimpleObject)]
        pub struct $result {
            /// CREATED, UPDATED or UNCHANGED.
            outcome: $crate::graphql::mutation::Outcome,
            /// The subject as it is now.
            $field: $noun,
        }
    };
}

pub(super) use {list_field, mutations, queries, subject};
