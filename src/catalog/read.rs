//! Reading what belongs to rows, in batches: one statement fetches a relation of any number of rows.
//!
//! A key type says which relation is meant, and so picks the statement. The batches of one request are gathered by
//! async-graphql's `DataLoader`.

use std::{collections::HashMap, hash::Hash, marker::PhantomData, sync::Arc};

use async_graphql::{
    dataloader::{DataLoader, Loader},
    runtime::{Timer, TokioSpawner},
};
use entity::{dataset, link, model, model_size, organization};
use futures_util::future::{BoxFuture, try_join_all};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryTrait,
    sea_query::{Expr, Order, SelectStatement},
};

use super::{
    database::Database,
    link::{Followed, Owner},
    list::{Facet, Listing, Page, Tally, one_of},
    past::View,
    rows::with_id,
    shelf::{Asked, Shelf, Shelved, Weigh},
};
use crate::error::{Error, Result};

/// Reads from the catalog, as it is or as it was.
pub struct Reader {
    view: View,
}

/// Gathers the reads of one request into batches, and does without those that the shelf answers.
pub struct Batches {
    loader: DataLoader<Reader>,
    /// None in the past, which is asked for too seldom to be kept.
    shelf: Option<Shelf>,
}

impl Batches {
    /// New batches. Must be called on the runtime that the request runs on.
    pub fn new(view: View) -> Self {
        let shelf = view.is_now().then(|| view.database().shelf().clone());
        // A batch is as large as a request can make it, so that a relation never takes a second statement.
        let loader = DataLoader::new(Reader { view }, TokioSpawner::current(), NextTurn).max_batch_size(usize::MAX);
        Self { loader, shelf }
    }

    /// What a key stands for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<<Reader as Loader<K>>::Value>>
    where
        K: Shelved + Clone + Eq + Hash + Send + Sync + 'static,
        Reader: Loader<K, Error = Error>,
        <Reader as Loader<K>>::Value: Weigh,
    {
        let shelf = self.shelf.as_ref();
        // The place is of now, so that what is read stands under no later revision than it is of.
        let place = shelf.and_then(|shelf| shelf.place(&key)).zip(shelf);
        if let Some((place, shelf)) = &place
            && let Some(value) = shelf.get(place)
        {
            return Ok(Some(value));
        }
        // Apart, because what waits here is large, and a field that does without it need not be.
        let value = Box::pin(self.loader.load_one(key)).await?;
        if let (Some((place, shelf)), Some(value)) = (place, &value) {
            shelf.put(place, value);
        }
        Ok(value)
    }

    /// The database, for those who write.
    pub fn database(&self) -> &Database {
        self.db().database()
    }

    /// What to read from, for what is read once in a request.
    pub fn db(&self) -> &View {
        &self.loader.loader().view
    }
}

/// Sends a batch as soon as every resolver that is ready has put its keys in: after the executor has gone round once.
struct NextTurn;

impl Timer for NextTurn {
    fn delay(&self, _: std::time::Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::task::yield_now())
    }
}

impl Reader {
    fn db(&self) -> &View {
        &self.view
    }
}

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

/// The row with an id.
#[derive(Debug)]
pub struct ById<E> {
    id: i32,
    entity: PhantomData<fn() -> E>,
}

impl<E> ById<E> {
    /// The row with this id.
    pub fn new(id: i32) -> Self {
        Self { id, entity: PhantomData }
    }
}

impl<E> Clone for ById<E> {
    fn clone(&self) -> Self {
        Self::new(self.id)
    }
}

impl<E> PartialEq for ById<E> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<E> Eq for ById<E> {}

impl<E> Hash for ById<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl<E: EntityTrait> Shelved for ById<E> {
    fn asked(&self) -> Asked {
        Asked::Row(E::default().table_name(), self.id)
    }
}

impl<E> Loader<ById<E>> for Reader
where
    E: EntityTrait + 'static,
    E::Model: Send + Sync,
{
    type Value = Arc<E::Model>;
    type Error = Error;

    async fn load(&self, keys: &[ById<E>]) -> Result<HashMap<ById<E>, Self::Value>> {
        let ids = keys.iter().map(|key| key.id).collect::<Vec<_>>();
        let column = (E::default().table_name().to_owned(), "id");
        let mut select = E::find().into_query();
        select.and_where(one_of(self.db().get_database_backend(), Expr::col(column), &ids));
        Ok(with_id::<E::Model>(self.db(), &select, "id")
            .await?
            .into_iter()
            .map(|(id, row)| (ById::new(id), Arc::new(row)))
            .collect())
    }
}

/// The row with a slug.
#[derive(Debug)]
pub struct BySlug<E> {
    slug: String,
    entity: PhantomData<fn() -> E>,
}

impl<E> BySlug<E> {
    /// The row with this slug.
    pub fn new(slug: String) -> Self {
        Self { slug, entity: PhantomData }
    }
}

impl<E> Clone for BySlug<E> {
    fn clone(&self) -> Self {
        Self::new(self.slug.clone())
    }
}

impl<E> PartialEq for BySlug<E> {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl<E> Eq for BySlug<E> {}

impl<E> Hash for BySlug<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.slug.hash(state);
    }
}

impl<E: EntityTrait> Shelved for BySlug<E> {
    fn asked(&self) -> Asked {
        Asked::Slug(E::default().table_name(), self.slug.clone())
    }
}

