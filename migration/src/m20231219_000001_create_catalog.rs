//! Creates the tables of the first release.
//!
//! Text is compared by code point on both databases (`COLLATE "C"` on PostgreSQL), so that both return lists in the
//! same order.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
    sea_query::IntoIden,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables, each after the tables that it refers to.
const TABLES: [&str; 11] = [
    "organization",
    "license",
    "architecture",
    "dataset",
    "model",
    "model_size",
    "model_dataset",
    "model_organization",
    "link",
    "revision",
    "api_token",
];

/// Columns with an index of their own: foreign keys, and the filter columns of revisions.
const INDEXED: [(&str, &str); 14] = [
    ("dataset", "license_id"),
    ("link", "architecture_id"),
    ("link", "dataset_id"),
    ("link", "license_id"),
    ("link", "model_id"),
    ("model", "architecture_id"),
    ("model", "base_model_id"),
    ("model", "license_id"),
    ("model_dataset", "dataset_id"),
    ("model_organization", "organization_id"),
    ("model_size", "license_id"),
    ("model_size", "model_id"),
    ("revision", "actor"),
    ("revision", "created_at"),
];

/// The sort keys of lists: table, index name and expression. Each index has `id` as its last column, to break ties. A
/// nullable column has two keys: one sorts null last and one sorts it first.
const ORDERS: [(&str, &str, &str); 28] = [
    ("architecture", "name", "name_key"),
    ("architecture", "created_at", "created_at"),
    ("architecture", "updated_at", "updated_at"),
    ("dataset", "name", "name_key"),
    ("dataset", "tokens_last", "COALESCE(tokens, 9223372036854775807)"),
    ("dataset", "tokens_first", "COALESCE(tokens, -1)"),
    ("dataset", "bytes_last", "COALESCE(bytes, 9223372036854775807)"),
    ("dataset", "bytes_first", "COALESCE(bytes, -1)"),
    ("license", "name", "name_key"),
    ("license", "created_at", "created_at"),
    ("license", "updated_at", "updated_at"),
    ("model", "name", "name_key"),
    ("model", "position_last", "COALESCE(position, 2147483647)"),
    ("model", "position_first", "COALESCE(position, -1)"),
    ("model", "release_date_last", "COALESCE(release_date, '9999-12-31')"),
    ("model", "release_date_first", "COALESCE(release_date, '0001-01-01')"),
    ("model", "max_parameters_last", "COALESCE(max_parameters, 9223372036854775807)"),
    ("model", "max_parameters_first", "COALESCE(max_parameters, -1)"),
    ("model", "max_training_tokens_last", "COALESCE(max_training_tokens, 9223372036854775807)"),
    ("model", "max_training_tokens_first", "COALESCE(max_training_tokens, -1)"),
    ("model", "created_at", "created_at"),
    ("model", "updated_at", "updated_at"),
    ("model_size", "parameters", "parameters"),
    ("model_size", "training_tokens_last", "COALESCE(training_tokens, 9223372036854775807)"),
    ("model_size", "training_tokens_first", "COALESCE(training_tokens, -1)"),
    ("organization", "name", "name_key"),
    ("organization", "created_at", "created_at"),
    ("organization", "updated_at", "updated_at"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = Columns { backend: manager.get_database_backend() };
        for name in TABLES {
            manager.create_table(columns.table(name)).await?;
        }
        for (table, column) in INDEXED {
            let index = Index::create().name(format!("idx-{table}-{column}")).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        let subject = Index::create()
            .name("idx-revision-subject")
            .table("revision")
            .col("subject_type")
            .col("subject_id")
            .col("number")
            .to_owned();
        manager.create_index(subject).await?;
        for (table, name, key) in ORDERS {
            // The query builder has no expression indexes for SQLite. The SQL is the same on both databases.
            let sql = format!("CREATE INDEX \"order-{table}-{name}\" ON {table} ({key}, id)");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TABLES.into_iter().rev() {
            manager.drop_table(Table::drop().table(name).to_owned()).await?;
        }
        Ok(())
    }
}

/// Builds the column definitions of a database backend.
struct Columns {
    backend: DbBackend,
}

impl Columns {
    fn table(&self, name: &'static str) -> TableCreateStatement {
        let mut table = Table::create();
        table.table(name);
        match name {
            "organization" => {
                self.subject(&mut table);
                table.col(self.text("name_zh").null()).col(self.text("name_en").null());
            }
            "license" => {
                self.subject(&mut table);
                table
                    .col(self.text("spdx_id").null())
                    .col(self.text("commercial_use"))
                    .col(self.text("url").null())
                    .col(self.text("conditions_zh").null())
                    .col(self.text("conditions_en").null());
            }
            "architecture" => self.subject(&mut table),
            "dataset" => {
                self.subject(&mut table);
                table.col(big("tokens").null()).col(big("bytes").null());
                refer(&mut table, name, "license_id", "license", ForeignKeyAction::Restrict, false);
            }
            "model" => self.model(&mut table),
            "model_size" => {
                table.col(id());
                refer(&mut table, name, "model_id", "model", ForeignKeyAction::Cascade, true);
                table
                    .col(self.text("label"))
                    .col(big("parameters"))
                    .col(big("active_parameters").null())
                    .col(big("training_tokens").null());
                refer(&mut table, name, "license_id", "license", ForeignKeyAction::Restrict, false);
                table
                    .index(Index::create().unique().name("idx-model_size-label_of_model").col("model_id").col("label"));
            }
            "model_dataset" => junction(&mut table, name, "dataset_id", "dataset"),
            "model_organization" => junction(&mut table, name, "organization_id", "organization"),
            "link" => {
                table.col(id());
                for owner in ["model", "dataset", "license", "architecture"] {
                    refer(&mut table, name, &format!("{owner}_id"), owner, ForeignKeyAction::Cascade, false);
                }
                table
                    .col(integer("position"))
                    .col(self.text("kind"))
                    .col(self.text("title").null())
                    .col(self.text("url"))
                    .check(Expr::cust(
                        "(CASE WHEN model_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN dataset_id IS NULL THEN 0 ELSE 1 END) \
                         + (CASE WHEN license_id IS NULL THEN 0 ELSE 1 END) \
                         + (CASE WHEN architecture_id IS NULL THEN 0 ELSE 1 END) = 1",
                    ));
            }
            "revision" => {
                table
                    .col(integer("number").primary_key())
                    .col(time("created_at"))
                    .col(self.text("actor"))
                    .col(self.text("action"))
                    .col(self.text("subject_type"))
                    .col(integer("subject_id"))
                    .col(self.text("subject_slug"))
                    .col(ColumnDef::new("before").json_binary().null())
                    .col(ColumnDef::new("after").json_binary().null());
            }
            _ => {
                table
                    .col(id())
                    .col(self.text("name").unique_key())
                    .col(self.text("role"))
                    .col(self.text("secret_hash").unique_key())
                    .col(time("created_at"))
                    .col(time("expires_at").null())
                    .col(time("revoked_at").null())
                    .col(time("last_used_at").null());
            }
        }
        table
    }

    /// Adds the columns that every subject type has.
    fn subject(&self, table: &mut TableCreateStatement) {
        table
            .col(id())
            .col(self.text("slug").unique_key())
            .col(self.text("name"))
            .col(self.text("name_key"))
            .col(self.text("search_text"))
            .col(integer("version"))
            .col(time("created_at"))
            .col(time("updated_at"));
    }

    fn model(&self, table: &mut TableCreateStatement) {
        self.subject(table);
        table
            .col(ColumnDef::new("aliases").json_binary().not_null())
            .col(self.text("kind"))
            .col(integer("position").null())
            .col(self.text("summary_zh").null())
            .col(self.text("summary_en").null())
            .col(ColumnDef::new("release_date").date().null());
        refer(table, "model", "license_id", "license", ForeignKeyAction::Restrict, false);
        refer(table, "model", "architecture_id", "architecture", ForeignKeyAction::Restrict, false);
        refer(table, "model", "base_model_id", "model", ForeignKeyAction::Restrict, false);
        table
            .col(self.text("stated_commercial_use").null())
            .col(self.text("commercial_use"))
            .col(self.text("data_scale_text").null())
            .col(big("data_scale_amount").null())
            .col(self.text("data_scale_unit").null())
            .col(big("max_parameters").null())
            .col(big("max_training_tokens").null())
            .col(ColumnDef::new("training_flops").double().null());
    }

    /// Returns a text column that compares by code point. It is `NOT NULL`; callers may change that.
    fn text(&self, name: &'static str) -> ColumnDef {
        let mut column = ColumnDef::new(name);
        column.text();
        if self.backend == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        column.not_null().take()
    }
}

fn id() -> ColumnDef {
    ColumnDef::new("id").integer().not_null().auto_increment().primary_key().take()
}

fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

fn big(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().take()
}

/// Adds a foreign key column that refers to the `id` of another table.
fn refer(
    table: &mut TableCreateStatement,
    from: &'static str,
    column: &str,
    to: &'static str,
    on_delete: ForeignKeyAction,
    required: bool,
) {
    let mut key = ColumnDef::new(column.to_owned().into_iden());
    key.integer();
    if required {
        key.not_null()
    } else {
        key.null()
    };
    table.col(&mut key).foreign_key(
        ForeignKey::create()
            .name(format!("fk-{from}-{column}"))
            .from(from, column.to_owned())
            .to(to, "id")
            .on_delete(on_delete),
    );
}

/// Adds the columns of a junction table between models and `to`.
fn junction(table: &mut TableCreateStatement, name: &'static str, column: &'static str, to: &'static str) {
    refer(table, name, "model_id", "model", ForeignKeyAction::Cascade, true);
    refer(table, name, column, to, ForeignKeyAction::Restrict, true);
    table.col(integer("position")).primary_key(Index::create().col("model_id").col(column));
}
