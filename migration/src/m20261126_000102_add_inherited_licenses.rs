//! Adds the licenses that sizes of derived models inherit from the models that these were derived from.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::ConnectionTrait};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "inherited_license";

/// The foreign keys: the column, the table that it refers to, whether it is required, and the action on deletion.
const KEYS: [(&str, &str, bool, ForeignKeyAction); 3] = [
    ("model_size_id", "model_size", true, ForeignKeyAction::Cascade),
    ("model_id", "model", true, ForeignKeyAction::Cascade),
    ("license_id", "license", false, ForeignKeyAction::Restrict),
];

/// Of each ancestor the license of the size with the same label, else those of all sizes, else that of the model.
const FILL: &str = "
    INSERT INTO inherited_license (model_size_id, model_id, license_id)
    WITH RECURSIVE ancestor (model_id, ancestor_id, steps) AS (
        SELECT id, base_model_id, 1 FROM model WHERE base_model_id IS NOT NULL
        UNION
        SELECT ancestor.model_id, base.base_model_id, ancestor.steps + 1
        FROM ancestor JOIN model base ON base.id = ancestor.ancestor_id
        WHERE base.base_model_id IS NOT NULL AND ancestor.steps < 20
    )
    SELECT DISTINCT size.id, size.model_id,
        CASE WHEN ancestor.steps = 20 THEN NULL WHEN other.id IS NULL THEN model.license_id ELSE other.effective_license_id END
    FROM ancestor
    JOIN model_size size ON size.model_id = ancestor.model_id
    JOIN model ON model.id = ancestor.ancestor_id
    LEFT JOIN model_size other ON other.model_id = ancestor.ancestor_id AND (other.label = size.label OR NOT EXISTS (
        SELECT 1 FROM model_size same WHERE same.model_id = ancestor.ancestor_id AND same.label = size.label
    ))";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table(TABLE).col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key());
        for (column, to, required, on_delete) in KEYS {
            let mut definition = ColumnDef::new(column);
            definition.integer();
            if required {
                definition.not_null()
            } else {
                definition.null()
            };
            let mut key = ForeignKey::create();
            key.name(format!("fk-{TABLE}-{column}")).from(TABLE, column).to(to, "id").on_delete(on_delete);
            table.col(&mut definition).foreign_key(&mut key);
        }
        manager.create_table(table).await?;
        for (column, ..) in KEYS {
            let index = Index::create().name(format!("idx-{TABLE}-{column}")).table(TABLE).col(column).take();
            manager.create_index(index).await?;
        }
        manager.get_connection().execute_unprepared(FILL).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
