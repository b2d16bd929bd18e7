//! Adds the share, tokens and epochs of a dataset in the training of a model.

use sea_orm_migration::{async_trait, prelude::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "model_dataset";
const COLUMNS: [&str; 3] = ["share", "tokens", "epochs"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut definition = ColumnDef::new(column);
            if column == "tokens" {
                definition.big_integer()
            } else {
                definition.double()
            };
            manager.alter_table(Table::alter().table(TABLE).add_column(definition.null()).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            manager.alter_table(Table::alter().table(TABLE).drop_column(column).take()).await?;
        }
        Ok(())
    }
}
