//! The words that readers know: all that they take for granted of what a list does not say in so many words.

use crate::domain::text::normalize;
use entity::vocabulary::{CommercialUse, LinkKind, ModelKind, SubjectType};

/// Makers that lists name without saying that they are makers.
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

/// Other names of models that lists give without saying so.
const ALIASES: [&str; 5] = ["天工", "悟道·天鹰", "通义千问", "书生·浦语", "文心一言"];

/// What lists say of commercial use.
const COMMERCIAL_USE: [(CommercialUse, &[&str]); 3] = [
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

/// What says that nobody says whether commercial use is allowed.
const COMMERCIAL_USE_UNKNOWN: [&str; 2] = ["商用未知", "commercial use unknown"];

/// Words that belong to a statement of commercial use beside them: of every model in an open catalog they hold.
const OPEN: [&str; 2] = ["开放", "open"];

/// Words in which something of commercial use is said.
const COMMERCIAL: [&str; 3] = ["商用", "商业", "commercial"];

/// Titles that say what stands behind a link.
const TITLES: [(LinkKind, &[&str]); 6] = [
    (LinkKind::Article, &["详细介绍", "介绍", "文章", "博客", "article", "blog", "announcement"]),
    (LinkKind::Paper, &["论文", "技术报告", "paper", "technical report", "arxiv"]),
    (LinkKind::Repository, &["代码", "仓库", "code", "repository", "repo", "github"]),
    (LinkKind::Weights, &["权重", "模型下载", "weights", "download", "hugging face", "huggingface", "modelscope"]),
    (LinkKind::Dataset, &["数据", "数据集", "data", "dataset"]),
    (LinkKind::Homepage, &["官网", "主页", "homepage", "website"]),
];

/// What may stand behind a link.
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

/// Labels that say what stands behind their colon.
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

/// Sites, and what their pages are. The first that an address begins with counts.
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

/// What a heading says of what stands below it. The first that the heading holds counts.
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

/// What a part of a list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Models of one kind.
    Models(ModelKind),
    /// Subjects of another kind.
    Others(SubjectType),
}

/// What stands behind a label in notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The license.
    License,
    /// Makers.
    Organizations,
    /// Other names.
    Aliases,
    /// What the model was trained on.
    Datasets,
    /// The architecture.
    Architecture,
    /// What the model was derived from.
    BaseModel,
    /// The summary in a language, which goes on to the end.
    Summary(&'static str),
}

/// What a label says.
pub fn label(text: &str) -> Option<Label> {
    LABELS.iter().find(|(_, labels)| contains_normalized(labels, text)).map(|(label, _)| *label)
}

/// What stands below a heading.
pub fn section(heading: &str) -> Option<Section> {
    let heading = normalize(heading);
    SECTIONS.iter().find(|(word, _)| heading.contains(word)).map(|(_, section)| *section)
}

/// Whether a text names an organization.
pub fn is_organization(text: &str) -> bool {
    contains_normalized(&ORGANIZATIONS, text)
}

/// Whether a text is another name of a model.
pub fn is_alias(text: &str) -> bool {
    contains_normalized(&ALIASES, text)
}

/// Whether a text says that something is open, no more.
pub fn says_open(text: &str) -> bool {
    contains_normalized(&OPEN, text)
}

/// What a text says about commercial use, if it says nothing else.
pub fn commercial_use(text: &str) -> Option<CommercialUse> {
    COMMERCIAL_USE.iter().find(|(_, phrases)| contains_normalized(phrases, text)).map(|(word, _)| *word)
}

/// Whether a text says that it is not known whether commercial use is allowed.
pub fn commercial_use_unknown(text: &str) -> bool {
    contains_normalized(&COMMERCIAL_USE_UNKNOWN, text)
}

/// Whether a text says something about commercial use.
pub fn mentions_commercial_use(text: &str) -> bool {
    let text = normalize(text);
    COMMERCIAL.iter().any(|word| text.contains(word))
}

/// The word for what stands behind a link.
pub fn kind_named(word: &str) -> Option<LinkKind> {
    LINK_KINDS.into_iter().find(|kind| kind.word() == word)
}

/// What stands behind a link, by its title or else its address.
pub fn link_kind(title: &str, url: &str) -> LinkKind {
    let titled = TITLES.iter().find(|(_, titles)| contains_normalized(titles, title)).map(|(kind, _)| *kind);
    titled.unwrap_or_else(|| page_kind(url))
}

/// What stands at an address. A path inside the list's repository is a page about the subject.
pub fn page_kind(url: &str) -> LinkKind {
    let Some((_, address)) = url.split_once("://") else { return LinkKind::Details };
    let address = address.trim_start_matches("www.");
    SITES.iter().find(|(site, _)| address.starts_with(site)).map_or(LinkKind::Other, |(_, kind)| *kind)
}

/// What stands behind the link of a dataset.
pub fn dataset_link_kind(url: &str) -> LinkKind {
    match page_kind(url) {
        LinkKind::Other | LinkKind::Weights => LinkKind::Dataset,
        kind => kind,
    }
}

/// Whether one of several parts of a text is a name, not prose: a word or few, each with a capital or a digit.
pub fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().collect::<Vec<_>>();
    let proper = |word: &&str| word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    (1..=3).contains(&words.len()) && words.iter().all(proper)
}

fn contains_normalized(words: &[&str], text: &str) -> bool {
    let text = normalize(text);
    words.iter().any(|word| normalize(word) == text)
}
