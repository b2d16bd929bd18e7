//! The words of the list in its two languages.

use entity::vocabulary::{CommercialUse, LinkKind};

use super::super::format::Language;

/// The words of one language.
pub struct Words {
    pub title: &'static str,
    pub subtitle: &'static str,
    pub foundation: &'static str,
    pub derived: &'static str,
    pub architectures: &'static str,
    /// Place, name, sizes, data, day, notes.
    pub columns: [&'static str; 6],
    pub colon: &'static str,
    /// Between the parts of a note.
    pub between: &'static str,
    /// Between the elements of a list in a note.
    pub and: &'static str,
    pub license: &'static str,
    pub organizations: &'static str,
    pub aliases: &'static str,
    pub datasets: &'static str,
    pub architecture: &'static str,
    pub base_model: &'static str,
    commercial_use: [&'static str; 4],
    links: [&'static str; 8],
}

const ZH: Words = Words {
    title: "开源开放的大模型",
    subtitle: "旨在记录全球开源开放大模型发展情况",
    foundation: "基础大模型",
    derived: "非基础大模型",
    architectures: "模型架构",
    columns: ["序号", "名称", "参数规模", "数据规模", "发布日期", "说明"],
    colon: "：",
    between: "；",
    and: "、",
    license: "许可证",
    organizations: "机构",
    aliases: "别名",
    datasets: "数据集",
    architecture: "架构",
    base_model: "基于",
    commercial_use: ["可商用", "商用需授权", "不可商用", "商用未知"],
    links: ["主页", "详情", "文章", "代码", "论文", "权重", "数据", "链接"],
};

const EN: Words = Words {
    title: "Open large language models",
    subtitle: "A record of the open large language models of the world",
    foundation: "Foundation models",
    derived: "Other models",
    architectures: "Architectures",
    columns: ["No.", "Name", "Parameters", "Data", "Released", "Notes"],
    colon: ": ",
    between: "; ",
    and: ", ",
    license: "license",
    organizations: "by",
    aliases: "also called",
    datasets: "datasets",
    architecture: "architecture",
    base_model: "based on",
    commercial_use: [
        "commercial use allowed",
        "commercial use requires authorization",
        "no commercial use",
        "commercial use unknown",
    ],
    links: ["homepage", "details", "article", "code", "paper", "weights", "data", "link"],
};

impl Words {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    pub fn commercial_use(&self, word: CommercialUse) -> &'static str {
        self.commercial_use[word as usize]
    }

    /// What a link without a text of its own is called.
    pub fn link(&self, kind: LinkKind) -> &'static str {
        self.links[kind as usize]
    }
}
