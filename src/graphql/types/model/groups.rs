//! Groups of models: how many models and sizes there are by license, organization and so on, and how large they are.

use std::{collections::HashSet, marker::PhantomData, sync::Arc};

use async_graphql::{Context, Enum, Object, SimpleObject};
use entity::model;
use sea_orm::Condition;

use crate::domain::count::Count;
use crate::domain::facts::response_budget::Charged;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::filter::condition;
use crate::graphql::scalars::DateTime;
use crate::graphql::types::model::facets::{MODALITIES, PURPOSES, context_ranges, has_modality, ranges};
use crate::graphql::types::model::filter::ModelFilter;
use crate::graphql::types::model_size::ModelSizeFilter;
use crate::query::groups::{self, Group, GroupAggregate, GroupColumn};
use crate::query::keyset::{Join, JoinTable, ListQuery, PageRequest};
use crate::query::page_loader::{CountKey, PageKey};

/// The largest number of keys to group by.
pub const MAX_GROUP_KEYS: usize = 3;

/// A fact by which models are grouped. What a size has of its own is that of the size: its models count in several groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum ModelGroupKey {
    /// The license that applies to the size; a value is the slug of a license.
    License,
    /// Whether commercial use of the size is permitted; a value is a `CommercialUse`.
    CommercialUse,
    /// The organization that made the model; a value is the slug of an organization. A model of two organizations counts for both.
    Organization,
    /// The country of an organization that made the model; a value is a code of ISO 3166-1 alpha-2. A model of two countries counts
    /// for both.
    Country,
    /// The year of the release of the size, such as "2023".
    ReleaseYear,
    /// The month of the release of the size, such as "2023-07". Null also if only the year is known.
    ReleaseMonth,
    /// The kind of the model; a value is a `ModelKind`.
    Kind,
    /// The architecture of the model; a value is the slug of an architecture.
    Architecture,
    /// A kind of data that the size reads or writes; a value is a `Modality`. A size with two of them counts for both.
    Modality,
    /// A purpose of the model, such as CHAT. A model with two purposes counts for both.
    Purpose,
    /// The length of the context of the size, in ranges; a value is the lower bound of a range.
    ContextLength,
}

/// The date on which a size was released, or a model without sizes. That of a model may be the one of another size.
macro_rules! release_date {
    () => {
        "CASE WHEN model_size.id IS NULL THEN model.release_date ELSE model_size.release_date END"
    };
}

impl ModelGroupKey {
    /// Returns the value of the key. The aliases of joined tables are not names of tables: conditions have subqueries of those.
    fn column(self) -> GroupColumn {
        const LICENSE: &[Join] = &[Join::of(
            "license",
            "effective_license",
            "effective_license.id = COALESCE(model_size.effective_license_id, model.license_id)",
        )];
        const ARCHITECTURE: &[Join] = &[Join::of("architecture", "design", "design.id = model.architecture_id")];
        const MAKERS: &[Join] = &[
            Join::of("model_organization", "made", "made.model_id = model.id"),
            Join::of("organization", "maker", "maker.id = made.organization_id"),
        ];
        const CONTEXT: (&str, &str) = context_ranges!("COALESCE(model_size.context_length, model.context_length)");
        const YEAR: &str = concat!("SUBSTR(", release_date!(), ", 1, 4)");
        const MONTH: &str =
            concat!("CASE WHEN LENGTH(", release_date!(), ") >= 7 THEN SUBSTR(", release_date!(), ", 1, 7) END");
        match self {
            Self::License => GroupColumn {
                joins: LICENSE,
                value: "effective_license.slug",
                name: Some("effective_license.name"),
                repeats: false,
            },
            Self::CommercialUse => GroupColumn {
                joins: &[],
                value: "COALESCE(model_size.commercial_use, model.commercial_use)",
                name: None,
                repeats: false,
            },
            Self::Organization => {
                GroupColumn { joins: MAKERS, value: "maker.slug", name: Some("maker.name"), repeats: false }
            }
            Self::Country => {
                GroupColumn { joins: MAKERS, value: "maker.country", name: Some("maker.country"), repeats: true }
            }
            Self::ReleaseYear => GroupColumn { joins: &[], value: YEAR, name: None, repeats: false },
            Self::ReleaseMonth => GroupColumn { joins: &[], value: MONTH, name: None, repeats: false },
            Self::Kind => GroupColumn { joins: &[], value: "model.kind", name: None, repeats: false },
            Self::Modality => GroupColumn {
                joins: &[Join {
                    table: JoinTable::Elements(MODALITIES),
                    alias: "modality",
                    on: has_modality!("COALESCE(model_size.modalities, model.modalities)"),
                    optional: true,
                }],
                value: "modality.value{collation}",
                name: None,
                repeats: false,
            },
            Self::Purpose => {
                GroupColumn { joins: &[PURPOSES], value: "purpose.value{collation}", name: None, repeats: false }
            }
            Self::ContextLength => GroupColumn { joins: &[], value: CONTEXT.0, name: Some(CONTEXT.1), repeats: false },
            Self::Architecture => {
                GroupColumn { joins: ARCHITECTURE, value: "design.slug", name: Some("design.name"), repeats: false }
            }
        }
    }
}

/// Models in groups with the same values.
pub struct ModelGroups {
    keys: Vec<ModelGroupKey>,
    models: Condition,
    sizes: Condition,
}

