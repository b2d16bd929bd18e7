//! The columns of imported tables and their headings.

use std::{collections::HashSet, sync::LazyLock};

use regex::{Captures, Regex};

use crate::domain::facts::{Fact, Facts};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::text::normalize;
use crate::domain::text::static_regex;

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
    /// The countries of the organizations.
    Country,
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
    /// Links in further columns.
    MoreLinks,
    /// Something that is read with another column, or that an export derives from others.
    Ignored,
    /// A fact of the model without a column above, by its name.
    ModelFact(&'static str),
    /// A fact of the row's size without a column above, by its name.
    SizeFact(&'static str),
}

/// The headings of each column.
const HEADINGS: [(Column, &[&str]); 30] = [
    (Column::Slug, &["slug"]),
    (
        Column::Name,
        &[
            "name",
            "model",
            "model name",
            "language model",
            "llm",
            "models",
            "name of model",
            "名称",
            "模型",
            "模型名称",
            "大模型",
            "名字",
            "模型名",
        ],
    ),
    (Column::Aliases, &["aliases", "alias", "别名", "also known as"]),
    (Column::Kind, &["kind", "type", "类型", "类别"]),
    (Column::Position, &["position", "序号", "编号", "no", "no.", "number", "#"]),
    (
        Column::Organizations,
        &[
            "organizations",
            "organization",
            "organisation",
            "机构",
            "组织",
            "公司",
            "发布机构",
            "发布方",
            "开发者",
            "开发商",
            "maker",
            "makers",
            "developer",
            "developers",
            "org",
            "company",
            "creator",
            "author org",
            "institution",
            "厂商",
            "研发机构",
            "单位",
        ],
    ),
    (Column::Country, &["country", "countries", "country (of organization)", "国家", "国家/地区"]),
    (
        Column::License,
        &[
            "license",
            "licence",
            "license / terms of use",
            "license/terms of use",
            "licenses",
            "model license",
            "weights license",
            "许可证",
            "许可",
            "许可协议",
            "协议",
            "开源协议",
            "模型许可",
        ],
    ),
    (Column::CommercialUse, &["stated commercial use"]),
    (
        Column::EffectiveCommercialUse,
        &["commercial use", "commercial", "商用", "可商用", "是否可商用", "商业使用", "商用许可"],
    ),
    (
        Column::ReleaseDate,
        &[
            "release date",
            "released",
            "release",
            "released on",
            "release year",
            "release time",
            "date",
            "year",
            "publication date",
            "created date",
            "发布时间",
            "发布日期",
            "开源时间",
            "时间",
            "日期",
            "年份",
            "发布年份",
        ],
    ),
    (Column::Size, &["size"]),
    (
        Column::Parameters,
        &[
            "parameters",
            "params",
            "sizes",
            "model size",
            "model sizes",
            "parameter count",
            "number of parameters",
            "# parameters",
            "# params",
            "#params",
            "total parameters",
            "total params",
            "params.",
            "参数规模",
            "参数量",
            "参数",
            "规模",
            "总参数",
            "总参数量",
            "模型规模",
            "模型参数",
        ],
    ),
    (
        Column::ActiveParameters,
        &[
            "active parameters",
            "active params",
            "activated parameters",
            "activated params",
            "active",
            "activated",
            "激活参数",
            "激活参数量",
            "激活",
        ],
    ),
    (
        Column::TrainingTokens,
        &[
            "training tokens",
            "tokens",
            "train tokens",
            "pretraining tokens",
            "训练词元",
            "训练 tokens",
            "训练token",
            "训练token数",
        ],
    ),
    (Column::SizeLicense, &["size license"]),
    (Column::SizeCacheLayers, &["size cache layers", "cache layers"]),
    (
        Column::DataScale,
        &["data scale", "数据规模", "data", "数据量", "训练数据", "训练数据量", "training data", "training data size"],
    ),
    (Column::Datasets, &["datasets", "dataset", "training dataset", "training datasets", "数据集", "训练数据集"]),
    (Column::Architecture, &["architecture", "架构", "模型架构"]),
    (Column::BaseModel, &["base model", "基座", "基座模型", "基础模型", "基模型"]),
    (Column::SummaryZh, &["summary zh", "摘要", "中文摘要"]),
    (Column::SummaryEn, &["summary en", "英文摘要"]),
    (Column::Notes, &["notes", "note", "说明", "备注", "描述", "description", "remarks", "summary", "comment"]),
    (Column::Languages, &["languages", "language", "语言"]),
    (Column::Purposes, &["purposes", "purpose", "用途"]),
    (Column::TrainingFlops, &["training flops", "flops", "training compute (flop)", "训练算力", "训练计算量"]),
    (
        Column::Links,
        &[
            "links",
            "link",
            "url",
            "checkpoints",
            "checkpoint",
            "weights",
            "hugging face",
            "huggingface",
            "链接",
            "地址",
            "仓库",
            "repository",
            "下载",
            "download",
        ],
    ),
    (Column::Ignored, &["effective license"]),
    (Column::MoreLinks, &["paper/blog", "paper", "papers", "blog", "论文", "paper / blog", "github", "代码"]),
];

/// Further headings of facts that have no column of their own.
const FACT_HEADINGS: [(&str, &[&str]); 9] = [
    (
        "contextLength",
        &[
            "context",
            "context size",
            "context window",
            "max context length",
            "max context",
            "max input length",
            "sequence length",
            "max sequence length",
            "ctx",
            "上下文",
            "上下文长度",
            "序列长度",
            "上下文窗口",
            "最大上下文",
        ],
    ),
    ("knowledgeCutoff", &["knowledge cutoff", "cutoff", "data cutoff", "training cutoff", "知识截止", "知识截止日期"]),
    ("layers", &["n layers", "num layers", "# layers", "number of layers", "num hidden layers", "层数", "层"]),
    (
        "hiddenSize",
        &[
            "hidden",
            "hidden dim",
            "hidden dimension",
            "d model",
            "n embd",
            "隐藏层维度",
            "隐藏维度",
            "隐层维度",
            "隐藏层大小",
        ],
    ),
    (
        "attentionHeads",
        &["heads", "n heads", "num heads", "num attention heads", "# heads", "注意力头", "注意力头数", "头数"],
    ),
    ("vocabularySize", &["vocab", "vocab size", "vocabulary", "词表", "词表大小", "词汇表大小"]),
    ("experts", &["num experts", "# experts", "n experts", "专家数", "专家数量"]),
    ("activeExperts", &["experts per token", "activated experts", "激活专家数"]),
    ("modalities", &["modality", "模态"]),
];

/// Units in brackets after a heading, and what they are after a number.
const UNITS: [(&str, &str); 22] = [
    ("b", "B"),
    ("bn", "B"),
    ("billion", "B"),
    ("billions", "B"),
    ("in billions", "B"),
    ("in billion", "B"),
    ("十亿", "十亿"),
    ("亿", "亿"),
    ("m", "M"),
    ("mn", "M"),
    ("million", "M"),
    ("millions", "M"),
    ("in millions", "M"),
    ("t", "T"),
    ("trillion", "T"),
    ("trillions", "T"),
    ("in trillions", "T"),
    ("k", "K"),
    ("thousands", "K"),
    ("万亿", "万亿"),
    ("万", "万"),
    ("百万", "百万"),
];

/// Returns the column with a heading. `None` if the heading is unknown.
pub fn from_heading(heading: &str) -> Option<Column> {
    column_and_unit(heading).0
}

/// Returns the column with a heading, and the unit of its numbers if the heading states one: "Params (B)".
fn column_and_unit(heading: &str) -> (Option<Column>, Option<&'static str>) {
    let heading = normalize(&words(heading).replace(['_', '*', '`'], " "));
    if let Some(column) = known(&heading) {
        return (Some(column), None);
    }
    let bracketed = heading.trim_end_matches([')', ']', ':', '?', ' ']);
    let after = |separator: &str| {
        bracketed.rsplit_once(separator).filter(|(_, unit)| UNITS.iter().any(|(word, _)| *word == unit.trim()))
    };
    let unit = bracketed.rsplit_once(['(', '[', ',']).or_else(|| after(" in ")).or_else(|| after("/"));
    let Some((before, unit)) = unit else {
        return (known(bracketed), None);
    };
    if let Some(column) = known(before.trim()).filter(|column| is_of_parameters(*column)) {
        let (active, total) = (first_of(unit, &["activ", "激活"]), first_of(unit, &["total", "总"]));
        match (active, total) {
            // The larger of two numbers comes first in a cell, or else it is not clear which is which.
            (Some(active), Some(total)) if active < total => return (None, None),
            (Some(_), None) => return (Some(Column::ActiveParameters), None),
            _ if first_of(unit, &OTHER_NUMBERS).is_some() => return (None, None),
            _ => {}
        }
        if BYTES.contains(&unit.trim()) {
            return (None, None);
        }
        let unit = UNITS.iter().find(|(word, _)| *word == unit.trim()).map(|(_, unit)| *unit);
        return (Some(column), unit);
    }
    let unit = UNITS.iter().find(|(word, _)| *word == unit.trim()).map(|(_, unit)| *unit);
    (known(before.trim()).filter(|_| unit.is_some() || !before.contains(',')), unit)
}

/// Words after a heading on parameters that say that they are not those of the whole model.
const OTHER_NUMBERS: [&str; 12] = [
    "trainable",
    "embed",
    "嵌入",
    "encoder",
    "decoder",
    "lora",
    "adapter",
    "draft",
    "vision",
    "vram",
    "memory",
    "disk",
];
/// Units of bytes after a heading.
const BYTES: [&str; 12] = ["gb", "mb", "kb", "tb", "gib", "mib", "kib", "tib", "bytes", "byte", "g", "字节"];

/// Whether a column has numbers of parameters.
fn is_of_parameters(column: Column) -> bool {
    matches!(column, Column::Parameters | Column::ActiveParameters | Column::Size)
}

/// Returns where the first of some words is in a text.
fn first_of(text: &str, words: &[&str]) -> Option<usize> {
    words.iter().filter_map(|word| text.find(word)).min()
}

/// Returns the words of a heading such as `releaseDate`.
fn words(heading: &str) -> String {
    let is_joined =
        heading.starts_with(|c: char| c.is_ascii_lowercase()) && heading.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut words = String::new();
    for c in heading.chars() {
        if is_joined && c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c);
    }
    words
}

