//! The topics of headings: what the tables and lists below them are about.

use entity::vocabulary::{ModelKind, SubjectType};

use crate::domain::text::normalize;

/// The contents of a section by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Models, of one kind if the heading states it.
    Models(Option<ModelKind>),
    /// Subjects of another type.
    Others(SubjectType),
    /// Something that is not in the catalog, such as tools or benchmarks.
    Else,
}

/// Words that state the kind of models.
const KINDS: [(&str, ModelKind); 16] = [
    ("非基础", ModelKind::Derived),
    ("衍生模型", ModelKind::Derived),
    ("微调模型", ModelKind::Derived),
    ("derived model", ModelKind::Derived),
    ("fine-tuned model", ModelKind::Derived),
    ("finetuned model", ModelKind::Derived),
    ("merged model", ModelKind::Derived),
    ("models built off", ModelKind::Derived),
    ("non-foundation", ModelKind::Derived),
    ("基础大模型", ModelKind::Foundation),
    ("基础模型", ModelKind::Foundation),
    ("基座模型", ModelKind::Foundation),
    ("foundation model", ModelKind::Foundation),
    ("pretrained model", ModelKind::Foundation),
    ("models built from scratch", ModelKind::Foundation),
    ("models trained from scratch", ModelKind::Foundation),
];

/// English words after which a heading only describes what it is about.
const PREPOSITIONS: [&str; 22] = [
    "for",
    "on",
    "of",
    "with",
    "trained",
    "built",
    "based",
    "from",
    "in",
    "by",
    "that",
    "to",
    "using",
    "where",
    "which",
    "under",
    "via",
    "without",
    "derived",
    "fine-tuned",
    "about",
    "as",
];

/// Words for models whose weights are not open.
const CLOSED: [&str; 6] = ["api-based", "closed model", "closed-source", "proprietary", "闭源", "商业模型"];

/// English words before "of" that add nothing: a list of models is about models.
const COLLECTIONS: [&str; 12] = [
    "list",
    "lists",
    "overview",
    "collection",
    "table",
    "survey",
    "catalog",
    "summary",
    "timeline",
    "family",
    "families",
    "set",
];

/// English words for what a heading is about.
const WORDS: [(Topic, &[&str]); 4] = [
    (Topic::Models(None), &["model", "models", "llm", "llms", "slms", "vlms", "lms"]),
    (Topic::Others(SubjectType::Dataset), &["dataset", "datasets", "corpus", "corpora"]),
    (Topic::Others(SubjectType::Architecture), &["architectures"]),
    (
        Topic::Else,
        &[
            "accelerators",
            "acknowledgements",
            "acknowledgments",
            "adapter",
            "adapters",
            "agent",
            "agents",
            "api",
            "apis",
            "api-based",
            "app",
            "application",
            "applications",
            "apps",
            "architecture",
            "arena",
            "arguments",
            "article",
            "articles",
            "authors",
            "backend",
            "backends",
            "benchmark",
            "benchmarking",
            "benchmarks",
            "blog",
            "blogs",
            "book",
            "books",
            "change",
            "changelog",
            "changes",
            "chips",
            "citation",
            "citations",
            "closed",
            "closed-source",
            "code",
            "community",
            "config",
            "configuration",
            "contents",
            "contributing",
            "contribution",
            "contributions",
            "contributor",
            "contributors",
            "cost",
            "costs",
            "course",
            "courses",
            "data",
            "demo",
            "demos",
            "dependencies",
            "deployment",
            "device",
            "devices",
            "engine",
            "engines",
            "eval",
            "evals",
            "evaluation",
            "evaluations",
            "experiments",
            "faq",
            "framework",
            "frameworks",
            "glossary",
            "gpu",
            "gpus",
            "hardware",
            "history",
            "inference",
            "installation",
            "integrations",
            "leaderboard",
            "leaderboards",
            "libraries",
            "licence",
            "licences",
            "license",
            "licenses",
            "link",
            "links",
            "lora",
            "loras",
            "maintainers",
            "method",
            "methods",
            "metric",
            "metrics",
            "news",
            "options",
            "paper",
            "papers",
            "people",
            "performance",
            "platform",
            "platforms",
            "plugin",
            "plugins",
            "post",
            "posts",
            "price",
            "prices",
            "pricing",
            "product",
            "products",
            "project",
            "projects",
            "prompt",
            "prompting",
            "prompts",
            "proprietary",
            "provider",
            "providers",
            "publication",
            "publications",
            "quantization",
            "question",
            "questions",
            "quickstart",
            "recipe",
            "recipes",
            "reference",
            "references",
            "release",
            "releases",
            "requirements",
            "resource",
            "resources",
            "result",
            "results",
            "roadmap",
            "runtime",
            "runtimes",
            "score",
            "scores",
            "service",
            "services",
            "serving",
            "sponsors",
            "task",
            "tasks",
            "team",
            "technique",
            "techniques",
            "terms",
            "thanks",
            "tool",
            "tooling",
            "tools",
            "toolkit",
            "toolkits",
            "tutorial",
            "tutorials",
            "ui",
            "update",
            "updates",
            "usage",
            "video",
            "videos",
        ],
    ),
];

