//! Adds the provenance of checkpoints, provenance that changed with a source, and the revisions at which evidence turned, and computes what follows from the licenses of
//! checkpoints and from the sizes of bases.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The counts of the provenance.
const COUNTS: [&str; 3] = ["source_count", "conflict_count", "unsourced_count"];

/// Licenses that checkpoints state apply to their models, after those of the sizes.
const LICENSES: &str = "
    INSERT INTO model_license (model_id, license_id, position)
    SELECT listed.model_id, listed.license_id, 1000 + MIN(listed.id) FROM checkpoint listed
    WHERE listed.license_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM model_license known WHERE known.model_id = listed.model_id AND known.license_id = listed.license_id
    )
    GROUP BY listed.model_id, listed.license_id";

/// The commercial use of a size varies if that of one of its checkpoints differs.
const SIZES: &str = "
    UPDATE model_size SET commercial_use = (
        SELECT CASE WHEN MIN(part) = MAX(part) THEN MIN(part) ELSE 'VARIES' END
        FROM (
            SELECT listed.commercial_use AS part FROM checkpoint listed WHERE listed.size_id = model_size.id
            UNION ALL
            SELECT model_size.commercial_use WHERE model_size.commercial_use <> 'UNKNOWN'
        ) parts
    )
    WHERE id IN (SELECT size_id FROM checkpoint)";

/// That of a model varies if that of one of its sizes differs, or of a checkpoint without a size.
const MODELS: &str = "
    UPDATE model SET commercial_use = (
        SELECT CASE WHEN MIN(part) = MAX(part) THEN MIN(part) ELSE 'VARIES' END
        FROM (
            SELECT size.commercial_use AS part FROM model_size size WHERE size.model_id = model.id
            UNION ALL
            SELECT listed.commercial_use FROM checkpoint listed
            WHERE listed.model_id = model.id AND listed.size_id IS NULL AND (
                listed.license_id IS NOT NULL OR listed.stated_commercial_use IS NOT NULL
                OR NOT EXISTS (SELECT 1 FROM model_size size WHERE size.model_id = model.id)
            )
            UNION ALL
            SELECT model.commercial_use WHERE model.commercial_use <> 'UNKNOWN'
                AND NOT EXISTS (SELECT 1 FROM model_size size WHERE size.model_id = model.id)
        ) parts
    )
    WHERE id IN (SELECT model_id FROM checkpoint)";

/// The licenses that each size inherits from the sizes of bases that it was derived from.
const INHERITED: &str = "
    INSERT INTO inherited_license (model_size_id, model_id, license_id)
    WITH RECURSIVE ancestor (size_id, model_id, ancestor_id, label, steps) AS (
        SELECT size.id, size.model_id, base.base_id, COALESCE(base.base_size, size.label), 1
        FROM model_size size JOIN model_base base ON base.model_id = size.model_id
        WHERE COALESCE(base.relation, '') NOT IN ('DISTILLED', 'SUCCEEDS')
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

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut confidence = ColumnDef::new("lowest_confidence");
        confidence.text();
        if manager.get_database_backend() == DbBackend::Postgres {
            confidence.extra("COLLATE \"C\"");
        }
        let counts = COUNTS.map(|name| ColumnDef::new(name).integer().take());
        for mut column in [confidence.take()].into_iter().chain(counts) {
            manager.alter_table(Table::alter().table("checkpoint").add_column(column.null()).take()).await?;
        }
        let turned = ColumnDef::new("turned_revisions").json_binary().null().take();
        manager.alter_table(Table::alter().table("evidence").add_column(turned).take()).await?;
        let mut subject_type = ColumnDef::new("subject_type");
        subject_type.text().not_null();
        if manager.get_database_backend() == DbBackend::Postgres {
            subject_type.extra("COLLATE \"C\"");
        }
        let reassessment = Table::create()
            .table("reassessment")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(subject_type)
            .col(ColumnDef::new("subject_id").integer().not_null())
            .col(ColumnDef::new("revision").integer().not_null())
            .col(ColumnDef::new("provenance").json_binary().not_null())
            .take();
        manager.create_table(reassessment).await?;
        let index =
            "CREATE INDEX \"idx-checkpoint-conflicting\" ON checkpoint (conflict_count, id) WHERE conflict_count > 0";
        let history = "CREATE INDEX \"idx-reassessment-subject\" ON reassessment (subject_id, subject_type, revision)";
        for sql in [index, history, LICENSES, SIZES, MODELS, "DELETE FROM inherited_license", INHERITED] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("reassessment").to_owned()).await?;
        manager.get_connection().execute_unprepared("DROP INDEX \"idx-checkpoint-conflicting\"").await?;
        manager.alter_table(Table::alter().table("evidence").drop_column("turned_revisions").take()).await?;
        for column in COUNTS.into_iter().chain(["lowest_confidence"]) {
            manager.alter_table(Table::alter().table("checkpoint").drop_column(column).take()).await?;
        }
        Ok(())
    }
}
