//! Terms of licenses.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{Modality, Period, StringList, TermEffect, TerritoryBasis};

/// A term of a license: an effect, and the circumstances in which it applies. A null column means that the term applies
/// regardless of that circumstance.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "license_term")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The license.
    #[sea_orm(unique_key = "position_in_license")]
    pub license_id: i32,
    /// The position among the terms of the license, from 0.
    #[sea_orm(unique_key = "position_in_license")]
    pub position: i32,
    /// The effect of the term on the uses that it applies to.
    pub effect: TermEffect,
    /// Whether the use is commercial.
    pub commercial: Option<bool>,
    /// The number of monthly active users that the use must exceed.
    pub monthly_users_over: Option<i64>,
    /// The number of daily active users that the use must exceed.
    pub daily_users_over: Option<i64>,
    /// The revenue in US dollars that the user must exceed.
    pub revenue_usd_over: Option<i64>,
    /// The period of the revenue.
    pub revenue_period: Option<Period>,
    /// The date on which users or revenue are counted, as `2023`, `2023-07` or `2023-07-18`.
    #[sea_orm(column_type = "Text", nullable)]
    pub counted_on: Option<String>,
    /// The territories; empty if the term applies everywhere.
    #[sea_orm(column_type = "JsonBinary")]
    pub territories: StringList,
    /// How the use is related to the territories; null if the license does not say it.
    pub territory_basis: Option<TerritoryBasis>,
    /// Whether the model is offered to others as a hosted service.
    pub hosting: Option<bool>,
    /// Whether outputs of the model are used to train other models.
    pub trains_on_outputs: Option<bool>,
    /// The modality of the model.
    pub modality: Option<Modality>,
    /// An explanation in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub note_zh: Option<String>,
    /// An explanation in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub note_en: Option<String>,
    /// The words of the license; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub quote: Option<String>,

    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Cascade")]
    pub license: BelongsTo<super::license::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
