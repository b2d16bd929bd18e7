// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-KHQ2X2ZN.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-4SIWKPBZ.js", "/assets/chunk-6DYSBDLK.js", "/assets/chunk-C7IMYPI5.js", "/assets/chunk-CEP4DI2E.js", "/assets/chunk-MOWMYNIQ.js", "/assets/chunk-WN2Q3DH7.js", "/assets/chunk-L3BFV2OQ.js", "/assets/chunk-FVP4LEC3.js", "/assets/chunk-PNUUMGS5.js", "/assets/chunk-53CQ5SGO.js", "/assets/chunk-5XYRWWCS.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-7V2732NF.js", "/assets/chunk-2DN5ZY6Z.js", "/assets/chunk-LSS5WDIU.js", "/assets/chunk-G5EOIYH7.js", "/assets/chunk-M5P4NMDJ.js", "/assets/chunk-LAWGXMC4.js", "/assets/chunk-3OLFDH7Y.js", "/assets/chunk-Z6NOYTI4.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-DXMQFX3C.js", "/assets/chunk-6HRU4R4I.js", "/assets/chunk-2DN5ZY6Z.js", "/assets/chunk-LSS5WDIU.js", "/assets/chunk-G5EOIYH7.js", "/assets/chunk-M5P4NMDJ.js", "/assets/chunk-LAWGXMC4.js", "/assets/chunk-Z6NOYTI4.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-M5J7LFAY.js", "/assets/chunk-6HRU4R4I.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-IA5XGRG6.js", "/assets/chunk-M5P4NMDJ.js", "/assets/chunk-LAWGXMC4.js", "/assets/chunk-G5EOIYH7.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
    },
    Asset {
        name: "app-KHQ2X2ZN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-KHQ2X2ZN.js"),
        gzip: include_bytes!("assets/app-KHQ2X2ZN.js.gz"),
        brotli: include_bytes!("assets/app-KHQ2X2ZN.js.br"),
    },
    Asset {
        name: "chunk-2DN5ZY6Z.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2DN5ZY6Z.js"),
        gzip: include_bytes!("assets/chunk-2DN5ZY6Z.js.gz"),
        brotli: include_bytes!("assets/chunk-2DN5ZY6Z.js.br"),
    },
    Asset {
        name: "chunk-3OLFDH7Y.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3OLFDH7Y.js"),
        gzip: include_bytes!("assets/chunk-3OLFDH7Y.js.gz"),
        brotli: include_bytes!("assets/chunk-3OLFDH7Y.js.br"),
    },
    Asset {
        name: "chunk-4SIWKPBZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4SIWKPBZ.js"),
        gzip: include_bytes!("assets/chunk-4SIWKPBZ.js.gz"),
        brotli: include_bytes!("assets/chunk-4SIWKPBZ.js.br"),
    },
    Asset {
        name: "chunk-53CQ5SGO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-53CQ5SGO.js"),
        gzip: include_bytes!("assets/chunk-53CQ5SGO.js.gz"),
        brotli: include_bytes!("assets/chunk-53CQ5SGO.js.br"),
    },
    Asset {
        name: "chunk-5XYRWWCS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5XYRWWCS.js"),
        gzip: include_bytes!("assets/chunk-5XYRWWCS.js.gz"),
        brotli: include_bytes!("assets/chunk-5XYRWWCS.js.br"),
    },
    Asset {
        name: "chunk-6DYSBDLK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6DYSBDLK.js"),
        gzip: include_bytes!("assets/chunk-6DYSBDLK.js.gz"),
        brotli: include_bytes!("assets/chunk-6DYSBDLK.js.br"),
    },
    Asset {
        name: "chunk-6HRU4R4I.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6HRU4R4I.js"),
        gzip: include_bytes!("assets/chunk-6HRU4R4I.js.gz"),
        brotli: include_bytes!("assets/chunk-6HRU4R4I.js.br"),
    },
    Asset {
        name: "chunk-C7IMYPI5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-C7IMYPI5.js"),
        gzip: include_bytes!("assets/chunk-C7IMYPI5.js.gz"),
        brotli: include_bytes!("assets/chunk-C7IMYPI5.js.br"),
    },
    Asset {
        name: "chunk-CEP4DI2E.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CEP4DI2E.js"),
        gzip: include_bytes!("assets/chunk-CEP4DI2E.js.gz"),
        brotli: include_bytes!("assets/chunk-CEP4DI2E.js.br"),
    },
    Asset {
        name: "chunk-FVP4LEC3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FVP4LEC3.js"),
        gzip: include_bytes!("assets/chunk-FVP4LEC3.js.gz"),
        brotli: include_bytes!("assets/chunk-FVP4LEC3.js.br"),
    },
    Asset {
        name: "chunk-G5EOIYH7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-G5EOIYH7.js"),
        gzip: include_bytes!("assets/chunk-G5EOIYH7.js.gz"),
        brotli: include_bytes!("assets/chunk-G5EOIYH7.js.br"),
    },
    Asset {
        name: "chunk-HZHRFRFI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HZHRFRFI.js"),
        gzip: include_bytes!("assets/chunk-HZHRFRFI.js.gz"),
        brotli: include_bytes!("assets/chunk-HZHRFRFI.js.br"),
    },
    Asset {
        name: "chunk-JLPPUFQB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JLPPUFQB.js"),
        gzip: include_bytes!("assets/chunk-JLPPUFQB.js.gz"),
        brotli: include_bytes!("assets/chunk-JLPPUFQB.js.br"),
    },
    Asset {
        name: "chunk-L3BFV2OQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-L3BFV2OQ.js"),
        gzip: include_bytes!("assets/chunk-L3BFV2OQ.js.gz"),
        brotli: include_bytes!("assets/chunk-L3BFV2OQ.js.br"),
    },
    Asset {
        name: "chunk-LAWGXMC4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LAWGXMC4.js"),
        gzip: include_bytes!("assets/chunk-LAWGXMC4.js.gz"),
        brotli: include_bytes!("assets/chunk-LAWGXMC4.js.br"),
    },
    Asset {
        name: "chunk-LSS5WDIU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LSS5WDIU.js"),
        gzip: include_bytes!("assets/chunk-LSS5WDIU.js.gz"),
        brotli: include_bytes!("assets/chunk-LSS5WDIU.js.br"),
    },
    Asset {
        name: "chunk-M5P4NMDJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-M5P4NMDJ.js"),
        gzip: include_bytes!("assets/chunk-M5P4NMDJ.js.gz"),
        brotli: include_bytes!("assets/chunk-M5P4NMDJ.js.br"),
    },
    Asset {
        name: "chunk-MOWMYNIQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MOWMYNIQ.js"),
        gzip: include_bytes!("assets/chunk-MOWMYNIQ.js.gz"),
        brotli: include_bytes!("assets/chunk-MOWMYNIQ.js.br"),
    },
    Asset {
        name: "chunk-OPQT64N2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OPQT64N2.js"),
        gzip: include_bytes!("assets/chunk-OPQT64N2.js.gz"),
        brotli: include_bytes!("assets/chunk-OPQT64N2.js.br"),
    },
    Asset {
        name: "chunk-PNUUMGS5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PNUUMGS5.js"),
        gzip: include_bytes!("assets/chunk-PNUUMGS5.js.gz"),
        brotli: include_bytes!("assets/chunk-PNUUMGS5.js.br"),
    },
    Asset {
        name: "chunk-WN2Q3DH7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WN2Q3DH7.js"),
        gzip: include_bytes!("assets/chunk-WN2Q3DH7.js.gz"),
        brotli: include_bytes!("assets/chunk-WN2Q3DH7.js.br"),
    },
    Asset {
        name: "chunk-Z6NOYTI4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-Z6NOYTI4.js"),
        gzip: include_bytes!("assets/chunk-Z6NOYTI4.js.gz"),
        brotli: include_bytes!("assets/chunk-Z6NOYTI4.js.br"),
    },
    Asset {
        name: "create-CYHO5R7U.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-CYHO5R7U.js"),
        gzip: include_bytes!("assets/create-CYHO5R7U.js.gz"),
        brotli: include_bytes!("assets/create-CYHO5R7U.js.br"),
    },
    Asset {
        name: "edit-subject-2LV47A77.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-2LV47A77.js"),
        gzip: include_bytes!("assets/edit-subject-2LV47A77.js.gz"),
        brotli: include_bytes!("assets/edit-subject-2LV47A77.js.br"),
    },
    Asset {
        name: "field-form-IDPUTSPA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-IDPUTSPA.js"),
        gzip: include_bytes!("assets/field-form-IDPUTSPA.js.gz"),
        brotli: include_bytes!("assets/field-form-IDPUTSPA.js.br"),
    },
    Asset {
        name: "import-PKDGLR2X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-PKDGLR2X.js"),
        gzip: include_bytes!("assets/import-PKDGLR2X.js.gz"),
        brotli: include_bytes!("assets/import-PKDGLR2X.js.br"),
    },
    Asset {
        name: "list-M5J7LFAY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-M5J7LFAY.js"),
        gzip: include_bytes!("assets/list-M5J7LFAY.js.gz"),
        brotli: include_bytes!("assets/list-M5J7LFAY.js.br"),
    },
    Asset {
        name: "page-7V2732NF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-7V2732NF.js"),
        gzip: include_bytes!("assets/page-7V2732NF.js.gz"),
        brotli: include_bytes!("assets/page-7V2732NF.js.br"),
    },
    Asset {
        name: "page-DXMQFX3C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DXMQFX3C.js"),
        gzip: include_bytes!("assets/page-DXMQFX3C.js.gz"),
        brotli: include_bytes!("assets/page-DXMQFX3C.js.br"),
    },
    Asset {
        name: "page-IA5XGRG6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-IA5XGRG6.js"),
        gzip: include_bytes!("assets/page-IA5XGRG6.js.gz"),
        brotli: include_bytes!("assets/page-IA5XGRG6.js.br"),
    },
    Asset {
        name: "page-JBFVXZRY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JBFVXZRY.js"),
        gzip: include_bytes!("assets/page-JBFVXZRY.js.gz"),
        brotli: include_bytes!("assets/page-JBFVXZRY.js.br"),
    },
    Asset {
        name: "page-Y2WWXRLE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-Y2WWXRLE.js"),
        gzip: include_bytes!("assets/page-Y2WWXRLE.js.gz"),
        brotli: include_bytes!("assets/page-Y2WWXRLE.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "playground-N2YAVXTP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-N2YAVXTP.js"),
        gzip: include_bytes!("assets/playground-N2YAVXTP.js.gz"),
        brotli: include_bytes!("assets/playground-N2YAVXTP.js.br"),
    },
    Asset {
        name: "tokens-7ZVDOP53.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-7ZVDOP53.js"),
        gzip: include_bytes!("assets/tokens-7ZVDOP53.js.gz"),
        brotli: include_bytes!("assets/tokens-7ZVDOP53.js.br"),
    },
];
