//! The words of the list in its two languages.

use entity::vocabulary::CommercialUse;

use crate::formats::export::format::Language;

/// The words of one language.
pub struct Labels {
    pub title: &'static str,
    pub subtitle: &'static str,
    pub foundation: &'static str,
    pub derived: &'static str,
    pub architectures: &'static str,
    /// Place, name, sizes, data, day, notes.
    pub columns: [&'static str; 6],
    /// Between the parts of a note.
    pub between: &'static str,
    pub organization: &'static str,
    pub alias: &'static str,
    pub license: &'static str,
    pub architecture: &'static str,
    pub base_model: &'static str,
    /// In front of a dataset's link.
    pub dataset: &'static str,
    /// In front of a dataset's name.
    pub dataset_named: &'static str,
    /// Between the parameters and those that are used for one token, in front of these, and behind them.
    pub active: [&'static str; 3],
    /// Allowed, on request, prohibited.
    commercial_use: [&'static str; 3],
}

const ZH: Labels = Labels {
    title: "开源开放的大模型",
    subtitle: "旨在记录全球开源开放大模型发展情况",
    foundation: "基础大模型",
    derived: "非基础大模型",
    architectures: "模型架构",
    columns: ["序号", "名称", "参数规模", "数据规模", "发布日期", "说明"],
    between: "；",
    organization: "机构：",
    alias: "别名：",
    license: "许可证：",
    architecture: "架构：",
    base_model: "基座：",
    dataset: "数据集",
    dataset_named: "数据集：",
    active: ["，", "激活 ", ""],
    commercial_use: ["可商用", "商用需授权", "不可商用"],
};

const EN: Labels = Labels {
    title: "Open large language models",
    subtitle: "A record of the open large language models of the world",
    foundation: "Foundation models",
    derived: "Derived models",
    architectures: "Architectures",
    columns: ["No.", "Name", "Parameters", "Data", "Released", "Notes"],
    between: "; ",
    organization: "organization: ",
    alias: "alias: ",
    license: "license: ",
    architecture: "architecture: ",
    base_model: "base: ",
    dataset: "dataset ",
    dataset_named: "dataset: ",
    active: [", ", "", " active"],
    commercial_use: ["commercial use allowed", "commercial use requires authorization", "no commercial use"],
};

impl Labels {
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }

    /// What stands in front of a summary, by its own language.
    pub fn summary_in(language: Language) -> &'static str {
        match language {
            Language::Zh => "简介：",
            Language::En => "summary: ",
        }
    }

    /// What is said of commercial use; nothing where no source says.
    pub fn commercial_use(&self, word: CommercialUse) -> Option<&'static str> {
        let [allowed, on_request, prohibited] = self.commercial_use;
        match word {
            CommercialUse::Allowed => Some(allowed),
            CommercialUse::AuthorizationRequired => Some(on_request),
            CommercialUse::Prohibited => Some(prohibited),
            CommercialUse::Unknown => None,
        }
    }
}
