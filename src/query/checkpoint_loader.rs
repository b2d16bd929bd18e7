//! Loads the checkpoints of repositories, in one statement per batch.

use std::{collections::HashMap, sync::Arc};

use entity::{checkpoint, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, QueryTrait,
    sea_query::{Expr, Order},
};

use crate::db::sql::in_array;
use crate::domain::checkpoint::CheckpointKey;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, Cacheable, Dependent};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;
use crate::query::relation_keys::Shared;

/// The key of the checkpoints in a repository, by its name in lower case, on any hub.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CheckpointsAt(pub String);

impl Cacheable for CheckpointsAt {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Slug("checkpoint", self.0.clone())
    }
}

impl<V> Dependent<V> for CheckpointsAt {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        dependencies.add_type(SubjectType::Model);
    }
}

impl Loader<CheckpointsAt> for DbLoader {
    type Value = Shared<checkpoint::Model>;

    async fn load(&self, keys: &[CheckpointsAt]) -> Result<Values<CheckpointsAt, Self::Value>> {
        let repositories = keys.iter().map(|key| key.0.clone()).collect::<Vec<_>>();
        let mut select = checkpoint::Entity::find().into_query();
        select.and_where(in_array(self.view.get_database_backend(), Expr::col("repository_key"), &repositories));
        for column in ["repository_key", "hub", "path", "revision"] {
            select.order_by(column, Order::Asc);
        }
        let mut checkpoints = HashMap::<_, Vec<_>>::new();
        for row in self.view.query_all(&select).await? {
            let row = checkpoint::Model::from_query_result(&row, "")?;
            checkpoints.entry(row.repository_key.clone()).or_default().push(Arc::new(row));
        }
        // Repositories without checkpoints have no value, so that the cache keeps no names that clients made up.
        Ok(checkpoints.into_iter().map(|(repository, rows)| (CheckpointsAt(repository), rows.into())).collect())
    }
}

/// Returns the checkpoint with a key.
pub fn with_key<'a>(rows: &'a [Arc<checkpoint::Model>], key: &CheckpointKey) -> Option<&'a Arc<checkpoint::Model>> {
    rows.iter().find(|row| row.hub == key.hub && row.path == key.path && row.revision == key.revision)
}
