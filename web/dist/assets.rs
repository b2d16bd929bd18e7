// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-6JHNTCHP.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-2BAEF4YE.js", "/assets/chunk-ABVUXYVY.js", "/assets/chunk-DNN3VBVF.js", "/assets/chunk-2UNGDCQW.js", "/assets/chunk-2AHMZD7I.js", "/assets/chunk-3D2QGBJP.js", "/assets/chunk-NXLEGE37.js"];
/// The further chunks of `src/app/catalog/page.tsx`.
pub const CATALOG_CHUNKS: &[&str] = &["/assets/page-E4FXNU47.js", "/assets/chunk-SABKXPSC.js", "/assets/chunk-WPJFQG3M.js", "/assets/chunk-BAEBR76R.js", "/assets/chunk-T7B4DGJU.js", "/assets/chunk-SWSYSTOP.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-PV26L6A3.js", "/assets/chunk-ZP3BPHKI.js", "/assets/chunk-YLJ5A3MU.js", "/assets/chunk-Y3NWOTVM.js", "/assets/chunk-LCGBXVYH.js", "/assets/chunk-BAEBR76R.js", "/assets/chunk-JEDV35YC.js", "/assets/chunk-WPJFQG3M.js", "/assets/chunk-BPKJQRDH.js", "/assets/chunk-T7B4DGJU.js", "/assets/chunk-ICCOE7F7.js", "/assets/chunk-PGFLRAKI.js", "/assets/chunk-SWSYSTOP.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-DV2YTJ7N.js", "/assets/chunk-YLJ5A3MU.js", "/assets/chunk-Y3NWOTVM.js", "/assets/chunk-LCGBXVYH.js", "/assets/chunk-BAEBR76R.js", "/assets/chunk-JEDV35YC.js", "/assets/chunk-WPJFQG3M.js", "/assets/chunk-BPKJQRDH.js", "/assets/chunk-T7B4DGJU.js", "/assets/chunk-Z3WOT4DX.js", "/assets/chunk-ICCOE7F7.js", "/assets/chunk-PGFLRAKI.js", "/assets/chunk-SWSYSTOP.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-2DQS2QQK.js", "/assets/chunk-Z3WOT4DX.js", "/assets/chunk-WPJFQG3M.js", "/assets/chunk-SWSYSTOP.js", "/assets/chunk-BAEBR76R.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-Q2OUX2DS.js", "/assets/chunk-ICCOE7F7.js", "/assets/chunk-PGFLRAKI.js", "/assets/chunk-LCGBXVYH.js", "/assets/chunk-BAEBR76R.js", "/assets/chunk-SWSYSTOP.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-CDBPAEHV.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-6JHNTCHP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-6JHNTCHP.js"),
        gzip: include_bytes!("assets/app-6JHNTCHP.js.gz"),
        brotli: include_bytes!("assets/app-6JHNTCHP.js.br"),
    },
    Asset {
        name: "app-CDBPAEHV.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-CDBPAEHV.css"),
        gzip: include_bytes!("assets/app-CDBPAEHV.css.gz"),
        brotli: include_bytes!("assets/app-CDBPAEHV.css.br"),
    },
    Asset {
        name: "chunk-2AHMZD7I.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2AHMZD7I.js"),
        gzip: include_bytes!("assets/chunk-2AHMZD7I.js.gz"),
        brotli: include_bytes!("assets/chunk-2AHMZD7I.js.br"),
    },
    Asset {
        name: "chunk-2BAEF4YE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2BAEF4YE.js"),
        gzip: include_bytes!("assets/chunk-2BAEF4YE.js.gz"),
        brotli: include_bytes!("assets/chunk-2BAEF4YE.js.br"),
    },
    Asset {
        name: "chunk-2UNGDCQW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2UNGDCQW.js"),
        gzip: include_bytes!("assets/chunk-2UNGDCQW.js.gz"),
        brotli: include_bytes!("assets/chunk-2UNGDCQW.js.br"),
    },
    Asset {
        name: "chunk-3D2QGBJP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3D2QGBJP.js"),
        gzip: include_bytes!("assets/chunk-3D2QGBJP.js.gz"),
        brotli: include_bytes!("assets/chunk-3D2QGBJP.js.br"),
    },
    Asset {
        name: "chunk-ABVUXYVY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ABVUXYVY.js"),
        gzip: include_bytes!("assets/chunk-ABVUXYVY.js.gz"),
        brotli: include_bytes!("assets/chunk-ABVUXYVY.js.br"),
    },
    Asset {
        name: "chunk-BAEBR76R.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BAEBR76R.js"),
        gzip: include_bytes!("assets/chunk-BAEBR76R.js.gz"),
        brotli: include_bytes!("assets/chunk-BAEBR76R.js.br"),
    },
    Asset {
        name: "chunk-BPKJQRDH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BPKJQRDH.js"),
        gzip: include_bytes!("assets/chunk-BPKJQRDH.js.gz"),
        brotli: include_bytes!("assets/chunk-BPKJQRDH.js.br"),
    },
    Asset {
        name: "chunk-DNN3VBVF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DNN3VBVF.js"),
        gzip: include_bytes!("assets/chunk-DNN3VBVF.js.gz"),
        brotli: include_bytes!("assets/chunk-DNN3VBVF.js.br"),
    },
    Asset {
        name: "chunk-E7WCUMNF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-E7WCUMNF.js"),
        gzip: include_bytes!("assets/chunk-E7WCUMNF.js.gz"),
        brotli: include_bytes!("assets/chunk-E7WCUMNF.js.br"),
    },
    Asset {
        name: "chunk-ICCOE7F7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ICCOE7F7.js"),
        gzip: include_bytes!("assets/chunk-ICCOE7F7.js.gz"),
        brotli: include_bytes!("assets/chunk-ICCOE7F7.js.br"),
    },
    Asset {
        name: "chunk-JEDV35YC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JEDV35YC.js"),
        gzip: include_bytes!("assets/chunk-JEDV35YC.js.gz"),
        brotli: include_bytes!("assets/chunk-JEDV35YC.js.br"),
    },
    Asset {
        name: "chunk-LCGBXVYH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LCGBXVYH.js"),
        gzip: include_bytes!("assets/chunk-LCGBXVYH.js.gz"),
        brotli: include_bytes!("assets/chunk-LCGBXVYH.js.br"),
    },
    Asset {
        name: "chunk-N4SBTNHD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-N4SBTNHD.js"),
        gzip: include_bytes!("assets/chunk-N4SBTNHD.js.gz"),
        brotli: include_bytes!("assets/chunk-N4SBTNHD.js.br"),
    },
    Asset {
        name: "chunk-NXLEGE37.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NXLEGE37.js"),
        gzip: include_bytes!("assets/chunk-NXLEGE37.js.gz"),
        brotli: include_bytes!("assets/chunk-NXLEGE37.js.br"),
    },
    Asset {
        name: "chunk-PGFLRAKI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PGFLRAKI.js"),
        gzip: include_bytes!("assets/chunk-PGFLRAKI.js.gz"),
        brotli: include_bytes!("assets/chunk-PGFLRAKI.js.br"),
    },
    Asset {
        name: "chunk-SABKXPSC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SABKXPSC.js"),
        gzip: include_bytes!("assets/chunk-SABKXPSC.js.gz"),
        brotli: include_bytes!("assets/chunk-SABKXPSC.js.br"),
    },
    Asset {
        name: "chunk-SWSYSTOP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SWSYSTOP.js"),
        gzip: include_bytes!("assets/chunk-SWSYSTOP.js.gz"),
        brotli: include_bytes!("assets/chunk-SWSYSTOP.js.br"),
    },
    Asset {
        name: "chunk-T7B4DGJU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-T7B4DGJU.js"),
        gzip: include_bytes!("assets/chunk-T7B4DGJU.js.gz"),
        brotli: include_bytes!("assets/chunk-T7B4DGJU.js.br"),
    },
    Asset {
        name: "chunk-WPJFQG3M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WPJFQG3M.js"),
        gzip: include_bytes!("assets/chunk-WPJFQG3M.js.gz"),
        brotli: include_bytes!("assets/chunk-WPJFQG3M.js.br"),
    },
    Asset {
        name: "chunk-Y3NWOTVM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-Y3NWOTVM.js"),
        gzip: include_bytes!("assets/chunk-Y3NWOTVM.js.gz"),
        brotli: include_bytes!("assets/chunk-Y3NWOTVM.js.br"),
    },
    Asset {
        name: "chunk-YLJ5A3MU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-YLJ5A3MU.js"),
        gzip: include_bytes!("assets/chunk-YLJ5A3MU.js.gz"),
        brotli: include_bytes!("assets/chunk-YLJ5A3MU.js.br"),
    },
    Asset {
        name: "chunk-Z3WOT4DX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-Z3WOT4DX.js"),
        gzip: include_bytes!("assets/chunk-Z3WOT4DX.js.gz"),
        brotli: include_bytes!("assets/chunk-Z3WOT4DX.js.br"),
    },
    Asset {
        name: "chunk-ZC23AH3M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZC23AH3M.js"),
        gzip: include_bytes!("assets/chunk-ZC23AH3M.js.gz"),
        brotli: include_bytes!("assets/chunk-ZC23AH3M.js.br"),
    },
    Asset {
        name: "chunk-ZP3BPHKI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZP3BPHKI.js"),
        gzip: include_bytes!("assets/chunk-ZP3BPHKI.js.gz"),
        brotli: include_bytes!("assets/chunk-ZP3BPHKI.js.br"),
    },
    Asset {
        name: "create-VG7H6ROB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-VG7H6ROB.js"),
        gzip: include_bytes!("assets/create-VG7H6ROB.js.gz"),
        brotli: include_bytes!("assets/create-VG7H6ROB.js.br"),
    },
    Asset {
        name: "edit-subject-ZME4WNRF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-ZME4WNRF.js"),
        gzip: include_bytes!("assets/edit-subject-ZME4WNRF.js.gz"),
        brotli: include_bytes!("assets/edit-subject-ZME4WNRF.js.br"),
    },
    Asset {
        name: "field-form-N6QJ7BKE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-N6QJ7BKE.js"),
        gzip: include_bytes!("assets/field-form-N6QJ7BKE.js.gz"),
        brotli: include_bytes!("assets/field-form-N6QJ7BKE.js.br"),
    },
    Asset {
        name: "import-PGSHJV43.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-PGSHJV43.js"),
        gzip: include_bytes!("assets/import-PGSHJV43.js.gz"),
        brotli: include_bytes!("assets/import-PGSHJV43.js.br"),
    },
    Asset {
        name: "list-2DQS2QQK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-2DQS2QQK.js"),
        gzip: include_bytes!("assets/list-2DQS2QQK.js.gz"),
        brotli: include_bytes!("assets/list-2DQS2QQK.js.br"),
    },
    Asset {
        name: "page-2NXD4CT7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-2NXD4CT7.js"),
        gzip: include_bytes!("assets/page-2NXD4CT7.js.gz"),
        brotli: include_bytes!("assets/page-2NXD4CT7.js.br"),
    },
    Asset {
        name: "page-DV2YTJ7N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DV2YTJ7N.js"),
        gzip: include_bytes!("assets/page-DV2YTJ7N.js.gz"),
        brotli: include_bytes!("assets/page-DV2YTJ7N.js.br"),
    },
    Asset {
        name: "page-E4FXNU47.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-E4FXNU47.js"),
        gzip: include_bytes!("assets/page-E4FXNU47.js.gz"),
        brotli: include_bytes!("assets/page-E4FXNU47.js.br"),
    },
    Asset {
        name: "page-MIRH77N7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-MIRH77N7.js"),
        gzip: include_bytes!("assets/page-MIRH77N7.js.gz"),
        brotli: include_bytes!("assets/page-MIRH77N7.js.br"),
    },
    Asset {
        name: "page-PV26L6A3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PV26L6A3.js"),
        gzip: include_bytes!("assets/page-PV26L6A3.js.gz"),
        brotli: include_bytes!("assets/page-PV26L6A3.js.br"),
    },
    Asset {
        name: "page-Q2OUX2DS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-Q2OUX2DS.js"),
        gzip: include_bytes!("assets/page-Q2OUX2DS.js.gz"),
        brotli: include_bytes!("assets/page-Q2OUX2DS.js.br"),
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
        name: "tokens-ZYXOZTJQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-ZYXOZTJQ.js"),
        gzip: include_bytes!("assets/tokens-ZYXOZTJQ.js.gz"),
        brotli: include_bytes!("assets/tokens-ZYXOZTJQ.js.br"),
    },
];
