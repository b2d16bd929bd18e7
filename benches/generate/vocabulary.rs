//! Parts of generated names and summaries.

pub const FIRST: [&str; 40] = [
    "Aurora", "Blue", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Iris", "Jade", "Kite", "Lumen",
    "Maple", "Nova", "Onyx", "Polar", "Quartz", "River", "Sable", "Terra", "Umbra", "Vega", "Willow", "Xeno", "Yonder",
    "Zephyr", "Atlas", "Breeze", "Comet", "Dune", "Echo", "Flint", "Glacier", "Halo", "Indigo", "Juniper", "Karst",
    "Lotus", "Meteor", "North",
];
pub const SECOND: [&str; 24] = [
    "Mind", "Lark", "Coder", "Fox", "Sage", "Scribe", "Wolf", "Pilot", "Finch", "Forge", "Owl", "Loom", "Crane",
    "Spark", "Bear", "Tutor", "Heron", "Stone", "Weaver", "Tiger", "Bridge", "Panda", "Lynx", "Math",
];
pub const VARIANTS: [&str; 8] = ["", "", "", "Chat", "Instruct", "Base", "Long", "Mini"];
pub const CHINESE: [&str; 20] = [
    "天星",
    "云山",
    "玄鸟",
    "青松",
    "知海",
    "白鹭",
    "紫竹",
    "长河",
    "北辰",
    "灵犀",
    "墨子",
    "星火源",
    "晨曦",
    "远山",
    "明月",
    "飞鸿",
    "书生",
    "问道",
    "九章",
    "若水",
];
pub const MAKERS: [(&str, &str); 6] = [
    ("Labs", "实验室"),
    ("AI", "智能"),
    ("University", "大学"),
    ("Institute", "研究院"),
    ("Technologies", "科技"),
    ("Community", "社区"),
];
pub const DATASETS: [&str; 8] = ["Corpus", "Web", "Code", "Books", "Instructions", "Dialogues", "Papers", "Math"];
pub const PURPOSES: [(&str, &str); 10] = [
    ("dialogue in Chinese and English", "中英双语对话"),
    ("writing and completing code", "代码生成与补全"),
    ("long documents", "长文档理解"),
    ("mathematical reasoning", "数学推理"),
    ("medicine", "医疗领域问答"),
    ("law", "法律领域咨询"),
    ("finance", "金融领域分析"),
    ("translation", "机器翻译"),
    ("remote sensing", "遥感影像"),
    ("teaching", "教育场景"),
];
pub const METHODS: [(&str, &str); 6] = [
    ("trained from scratch", "从零开始训练"),
    ("tuned on instructions", "经过指令微调"),
    ("aligned by human feedback", "经过人类反馈对齐"),
    ("distilled from a larger model", "由更大的模型蒸馏而来"),
    ("a mixture of experts", "采用混合专家结构"),
    ("with a context of 128k tokens", "支持十二万八千词元的上下文"),
];
/// Licenses, the most frequent first: name, SPDX identifier, commercial use.
pub const LICENSES: [(&str, Option<&str>, &str); 14] = [
    ("Apache License 2.0", Some("Apache-2.0"), "ALLOWED"),
    ("MIT License", Some("MIT"), "ALLOWED"),
    ("Creative Commons Attribution Non Commercial 4.0", Some("CC-BY-NC-4.0"), "PROHIBITED"),
    ("OpenRAIL", None, "ALLOWED"),
    ("Creative Commons Attribution 4.0", Some("CC-BY-4.0"), "ALLOWED"),
    ("Research License", None, "PROHIBITED"),
    ("Model License Agreement", None, "AUTHORIZATION_REQUIRED"),
    ("BSD 3-Clause License", Some("BSD-3-Clause"), "ALLOWED"),
    ("GNU General Public License 3.0", Some("GPL-3.0-only"), "ALLOWED"),
    ("Creative Commons Attribution Share Alike 4.0", Some("CC-BY-SA-4.0"), "ALLOWED"),
    ("Community License 3", None, "AUTHORIZATION_REQUIRED"),
    ("GNU Affero General Public License 3.0", Some("AGPL-3.0-only"), "ALLOWED"),
    ("Custom Terms", None, "UNKNOWN"),
    ("Evaluation License", None, "PROHIBITED"),
];
pub const ARCHITECTURES: [&str; 8] = [
    "Llama-like decoder",
    "GPT-NeoX decoder",
    "Mixture of experts decoder",
    "T5 encoder-decoder",
    "RWKV",
    "Mamba",
    "Prefix decoder",
    "Mamba and attention hybrid",
];
/// Size labels with millions of parameters, the smallest first.
pub const SIZES: [(&str, u32); 24] = [
    ("70M", 70),
    ("160M", 160),
    ("410M", 410),
    ("0.5B", 500),
    ("1B", 1_000),
    ("1.5B", 1_500),
    ("1.8B", 1_800),
    ("3B", 3_000),
    ("4B", 4_000),
    ("6B", 6_000),
    ("7B", 7_000),
    ("8B", 8_000),
    ("12B", 12_000),
    ("13B", 13_000),
    ("14B", 14_000),
    ("20B", 20_000),
    ("32B", 32_000),
    ("34B", 34_000),
    ("40B", 40_000),
    ("65B", 65_000),
    ("70B", 70_000),
    ("110B", 110_000),
    ("180B", 180_000),
    ("405B", 405_000),
];
pub const LINKS: [(&str, &str); 5] = [
    ("PAPER", "https://papers.example.org/abs/"),
    ("REPOSITORY", "https://code.example.org/models/"),
    ("WEIGHTS", "https://weights.example.org/"),
    ("HOMEPAGE", "https://www.example.org/models/"),
    ("ARTICLE", "https://blog.example.org/"),
];
