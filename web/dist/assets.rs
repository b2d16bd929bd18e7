// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-F27RBOKH.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-GGIJB6LO.js", "/assets/chunk-TTY7VVTV.js", "/assets/chunk-UTBJT3RG.js", "/assets/chunk-6EMRBM5V.js", "/assets/chunk-NBELCZVS.js", "/assets/chunk-VLM2D65C.js", "/assets/chunk-KNQJVO4X.js", "/assets/chunk-UZYU27VN.js", "/assets/chunk-OHS5Y2EK.js", "/assets/chunk-VAPU4WSG.js", "/assets/chunk-OWTYKGDC.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-AJRVSXX7.js", "/assets/chunk-DCPX77XL.js", "/assets/chunk-NMJITP5C.js", "/assets/chunk-ZHWUVZOB.js", "/assets/chunk-CGZHGH56.js", "/assets/chunk-P25FCH75.js", "/assets/chunk-SFJUMRVB.js", "/assets/chunk-DJ374GMJ.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-M5RZQ3L4.js", "/assets/chunk-4LOKRN4X.js", "/assets/chunk-DCPX77XL.js", "/assets/chunk-NMJITP5C.js", "/assets/chunk-ZHWUVZOB.js", "/assets/chunk-CGZHGH56.js", "/assets/chunk-P25FCH75.js", "/assets/chunk-DJ374GMJ.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-U62D7CUY.js", "/assets/chunk-4LOKRN4X.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-OQLBNPKC.js", "/assets/chunk-CGZHGH56.js", "/assets/chunk-P25FCH75.js", "/assets/chunk-ZHWUVZOB.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-F27RBOKH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-F27RBOKH.js"),
        gzip: include_bytes!("assets/app-F27RBOKH.js.gz"),
        brotli: include_bytes!("assets/app-F27RBOKH.js.br"),
    },
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "chunk-4LOKRN4X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4LOKRN4X.js"),
        gzip: include_bytes!("assets/chunk-4LOKRN4X.js.gz"),
        brotli: include_bytes!("assets/chunk-4LOKRN4X.js.br"),
    },
    Asset {
        name: "chunk-6EMRBM5V.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6EMRBM5V.js"),
        gzip: include_bytes!("assets/chunk-6EMRBM5V.js.gz"),
        brotli: include_bytes!("assets/chunk-6EMRBM5V.js.br"),
    },
    Asset {
        name: "chunk-CGZHGH56.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CGZHGH56.js"),
        gzip: include_bytes!("assets/chunk-CGZHGH56.js.gz"),
        brotli: include_bytes!("assets/chunk-CGZHGH56.js.br"),
    },
    Asset {
        name: "chunk-CQRIFFAF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CQRIFFAF.js"),
        gzip: include_bytes!("assets/chunk-CQRIFFAF.js.gz"),
        brotli: include_bytes!("assets/chunk-CQRIFFAF.js.br"),
    },
    Asset {
        name: "chunk-DCPX77XL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DCPX77XL.js"),
        gzip: include_bytes!("assets/chunk-DCPX77XL.js.gz"),
        brotli: include_bytes!("assets/chunk-DCPX77XL.js.br"),
    },
    Asset {
        name: "chunk-DJ374GMJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DJ374GMJ.js"),
        gzip: include_bytes!("assets/chunk-DJ374GMJ.js.gz"),
        brotli: include_bytes!("assets/chunk-DJ374GMJ.js.br"),
    },
    Asset {
        name: "chunk-GGIJB6LO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GGIJB6LO.js"),
        gzip: include_bytes!("assets/chunk-GGIJB6LO.js.gz"),
        brotli: include_bytes!("assets/chunk-GGIJB6LO.js.br"),
    },
    Asset {
        name: "chunk-KNQJVO4X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-KNQJVO4X.js"),
        gzip: include_bytes!("assets/chunk-KNQJVO4X.js.gz"),
        brotli: include_bytes!("assets/chunk-KNQJVO4X.js.br"),
    },
    Asset {
        name: "chunk-KUTVSXB2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-KUTVSXB2.js"),
        gzip: include_bytes!("assets/chunk-KUTVSXB2.js.gz"),
        brotli: include_bytes!("assets/chunk-KUTVSXB2.js.br"),
    },
    Asset {
        name: "chunk-NBELCZVS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NBELCZVS.js"),
        gzip: include_bytes!("assets/chunk-NBELCZVS.js.gz"),
        brotli: include_bytes!("assets/chunk-NBELCZVS.js.br"),
    },
    Asset {
        name: "chunk-NMJITP5C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NMJITP5C.js"),
        gzip: include_bytes!("assets/chunk-NMJITP5C.js.gz"),
        brotli: include_bytes!("assets/chunk-NMJITP5C.js.br"),
    },
    Asset {
        name: "chunk-OHS5Y2EK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OHS5Y2EK.js"),
        gzip: include_bytes!("assets/chunk-OHS5Y2EK.js.gz"),
        brotli: include_bytes!("assets/chunk-OHS5Y2EK.js.br"),
    },
    Asset {
        name: "chunk-OWTYKGDC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OWTYKGDC.js"),
        gzip: include_bytes!("assets/chunk-OWTYKGDC.js.gz"),
        brotli: include_bytes!("assets/chunk-OWTYKGDC.js.br"),
    },
    Asset {
        name: "chunk-P25FCH75.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-P25FCH75.js"),
        gzip: include_bytes!("assets/chunk-P25FCH75.js.gz"),
        brotli: include_bytes!("assets/chunk-P25FCH75.js.br"),
    },
    Asset {
        name: "chunk-SFJUMRVB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SFJUMRVB.js"),
        gzip: include_bytes!("assets/chunk-SFJUMRVB.js.gz"),
        brotli: include_bytes!("assets/chunk-SFJUMRVB.js.br"),
    },
    Asset {
        name: "chunk-TTY7VVTV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TTY7VVTV.js"),
        gzip: include_bytes!("assets/chunk-TTY7VVTV.js.gz"),
        brotli: include_bytes!("assets/chunk-TTY7VVTV.js.br"),
    },
    Asset {
        name: "chunk-UTBJT3RG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UTBJT3RG.js"),
        gzip: include_bytes!("assets/chunk-UTBJT3RG.js.gz"),
        brotli: include_bytes!("assets/chunk-UTBJT3RG.js.br"),
    },
    Asset {
        name: "chunk-UZYU27VN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UZYU27VN.js"),
        gzip: include_bytes!("assets/chunk-UZYU27VN.js.gz"),
        brotli: include_bytes!("assets/chunk-UZYU27VN.js.br"),
    },
    Asset {
        name: "chunk-VAPU4WSG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VAPU4WSG.js"),
        gzip: include_bytes!("assets/chunk-VAPU4WSG.js.gz"),
        brotli: include_bytes!("assets/chunk-VAPU4WSG.js.br"),
    },
    Asset {
        name: "chunk-VLM2D65C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VLM2D65C.js"),
        gzip: include_bytes!("assets/chunk-VLM2D65C.js.gz"),
        brotli: include_bytes!("assets/chunk-VLM2D65C.js.br"),
    },
    Asset {
        name: "chunk-WXSVKBPS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WXSVKBPS.js"),
        gzip: include_bytes!("assets/chunk-WXSVKBPS.js.gz"),
        brotli: include_bytes!("assets/chunk-WXSVKBPS.js.br"),
    },
    Asset {
        name: "chunk-ZHWUVZOB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZHWUVZOB.js"),
        gzip: include_bytes!("assets/chunk-ZHWUVZOB.js.gz"),
        brotli: include_bytes!("assets/chunk-ZHWUVZOB.js.br"),
    },
    Asset {
        name: "create-XEP4GO4E.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-XEP4GO4E.js"),
        gzip: include_bytes!("assets/create-XEP4GO4E.js.gz"),
        brotli: include_bytes!("assets/create-XEP4GO4E.js.br"),
    },
    Asset {
        name: "edit-subject-AMFTCJIX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-AMFTCJIX.js"),
        gzip: include_bytes!("assets/edit-subject-AMFTCJIX.js.gz"),
        brotli: include_bytes!("assets/edit-subject-AMFTCJIX.js.br"),
    },
    Asset {
        name: "field-form-PDPAISKC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-PDPAISKC.js"),
        gzip: include_bytes!("assets/field-form-PDPAISKC.js.gz"),
        brotli: include_bytes!("assets/field-form-PDPAISKC.js.br"),
    },
    Asset {
        name: "import-5ZKPDJ4K.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-5ZKPDJ4K.js"),
        gzip: include_bytes!("assets/import-5ZKPDJ4K.js.gz"),
        brotli: include_bytes!("assets/import-5ZKPDJ4K.js.br"),
    },
    Asset {
        name: "list-U62D7CUY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-U62D7CUY.js"),
        gzip: include_bytes!("assets/list-U62D7CUY.js.gz"),
        brotli: include_bytes!("assets/list-U62D7CUY.js.br"),
    },
    Asset {
        name: "page-AJRVSXX7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-AJRVSXX7.js"),
        gzip: include_bytes!("assets/page-AJRVSXX7.js.gz"),
        brotli: include_bytes!("assets/page-AJRVSXX7.js.br"),
    },
    Asset {
        name: "page-C6QKRD7K.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-C6QKRD7K.js"),
        gzip: include_bytes!("assets/page-C6QKRD7K.js.gz"),
        brotli: include_bytes!("assets/page-C6QKRD7K.js.br"),
    },
    Asset {
        name: "page-JLLCLQEE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JLLCLQEE.js"),
        gzip: include_bytes!("assets/page-JLLCLQEE.js.gz"),
        brotli: include_bytes!("assets/page-JLLCLQEE.js.br"),
    },
    Asset {
        name: "page-M5RZQ3L4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-M5RZQ3L4.js"),
        gzip: include_bytes!("assets/page-M5RZQ3L4.js.gz"),
        brotli: include_bytes!("assets/page-M5RZQ3L4.js.br"),
    },
    Asset {
        name: "page-OQLBNPKC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-OQLBNPKC.js"),
        gzip: include_bytes!("assets/page-OQLBNPKC.js.gz"),
        brotli: include_bytes!("assets/page-OQLBNPKC.js.br"),
    },
    Asset {
        name: "playground-CUWHIQC2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-CUWHIQC2.js"),
        gzip: include_bytes!("assets/playground-CUWHIQC2.js.gz"),
        brotli: include_bytes!("assets/playground-CUWHIQC2.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "tokens-KRYMS4HS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-KRYMS4HS.js"),
        gzip: include_bytes!("assets/tokens-KRYMS4HS.js.gz"),
        brotli: include_bytes!("assets/tokens-KRYMS4HS.js.br"),
    },
];