/// Returns the column with a normalized heading.
fn known(heading: &str) -> Option<Column> {
    let of_column = HEADINGS.iter().find(|(_, headings)| headings.contains(&heading)).map(|(column, _)| *column);
    let other = FACT_HEADINGS.iter().find(|(_, headings)| headings.contains(&heading)).map(|(name, _)| *name);
    let fact = |facts: &'static [Fact]| {
        facts.iter().find(|fact| fact.has_heading(heading) || other == Some(fact.name)).map(|fact| fact.name)
    };
    of_column
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
    /// The unit of its numbers, if the heading states one.
    pub unit: Option<&'static str>,
}

impl Heading {
    /// Creates a heading of a column.
    pub fn new(text: &str, column: Option<Column>) -> Self {
        Self { text: text.to_owned(), column, unit: None }
    }

    /// Returns the text of a cell with the unit after each number that has none.
    pub fn with_unit(&self, text: &str) -> String {
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| static_regex(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?(?P<after>\s*[\w%+×.]|[-–]?\w)?"));
        let Some(unit) = self.unit else { return text.to_owned() };
        let add = |found: &Captures<'_>| match found.name("after") {
            Some(_) => found[0].to_owned(),
            None => format!("{}{unit}", &found[0]),
        };
        NUMBER.replace_all(text, add).into_owned()
    }
}

/// Returns the columns of a heading row. If two columns have the same contents, only the first is read.
pub fn headings(texts: impl IntoIterator<Item = String>) -> Vec<Heading> {
    let mut headings = Vec::<Heading>::new();
    let mut seen = HashSet::new();
    for text in texts {
        let (column, unit) = column_and_unit(&text);
        let may_repeat = |column: &Column| [Column::MoreLinks, Column::Ignored].contains(column);
        let column = column.filter(|column| may_repeat(column) || seen.insert(*column));
        headings.push(Heading { text, column, unit });
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
