//! Loads the files with the weights of sizes in a format, in one statement per batch.

use std::{collections::HashMap, sync::Arc};

use entity::{checkpoint, vocabulary::SubjectType};
use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, QueryTrait, sea_query::Expr};

use crate::db::sql::in_array;
use crate::domain::quantization::Quantization;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, Cacheable, Dependent, StatementHash};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;
use crate::query::relation_keys::Shared;

/// The order in which checkpoints with the weights of a size in one format stand for that format, those of the makers first.
pub const WEIGHT_FILE_ORDER: &str = "CASE WHEN checkpoint.official THEN 0 ELSE 1 END, checkpoint.repository_key, checkpoint.hub, checkpoint.path, checkpoint.revision";

/// Returns the condition on checkpoints whose files have weights in a format and a known number of bytes.
pub fn has_weights_in(quantization: Quantization) -> String {
    format!("checkpoint.bytes IS NOT NULL AND UPPER(checkpoint.quantization) = '{}'", quantization.name)
}

/// The key of the checkpoint that has the weights of a size in a format. The value has one element, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeightFile {
    /// The id of the size.
    pub size: i32,
    /// The format.
    pub quantization: Quantization,
}

impl Cacheable for WeightFile {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Statement(StatementHash::of(&format!("weights {} {}", self.quantization.name, self.size)))
    }
}

impl<V> Dependent<V> for WeightFile {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        dependencies.add_type(SubjectType::Model);
    }
}

impl Loader<WeightFile> for DbLoader {
    type Value = Shared<checkpoint::Model>;

    async fn load(&self, keys: &[WeightFile]) -> Result<Values<WeightFile, Self::Value>> {
        let mut batches = HashMap::<_, Vec<i32>>::new();
        for WeightFile { size, quantization } in keys {
            batches.entry(*quantization).or_default().push(*size);
        }
        let mut loaded = Values::default();
        for (quantization, sizes) in batches {
            let size_id = || Expr::col(("checkpoint", "size_id"));
            let mut select = checkpoint::Entity::find().into_query();
            select
                .and_where(in_array(self.view.get_database_backend(), size_id(), &sizes))
                .and_where(Expr::cust(has_weights_in(quantization)))
                .order_by_expr(Expr::cust(WEIGHT_FILE_ORDER), sea_orm::sea_query::Order::Asc);
            let mut first = HashMap::new();
            for row in self.view.query_all(&select).await? {
                let row = checkpoint::Model::from_query_result(&row, "")?;
                if let Some(size) = row.size_id {
                    first.entry(size).or_insert(Arc::new(row));
                }
            }
            loaded.extend(sizes.into_iter().map(|size| {
                let rows = first.remove(&size).into_iter().collect::<Vec<_>>();
                (WeightFile { size, quantization }, rows.into())
            }));
        }
        Ok(loaded)
    }
}
