//! The vocabulary of the readers: names, phrases, labels, headings and sites, and their meaning in the catalog.

use crate::domain::text::normalize;
use entity::vocabulary::{CommercialUse, LinkKind, ModelKind, SubjectType};

/// Organizations that lists name without a label.
const ORGANIZATIONS: [&str; 14] = [
    "Meta",
    "IBM",
    "NASA",
    "昆仑万维",
    "Google",
    "Microsoft",
    "NVIDIA",
    "Mistral AI",
    "EleutherAI",
    "BigScience",
    "百度",
    "阿里巴巴",
    "腾讯",
    "智源研究院",
];

/// Aliases of models that lists give without a label.
const ALIASES: [&str; 5] = ["天工", "悟道·天鹰", "通义千问", "书生·浦语", "文心一言"];

/// Phrases for commercial use.
const COMMERCIAL_USE: [(CommercialUse, &[&str]); 4] = [
    (
        CommercialUse::Allowed,
        &[
            "可商用",
            "可以商用",
            "免费商用",
            "可免费商用",
            "允许商用",
            "commercial use allowed",
            "commercial use permitted",
            "allows commercial use",
            "free for commercial use",
        ],
    ),
    (
        CommercialUse::Conditional,
        &["有条件商用", "有条件可商用", "commercial use under conditions", "conditional commercial use"],
    ),
    (
        CommercialUse::AuthorizationRequired,
        &[
            "商用需授权",
            "商用需申请",
            "商用需申请授权",
            "需授权商用",
            "commercial use requires authorization",
            "commercial use requires permission",
            "commercial use on request",
        ],
    ),
    (
        CommercialUse::Prohibited,
        &[
            "不可商用",
            "不可以商用",
            "不能商用",
            "禁止商用",
            "非商用",
            "non-commercial",
            "noncommercial",
            "non-commercial use only",
            "no commercial use",
            "commercial use prohibited",
        ],
    ),
];

/// Phrases for unknown commercial use.
const COMMERCIAL_USE_UNKNOWN: [&str; 2] = ["商用未知", "commercial use unknown"];

/// Words that add nothing next to a statement of commercial use, because every model in the catalog is open.
const OPEN: [&str; 2] = ["开放", "open"];

/// Words that occur in statements of commercial use.
const COMMERCIAL: [&str; 3] = ["商用", "商业", "commercial"];

/// Link titles by the kind of the linked resource.
const TITLES: [(LinkKind, &[&str]); 6] = [
    (LinkKind::Article, &["详细介绍", "介绍", "文章", "博客", "article", "blog", "announcement"]),
    (LinkKind::Paper, &["论文", "技术报告", "paper", "technical report", "arxiv"]),
    (LinkKind::Repository, &["代码", "仓库", "code", "repository", "repo", "github"]),
    (LinkKind::Weights, &["权重", "模型下载", "weights", "download", "hugging face", "huggingface", "modelscope"]),
    (LinkKind::Dataset, &["数据", "数据集", "data", "dataset"]),
    (LinkKind::Homepage, &["官网", "主页", "homepage", "website"]),
];

/// The kinds of linked resources.
const LINK_KINDS: [LinkKind; 8] = [
    LinkKind::Homepage,
    LinkKind::Details,
    LinkKind::Article,
    LinkKind::Repository,
    LinkKind::Paper,
    LinkKind::Weights,
    LinkKind::Dataset,
    LinkKind::Other,
];

/// Labels of notes, which are followed by a colon.
const LABELS: [(Label, &[&str]); 8] = [
    (Label::License, &["许可证", "许可", "许可协议", "license", "licence"]),
    (Label::Organizations, &["机构", "组织", "公司", "by", "organization", "organizations", "developer", "maker"]),
    (Label::Aliases, &["别名", "also called", "also known as", "aka", "alias", "aliases"]),
    (Label::Datasets, &["数据集", "训练数据集", "dataset", "datasets"]),
    (Label::Architecture, &["架构", "模型架构", "architecture"]),
    (Label::BaseModel, &["基于", "基座", "基座模型", "based on", "base", "base model"]),
    (Label::Summary("zh"), &["简介"]),
    (Label::Summary("en"), &["summary"]),
];

/// Prefixes of URLs without scheme and `www.`, and the kind of the pages there. The first matching prefix applies.
const SITES: [(&str, LinkKind); 9] = [
    ("huggingface.co/datasets/", LinkKind::Dataset),
    ("huggingface.co/", LinkKind::Weights),
    ("modelscope.cn/models/", LinkKind::Weights),
    ("arxiv.org/", LinkKind::Paper),
    ("github.com/", LinkKind::Repository),
    ("gitlab.com/", LinkKind::Repository),
    ("gitee.com/", LinkKind::Repository),
    ("mp.weixin.qq.com/", LinkKind::Article),
    ("medium.com/", LinkKind::Article),
];

