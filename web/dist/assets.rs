// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-PFJ6YF5M.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-MMBPHDT7.js", "/assets/chunk-5KFTUXZW.js", "/assets/chunk-BRZAY5DC.js", "/assets/chunk-RJ424ODD.js", "/assets/chunk-2UUP5NVO.js", "/assets/chunk-OLMZZ2UR.js", "/assets/chunk-SGR4HTJV.js", "/assets/chunk-GHUHEHNV.js", "/assets/chunk-THCUVR2F.js", "/assets/chunk-D7BLKU5O.js", "/assets/chunk-QC3OBNPS.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-NK6MGSU3.js", "/assets/chunk-HOXMJTFB.js", "/assets/chunk-EPPFXTHQ.js", "/assets/chunk-W2LTTTQU.js", "/assets/chunk-EYUTUHKH.js", "/assets/chunk-6RTGHC5L.js", "/assets/chunk-CP3C2Q7R.js", "/assets/chunk-HKJ4BIVB.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-YV2BIUYF.js", "/assets/chunk-JT6YE3D7.js", "/assets/chunk-HOXMJTFB.js", "/assets/chunk-EPPFXTHQ.js", "/assets/chunk-W2LTTTQU.js", "/assets/chunk-EYUTUHKH.js", "/assets/chunk-6RTGHC5L.js", "/assets/chunk-HKJ4BIVB.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-76QFC6NH.js", "/assets/chunk-JT6YE3D7.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-GL5T4QIT.js", "/assets/chunk-EYUTUHKH.js", "/assets/chunk-6RTGHC5L.js", "/assets/chunk-W2LTTTQU.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-ZIAT7MIX.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-PFJ6YF5M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-PFJ6YF5M.js"),
        gzip: include_bytes!("assets/app-PFJ6YF5M.js.gz"),
        brotli: include_bytes!("assets/app-PFJ6YF5M.js.br"),
    },
    Asset {
        name: "app-ZIAT7MIX.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-ZIAT7MIX.css"),
        gzip: include_bytes!("assets/app-ZIAT7MIX.css.gz"),
        brotli: include_bytes!("assets/app-ZIAT7MIX.css.br"),
    },
    Asset {
        name: "chunk-2UUP5NVO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2UUP5NVO.js"),
        gzip: include_bytes!("assets/chunk-2UUP5NVO.js.gz"),
        brotli: include_bytes!("assets/chunk-2UUP5NVO.js.br"),
    },
    Asset {
        name: "chunk-5KFTUXZW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5KFTUXZW.js"),
        gzip: include_bytes!("assets/chunk-5KFTUXZW.js.gz"),
        brotli: include_bytes!("assets/chunk-5KFTUXZW.js.br"),
    },
    Asset {
        name: "chunk-6RTGHC5L.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6RTGHC5L.js"),
        gzip: include_bytes!("assets/chunk-6RTGHC5L.js.gz"),
        brotli: include_bytes!("assets/chunk-6RTGHC5L.js.br"),
    },
    Asset {
        name: "chunk-BRZAY5DC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BRZAY5DC.js"),
        gzip: include_bytes!("assets/chunk-BRZAY5DC.js.gz"),
        brotli: include_bytes!("assets/chunk-BRZAY5DC.js.br"),
    },
    Asset {
        name: "chunk-BU6L4DQO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BU6L4DQO.js"),
        gzip: include_bytes!("assets/chunk-BU6L4DQO.js.gz"),
        brotli: include_bytes!("assets/chunk-BU6L4DQO.js.br"),
    },
    Asset {
        name: "chunk-CP3C2Q7R.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CP3C2Q7R.js"),
        gzip: include_bytes!("assets/chunk-CP3C2Q7R.js.gz"),
        brotli: include_bytes!("assets/chunk-CP3C2Q7R.js.br"),
    },
    Asset {
        name: "chunk-D7BLKU5O.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-D7BLKU5O.js"),
        gzip: include_bytes!("assets/chunk-D7BLKU5O.js.gz"),
        brotli: include_bytes!("assets/chunk-D7BLKU5O.js.br"),
    },
    Asset {
        name: "chunk-E2BE3O7N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-E2BE3O7N.js"),
        gzip: include_bytes!("assets/chunk-E2BE3O7N.js.gz"),
        brotli: include_bytes!("assets/chunk-E2BE3O7N.js.br"),
    },
    Asset {
        name: "chunk-EPPFXTHQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EPPFXTHQ.js"),
        gzip: include_bytes!("assets/chunk-EPPFXTHQ.js.gz"),
        brotli: include_bytes!("assets/chunk-EPPFXTHQ.js.br"),
    },
    Asset {
        name: "chunk-EYUTUHKH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EYUTUHKH.js"),
        gzip: include_bytes!("assets/chunk-EYUTUHKH.js.gz"),
        brotli: include_bytes!("assets/chunk-EYUTUHKH.js.br"),
    },
    Asset {
        name: "chunk-GHUHEHNV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GHUHEHNV.js"),
        gzip: include_bytes!("assets/chunk-GHUHEHNV.js.gz"),
        brotli: include_bytes!("assets/chunk-GHUHEHNV.js.br"),
    },
    Asset {
        name: "chunk-HKJ4BIVB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HKJ4BIVB.js"),
        gzip: include_bytes!("assets/chunk-HKJ4BIVB.js.gz"),
        brotli: include_bytes!("assets/chunk-HKJ4BIVB.js.br"),
    },
    Asset {
        name: "chunk-HOXMJTFB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HOXMJTFB.js"),
        gzip: include_bytes!("assets/chunk-HOXMJTFB.js.gz"),
        brotli: include_bytes!("assets/chunk-HOXMJTFB.js.br"),
    },
    Asset {
        name: "chunk-JT6YE3D7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JT6YE3D7.js"),
        gzip: include_bytes!("assets/chunk-JT6YE3D7.js.gz"),
        brotli: include_bytes!("assets/chunk-JT6YE3D7.js.br"),
    },
    Asset {
        name: "chunk-MMBPHDT7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MMBPHDT7.js"),
        gzip: include_bytes!("assets/chunk-MMBPHDT7.js.gz"),
        brotli: include_bytes!("assets/chunk-MMBPHDT7.js.br"),
    },
    Asset {
        name: "chunk-OLMZZ2UR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OLMZZ2UR.js"),
        gzip: include_bytes!("assets/chunk-OLMZZ2UR.js.gz"),
        brotli: include_bytes!("assets/chunk-OLMZZ2UR.js.br"),
    },
    Asset {
        name: "chunk-QC3OBNPS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QC3OBNPS.js"),
        gzip: include_bytes!("assets/chunk-QC3OBNPS.js.gz"),
        brotli: include_bytes!("assets/chunk-QC3OBNPS.js.br"),
    },
    Asset {
        name: "chunk-RJ424ODD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RJ424ODD.js"),
        gzip: include_bytes!("assets/chunk-RJ424ODD.js.gz"),
        brotli: include_bytes!("assets/chunk-RJ424ODD.js.br"),
    },
    Asset {
        name: "chunk-RSJX67WN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RSJX67WN.js"),
        gzip: include_bytes!("assets/chunk-RSJX67WN.js.gz"),
        brotli: include_bytes!("assets/chunk-RSJX67WN.js.br"),
    },
    Asset {
        name: "chunk-SGR4HTJV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SGR4HTJV.js"),
        gzip: include_bytes!("assets/chunk-SGR4HTJV.js.gz"),
        brotli: include_bytes!("assets/chunk-SGR4HTJV.js.br"),
    },
    Asset {
        name: "chunk-THCUVR2F.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-THCUVR2F.js"),
        gzip: include_bytes!("assets/chunk-THCUVR2F.js.gz"),
        brotli: include_bytes!("assets/chunk-THCUVR2F.js.br"),
    },
    Asset {
        name: "chunk-W2LTTTQU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-W2LTTTQU.js"),
        gzip: include_bytes!("assets/chunk-W2LTTTQU.js.gz"),
        brotli: include_bytes!("assets/chunk-W2LTTTQU.js.br"),
    },
    Asset {
        name: "create-V64U2EU2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-V64U2EU2.js"),
        gzip: include_bytes!("assets/create-V64U2EU2.js.gz"),
        brotli: include_bytes!("assets/create-V64U2EU2.js.br"),
    },
    Asset {
        name: "edit-subject-AD6JKY6G.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-AD6JKY6G.js"),
        gzip: include_bytes!("assets/edit-subject-AD6JKY6G.js.gz"),
        brotli: include_bytes!("assets/edit-subject-AD6JKY6G.js.br"),
    },
    Asset {
        name: "field-form-KYNHB73N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-KYNHB73N.js"),
        gzip: include_bytes!("assets/field-form-KYNHB73N.js.gz"),
        brotli: include_bytes!("assets/field-form-KYNHB73N.js.br"),
    },
    Asset {
        name: "import-G7SFU4DI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-G7SFU4DI.js"),
        gzip: include_bytes!("assets/import-G7SFU4DI.js.gz"),
        brotli: include_bytes!("assets/import-G7SFU4DI.js.br"),
    },
    Asset {
        name: "list-76QFC6NH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-76QFC6NH.js"),
        gzip: include_bytes!("assets/list-76QFC6NH.js.gz"),
        brotli: include_bytes!("assets/list-76QFC6NH.js.br"),
    },
    Asset {
        name: "page-GL5T4QIT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-GL5T4QIT.js"),
        gzip: include_bytes!("assets/page-GL5T4QIT.js.gz"),
        brotli: include_bytes!("assets/page-GL5T4QIT.js.br"),
    },
    Asset {
        name: "page-NK6MGSU3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-NK6MGSU3.js"),
        gzip: include_bytes!("assets/page-NK6MGSU3.js.gz"),
        brotli: include_bytes!("assets/page-NK6MGSU3.js.br"),
    },
    Asset {
        name: "page-UWN4VAPA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-UWN4VAPA.js"),
        gzip: include_bytes!("assets/page-UWN4VAPA.js.gz"),
        brotli: include_bytes!("assets/page-UWN4VAPA.js.br"),
    },
    Asset {
        name: "page-WEYOBRMM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-WEYOBRMM.js"),
        gzip: include_bytes!("assets/page-WEYOBRMM.js.gz"),
        brotli: include_bytes!("assets/page-WEYOBRMM.js.br"),
    },
    Asset {
        name: "page-YV2BIUYF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-YV2BIUYF.js"),
        gzip: include_bytes!("assets/page-YV2BIUYF.js.gz"),
        brotli: include_bytes!("assets/page-YV2BIUYF.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "playground-KASA5N7Y.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-KASA5N7Y.js"),
        gzip: include_bytes!("assets/playground-KASA5N7Y.js.gz"),
        brotli: include_bytes!("assets/playground-KASA5N7Y.js.br"),
    },
    Asset {
        name: "tokens-QJXROBOG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-QJXROBOG.js"),
        gzip: include_bytes!("assets/tokens-QJXROBOG.js.gz"),
        brotli: include_bytes!("assets/tokens-QJXROBOG.js.br"),
    },
];