/// Chinese words for what a heading is about. The last one applies.
const CHINESE: [(Topic, &[&str]); 4] = [
    (Topic::Models(None), &["模型"]),
    (Topic::Others(SubjectType::Dataset), &["数据集", "语料"]),
    (Topic::Others(SubjectType::Architecture), &["架构"]),
    (
        Topic::Else,
        &[
            "工具",
            "评测",
            "评估",
            "基准",
            "榜",
            "教程",
            "课程",
            "论文",
            "框架",
            "应用",
            "硬件",
            "显卡",
            "贡献",
            "更新",
            "日志",
            "致谢",
            "资源",
            "参考",
            "部署",
            "推理",
            "平台",
            "插件",
            "博客",
            "文章",
            "许可",
            "协议",
            "产品",
            "服务",
            "性能",
            "结果",
            "目录",
            "安装",
            "使用",
            "提示",
            "智能体",
            "量化",
            "社区",
            "历史",
            "问题",
            "新闻",
            "数据",
        ],
    ),
];

impl Topic {
    /// Returns the topic of a heading. `None` if it names none.
    pub fn of(heading: &str) -> Option<Self> {
        let heading = normalize(heading);
        let subject = main_part(&heading);
        if CLOSED.iter().any(|word| subject.contains(word)) {
            return Some(Self::Else);
        }
        let topic = last_chinese(subject).or_else(|| last_english(subject))?;
        let kind = KINDS.iter().find(|(words, _)| heading.contains(words)).map(|(_, kind)| *kind);
        Some(if topic == Self::Models(None) { Self::Models(kind) } else { topic })
    }
}

/// Returns the part of a heading that names what it is about: "models" of "models trained on open datasets".
fn main_part(heading: &str) -> &str {
    let end = heading.find(['(', '（', ':', '：', '[']).filter(|end| *end > 0).unwrap_or(heading.len());
    let mut part = &heading[..end];
    while let Some((before, after)) = part.split_once(" of ")
        && before.split(' ').next_back().is_some_and(|word| COLLECTIONS.contains(&word))
    {
        part = after;
    }
    let mut offset = 0;
    for word in part.split(' ') {
        if offset > 0 && PREPOSITIONS.contains(&word) {
            return &part[..offset];
        }
        offset += word.len() + 1;
    }
    part
}

/// Returns the topic of the last Chinese word of a text that names one.
fn last_chinese(text: &str) -> Option<Topic> {
    let found = CHINESE.iter().flat_map(|(topic, words)| {
        words.iter().filter_map(move |word| Some((text.rfind(word)? + word.len(), word.len(), *topic)))
    });
    found.max_by_key(|(end, length, _)| (*end, *length)).map(|(_, _, topic)| topic)
}

/// Returns the topic of the last English word of a text that names one.
fn last_english(text: &str) -> Option<Topic> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-').rev();
    words.into_iter().find_map(|word| WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(topic, _)| *topic))
}

/// Whether a heading is about things with sizes that are no open models: closed models, adapters, quantizations, hardware. `None` if
/// it names none of these.
pub fn excludes_models(heading: &str) -> Option<bool> {
    const WORDS: [&str; 22] = [
        "accelerators",
        "adapter",
        "adapters",
        "chips",
        "device",
        "devices",
        "gguf",
        "ggufs",
        "gpu",
        "gpus",
        "hardware",
        "lora",
        "loras",
        "price",
        "prices",
        "pricing",
        "provider",
        "providers",
        "quant",
        "quantization",
        "quantizations",
        "quants",
    ];
    let heading = normalize(heading);
    let part = main_part(&heading);
    let last = part.rsplit(|c: char| !c.is_alphanumeric() && c != '-').find(|word| !word.is_empty())?;
    let is_quantized = ["quantized model", "quantised model", "量化", "显卡"].iter().any(|word| part.contains(word));
    let is_excluded = is_quantized || WORDS.contains(&last) || CLOSED.iter().any(|word| part.contains(word));
    is_excluded.then_some(true)
}
