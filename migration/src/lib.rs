//! The migrations of the database schema.
//!
//! A released migration is frozen: it names tables and columns by string literals, never by entities, and a change of
//! the schema is a new migration.

pub use sea_orm_migration::{Migration, MigrationStatus, MigratorTrait};
use sea_orm_migration::{MigrationTrait, async_trait};

mod m20231219_000001_create_catalog;
mod m20261123_000001_create_idempotency_key;
mod m20261123_000002_add_revision_texts;
mod m20261126_000001_truncate_times;
mod m20261126_000002_delete_stored_secrets;
mod m20261126_000003_partial_dates;
mod m20261126_000004_effective_licenses;
mod m20261126_000101_add_license_terms;
mod m20261126_000102_add_inherited_licenses;
mod m20261126_000200_create_source;
mod m20261126_000201_create_evidence;
mod m20261126_000301_organization_facts;
mod m20261126_000302_model_facts;
mod m20261126_000303_unknown_kind;
mod m20261126_000401_model_bases;
mod m20261126_000501_order_sizes_by_date;
mod m20261126_000601_create_checkpoint;
mod m20261126_000602_training_data;
mod m20261126_000801_add_provenance;
mod m20261126_000901_facts_of_checkpoints;
mod m20261127_000001_create_proposal;
mod m20261128_000001_add_max_context_length;
mod m20261128_000002_index_model_texts;
mod m20261128_000003_date_models_by_sizes;

/// The list of all migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20231219_000001_create_catalog::Migration),
            Box::new(m20261123_000001_create_idempotency_key::Migration),
            Box::new(m20261123_000002_add_revision_texts::Migration),
            Box::new(m20261126_000001_truncate_times::Migration),
            Box::new(m20261126_000002_delete_stored_secrets::Migration),
            Box::new(m20261126_000003_partial_dates::Migration),
            Box::new(m20261126_000004_effective_licenses::Migration),
            Box::new(m20261126_000101_add_license_terms::Migration),
            Box::new(m20261126_000102_add_inherited_licenses::Migration),
            Box::new(m20261126_000200_create_source::Migration),
            Box::new(m20261126_000201_create_evidence::Migration),
            Box::new(m20261126_000301_organization_facts::Migration),
            Box::new(m20261126_000302_model_facts::Migration),
            Box::new(m20261126_000303_unknown_kind::Migration),
            Box::new(m20261126_000401_model_bases::Migration),
            Box::new(m20261126_000501_order_sizes_by_date::Migration),
            Box::new(m20261126_000601_create_checkpoint::Migration),
            Box::new(m20261126_000602_training_data::Migration),
            Box::new(m20261126_000801_add_provenance::Migration),
            Box::new(m20261126_000901_facts_of_checkpoints::Migration),
            Box::new(m20261127_000001_create_proposal::Migration),
            Box::new(m20261128_000001_add_max_context_length::Migration),
            Box::new(m20261128_000002_index_model_texts::Migration),
            Box::new(m20261128_000003_date_models_by_sizes::Migration),
        ]
    }
}