/// Models in groups with the same values.
#[Object]
impl ModelGroups {
    /// The number of models that `where` and `search` match, each once, whatever the groups. Counted only if this field is selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let page = PageRequest { limit: 0, backward: false, after: None, before: None };
        let query = ListQuery {
            filter: self.models.clone().into(),
            keys: Vec::new(),
            page,
            ranks: None,
            parent: None,
            entity: PhantomData,
        };
        let field = (ctx.item.pos.line, ctx.item.pos.column);
        let backend = ctx.loaders().backend();
        let list = PageKey::<model::Entity> { field, parent: 0, query: Arc::new(query), backend };
        let counts = ctx.loaders().load_one(CountKey { list, facet: None }).await?;
        Ok(counts.and_then(|counts| counts.first().map(|total| total.count)).unwrap_or(0))
    }

    /// The groups, those with most models first, then by the values of their keys in the order of `by`, null last. At most 1000:
    /// INVALID_ARGUMENT if there are more.
    async fn groups(&self, ctx: &Context<'_>) -> Result<Vec<ModelGroup>> {
        let columns = self.keys.iter().map(|key| key.column()).collect::<Vec<_>>();
        let groups = groups::groups(ctx.db(), &columns, self.models.clone(), self.sizes.clone()).await?;
        Ok(groups.into_iter().map(|group| ModelGroup::of(&self.keys, group)).collect())
    }
}

/// The models and sizes that have the same values of the keys.
#[derive(SimpleObject)]
pub struct ModelGroup {
    /// The values that they have in common, in the order of `by`.
    keys: Vec<GroupKey>,
    /// The number of models: those with a size in the group, and those without any size that `sizesWhere` leaves, which are in the
    /// groups of their own values.
    models: i64,
    /// The number of sizes that `sizesWhere` leaves.
    sizes: i64,
    /// The numbers of parameters of these sizes.
    parameters: Aggregate,
    /// The numbers of training tokens of these sizes.
    training_tokens: Aggregate,
    /// The lengths of the contexts of these sizes.
    context_length: Aggregate,
}

/// The value of a key that a group has.
#[derive(SimpleObject)]
pub struct GroupKey {
    /// The key.
    key: ModelGroupKey,
    /// The value, as filters accept it. Null if it is unknown.
    value: Charged<Option<String>>,
    /// The display name of the value in English. Null if the value is.
    label: Charged<Option<String>>,
}

/// The known numbers of a fact in a group.
#[derive(SimpleObject)]
pub struct Aggregate {
    /// The number of sizes for which it is known.
    count: i64,
    /// The smallest number. Null if none is known.
    min: Option<Count>,
    /// The largest number. Null if none is known.
    max: Option<Count>,
    /// The arithmetic mean. Null if none is known.
    average: Option<f64>,
}

impl ModelGroup {
    fn of(keys: &[ModelGroupKey], group: Group) -> Self {
        let [parameters, training_tokens, context_length] = group.aggregates.map(Aggregate::of);
        let keys = keys.iter().zip(group.values).map(|(key, (value, name))| {
            let label = name.or_else(|| value.as_deref().map(in_words));
            GroupKey { key: *key, value: Charged(value), label: Charged(label) }
        });
        Self {
            keys: keys.collect(),
            models: group.models,
            sizes: group.sizes,
            parameters,
            training_tokens,
            context_length,
        }
    }
}

impl Aggregate {
    fn of(aggregate: GroupAggregate) -> Self {
        let GroupAggregate { count, min, max, average } = aggregate;
        Self { count, min: min.map(Count::from_column), max: max.map(Count::from_column), average }
    }
}

/// Returns the value of an enum in words: "AUTHORIZATION_REQUIRED" is "Authorization required".
fn in_words(value: &str) -> String {
    let (first, rest) = value.split_at(value.len().min(1));
    format!("{first}{}", rest.replace('_', " ").to_lowercase())
}

/// The query of groups of models.
#[derive(Default)]
pub struct ModelGroupQuery;

#[Object]
impl ModelGroupQuery {
    /// The models in groups with the same values, with the number of models and sizes in each and how large these are. A model with
    /// several values, such as two organizations or sizes under different licenses, counts in the group of each.
    async fn model_groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The facts to group by: 1 to 3, each once.")] by: Vec<ModelGroupKey>,
        #[graphql(name = "where", desc = "Groups models that match this filter; null matches all.")] filter: Option<
            Box<ModelFilter>,
        >,
        #[graphql(
            desc = "Counts only sizes that match this filter; null matches all. A model without such a size counts with its own license, commercial use and release date."
        )]
        sizes_where: Option<Box<ModelSizeFilter>>,
        #[graphql(desc = "Groups models whose names or summary contain every word, ignoring case and width.")]
        search: Option<String>,
        #[graphql(desc = "The time to read everything below at; null: now.")] as_of: Option<DateTime>,
    ) -> Option<Result<ModelGroups>> {
        Some(ModelGroups::read(ctx, by, filter, sizes_where, search, as_of).await)
    }
}

impl ModelGroups {
    async fn read(
        ctx: &Context<'_>,
        keys: Vec<ModelGroupKey>,
        filter: Option<Box<ModelFilter>>,
        sizes_where: Option<Box<ModelSizeFilter>>,
        search: Option<String>,
        as_of: Option<DateTime>,
    ) -> Result<Self> {
        if !(1..=MAX_GROUP_KEYS).contains(&keys.len()) || keys.iter().collect::<HashSet<_>>().len() < keys.len() {
            let message = format!("`by` has from 1 to {MAX_GROUP_KEYS} keys, each once.");
            return Err(Error::InvalidArgument(message));
        }
        ctx.read_as_of(as_of.map(|time| time.0)).await?;
        let models = condition(ctx, filter.as_deref(), search.as_deref()).await?.condition;
        let sizes = condition(ctx, sizes_where.as_deref(), None).await?.condition;
        Ok(Self { keys, models, sizes })
    }
}
