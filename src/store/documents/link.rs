//! Links of models, datasets, licenses and architectures, as rows.

use std::collections::HashMap;

use entity::link;
use sea_orm::{ConnectionTrait, DatabaseTransaction, Set};

use crate::db::bulk::{bulk_insert, delete, load_children};
use crate::domain::link::{LinkDocument, LinkOwner};
use crate::error::Result;

/// Makes each list of links the links of its owner. `kept` are the owners that may have some already.
pub async fn write(
    db: &DatabaseTransaction,
    owner: fn(i32) -> LinkOwner,
    kept: &[i32],
    links: Vec<(i32, &[LinkDocument])>,
) -> Result<()> {
    delete(db, "link", owner(0).column(), kept).await?;
    let rows = links.into_iter().flat_map(|(id, links)| {
        links.iter().zip(0..).map(move |(link, position)| {
            let mut row = link::ActiveModel {
                position: Set(position),
                kind: Set(link.kind),
                title: Set(link.title.clone()),
                url: Set(link.url.clone()),
                ..Default::default()
            };
            match owner(id) {
                LinkOwner::Model(id) => row.model_id = Set(Some(id)),
                LinkOwner::Dataset(id) => row.dataset_id = Set(Some(id)),
                LinkOwner::License(id) => row.license_id = Set(Some(id)),
                LinkOwner::Architecture(id) => row.architecture_id = Set(Some(id)),
            }
            row
        })
    });
    bulk_insert(db, rows.collect(), None).await
}

/// The links of owners, by their ids, in their order.
pub async fn load(
    db: &impl ConnectionTrait,
    owner: fn(i32) -> LinkOwner,
    ids: &[i32],
) -> Result<HashMap<i32, Vec<LinkDocument>>> {
    let rows = load_children::<link::Entity>(db, owner(0).column(), ids, &["position"]).await?;
    let document = |row: link::Model| LinkDocument { kind: row.kind, title: row.title, url: row.url };
    Ok(rows.into_iter().map(|(id, rows)| (id, rows.into_iter().map(document).collect())).collect())
}
