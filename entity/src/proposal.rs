//! Proposals: changes that contributors suggest, and that an editor accepts or rejects.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{ProposalStatus, SubjectType};

/// A proposed change. Nothing of it is in the catalog until it is accepted.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The state.
    pub status: ProposalStatus,
    /// The name of the token that proposed the change; null without a token.
    #[sea_orm(column_type = "Text", nullable)]
    pub proposer: Option<String>,
    /// The SHA-256 hash of the secret that withdraws the proposal, in URL-safe Base64; null if it was proposed with a token.
    #[sea_orm(column_type = "Text", nullable)]
    pub secret_hash: Option<String>,
    /// The name or address that the proposer gave for questions; null if there is none.
    #[sea_orm(column_type = "Text", nullable)]
    pub contact: Option<String>,
    /// The reason that the proposer gave.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// The time of the proposal.
    pub created_at: DateTimeUtc,
    /// The type of the subject to create or to change.
    pub subject_type: SubjectType,
    /// The id of the subject's row; null if the proposal creates it. Not a foreign key: the proposal remains when the row is
    /// deleted.
    pub subject_id: Option<i32>,
    /// The input of the mutation that makes the change, by the name of the mutation.
    #[sea_orm(column_type = "JsonBinary")]
    pub input: Json,
    /// The subjects that the change creates or changes, each with its changed fields.
    #[sea_orm(column_type = "JsonBinary")]
    pub edits: Json,
    /// The statements of sources that the change adds and removes.
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: Json,
    /// The time of the decision; null while the proposal is open.
    pub decided_at: Option<DateTimeUtc>,
    /// The name of the token that decided, or withdrew the proposal; null while it is open, and if it was withdrawn without a token.
    #[sea_orm(column_type = "Text", nullable)]
    pub decided_by: Option<String>,
    /// The reason for the decision; null if there is none.
    #[sea_orm(column_type = "Text", nullable)]
    pub decision: Option<String>,
    /// The number of the last revision that accepting it made; null if it made none.
    #[sea_orm(indexed)]
    pub revision: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
