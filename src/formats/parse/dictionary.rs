//! The vocabulary of the readers: names, phrases, labels, headings and sites, and their meaning in the catalog.

use std::sync::LazyLock;

use entity::vocabulary::{CommercialUse, LinkKind};
use regex::Regex;
use serde_json::{Map, Value as Json};

use crate::domain::text::normalize;
use crate::domain::text::static_regex;

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
    ("modelscope.cn/models/", LinkKind::Weights),
    ("modelscope.cn/datasets/", LinkKind::Dataset),
    ("arxiv.org/", LinkKind::Paper),
    ("openreview.net/", LinkKind::Paper),
    ("github.com/", LinkKind::Repository),
    ("gitlab.com/", LinkKind::Repository),
    ("gitee.com/", LinkKind::Repository),
    ("mp.weixin.qq.com/", LinkKind::Article),
    ("medium.com/", LinkKind::Article),
];

/// The first parts of paths on the Hugging Face Hub that are no accounts, and the kind of the pages below them.
const HUB_PATHS: [(&str, LinkKind); 24] = [
    ("blog", LinkKind::Article),
    ("posts", LinkKind::Article),
    ("papers", LinkKind::Paper),
    ("datasets", LinkKind::Dataset),
    ("api", LinkKind::Other),
    ("buckets", LinkKind::Other),
    ("chat", LinkKind::Other),
    ("collections", LinkKind::Other),
    ("docs", LinkKind::Other),
    ("enterprise", LinkKind::Other),
    ("inference", LinkKind::Other),
    ("join", LinkKind::Other),
    ("kernels", LinkKind::Other),
    ("languages", LinkKind::Other),
    ("learn", LinkKind::Other),
    ("login", LinkKind::Other),
    ("models", LinkKind::Other),
    ("organizations", LinkKind::Other),
    ("pricing", LinkKind::Other),
    ("search", LinkKind::Other),
    ("settings", LinkKind::Other),
    ("spaces", LinkKind::Other),
    ("tasks", LinkKind::Other),
    ("terms-of-service", LinkKind::Other),
];

/// The beginnings of the names of models on the Hub that belong to no account. Other addresses with one part are accounts.
const HUB_WITHOUT_ACCOUNT: [&str; 15] = [
    "albert-",
    "bert-",
    "camembert-",
    "ctrl",
    "distilbert-",
    "distilgpt2",
    "distilroberta-",
    "gpt2",
    "openai-gpt",
    "roberta-",
    "t5-",
    "transfo-xl-",
    "xlm-",
    "xlnet-",
    "flaubert",
];

/// Texts that stand for a blank cell.
const BLANKS: [&str; 36] = [
    "n/a",
    "n.a",
    "na",
    "none",
    "null",
    "nil",
    "nan",
    "tbd",
    "tba",
    "unknown",
    "not known",
    "undisclosed",
    "not disclosed",
    "unspecified",
    "not specified",
    "not available",
    "unspecified unreleased",
    "unreleased",
    "not stated",
    "not reported",
    "#n/a",
    "n/d",
    "tbc",
    "to be announced",
    "to be confirmed",
    "to be determined",
    "not applicable",
    "coming soon",
    "pending",
    "confidential",
    "private",
    "not public",
    "not released",
    "not yet released",
    "unpublished",
    "t.b.d",
];

/// Texts that are no names of licenses.
const NO_LICENSES: [&str; 45] = [
    "yes",
    "no",
    "true",
    "false",
    "y",
    "n",
    "open",
    "open source",
    "open-source",
    "opensource",
    "open weights",
    "open weight",
    "openweights",
    "open-weights",
    "open access",
    "closed source",
    "customized",
    "special",
    "free",
    "public",
    "license",
    "licence",
    "link",
    "here",
    "varies",
    "开源",
    "开放",
    "闭源",
    "自定义",
    "是",
    "否",
    "有",
    "research only",
    "research",
    "research use only",
    "academic",
    "academic only",
    "for research",
    "仅供研究",
    "仅限研究",
    "研究用途",
    "学术研究",
    "免费",
    "免费使用",
    "免费开放",
];

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

/// Splits a text before labels that follow others without a separator: `机构：Meta 许可证：MIT`.
pub fn split_at_labels(text: &str) -> Vec<&str> {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"\s(?P<label>\p{Han}{2,6}|[A-Za-z]{2,12}(?: [a-z]{2,6})?)\s?[:：](?:[^/]|$)"));
    let mut starts = vec![0];
    let mut from = 0;
    while let Some(parts) = LABEL.captures_at(text, from) {
        let Some(label) = parts.name("label") else { break };
        if find_label(label.as_str()).is_some_and(|label| !matches!(label, Label::Summary(_))) && label.start() > 0 {
            starts.push(label.start());
        }
        from = label.end();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim()).collect()
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
    if let Some(path) = hub_path(rest) {
        return hub_kind(path);
    }
    SITES.iter().find(|(site, _)| rest.starts_with(site)).map_or(LinkKind::Other, |(_, kind)| *kind)
}

