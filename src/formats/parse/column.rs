//! The columns of imported tables and their headings.

use std::collections::HashSet;

use crate::domain::facts::{Fact, Facts};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::text::normalize;

/// The contents of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The slug.
    Slug,
    /// The name.
    Name,
    /// Other names.
    Aliases,
    /// FOUNDATION or DERIVED.
    Kind,
    /// The position in the list.
    Position,
    /// The organizations that made the model.
    Organizations,
    /// The license, by name.
    License,
    /// Whether commercial use is permitted, as stated for the model.
    CommercialUse,
    /// The commercial use that a column beside [`Column::CommercialUse`] repeats with that of licenses and sizes. It is not read.
    EffectiveCommercialUse,
    /// The release date.
    ReleaseDate,
    /// One size, by its label.
    Size,
    /// All sizes of the model; in a table with the column [`Column::Size`], the number of parameters of the row's size.
    Parameters,
    /// The number of active parameters of the row's size.
    ActiveParameters,
    /// The number of training tokens of the row's size. In a table without columns of sizes it is read as
    /// [`Column::DataScale`].
    TrainingTokens,
    /// The license of the row's size, if it differs from that of the model.
    SizeLicense,
    /// The cache of the layers of the row's size, as JSON.
    SizeCacheLayers,
    /// The amount of training data.
    DataScale,
    /// The datasets that the model was trained on.
    Datasets,
    /// The architecture.
    Architecture,
    /// The model that the model was derived from.
    BaseModel,
    /// The summary in Chinese.
    SummaryZh,
    /// The summary in English.
    SummaryEn,
    /// Notes in prose, which can state any fact.
    Notes,
    /// The languages.
    Languages,
    /// The purposes.
    Purposes,
    /// The compute of training.
    TrainingFlops,
    /// Links to further information.
    Links,
    /// A fact of the model without a column above, by its name.
    ModelFact(&'static str),
    /// A fact of the row's size without a column above, by its name.
    SizeFact(&'static str),
}

/// The headings of each column.
const HEADINGS: [(Column, &[&str]); 27] = [
    (Column::Slug, &["slug"]),
    (Column::Name, &["name", "名称", "模型", "模型名称", "model", "model name", "名字"]),
    (Column::Aliases, &["aliases", "alias", "别名", "also known as"]),
    (Column::Kind, &["kind", "类型", "类别"]),
    (Column::Position, &["position", "序号", "编号", "no", "no.", "number", "#"]),
    (
        Column::Organizations,
        &["organizations", "organization", "机构", "组织", "公司", "发布机构", "开发者", "maker", "developer", "org"],
    ),
    (Column::License, &["license", "licence", "许可证", "许可", "许可协议", "协议", "开源协议"]),
    (Column::CommercialUse, &["stated commercial use"]),
    (Column::EffectiveCommercialUse, &["commercial use", "商用", "可商用", "是否可商用", "商业使用"]),
    (
        Column::ReleaseDate,
        &["release date", "released", "released on", "date", "发布时间", "发布日期", "开源时间", "时间", "日期"],
    ),
    (Column::Size, &["size"]),
    (Column::Parameters, &["parameters", "params", "sizes", "参数规模", "参数量", "参数", "规模"]),
    (Column::ActiveParameters, &["active parameters", "active params", "激活参数", "激活参数量"]),
    (Column::TrainingTokens, &["training tokens", "tokens", "训练词元", "训练 tokens"]),
    (Column::SizeLicense, &["size license"]),
    (Column::SizeCacheLayers, &["size cache layers", "cache layers"]),
    (Column::DataScale, &["data scale", "数据规模", "data", "数据量", "训练数据", "训练数据量", "training data"]),
    (Column::Datasets, &["datasets", "dataset", "数据集", "训练数据集"]),
    (Column::Architecture, &["architecture", "架构", "模型架构"]),
    (Column::BaseModel, &["base model", "基座", "基座模型", "基础模型"]),
    (Column::SummaryZh, &["summary zh", "摘要", "中文摘要"]),
    (Column::SummaryEn, &["summary en", "英文摘要"]),
    (Column::Notes, &["notes", "note", "说明", "备注", "描述", "description", "remarks", "summary", "comment"]),
    (Column::Languages, &["languages", "language", "语言"]),
    (Column::Purposes, &["purposes", "purpose", "用途"]),
    (Column::TrainingFlops, &["training flops", "flops", "训练算力", "训练计算量"]),
    (Column::Links, &["links", "link", "url", "链接", "地址", "仓库", "repository"]),
];

/// Returns the column with a heading. `None` if the heading is unknown.
pub fn from_heading(heading: &str) -> Option<Column> {
    let heading = normalize(&heading.replace('_', " "));
    let known = HEADINGS.iter().find(|(_, headings)| headings.contains(&heading.as_str())).map(|(column, _)| *column);
    let fact = |facts: &'static [Fact]| facts.iter().find(|fact| fact.has_heading(&heading)).map(|fact| fact.name);
    known
        .or_else(|| fact(ModelDocument::FACTS).map(Column::ModelFact))
        .or_else(|| fact(SizeDocument::FACTS).map(Column::SizeFact))
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The heading as the source writes it.
    pub text: String,
    /// The contents, if the heading is known.
    pub column: Option<Column>,
}

/// Returns the columns of a heading row. If two columns have the same contents, only the first is read.
pub fn headings(texts: impl IntoIterator<Item = String>) -> Vec<Heading> {
    let mut headings = Vec::<Heading>::new();
    let mut seen = HashSet::new();
    for text in texts {
        let column = from_heading(&text).filter(|column| seen.insert(*column));
        headings.push(Heading { text, column });
    }
    // Without a column of its own, the stated commercial use is in the only column of commercial use.
    if !seen.contains(&Column::CommercialUse) {
        rename(&mut headings, Column::EffectiveCommercialUse, Column::CommercialUse);
    }
    // "Size" is a list of sizes in a table without columns of one size. "Training tokens" are those of the model in a table
    // without "size".
    let of_one_size = [Column::Parameters, Column::ActiveParameters, Column::TrainingTokens];
    if !of_one_size.iter().any(|column| seen.contains(column)) {
        rename(&mut headings, Column::Size, Column::Parameters);
    } else if !seen.contains(&Column::Size) && !seen.contains(&Column::DataScale) {
        rename(&mut headings, Column::TrainingTokens, Column::DataScale);
    }
    headings
}

/// Replaces the contents of a column.
fn rename(headings: &mut [Heading], from: Column, to: Column) {
    for heading in headings.iter_mut().filter(|heading| heading.column == Some(from)) {
        heading.column = Some(to);
    }
}