impl<E> Loader<BySlug<E>> for Reader
where
    E: EntityTrait + 'static,
    E::Model: Send + Sync,
{
    type Value = Arc<E::Model>;
    type Error = Error;

    async fn load(&self, keys: &[BySlug<E>]) -> Result<HashMap<BySlug<E>, Self::Value>> {
        let slugs = keys.iter().map(|key| key.slug.clone()).collect::<Vec<_>>();
        let column = Expr::col((E::default().table_name(), "slug"));
        let mut select = E::find().into_query();
        // One alone is looked for by a plain comparison, which every planner takes to the index.
        select.and_where(match &slugs[..] {
            [one] => column.eq(one.as_str()),
            many => one_of(self.db().get_database_backend(), column, many),
        });
        let rows = self.db().query_all(&select).await?;
        let rows = rows.iter().map(|row| {
            let slug = row.try_get("", "slug")?;
            Ok((BySlug::new(slug), Arc::new(E::Model::from_query_result(row, "")?)))
        });
        Ok(rows.collect::<Result<_, DbErr>>()?)
    }
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

/// A page of a list, of one parent or of none.
pub struct PageOf<E> {
    /// The place of the field in the request's document. Arguments are the same wherever that field is resolved, so it
    /// tells lists apart.
    pub field: (usize, usize),
    /// The parent's id; 0 for none.
    pub parent: i32,
    /// What to list.
    pub listing: Arc<Listing<E>>,
    /// The database that it is asked of.
    pub backend: DbBackend,
}

impl<E> Clone for PageOf<E> {
    fn clone(&self) -> Self {
        Self { field: self.field, parent: self.parent, listing: Arc::clone(&self.listing), backend: self.backend }
    }
}

impl<E> PartialEq for PageOf<E> {
    fn eq(&self, other: &Self) -> bool {
        (self.field, self.parent) == (other.field, other.parent)
    }
}

impl<E> Eq for PageOf<E> {}

impl<E> Hash for PageOf<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.field, self.parent).hash(state);
    }
}

impl<E: EntityTrait> Shelved for PageOf<E> {
    fn asked(&self) -> Asked {
        Asked::Statement(self.listing.page_text(self.backend, self.parent))
    }
}

impl<E> Loader<PageOf<E>> for Reader
where
    E: EntityTrait + 'static,
    E::Model: Send + Sync,
{
    type Value = Arc<Page<Arc<E::Model>>>;
    type Error = Error;

    async fn load(&self, keys: &[PageOf<E>]) -> Result<HashMap<PageOf<E>, Self::Value>> {
        let lists = by_field(keys).into_iter().map(async |(list, parents)| {
            let mut pages = list.listing.pages(self.db(), &parents).await?;
            let page = |parent| Arc::new(pages.remove(&parent).unwrap_or_else(Page::empty));
            let pages = parents.iter().copied().map(page).collect::<Vec<_>>();
            Ok::<_, Error>(parents.into_iter().map(move |parent| PageOf { parent, ..list.clone() }).zip(pages))
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// How many rows a list has, whatever the page: in all, or for each value of a facet.
pub struct TallyOf<E> {
    /// The list.
    pub list: PageOf<E>,
    /// What to count by; none counts all rows together.
    pub facet: Option<&'static Facet>,
}

impl<E> TallyOf<E> {
    fn identity(&self) -> (&PageOf<E>, Option<&'static str>) {
        (&self.list, self.facet.map(|facet| facet.value))
    }
}

impl<E> Clone for TallyOf<E> {
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), facet: self.facet }
    }
}

impl<E> PartialEq for TallyOf<E> {
    fn eq(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }
}

impl<E> Eq for TallyOf<E> {}

impl<E> Hash for TallyOf<E> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.identity().hash(state);
    }
}

impl<E: EntityTrait> Shelved for TallyOf<E> {
    fn asked(&self) -> Asked {
        Asked::Statement(self.list.listing.tally_text(self.list.backend, self.list.parent, self.facet))
    }
}

impl<E: EntityTrait + 'static> Loader<TallyOf<E>> for Reader {
    type Value = Vec<Tally>;
    type Error = Error;

    async fn load(&self, keys: &[TallyOf<E>]) -> Result<HashMap<TallyOf<E>, Self::Value>> {
        let mut lists = HashMap::<_, Vec<&TallyOf<E>>>::new();
        for key in keys {
            lists.entry((key.list.field, key.facet.map(|facet| facet.value))).or_default().push(key);
        }
        let lists = lists.into_values().map(async |keys| {
            let parents = keys.iter().map(|key| key.list.parent).collect::<Vec<_>>();
            let mut tallies = keys[0].list.listing.tally(self.db(), &parents, keys[0].facet).await?;
            let take = |key: &TallyOf<E>| (key.clone(), tallies.remove(&key.list.parent).unwrap_or_default());
            Ok::<_, Error>(keys.into_iter().map(take).collect::<Vec<_>>())
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// The lists that keys are about, each with the parents it is wanted for.
fn by_field<E>(keys: &[PageOf<E>]) -> Vec<(&PageOf<E>, Vec<i32>)> {
    let mut lists = HashMap::<_, (&PageOf<E>, Vec<i32>)>::new();
    for key in keys {
        lists.entry(key.field).or_insert_with(|| (key, Vec::new())).1.push(key.parent);
    }
    lists.into_values().collect()
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
