//! The links of subjects, as rows.

use std::{collections::HashMap, str::FromStr};

use entity::{link, vocabulary::SubjectType};
use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, Set};

use crate::db::bulk::{bulk_insert, delete, load_children};
use crate::domain::link::LinkDocument;
use crate::error::Result;

/// Replaces the links of subjects of one type. `existing` are the ids of those that may have links already.
pub async fn write(
    db: &DatabaseTransaction,
    subject: SubjectType,
    existing: &[i32],
    links: Vec<(i32, &[LinkDocument])>,
) -> Result<()> {
    delete(db, "link", subject.id_column(), existing).await?;
    let owner = link::Column::from_str(subject.id_column());
    let owner = owner.map_err(|_| DbErr::Custom(format!("no column {} of link", subject.id_column())))?;
    let rows = links.into_iter().flat_map(|(id, links)| {
        links.iter().zip(0..).map(move |(link, position)| {
            let mut row = link::ActiveModel {
                position: Set(position),
                kind: Set(link.kind),
                title: Set(link.title.clone()),
                url: Set(link.url.clone()),
                ..Default::default()
            };
            row.set(owner, id.into());
            row
        })
    });
    bulk_insert(db, rows.collect(), None).await
}

/// Reads the links of subjects of one type. Returns them by the ids of the subjects, each list in its order.
pub async fn load(
    db: &impl ConnectionTrait,
    subject: SubjectType,
    ids: &[i32],
) -> Result<HashMap<i32, Vec<LinkDocument>>> {
    let rows = load_children::<link::Entity>(db, subject.id_column(), ids, &["position"]).await?;
    let document = |row: link::Model| LinkDocument { kind: row.kind, title: row.title, url: row.url };
    Ok(rows.into_iter().map(|(id, rows)| (id, rows.into_iter().map(document).collect())).collect())
}