/// Parts of headings and the contents of the section below them. The first part that the heading contains applies.
const SECTIONS: [(&str, Section); 17] = [
    ("非基础", Section::Models(ModelKind::Derived)),
    ("衍生模型", Section::Models(ModelKind::Derived)),
    ("微调模型", Section::Models(ModelKind::Derived)),
    ("derived model", Section::Models(ModelKind::Derived)),
    ("fine-tuned model", Section::Models(ModelKind::Derived)),
    ("finetuned model", Section::Models(ModelKind::Derived)),
    ("non-foundation", Section::Models(ModelKind::Derived)),
    ("other models", Section::Models(ModelKind::Derived)),
    ("基础大模型", Section::Models(ModelKind::Foundation)),
    ("基础模型", Section::Models(ModelKind::Foundation)),
    ("基座模型", Section::Models(ModelKind::Foundation)),
    ("foundation model", Section::Models(ModelKind::Foundation)),
    ("pretrained model", Section::Models(ModelKind::Foundation)),
    ("模型架构", Section::Others(SubjectType::Architecture)),
    ("architectures", Section::Others(SubjectType::Architecture)),
    ("训练数据集", Section::Others(SubjectType::Dataset)),
    ("datasets", Section::Others(SubjectType::Dataset)),
];

/// The contents of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Models of one kind.
    Models(ModelKind),
    /// Subjects of another type.
    Others(SubjectType),
}

/// The meaning of a label in notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The license.
    License,
    /// The organizations that made the model.
    Organizations,
    /// Aliases.
    Aliases,
    /// The training datasets.
    Datasets,
    /// The architecture.
    Architecture,
    /// The base model.
    BaseModel,
    /// The summary in a language. It extends to the end of the notes.
    Summary(&'static str),
}

/// Returns the meaning of a label.
pub fn find_label(text: &str) -> Option<Label> {
    LABELS.iter().find(|(_, labels)| contains_normalized(labels, text)).map(|(label, _)| *label)
}

/// Returns the contents of the section below a heading. `None` if the heading names none.
pub fn find_section(heading: &str) -> Option<Section> {
    let heading = normalize(heading);
    SECTIONS.iter().find(|(word, _)| heading.contains(word)).map(|(_, section)| *section)
}

/// Whether a text is the name of a known organization.
pub fn is_organization(text: &str) -> bool {
    contains_normalized(&ORGANIZATIONS, text)
}

/// Whether a text is a known alias of a model.
pub fn is_alias(text: &str) -> bool {
    contains_normalized(&ALIASES, text)
}

/// Whether a text only means "open".
pub fn is_open(text: &str) -> bool {
    contains_normalized(&OPEN, text)
}

/// Returns the commercial use that a text states, if it states nothing else.
pub fn parse_commercial_use(text: &str) -> Option<CommercialUse> {
    COMMERCIAL_USE.iter().find(|(_, phrases)| contains_normalized(phrases, text)).map(|(word, _)| *word)
}

/// Whether a text states that commercial use is unknown.
pub fn is_commercial_use_unknown(text: &str) -> bool {
    contains_normalized(&COMMERCIAL_USE_UNKNOWN, text)
}

/// Whether a text mentions commercial use.
pub fn mentions_commercial_use(text: &str) -> bool {
    let text = normalize(text);
    COMMERCIAL.iter().any(|word| text.contains(word))
}

/// Returns the link kind with a name such as `PAPER`.
pub fn parse_link_kind(word: &str) -> Option<LinkKind> {
    LINK_KINDS.into_iter().find(|kind| kind.word() == word)
}

/// Returns the kind of a link by its title, else by its URL.
pub fn link_kind(title: &str, url: &str) -> LinkKind {
    let by_title = TITLES.iter().find(|(_, titles)| contains_normalized(titles, title)).map(|(kind, _)| *kind);
    by_title.unwrap_or_else(|| url_kind(url))
}

/// Returns the kind of a URL. A path in the list's repository is a page of details.
pub fn url_kind(url: &str) -> LinkKind {
    let Some((_, rest)) = url.split_once("://") else { return LinkKind::Details };
    let rest = rest.trim_start_matches("www.");
    SITES.iter().find(|(site, _)| rest.starts_with(site)).map_or(LinkKind::Other, |(_, kind)| *kind)
}

/// Returns the kind of a dataset's link by its URL.
pub fn dataset_link_kind(url: &str) -> LinkKind {
    match url_kind(url) {
        LinkKind::Other | LinkKind::Weights => LinkKind::Dataset,
        kind => kind,
    }
}

/// Whether a segment of a text is a name and not prose: up to three words, each with a capital or a digit.
pub fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>();
    let is_proper = |word: &&str| word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    (1..=3).contains(&words.len()) && words.iter().all(is_proper)
}

/// Whether the words contain a text, compared in normalized form.
fn contains_normalized(words: &[&str], text: &str) -> bool {
    let text = normalize(text);
    words.iter().any(|word| normalize(word) == text)
}