/// Returns the path of an address on the Hugging Face Hub, without what follows it.
fn hub_path(address: &str) -> Option<&str> {
    let path = ["huggingface.co/", "hf.co/"].iter().find_map(|host| address.strip_prefix(host))?;
    path.split(['?', '#']).next()
}

/// Returns the kind of a page on the Hub. Only `account/name` has weights.
fn hub_kind(path: &str) -> LinkKind {
    let parts = path.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let first = parts.first().copied().unwrap_or_default();
    if let Some((_, kind)) = HUB_PATHS.iter().find(|(part, _)| *part == first) {
        return if parts.len() > 1 { *kind } else { LinkKind::Other };
    }
    match parts[..] {
        [name] if HUB_WITHOUT_ACCOUNT.iter().any(|start| name.starts_with(start)) => LinkKind::Weights,
        [_, _] | [_, _, "tree", ..] => LinkKind::Weights,
        _ => LinkKind::Other,
    }
}

/// Returns the id of the model of which an address on the Hugging Face Hub has the weights: `Qwen/Qwen3-8B`.
pub fn hub_id(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let path = hub_path(rest.trim_start_matches("www."))?;
    let (account, rest) = path.split_once('/')?;
    let name = rest.split('/').next().filter(|name| !name.is_empty())?;
    (hub_kind(path) == LinkKind::Weights).then(|| &path[..account.len() + 1 + name.len()])
}

/// Returns the repositories on the Hugging Face Hub that a record links to as weights.
pub fn weights_repositories(fields: &Map<String, Json>) -> impl Iterator<Item = &str> {
    let links = fields.get("links").and_then(Json::as_array).into_iter().flatten();
    links.filter(|link| link["kind"] == LinkKind::Weights.word()).filter_map(|link| hub_id(link["url"].as_str()?))
}

/// Returns the kind of a dataset's link by its URL.
pub fn dataset_link_kind(url: &str) -> LinkKind {
    match url_kind(url) {
        LinkKind::Other | LinkKind::Weights => LinkKind::Dataset,
        kind => kind,
    }
}

/// Whether a text stands for a blank cell, such as "-" or "unknown".
pub fn is_blank(text: &str) -> bool {
    static IN_CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?x)^ (?: (?: 暂 | 尚 | 目前 )? 未 (?: 知 | 定 | 公开 | 公布 | 披露 | 透露 | 说明 | 提供 | 提及 | 提到 | 注明 | 标注 | 写明 | 列出 | 给出
                | 声明 | 明确 | 发布 | 开源 | 开放 ) | 待 (?: 定 | 公布 | 发布 | 确认 | 补充 | 更新 | 填 | 查 )
                | 暂? 无 | 暂缺 | 不详 | 不明 | 不适用 | 保密 ) $",
        )
    });
    const MARKS: [char; 10] = ['-', '–', '—', '/', '\\', '?', '.', '…', '*', '。'];
    let text = normalize(text);
    let is_mark = !text.contains(|c: char| !MARKS.contains(&c));
    let inner = text.trim_start_matches(['(', '[', '<']).trim_end_matches([')', ']', '>', '.', '。']);
    is_mark || BLANKS.contains(&inner) || (!inner.is_ascii() && IN_CHINESE.is_match(inner))
}

/// Whether a text names nothing: it refers to another place ("see below", "同上"), or only says of which kind something is.
pub fn names_nothing(text: &str) -> bool {
    static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?x)^ (?: 同 (?: 上 | 前 | 左 | 右 ) | (?: 详 | 参 )? 见 (?: 上 | 下 | 前 | 后 | 附 | 论文 | 表 | 注 | 链接 | 说明 | 官网 ) .*
                | 〃 | ditto | idem | (?: same \s )? as \s (?: above | before )
                | see \s (?: above | below | also | the | link | note | notes | paper | text | table | model\s card | repo | repository
                    | website ) (?: \s .* )?
                | (?: closed | custom | internal | private | proprietary | various | multiple | mixed | others? ) (?: \s data(?:sets?)? )?
                | 自研 | 自有 | 自建 | 内部 (?: 数据 )? | 其[他它] | 多[个种] ) $",
        )
    });
    NOTHING.is_match(normalize(text).trim_matches(['(', ')', '.']))
}

/// Whether a text consists of marks, such as a cross.
pub fn is_mark(text: &str) -> bool {
    !text.trim().is_empty() && !text.chars().any(char::is_alphanumeric)
}

/// Returns what a text that is or has a mark answers: a check mark is yes, and a cross is no. Also returns the words next to it.
pub fn answer(text: &str) -> Option<(bool, String)> {
    const YES: [char; 6] = ['✅', '✔', '✓', '☑', '√', '🟢'];
    const NO: [char; 7] = ['❌', '✗', '✘', '✖', '×', '🔴', '🚫'];
    let (has_yes, has_no) = (text.contains(YES), text.contains(NO));
    let words = text.replace(|c: char| YES.contains(&c) || NO.contains(&c) || c == '\u{fe0f}', "");
    (has_yes != has_no).then(|| (has_yes, words.trim().to_owned()))
}

