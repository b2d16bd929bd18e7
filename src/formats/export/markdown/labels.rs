//! The headings and labels of the Markdown list in two languages.

use entity::vocabulary::CommercialUse;

use crate::formats::export::format::Language;

/// The headings and labels in one language.
pub struct Labels {
    pub title: &'static str,
    pub subtitle: &'static str,
    pub foundation: &'static str,
    pub derived: &'static str,
    /// The heading of models of unknown kind. Readers must not take it for one of the two above.
    pub of_unknown_kind: &'static str,
    pub architectures: &'static str,
    /// Position, name, sizes, data scale, release date, notes.
    pub columns: [&'static str; 6],
    /// The separator of the parts of a note.
    pub separator: &'static str,
    pub organization: &'static str,
    pub alias: &'static str,
    pub license: &'static str,
    pub architecture: &'static str,
    pub base_model: &'static str,
    /// The label before a linked dataset.
    pub dataset: &'static str,
    /// The label before the name of a dataset without a link.
    pub unlinked_dataset: &'static str,
    /// The separator between total and active parameters, and the texts before and after the active parameters.
    pub active: [&'static str; 3],
    /// Allowed, with authorization, prohibited.
    commercial_use: [&'static str; 4],
}

const ZH: Labels = Labels {
    title: "开源开放的大模型",
    subtitle: "旨在记录全球开源开放大模型发展情况",
    foundation: "基础大模型",
    derived: "非基础大模型",
    of_unknown_kind: "模型",
    architectures: "模型架构",
    columns: ["序号", "名称", "参数规模", "数据规模", "发布日期", "说明"],
    separator: "；",
    organization: "机构：",
    alias: "别名：",
    license: "许可证：",
    architecture: "架构：",
    base_model: "基座：",
    dataset: "数据集",
    unlinked_dataset: "数据集：",
    active: ["，", "激活 ", ""],
    commercial_use: ["可商用", "有条件商用", "商用需授权", "不可商用"],
};

const EN: Labels = Labels {
    title: "Open large language models",
    subtitle: "A record of the open large language models of the world",
    foundation: "Foundation models",
    derived: "Derived models",
    of_unknown_kind: "Models",
    architectures: "Architectures",
    columns: ["No.", "Name", "Parameters", "Data", "Released", "Notes"],
    separator: "; ",
    organization: "organization: ",
    alias: "alias: ",
    license: "license: ",
    architecture: "architecture: ",
    base_model: "base: ",
    dataset: "dataset ",
    unlinked_dataset: "dataset: ",
    active: [", ", "", " active"],
    commercial_use: [
        "commercial use allowed",
        "commercial use under conditions",
        "commercial use requires authorization",
        "no commercial use",
    ],
};

impl Labels {
    /// Returns the labels in a language.
    pub fn for_language(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// Returns the label before a summary, in the language of the summary.
    pub fn summary_label(language: Language) -> &'static str {
        match language {
            Language::Zh => "简介：",
            Language::En => "summary: ",
        }
    }

    /// Returns the phrase for commercial use. `None` if it is unknown.
    pub fn commercial_use(&self, commercial_use: CommercialUse) -> Option<&'static str> {
        let [allowed, conditional, with_authorization, prohibited] = self.commercial_use;
        match commercial_use {
            CommercialUse::Allowed => Some(allowed),
            CommercialUse::Conditional => Some(conditional),
            CommercialUse::AuthorizationRequired => Some(with_authorization),
            CommercialUse::Prohibited => Some(prohibited),
            CommercialUse::Varies | CommercialUse::Unknown => None,
        }
    }
}
