// Written by web/build.mjs.
/// The script of the page.
pub const APP_SCRIPT: &str = "/assets/app-ZDBB3GOS.js";
/// What the script imports at once.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-PDURW2P2.js", "/assets/chunk-TZE2T6DJ.js", "/assets/chunk-IAPZ2ISO.js", "/assets/chunk-DWFST37B.js", "/assets/chunk-QFRXRBHW.js", "/assets/chunk-XYKAWGGB.js", "/assets/chunk-JYQVJH3P.js", "/assets/chunk-I27NKOZU.js"];
/// What the view of `model` takes beside it.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-WDB62RKV.js", "/assets/chunk-6SJPZ4P3.js", "/assets/chunk-GPM33IJ7.js", "/assets/chunk-AZ4L5SB6.js", "/assets/chunk-WQHTKJIT.js", "/assets/chunk-NWC44PUJ.js"];
/// What the view of `nouns` takes beside it.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-23UTPFKY.js", "/assets/chunk-M47LQ6HP.js", "/assets/chunk-6SJPZ4P3.js", "/assets/chunk-GPM33IJ7.js", "/assets/chunk-AZ4L5SB6.js", "/assets/chunk-NWC44PUJ.js"];
/// What the view of `list` takes beside it.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-5MT4I4SY.js", "/assets/chunk-M47LQ6HP.js"];
/// What the view of `changes` takes beside it.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-XWF5WU7V.js", "/assets/chunk-GPM33IJ7.js", "/assets/chunk-AZ4L5SB6.js"];
/// The style sheet of the page.
pub const APP_STYLE: &str = "/assets/app-5EMJ7NFZ.css";
/// All files, by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-5EMJ7NFZ.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-5EMJ7NFZ.css"),
        gzip: include_bytes!("assets/app-5EMJ7NFZ.css.gz"),
        brotli: include_bytes!("assets/app-5EMJ7NFZ.css.br"),
    },
    Asset {
        name: "app-ZDBB3GOS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-ZDBB3GOS.js"),
        gzip: include_bytes!("assets/app-ZDBB3GOS.js.gz"),
        brotli: include_bytes!("assets/app-ZDBB3GOS.js.br"),
    },
    Asset {
        name: "chunk-5QFTFTID.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5QFTFTID.js"),
        gzip: include_bytes!("assets/chunk-5QFTFTID.js.gz"),
        brotli: include_bytes!("assets/chunk-5QFTFTID.js.br"),
    },
    Asset {
        name: "chunk-6SJPZ4P3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6SJPZ4P3.js"),
        gzip: include_bytes!("assets/chunk-6SJPZ4P3.js.gz"),
        brotli: include_bytes!("assets/chunk-6SJPZ4P3.js.br"),
    },
    Asset {
        name: "chunk-AZ4L5SB6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AZ4L5SB6.js"),
        gzip: include_bytes!("assets/chunk-AZ4L5SB6.js.gz"),
        brotli: include_bytes!("assets/chunk-AZ4L5SB6.js.br"),
    },
    Asset {
        name: "chunk-DWFST37B.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DWFST37B.js"),
        gzip: include_bytes!("assets/chunk-DWFST37B.js.gz"),
        brotli: include_bytes!("assets/chunk-DWFST37B.js.br"),
    },
    Asset {
        name: "chunk-FYBG7OYG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FYBG7OYG.js"),
        gzip: include_bytes!("assets/chunk-FYBG7OYG.js.gz"),
        brotli: include_bytes!("assets/chunk-FYBG7OYG.js.br"),
    },
    Asset {
        name: "chunk-GHB2I33Q.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GHB2I33Q.js"),
        gzip: include_bytes!("assets/chunk-GHB2I33Q.js.gz"),
        brotli: include_bytes!("assets/chunk-GHB2I33Q.js.br"),
    },
    Asset {
        name: "chunk-GPM33IJ7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GPM33IJ7.js"),
        gzip: include_bytes!("assets/chunk-GPM33IJ7.js.gz"),
        brotli: include_bytes!("assets/chunk-GPM33IJ7.js.br"),
    },
    Asset {
        name: "chunk-I27NKOZU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I27NKOZU.js"),
        gzip: include_bytes!("assets/chunk-I27NKOZU.js.gz"),
        brotli: include_bytes!("assets/chunk-I27NKOZU.js.br"),
    },
    Asset {
        name: "chunk-IAPZ2ISO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-IAPZ2ISO.js"),
        gzip: include_bytes!("assets/chunk-IAPZ2ISO.js.gz"),
        brotli: include_bytes!("assets/chunk-IAPZ2ISO.js.br"),
    },
    Asset {
        name: "chunk-JYQVJH3P.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JYQVJH3P.js"),
        gzip: include_bytes!("assets/chunk-JYQVJH3P.js.gz"),
        brotli: include_bytes!("assets/chunk-JYQVJH3P.js.br"),
    },
    Asset {
        name: "chunk-M47LQ6HP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-M47LQ6HP.js"),
        gzip: include_bytes!("assets/chunk-M47LQ6HP.js.gz"),
        brotli: include_bytes!("assets/chunk-M47LQ6HP.js.br"),
    },
    Asset {
        name: "chunk-NWC44PUJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NWC44PUJ.js"),
        gzip: include_bytes!("assets/chunk-NWC44PUJ.js.gz"),
        brotli: include_bytes!("assets/chunk-NWC44PUJ.js.br"),
    },
    Asset {
        name: "chunk-PDURW2P2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PDURW2P2.js"),
        gzip: include_bytes!("assets/chunk-PDURW2P2.js.gz"),
        brotli: include_bytes!("assets/chunk-PDURW2P2.js.br"),
    },
    Asset {
        name: "chunk-QFRXRBHW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QFRXRBHW.js"),
        gzip: include_bytes!("assets/chunk-QFRXRBHW.js.gz"),
        brotli: include_bytes!("assets/chunk-QFRXRBHW.js.br"),
    },
    Asset {
        name: "chunk-TZE2T6DJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TZE2T6DJ.js"),
        gzip: include_bytes!("assets/chunk-TZE2T6DJ.js.gz"),
        brotli: include_bytes!("assets/chunk-TZE2T6DJ.js.br"),
    },
    Asset {
        name: "chunk-WQHTKJIT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WQHTKJIT.js"),
        gzip: include_bytes!("assets/chunk-WQHTKJIT.js.gz"),
        brotli: include_bytes!("assets/chunk-WQHTKJIT.js.br"),
    },
    Asset {
        name: "chunk-XYKAWGGB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-XYKAWGGB.js"),
        gzip: include_bytes!("assets/chunk-XYKAWGGB.js.gz"),
        brotli: include_bytes!("assets/chunk-XYKAWGGB.js.br"),
    },
    Asset {
        name: "create-XGHUNJWJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-XGHUNJWJ.js"),
        gzip: include_bytes!("assets/create-XGHUNJWJ.js.gz"),
        brotli: include_bytes!("assets/create-XGHUNJWJ.js.br"),
    },
    Asset {
        name: "fact-form-ZHGUHI5P.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/fact-form-ZHGUHI5P.js"),
        gzip: include_bytes!("assets/fact-form-ZHGUHI5P.js.gz"),
        brotli: include_bytes!("assets/fact-form-ZHGUHI5P.js.br"),
    },
    Asset {
        name: "import-RTW7L247.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-RTW7L247.js"),
        gzip: include_bytes!("assets/import-RTW7L247.js.gz"),
        brotli: include_bytes!("assets/import-RTW7L247.js.br"),
    },
    Asset {
        name: "list-5MT4I4SY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-5MT4I4SY.js"),
        gzip: include_bytes!("assets/list-5MT4I4SY.js.gz"),
        brotli: include_bytes!("assets/list-5MT4I4SY.js.br"),
    },
    Asset {
        name: "page-23UTPFKY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-23UTPFKY.js"),
        gzip: include_bytes!("assets/page-23UTPFKY.js.gz"),
        brotli: include_bytes!("assets/page-23UTPFKY.js.br"),
    },
    Asset {
        name: "page-7HYYLGCA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-7HYYLGCA.js"),
        gzip: include_bytes!("assets/page-7HYYLGCA.js.gz"),
        brotli: include_bytes!("assets/page-7HYYLGCA.js.br"),
    },
    Asset {
        name: "page-DL5DA5K6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DL5DA5K6.js"),
        gzip: include_bytes!("assets/page-DL5DA5K6.js.gz"),
        brotli: include_bytes!("assets/page-DL5DA5K6.js.br"),
    },
    Asset {
        name: "page-WDB62RKV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-WDB62RKV.js"),
        gzip: include_bytes!("assets/page-WDB62RKV.js.gz"),
        brotli: include_bytes!("assets/page-WDB62RKV.js.br"),
    },
    Asset {
        name: "page-XWF5WU7V.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-XWF5WU7V.js"),
        gzip: include_bytes!("assets/page-XWF5WU7V.js.gz"),
        brotli: include_bytes!("assets/page-XWF5WU7V.js.br"),
    },
    Asset {
        name: "playground-BRWN5RIQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-BRWN5RIQ.js"),
        gzip: include_bytes!("assets/playground-BRWN5RIQ.js.gz"),
        brotli: include_bytes!("assets/playground-BRWN5RIQ.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "subject-QQQ7S2O7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/subject-QQQ7S2O7.js"),
        gzip: include_bytes!("assets/subject-QQQ7S2O7.js.gz"),
        brotli: include_bytes!("assets/subject-QQQ7S2O7.js.br"),
    },
    Asset {
        name: "tokens-GOS2E22B.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-GOS2E22B.js"),
        gzip: include_bytes!("assets/tokens-GOS2E22B.js.gz"),
        brotli: include_bytes!("assets/tokens-GOS2E22B.js.br"),
    },
];
