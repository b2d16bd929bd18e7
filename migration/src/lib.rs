//! The tables of the catalog, as steps that lead from an empty database to today's.
//!
//! A migration that has been released is frozen: it names tables and columns by its own words, never by entities, and a
//! change of the tables is a new migration.

pub use sea_orm_migration::{Migration, MigrationStatus, MigratorTrait};
use sea_orm_migration::{MigrationTrait, async_trait};

mod m20231219_000001_create_catalog;
mod m20261123_000001_create_idempotency_key;
mod m20261123_000002_add_revision_texts;

/// The migrations in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20231219_000001_create_catalog::Migration),
            Box::new(m20261123_000001_create_idempotency_key::Migration),
            Box::new(m20261123_000002_add_revision_texts::Migration),
        ]
    }
}
