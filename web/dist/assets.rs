// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-CZKVS5FA.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-6AEXAC6Q.js", "/assets/chunk-LU7WSHZP.js", "/assets/chunk-2JBBWZVW.js", "/assets/chunk-MYSMMZHX.js", "/assets/chunk-BTWCYBZ6.js", "/assets/chunk-FEKMIQ4N.js", "/assets/chunk-47FMI4XM.js", "/assets/chunk-VBDGNORN.js", "/assets/chunk-MBCRAZWD.js", "/assets/chunk-W65NAVYE.js", "/assets/chunk-H6W3SLFM.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-DWE4BHNU.js", "/assets/chunk-QRUNZLAK.js", "/assets/chunk-D3IYXGIT.js", "/assets/chunk-HIUTTFCA.js", "/assets/chunk-I45WR4E6.js", "/assets/chunk-G7PGBK55.js", "/assets/chunk-D4WH3SWQ.js", "/assets/chunk-HWS5QVG3.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-SOW3TGWO.js", "/assets/chunk-I2BXRVBI.js", "/assets/chunk-QRUNZLAK.js", "/assets/chunk-D3IYXGIT.js", "/assets/chunk-HIUTTFCA.js", "/assets/chunk-I45WR4E6.js", "/assets/chunk-G7PGBK55.js", "/assets/chunk-HWS5QVG3.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-37FFP6Z4.js", "/assets/chunk-I2BXRVBI.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-VVZXMNJU.js", "/assets/chunk-I45WR4E6.js", "/assets/chunk-G7PGBK55.js", "/assets/chunk-HIUTTFCA.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-CZKVS5FA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-CZKVS5FA.js"),
        gzip: include_bytes!("assets/app-CZKVS5FA.js.gz"),
        brotli: include_bytes!("assets/app-CZKVS5FA.js.br"),
    },
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
    },
    Asset {
        name: "chunk-2JBBWZVW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2JBBWZVW.js"),
        gzip: include_bytes!("assets/chunk-2JBBWZVW.js.gz"),
        brotli: include_bytes!("assets/chunk-2JBBWZVW.js.br"),
    },
    Asset {
        name: "chunk-47FMI4XM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-47FMI4XM.js"),
        gzip: include_bytes!("assets/chunk-47FMI4XM.js.gz"),
        brotli: include_bytes!("assets/chunk-47FMI4XM.js.br"),
    },
    Asset {
        name: "chunk-6AEXAC6Q.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6AEXAC6Q.js"),
        gzip: include_bytes!("assets/chunk-6AEXAC6Q.js.gz"),
        brotli: include_bytes!("assets/chunk-6AEXAC6Q.js.br"),
    },
    Asset {
        name: "chunk-BTWCYBZ6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BTWCYBZ6.js"),
        gzip: include_bytes!("assets/chunk-BTWCYBZ6.js.gz"),
        brotli: include_bytes!("assets/chunk-BTWCYBZ6.js.br"),
    },
    Asset {
        name: "chunk-D3IYXGIT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-D3IYXGIT.js"),
        gzip: include_bytes!("assets/chunk-D3IYXGIT.js.gz"),
        brotli: include_bytes!("assets/chunk-D3IYXGIT.js.br"),
    },
    Asset {
        name: "chunk-D4WH3SWQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-D4WH3SWQ.js"),
        gzip: include_bytes!("assets/chunk-D4WH3SWQ.js.gz"),
        brotli: include_bytes!("assets/chunk-D4WH3SWQ.js.br"),
    },
    Asset {
        name: "chunk-FEKMIQ4N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FEKMIQ4N.js"),
        gzip: include_bytes!("assets/chunk-FEKMIQ4N.js.gz"),
        brotli: include_bytes!("assets/chunk-FEKMIQ4N.js.br"),
    },
    Asset {
        name: "chunk-G7PGBK55.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-G7PGBK55.js"),
        gzip: include_bytes!("assets/chunk-G7PGBK55.js.gz"),
        brotli: include_bytes!("assets/chunk-G7PGBK55.js.br"),
    },
    Asset {
        name: "chunk-H6W3SLFM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-H6W3SLFM.js"),
        gzip: include_bytes!("assets/chunk-H6W3SLFM.js.gz"),
        brotli: include_bytes!("assets/chunk-H6W3SLFM.js.br"),
    },
    Asset {
        name: "chunk-HIUTTFCA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HIUTTFCA.js"),
        gzip: include_bytes!("assets/chunk-HIUTTFCA.js.gz"),
        brotli: include_bytes!("assets/chunk-HIUTTFCA.js.br"),
    },
    Asset {
        name: "chunk-HWS5QVG3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HWS5QVG3.js"),
        gzip: include_bytes!("assets/chunk-HWS5QVG3.js.gz"),
        brotli: include_bytes!("assets/chunk-HWS5QVG3.js.br"),
    },
    Asset {
        name: "chunk-I2BXRVBI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I2BXRVBI.js"),
        gzip: include_bytes!("assets/chunk-I2BXRVBI.js.gz"),
        brotli: include_bytes!("assets/chunk-I2BXRVBI.js.br"),
    },
    Asset {
        name: "chunk-I45WR4E6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I45WR4E6.js"),
        gzip: include_bytes!("assets/chunk-I45WR4E6.js.gz"),
        brotli: include_bytes!("assets/chunk-I45WR4E6.js.br"),
    },
    Asset {
        name: "chunk-KANNBOCD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-KANNBOCD.js"),
        gzip: include_bytes!("assets/chunk-KANNBOCD.js.gz"),
        brotli: include_bytes!("assets/chunk-KANNBOCD.js.br"),
    },
    Asset {
        name: "chunk-KRHPQTJV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-KRHPQTJV.js"),
        gzip: include_bytes!("assets/chunk-KRHPQTJV.js.gz"),
        brotli: include_bytes!("assets/chunk-KRHPQTJV.js.br"),
    },
    Asset {
        name: "chunk-LU7WSHZP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LU7WSHZP.js"),
        gzip: include_bytes!("assets/chunk-LU7WSHZP.js.gz"),
        brotli: include_bytes!("assets/chunk-LU7WSHZP.js.br"),
    },
    Asset {
        name: "chunk-MBCRAZWD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MBCRAZWD.js"),
        gzip: include_bytes!("assets/chunk-MBCRAZWD.js.gz"),
        brotli: include_bytes!("assets/chunk-MBCRAZWD.js.br"),
    },
    Asset {
        name: "chunk-MYSMMZHX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MYSMMZHX.js"),
        gzip: include_bytes!("assets/chunk-MYSMMZHX.js.gz"),
        brotli: include_bytes!("assets/chunk-MYSMMZHX.js.br"),
    },
    Asset {
        name: "chunk-QRUNZLAK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QRUNZLAK.js"),
        gzip: include_bytes!("assets/chunk-QRUNZLAK.js.gz"),
        brotli: include_bytes!("assets/chunk-QRUNZLAK.js.br"),
    },
    Asset {
        name: "chunk-VBDGNORN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VBDGNORN.js"),
        gzip: include_bytes!("assets/chunk-VBDGNORN.js.gz"),
        brotli: include_bytes!("assets/chunk-VBDGNORN.js.br"),
    },
    Asset {
        name: "chunk-W65NAVYE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-W65NAVYE.js"),
        gzip: include_bytes!("assets/chunk-W65NAVYE.js.gz"),
        brotli: include_bytes!("assets/chunk-W65NAVYE.js.br"),
    },
    Asset {
        name: "chunk-YOQRS42Z.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-YOQRS42Z.js"),
        gzip: include_bytes!("assets/chunk-YOQRS42Z.js.gz"),
        brotli: include_bytes!("assets/chunk-YOQRS42Z.js.br"),
    },
    Asset {
        name: "create-UJ75Y4VW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-UJ75Y4VW.js"),
        gzip: include_bytes!("assets/create-UJ75Y4VW.js.gz"),
        brotli: include_bytes!("assets/create-UJ75Y4VW.js.br"),
    },
    Asset {
        name: "edit-subject-OGX3JLAJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-OGX3JLAJ.js"),
        gzip: include_bytes!("assets/edit-subject-OGX3JLAJ.js.gz"),
        brotli: include_bytes!("assets/edit-subject-OGX3JLAJ.js.br"),
    },
    Asset {
        name: "field-form-JK4SJKLU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-JK4SJKLU.js"),
        gzip: include_bytes!("assets/field-form-JK4SJKLU.js.gz"),
        brotli: include_bytes!("assets/field-form-JK4SJKLU.js.br"),
    },
    Asset {
        name: "import-O247V4GI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-O247V4GI.js"),
        gzip: include_bytes!("assets/import-O247V4GI.js.gz"),
        brotli: include_bytes!("assets/import-O247V4GI.js.br"),
    },
    Asset {
        name: "list-37FFP6Z4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-37FFP6Z4.js"),
        gzip: include_bytes!("assets/list-37FFP6Z4.js.gz"),
        brotli: include_bytes!("assets/list-37FFP6Z4.js.br"),
    },
    Asset {
        name: "page-DWE4BHNU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DWE4BHNU.js"),
        gzip: include_bytes!("assets/page-DWE4BHNU.js.gz"),
        brotli: include_bytes!("assets/page-DWE4BHNU.js.br"),
    },
    Asset {
        name: "page-IQA5XNZZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-IQA5XNZZ.js"),
        gzip: include_bytes!("assets/page-IQA5XNZZ.js.gz"),
        brotli: include_bytes!("assets/page-IQA5XNZZ.js.br"),
    },
    Asset {
        name: "page-SOW3TGWO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-SOW3TGWO.js"),
        gzip: include_bytes!("assets/page-SOW3TGWO.js.gz"),
        brotli: include_bytes!("assets/page-SOW3TGWO.js.br"),
    },
    Asset {
        name: "page-U7I7IPNF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-U7I7IPNF.js"),
        gzip: include_bytes!("assets/page-U7I7IPNF.js.gz"),
        brotli: include_bytes!("assets/page-U7I7IPNF.js.br"),
    },
    Asset {
        name: "page-VVZXMNJU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-VVZXMNJU.js"),
        gzip: include_bytes!("assets/page-VVZXMNJU.js.gz"),
        brotli: include_bytes!("assets/page-VVZXMNJU.js.br"),
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
        name: "tokens-HSS3WOXC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-HSS3WOXC.js"),
        gzip: include_bytes!("assets/tokens-HSS3WOXC.js.gz"),
        brotli: include_bytes!("assets/tokens-HSS3WOXC.js.br"),
    },
];
