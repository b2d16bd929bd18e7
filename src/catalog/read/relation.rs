//! What belongs to rows.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::dataloader::Loader;
use entity::{dataset, link, model, model_size, organization};
use futures_util::future::try_join_all;
use sea_orm::{
    ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryTrait,
    sea_query::{Expr, Order, SelectStatement},
};

use super::{
    super::{
        link::{Followed, Owner},
        list::one_of,
        rows::with_id,
        shelf::{Asked, Shelved},
    },
    Reader,
};
use crate::error::{Error, Result};

/// Rows that requests share.
pub type Shared<M> = Arc<[Arc<M>]>;

/// Makes what belongs to each key ready to be shared; leaves out what `show` does not show.
fn shared<K: Eq + Hash, R, M>(
    rows: impl IntoIterator<Item = (K, Vec<R>)>,
    show: impl Fn(R) -> Option<M> + Copy,
) -> HashMap<K, Shared<M>> {
    let share = |rows: Vec<R>| rows.into_iter().filter_map(show).map(Arc::new).collect();
    rows.into_iter().map(|(key, rows)| (key, share(rows))).collect()
}

/// The sizes of a model, by parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SizesOf(pub i32);

impl Shelved for SizesOf {
    fn asked(&self) -> Asked {
        Asked::Relation("sizes", self.0)
    }
}

impl Loader<SizesOf> for Reader {
    type Value = Shared<model_size::Model>;
    type Error = Error;

    async fn load(&self, keys: &[SizesOf]) -> Result<HashMap<SizesOf, Self::Value>> {
        let mut select = model_size::Entity::find().into_query();
        select.order_by("parameters", Order::Asc).order_by("label", Order::Asc);
        Ok(shared(self.children(keys, |key| key.0, select, ("model_size", "model_id")).await?, Some))
    }
}

/// The models that were derived from a model, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DerivedFrom(pub i32);

impl Shelved for DerivedFrom {
    fn asked(&self) -> Asked {
        Asked::Relation("derived", self.0)
    }
}

impl Loader<DerivedFrom> for Reader {
    type Value = Shared<model::Model>;
    type Error = Error;

    async fn load(&self, keys: &[DerivedFrom]) -> Result<HashMap<DerivedFrom, Self::Value>> {
        let mut select = model::Entity::find().into_query();
        select.order_by("name_key", Order::Asc).order_by("id", Order::Asc);
        Ok(shared(self.children(keys, |key| key.0, select, ("model", "base_model_id")).await?, Some))
    }
}

/// The datasets of a model, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DatasetsOf(pub i32);

impl Shelved for DatasetsOf {
    fn asked(&self) -> Asked {
        Asked::Relation("datasets", self.0)
    }
}

impl Loader<DatasetsOf> for Reader {
    type Value = Shared<dataset::Model>;
    type Error = Error;

    async fn load(&self, keys: &[DatasetsOf]) -> Result<HashMap<DatasetsOf, Self::Value>> {
        let mut select = dataset::Entity::find().into_query();
        let on = Expr::col(("model_dataset", "dataset_id")).equals(("dataset", "id"));
        select.inner_join("model_dataset", on).order_by(("model_dataset", "position"), Order::Asc);
        Ok(shared(self.children(keys, |key| key.0, select, ("model_dataset", "model_id")).await?, Some))
    }
}

/// The makers of a model, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrganizationsOf(pub i32);

impl Shelved for OrganizationsOf {
    fn asked(&self) -> Asked {
        Asked::Relation("organizations", self.0)
    }
}

impl Loader<OrganizationsOf> for Reader {
    type Value = Shared<organization::Model>;
    type Error = Error;

    async fn load(&self, keys: &[OrganizationsOf]) -> Result<HashMap<OrganizationsOf, Self::Value>> {
        let mut select = organization::Entity::find().into_query();
        let on = Expr::col(("model_organization", "organization_id")).equals(("organization", "id"));
        select.inner_join("model_organization", on).order_by(("model_organization", "position"), Order::Asc);
        Ok(shared(self.children(keys, |key| key.0, select, ("model_organization", "model_id")).await?, Some))
    }
}

/// The links of a subject, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinksOf(pub Owner);

impl Shelved for LinksOf {
    fn asked(&self) -> Asked {
        // Of all links' columns, which tells whose they are.
        Asked::Relation(self.0.column(), self.0.id())
    }
}

impl Loader<LinksOf> for Reader {
    type Value = Shared<Followed>;
    type Error = Error;

    async fn load(&self, keys: &[LinksOf]) -> Result<HashMap<LinksOf, Self::Value>> {
        let mut kinds = HashMap::<_, Vec<LinksOf>>::new();
        for key in keys {
            kinds.entry(key.0.column()).or_default().push(*key);
        }
        let kinds = kinds.into_iter().map(async |(column, keys)| {
            let mut select = link::Entity::find().into_query();
            // Of the past a link is a union over the kinds of owners: this leaves out all but one of them at once.
            select.and_where(Expr::col(column).is_not_null()).order_by("position", Order::Asc);
            self.children(&keys, |key| key.0.id(), select, ("link", column)).await
        });
        Ok(shared(try_join_all(kinds).await?.into_iter().flatten(), Followed::of))
    }
}

impl Reader {
    /// Reads the rows of `select` whose `column` is one of the parents that `keys` name.
    async fn children<K, M>(
        &self,
        keys: &[K],
        parent: impl Fn(&K) -> i32,
        mut select: SelectStatement,
        column: (&'static str, &'static str),
    ) -> Result<HashMap<K, Vec<M>>>
    where
        K: Copy + Eq + Hash,
        M: FromQueryResult,
    {
        let ids = keys.iter().map(&parent).collect::<Vec<_>>();
        select.expr_as(Expr::col(column), "parent").and_where(one_of(
            self.db().get_database_backend(),
            Expr::col(column),
            &ids,
        ));
        let mut children = HashMap::<i32, Vec<M>>::new();
        for (id, row) in with_id(self.db(), &select, "parent").await? {
            children.entry(id).or_default().push(row);
        }
        Ok(keys.iter().map(|key| (*key, children.remove(&parent(key)).unwrap_or_default())).collect())
    }
}
