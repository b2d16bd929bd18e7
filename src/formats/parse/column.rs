//! The columns of tables, known by their headings.

use crate::domain::text::normalize;
use std::collections::HashSet;

/// What a column says of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The subject's slug.
    Slug,
    /// Its name.
    Name,
    /// Its other names.
    Aliases,
    /// Foundation or derived.
    Kind,
    /// Its place in the list.
    Position,
    /// Who made it.
    Organizations,
    /// Its license, by name.
    License,
    /// Whether it may be used commercially.
    CommercialUse,
    /// When it was released.
    ReleaseDate,
    /// One of its sizes, by its label.
    Size,
    /// All of its sizes; where there is a column for one size, the parameters of that.
    Parameters,
    /// The parameters that the size uses for one token.
    ActiveParameters,
    /// The tokens that the size was trained on; where there is no column for one size, as [`Column::DataScale`].
    TrainingTokens,
    /// The license of the size, where it differs from the model's.
    SizeLicense,
    /// How much data it was trained on.
    DataScale,
    /// What it was trained on.
    Datasets,
    /// Its architecture.
    Architecture,
    /// The model it was derived from.
    BaseModel,
    /// Its summary in Chinese.
    SummaryZh,
    /// Its summary in English.
    SummaryEn,
    /// Anything, in prose.
    Notes,
    /// Its training compute.
    TrainingFlops,
    /// Where to read more.
    Links,
}

/// The headings of each column.
const HEADINGS: [(Column, &[&str]); 23] = [
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
    (Column::CommercialUse, &["commercial use", "商用", "可商用", "是否可商用", "商业使用"]),
    (
        Column::ReleaseDate,
        &["release date", "released", "released on", "date", "发布时间", "发布日期", "开源时间", "时间", "日期"],
    ),
    (Column::Size, &["size"]),
    (Column::Parameters, &["parameters", "params", "sizes", "参数规模", "参数量", "参数", "规模"]),
    (Column::ActiveParameters, &["active parameters", "active params", "激活参数", "激活参数量"]),
    (Column::TrainingTokens, &["training tokens", "tokens", "训练词元", "训练 tokens"]),
    (Column::SizeLicense, &["size license"]),
    (Column::DataScale, &["data scale", "数据规模", "data", "数据量", "训练数据", "训练数据量", "training data"]),
    (Column::Datasets, &["datasets", "dataset", "数据集", "训练数据集"]),
    (Column::Architecture, &["architecture", "架构", "模型架构"]),
    (Column::BaseModel, &["base model", "基座", "基座模型", "基础模型"]),
    (Column::SummaryZh, &["summary zh", "摘要", "中文摘要"]),
    (Column::SummaryEn, &["summary en", "英文摘要"]),
    (Column::Notes, &["notes", "note", "说明", "备注", "描述", "description", "remarks", "summary", "comment"]),
    (Column::TrainingFlops, &["training flops", "flops", "训练算力", "训练计算量"]),
    (Column::Links, &["links", "link", "url", "链接", "地址", "仓库", "repository"]),
];

/// The column that a heading stands over.
pub fn from_heading(heading: &str) -> Option<Column> {
    let heading = normalize(&heading.replace('_', " "));
    HEADINGS.iter().find(|(_, headings)| headings.contains(&heading.as_str())).map(|(column, _)| *column)
}

/// A column of a source.
#[derive(Clone, Debug)]
pub struct Heading {
    /// As the source writes it.
    pub text: String,
    /// What it is, if that is known.
    pub column: Option<Column>,
}

/// The columns of a heading row. Of two that are the same thing the first counts.
pub fn headings(texts: impl IntoIterator<Item = String>) -> Vec<Heading> {
    let mut headings = Vec::<Heading>::new();
    let mut seen = HashSet::new();
    for text in texts {
        let column = from_heading(&text).filter(|column| seen.insert(*column));
        headings.push(Heading { text, column });
    }
    // "Size" alone is a list of sizes, "training tokens" without a column of sizes those of the model.
    let of_one_size = [Column::Parameters, Column::ActiveParameters, Column::TrainingTokens];
    if !of_one_size.iter().any(|column| seen.contains(column)) {
        rename(&mut headings, Column::Size, Column::Parameters);
    } else if !seen.contains(&Column::Size) && !seen.contains(&Column::DataScale) {
        rename(&mut headings, Column::TrainingTokens, Column::DataScale);
    }
    headings
}

fn rename(headings: &mut [Heading], from: Column, to: Column) {
    for heading in headings.iter_mut().filter(|heading| heading.column == Some(from)) {
        heading.column = Some(to);
    }
}
