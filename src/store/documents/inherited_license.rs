//! The licenses that sizes of derived models inherit from the models that these were derived from.

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use crate::db::bulk::distinct;
use crate::error::Result;

/// The models whose rows are written, and all models derived from them, directly or indirectly.
const AFFECTED: &str = "
    WITH RECURSIVE affected (id) AS (
        SELECT id FROM model WHERE {written}
        UNION
        SELECT derived.model_id FROM model_base derived JOIN affected ON derived.base_id = affected.id
    )";

/// The walk from each size to its ancestors, by the rule of `ModelDocument::bases_of_size`: the bases that the size was derived from
/// and whose weights it contains, and so on from the size of each base. Of each ancestor the license of that size, or else those of
/// all sizes, or else that of the model. The licenses of ancestors further away than 20 steps are unknown.
const INHERITED: &str = ",
    ancestor (size_id, model_id, ancestor_id, label, steps) AS (
        SELECT size.id, size.model_id, base.base_id, COALESCE(base.base_size, size.label), 1
        FROM model_size size JOIN model_base base ON base.model_id = size.model_id
        WHERE size.model_id IN (SELECT id FROM affected)
            AND COALESCE(base.relation, '') NOT IN ('DISTILLED', 'SUCCEEDS')
            AND (base.own_size IS NULL OR base.own_size = size.label)
        UNION
        SELECT ancestor.size_id, ancestor.model_id, base.base_id, COALESCE(base.base_size, ancestor.label), ancestor.steps + 1
        FROM ancestor JOIN model_base base ON base.model_id = ancestor.ancestor_id
        WHERE COALESCE(base.relation, '') NOT IN ('DISTILLED', 'SUCCEEDS') AND ancestor.steps < 20
            AND (base.own_size IS NULL OR base.own_size = ancestor.label OR NOT EXISTS (
                SELECT 1 FROM model_size same WHERE same.model_id = ancestor.ancestor_id AND same.label = ancestor.label
            ))
    )
    SELECT DISTINCT ancestor.size_id, ancestor.model_id,
        CASE WHEN ancestor.steps = 20 THEN NULL WHEN other.id IS NULL THEN model.license_id ELSE other.effective_license_id END
    FROM ancestor
    JOIN model ON model.id = ancestor.ancestor_id
    LEFT JOIN model_size other ON other.model_id = ancestor.ancestor_id AND (other.label = ancestor.label OR NOT EXISTS (
        SELECT 1 FROM model_size same WHERE same.model_id = ancestor.ancestor_id AND same.label = ancestor.label
    ))";

/// Updates the inherited licenses of models whose license, sizes or bases were written, and of all models derived from them,
/// by two statements.
///
/// # Errors
/// The database fails.
pub async fn update_inherited_licenses(db: &DatabaseTransaction, written: &[i32]) -> Result<()> {
    if written.is_empty() {
        return Ok(());
    }
    let backend = db.get_database_backend();
    let ids = distinct(written.to_vec());
    let (condition, ids) = match backend {
        DbBackend::Postgres => ("id = ANY($1)", Value::from(ids)),
        _ => ("id IN (SELECT value FROM json_each(?))", serde_json::json!(ids).to_string().into()),
    };
    let affected = AFFECTED.replace("{written}", condition);
    let delete = format!("DELETE FROM inherited_license WHERE model_id IN ({affected} SELECT id FROM affected)");
    let insert = format!("INSERT INTO inherited_license (model_size_id, model_id, license_id) {affected}{INHERITED}");
    for sql in [delete, insert] {
        db.execute_raw(Statement::from_sql_and_values(backend, sql, [ids.clone()])).await?;
    }
    Ok(())
}
