// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-ARKW6JLQ.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-CNKK4GQ3.js", "/assets/chunk-ZPR2VGMX.js", "/assets/chunk-325EOAQU.js", "/assets/chunk-HS6JVNNY.js", "/assets/chunk-5YPRKNAN.js", "/assets/chunk-RZ7TXE7X.js", "/assets/chunk-B5MWYMFB.js", "/assets/chunk-ZW5J6E6N.js", "/assets/chunk-UVPNEWC3.js", "/assets/chunk-DS77YCXY.js", "/assets/chunk-7JJXLGMR.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-RZCLMQXH.js", "/assets/chunk-4JATVKTR.js", "/assets/chunk-OEC565FU.js", "/assets/chunk-DIWNJPCY.js", "/assets/chunk-BRTO6L3P.js", "/assets/chunk-VVARA7GS.js", "/assets/chunk-OV7ZHX5L.js", "/assets/chunk-BUGJPIQJ.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-KG2ALVKG.js", "/assets/chunk-QOAZEM74.js", "/assets/chunk-4JATVKTR.js", "/assets/chunk-OEC565FU.js", "/assets/chunk-DIWNJPCY.js", "/assets/chunk-BRTO6L3P.js", "/assets/chunk-VVARA7GS.js", "/assets/chunk-BUGJPIQJ.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-TUX3JDAW.js", "/assets/chunk-QOAZEM74.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-3ASINVW3.js", "/assets/chunk-BRTO6L3P.js", "/assets/chunk-VVARA7GS.js", "/assets/chunk-DIWNJPCY.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-ARKW6JLQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-ARKW6JLQ.js"),
        gzip: include_bytes!("assets/app-ARKW6JLQ.js.gz"),
        brotli: include_bytes!("assets/app-ARKW6JLQ.js.br"),
    },
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "chunk-325EOAQU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-325EOAQU.js"),
        gzip: include_bytes!("assets/chunk-325EOAQU.js.gz"),
        brotli: include_bytes!("assets/chunk-325EOAQU.js.br"),
    },
    Asset {
        name: "chunk-4JATVKTR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4JATVKTR.js"),
        gzip: include_bytes!("assets/chunk-4JATVKTR.js.gz"),
        brotli: include_bytes!("assets/chunk-4JATVKTR.js.br"),
    },
    Asset {
        name: "chunk-5YPRKNAN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5YPRKNAN.js"),
        gzip: include_bytes!("assets/chunk-5YPRKNAN.js.gz"),
        brotli: include_bytes!("assets/chunk-5YPRKNAN.js.br"),
    },
    Asset {
        name: "chunk-7JJXLGMR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7JJXLGMR.js"),
        gzip: include_bytes!("assets/chunk-7JJXLGMR.js.gz"),
        brotli: include_bytes!("assets/chunk-7JJXLGMR.js.br"),
    },
    Asset {
        name: "chunk-B5MWYMFB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-B5MWYMFB.js"),
        gzip: include_bytes!("assets/chunk-B5MWYMFB.js.gz"),
        brotli: include_bytes!("assets/chunk-B5MWYMFB.js.br"),
    },
    Asset {
        name: "chunk-BRTO6L3P.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BRTO6L3P.js"),
        gzip: include_bytes!("assets/chunk-BRTO6L3P.js.gz"),
        brotli: include_bytes!("assets/chunk-BRTO6L3P.js.br"),
    },
    Asset {
        name: "chunk-BUGJPIQJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BUGJPIQJ.js"),
        gzip: include_bytes!("assets/chunk-BUGJPIQJ.js.gz"),
        brotli: include_bytes!("assets/chunk-BUGJPIQJ.js.br"),
    },
    Asset {
        name: "chunk-CNKK4GQ3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CNKK4GQ3.js"),
        gzip: include_bytes!("assets/chunk-CNKK4GQ3.js.gz"),
        brotli: include_bytes!("assets/chunk-CNKK4GQ3.js.br"),
    },
    Asset {
        name: "chunk-DIWNJPCY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DIWNJPCY.js"),
        gzip: include_bytes!("assets/chunk-DIWNJPCY.js.gz"),
        brotli: include_bytes!("assets/chunk-DIWNJPCY.js.br"),
    },
    Asset {
        name: "chunk-DS77YCXY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DS77YCXY.js"),
        gzip: include_bytes!("assets/chunk-DS77YCXY.js.gz"),
        brotli: include_bytes!("assets/chunk-DS77YCXY.js.br"),
    },
    Asset {
        name: "chunk-EUCN52SD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EUCN52SD.js"),
        gzip: include_bytes!("assets/chunk-EUCN52SD.js.gz"),
        brotli: include_bytes!("assets/chunk-EUCN52SD.js.br"),
    },
    Asset {
        name: "chunk-EX6JC3VE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EX6JC3VE.js"),
        gzip: include_bytes!("assets/chunk-EX6JC3VE.js.gz"),
        brotli: include_bytes!("assets/chunk-EX6JC3VE.js.br"),
    },
    Asset {
        name: "chunk-HS6JVNNY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HS6JVNNY.js"),
        gzip: include_bytes!("assets/chunk-HS6JVNNY.js.gz"),
        brotli: include_bytes!("assets/chunk-HS6JVNNY.js.br"),
    },
    Asset {
        name: "chunk-OEC565FU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OEC565FU.js"),
        gzip: include_bytes!("assets/chunk-OEC565FU.js.gz"),
        brotli: include_bytes!("assets/chunk-OEC565FU.js.br"),
    },
    Asset {
        name: "chunk-OV7ZHX5L.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OV7ZHX5L.js"),
        gzip: include_bytes!("assets/chunk-OV7ZHX5L.js.gz"),
        brotli: include_bytes!("assets/chunk-OV7ZHX5L.js.br"),
    },
    Asset {
        name: "chunk-QOAZEM74.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QOAZEM74.js"),
        gzip: include_bytes!("assets/chunk-QOAZEM74.js.gz"),
        brotli: include_bytes!("assets/chunk-QOAZEM74.js.br"),
    },
    Asset {
        name: "chunk-RZ7TXE7X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RZ7TXE7X.js"),
        gzip: include_bytes!("assets/chunk-RZ7TXE7X.js.gz"),
        brotli: include_bytes!("assets/chunk-RZ7TXE7X.js.br"),
    },
    Asset {
        name: "chunk-UVPNEWC3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UVPNEWC3.js"),
        gzip: include_bytes!("assets/chunk-UVPNEWC3.js.gz"),
        brotli: include_bytes!("assets/chunk-UVPNEWC3.js.br"),
    },
    Asset {
        name: "chunk-VVARA7GS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VVARA7GS.js"),
        gzip: include_bytes!("assets/chunk-VVARA7GS.js.gz"),
        brotli: include_bytes!("assets/chunk-VVARA7GS.js.br"),
    },
    Asset {
        name: "chunk-VVPJQB3D.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VVPJQB3D.js"),
        gzip: include_bytes!("assets/chunk-VVPJQB3D.js.gz"),
        brotli: include_bytes!("assets/chunk-VVPJQB3D.js.br"),
    },
    Asset {
        name: "chunk-ZPR2VGMX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZPR2VGMX.js"),
        gzip: include_bytes!("assets/chunk-ZPR2VGMX.js.gz"),
        brotli: include_bytes!("assets/chunk-ZPR2VGMX.js.br"),
    },
    Asset {
        name: "chunk-ZW5J6E6N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZW5J6E6N.js"),
        gzip: include_bytes!("assets/chunk-ZW5J6E6N.js.gz"),
        brotli: include_bytes!("assets/chunk-ZW5J6E6N.js.br"),
    },
    Asset {
        name: "create-LFXVQEYS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-LFXVQEYS.js"),
        gzip: include_bytes!("assets/create-LFXVQEYS.js.gz"),
        brotli: include_bytes!("assets/create-LFXVQEYS.js.br"),
    },
    Asset {
        name: "edit-subject-6QJLVZBY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-6QJLVZBY.js"),
        gzip: include_bytes!("assets/edit-subject-6QJLVZBY.js.gz"),
        brotli: include_bytes!("assets/edit-subject-6QJLVZBY.js.br"),
    },
    Asset {
        name: "field-form-GXQVETGI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-GXQVETGI.js"),
        gzip: include_bytes!("assets/field-form-GXQVETGI.js.gz"),
        brotli: include_bytes!("assets/field-form-GXQVETGI.js.br"),
    },
    Asset {
        name: "import-C5BJIXBL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-C5BJIXBL.js"),
        gzip: include_bytes!("assets/import-C5BJIXBL.js.gz"),
        brotli: include_bytes!("assets/import-C5BJIXBL.js.br"),
    },
    Asset {
        name: "list-TUX3JDAW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-TUX3JDAW.js"),
        gzip: include_bytes!("assets/list-TUX3JDAW.js.gz"),
        brotli: include_bytes!("assets/list-TUX3JDAW.js.br"),
    },
    Asset {
        name: "page-3ASINVW3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-3ASINVW3.js"),
        gzip: include_bytes!("assets/page-3ASINVW3.js.gz"),
        brotli: include_bytes!("assets/page-3ASINVW3.js.br"),
    },
    Asset {
        name: "page-3LOIWUYL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-3LOIWUYL.js"),
        gzip: include_bytes!("assets/page-3LOIWUYL.js.gz"),
        brotli: include_bytes!("assets/page-3LOIWUYL.js.br"),
    },
    Asset {
        name: "page-KG2ALVKG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-KG2ALVKG.js"),
        gzip: include_bytes!("assets/page-KG2ALVKG.js.gz"),
        brotli: include_bytes!("assets/page-KG2ALVKG.js.br"),
    },
    Asset {
        name: "page-LJGCTZG4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-LJGCTZG4.js"),
        gzip: include_bytes!("assets/page-LJGCTZG4.js.gz"),
        brotli: include_bytes!("assets/page-LJGCTZG4.js.br"),
    },
    Asset {
        name: "page-RZCLMQXH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-RZCLMQXH.js"),
        gzip: include_bytes!("assets/page-RZCLMQXH.js.gz"),
        brotli: include_bytes!("assets/page-RZCLMQXH.js.br"),
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
        name: "tokens-ZKQRHZ25.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-ZKQRHZ25.js"),
        gzip: include_bytes!("assets/tokens-ZKQRHZ25.js.gz"),
        brotli: include_bytes!("assets/tokens-ZKQRHZ25.js.br"),
    },
];