/// Whether a text is the name of a row with the sum or the mean of the others.
pub fn is_total(text: &str) -> bool {
    const TOTALS: [&str; 9] = ["total", "totals", "sum", "average", "mean", "合计", "总计", "平均", "共计"];
    TOTALS.contains(&normalize(text).trim_end_matches(':'))
}

/// Returns a name without the pictures before and after it.
pub fn without_pictures(name: &str) -> &str {
    const PICTURES: [(char, char); 3] =
        [('\u{1f000}', '\u{1faff}'), ('\u{2600}', '\u{27bf}'), ('\u{2b00}', '\u{2bff}')];
    let is_picture = |c: char| {
        PICTURES.iter().any(|(first, last)| (*first..=*last).contains(&c)) || matches!(c, '\u{fe0f}' | '\u{200d}')
    };
    let bare = name.trim_matches(|c| is_picture(c) || c == ' ');
    if bare.is_empty() || bare.len() == name.len() { name } else { bare }
}

/// Whether a text in a column of licenses names none: "yes", "open source", a check mark.
pub fn names_no_license(text: &str) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(r"^(?:with|under|subject to|some|certain)\b.*\b(?:conditions?|restrictions?|limitations?)$")
    });
    let text = normalize(text);
    let text = text.trim_matches(['(', ')', '[', ']', '.', '!']).trim();
    let kind = ["license", "licence", "许可证", "许可", "协议"].iter().find_map(|word| text.strip_suffix(word));
    let kind = kind.unwrap_or(text).trim();
    let is_no_name = |text: &str| is_blank(text) || names_nothing(text) || NO_LICENSES.contains(&text);
    !text.chars().any(char::is_alphanumeric)
        || is_no_name(text)
        || is_no_name(kind)
        || CONDITION.is_match(text)
        || text.split(' ').count() > 12
}

/// Whether a text says that there is a license of its own, without its name.
pub fn is_own_license(text: &str) -> bool {
    let text = normalize(text);
    ["custom", "other", "proprietary", "special", "自定义", "其他", "其它"].iter().any(|word| text.starts_with(word))
}

/// Returns whether words in brackets after a license say that it is that of the weights, or of something else such as code. `None` if
/// they say neither.
pub fn licenses_weights(text: &str) -> Option<bool> {
    let text = normalize(text);
    let text = text.trim_start_matches("only ").trim_start_matches("for ").trim_start_matches('仅');
    match text.trim_end_matches(" only").trim() {
        "weights" | "model" | "model weights" | "models" | "权重" | "模型" | "模型权重" => Some(true),
        "code" | "source code" | "training code" | "inference code" | "data" | "dataset" | "代码" | "源码" | "数据" => {
            Some(false)
        }
        _ => None,
    }
}

/// Splits a name from words after it that say that there are others: "Meta et al.", "清华等".
pub fn without_others(name: &str) -> Option<&str> {
    static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(r"(?i)(?:,?\s+(?:et\s+al\.?|and\s+others|etc\.?)|\p{Han}(?P<etc>等(?:机构|单位|公司|人)?))$")
    });
    let parts = OTHERS.captures(name)?;
    let start = parts.name("etc").or(parts.get(0))?.start();
    Some(name[..start].trim()).filter(|name| !name.is_empty())
}

/// Whether a text names several licenses: "Apache-2.0 and MIT".
pub fn joins_licenses(text: &str) -> bool {
    static JOINED: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?ix)^ (?: apache | mit | bsd | l?gpl | agpl | cc | mpl | (?: bigscience-)? openrail | llama | gemma | cdla | odc | isc | epl
                | eupl ) \b .* \s (?: and | or | & ) \s+ (?: (?: the | apache | mit | bsd | l?gpl | agpl | cc | mpl | openrail | llama
                | gemma | cdla | odc | isc | epl | eupl ) \b )",
        )
    });
    JOINED.is_match(text)
}

/// Whether a text states a condition, so that a permission next to it is not plain.
pub fn states_condition(text: &str) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?x) 需|须|申请|授权|除非|除了|除.*外|月活|条件|限制|仅限|仅供|登记|注册|备案|报备|低于|少于|不超过|不得|禁止|部分
                | \b(?: if | unless | until | except | excluding | fewer | less\ than | up\ to | below | under | only | provided
                    | subject\ to | require[sd]? | permission | request | registration | register | restrict\w* | revenue | mau
                    | users | conditions? | conditional\w* | limit(?: s | ed | ation s? )? | must | not | contact )\b",
        )
    });
    CONDITION.is_match(&normalize(text))
}

/// Whether a text is the title of a paper and not a name: in quotation marks, or with authors or the place of publication.
pub fn is_paper(text: &str) -> bool {
    static PAPER: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?x) \bet\ al\b | \b (?i: arxiv | neurips | nips | icml | iclr | acl | emnlp | naacl | eacl | cvpr | iccv | aaai
                | jmlr | tacl | colm | interspeech | preprint ) [\ ,']* (?: 19 | 20 ) [0-9]{2} \b",
        )
    });
    let text = text.trim_start();
    text.starts_with(['"', '“', '”', '„', '«', '《', '「']) || PAPER.is_match(text)
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
