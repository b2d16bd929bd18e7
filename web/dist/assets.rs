// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-JCBQCYCS.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-GAANYNHF.js", "/assets/chunk-7LTRF7EB.js", "/assets/chunk-TUO46T4X.js", "/assets/chunk-JLQDR7PI.js", "/assets/chunk-I2BM7BNK.js", "/assets/chunk-OVSCALWA.js", "/assets/chunk-Z5RYVTRT.js", "/assets/chunk-CDTX23A3.js", "/assets/chunk-C25OICQB.js", "/assets/chunk-SZPKUJY4.js", "/assets/chunk-DGXAATDH.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-PVJZOQKN.js", "/assets/chunk-HPKORCZ4.js", "/assets/chunk-WVKF3PSV.js", "/assets/chunk-GFQ6ZHIS.js", "/assets/chunk-X6RIDPXH.js", "/assets/chunk-N2RYBQJ2.js", "/assets/chunk-SXNYXXH3.js", "/assets/chunk-T7KRERIV.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-MKS65NCB.js", "/assets/chunk-FZQM274X.js", "/assets/chunk-HPKORCZ4.js", "/assets/chunk-WVKF3PSV.js", "/assets/chunk-GFQ6ZHIS.js", "/assets/chunk-X6RIDPXH.js", "/assets/chunk-N2RYBQJ2.js", "/assets/chunk-T7KRERIV.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-V2MKLTCL.js", "/assets/chunk-FZQM274X.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-2OWNY4UN.js", "/assets/chunk-X6RIDPXH.js", "/assets/chunk-N2RYBQJ2.js", "/assets/chunk-GFQ6ZHIS.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "app-JCBQCYCS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-JCBQCYCS.js"),
        gzip: include_bytes!("assets/app-JCBQCYCS.js.gz"),
        brotli: include_bytes!("assets/app-JCBQCYCS.js.br"),
    },
    Asset {
        name: "chunk-2PNIH74F.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2PNIH74F.js"),
        gzip: include_bytes!("assets/chunk-2PNIH74F.js.gz"),
        brotli: include_bytes!("assets/chunk-2PNIH74F.js.br"),
    },
    Asset {
        name: "chunk-7LTRF7EB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7LTRF7EB.js"),
        gzip: include_bytes!("assets/chunk-7LTRF7EB.js.gz"),
        brotli: include_bytes!("assets/chunk-7LTRF7EB.js.br"),
    },
    Asset {
        name: "chunk-C25OICQB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-C25OICQB.js"),
        gzip: include_bytes!("assets/chunk-C25OICQB.js.gz"),
        brotli: include_bytes!("assets/chunk-C25OICQB.js.br"),
    },
    Asset {
        name: "chunk-CDTX23A3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CDTX23A3.js"),
        gzip: include_bytes!("assets/chunk-CDTX23A3.js.gz"),
        brotli: include_bytes!("assets/chunk-CDTX23A3.js.br"),
    },
    Asset {
        name: "chunk-DGXAATDH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DGXAATDH.js"),
        gzip: include_bytes!("assets/chunk-DGXAATDH.js.gz"),
        brotli: include_bytes!("assets/chunk-DGXAATDH.js.br"),
    },
    Asset {
        name: "chunk-FZQM274X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FZQM274X.js"),
        gzip: include_bytes!("assets/chunk-FZQM274X.js.gz"),
        brotli: include_bytes!("assets/chunk-FZQM274X.js.br"),
    },
    Asset {
        name: "chunk-GAANYNHF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GAANYNHF.js"),
        gzip: include_bytes!("assets/chunk-GAANYNHF.js.gz"),
        brotli: include_bytes!("assets/chunk-GAANYNHF.js.br"),
    },
    Asset {
        name: "chunk-GFQ6ZHIS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GFQ6ZHIS.js"),
        gzip: include_bytes!("assets/chunk-GFQ6ZHIS.js.gz"),
        brotli: include_bytes!("assets/chunk-GFQ6ZHIS.js.br"),
    },
    Asset {
        name: "chunk-HPKORCZ4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HPKORCZ4.js"),
        gzip: include_bytes!("assets/chunk-HPKORCZ4.js.gz"),
        brotli: include_bytes!("assets/chunk-HPKORCZ4.js.br"),
    },
    Asset {
        name: "chunk-I2BM7BNK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I2BM7BNK.js"),
        gzip: include_bytes!("assets/chunk-I2BM7BNK.js.gz"),
        brotli: include_bytes!("assets/chunk-I2BM7BNK.js.br"),
    },
    Asset {
        name: "chunk-JLQDR7PI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JLQDR7PI.js"),
        gzip: include_bytes!("assets/chunk-JLQDR7PI.js.gz"),
        brotli: include_bytes!("assets/chunk-JLQDR7PI.js.br"),
    },
    Asset {
        name: "chunk-N2RYBQJ2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-N2RYBQJ2.js"),
        gzip: include_bytes!("assets/chunk-N2RYBQJ2.js.gz"),
        brotli: include_bytes!("assets/chunk-N2RYBQJ2.js.br"),
    },
    Asset {
        name: "chunk-OVSCALWA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OVSCALWA.js"),
        gzip: include_bytes!("assets/chunk-OVSCALWA.js.gz"),
        brotli: include_bytes!("assets/chunk-OVSCALWA.js.br"),
    },
    Asset {
        name: "chunk-RQKKBBM3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RQKKBBM3.js"),
        gzip: include_bytes!("assets/chunk-RQKKBBM3.js.gz"),
        brotli: include_bytes!("assets/chunk-RQKKBBM3.js.br"),
    },
    Asset {
        name: "chunk-SXNYXXH3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SXNYXXH3.js"),
        gzip: include_bytes!("assets/chunk-SXNYXXH3.js.gz"),
        brotli: include_bytes!("assets/chunk-SXNYXXH3.js.br"),
    },
    Asset {
        name: "chunk-SZPKUJY4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SZPKUJY4.js"),
        gzip: include_bytes!("assets/chunk-SZPKUJY4.js.gz"),
        brotli: include_bytes!("assets/chunk-SZPKUJY4.js.br"),
    },
    Asset {
        name: "chunk-T7KRERIV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-T7KRERIV.js"),
        gzip: include_bytes!("assets/chunk-T7KRERIV.js.gz"),
        brotli: include_bytes!("assets/chunk-T7KRERIV.js.br"),
    },
    Asset {
        name: "chunk-TUO46T4X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TUO46T4X.js"),
        gzip: include_bytes!("assets/chunk-TUO46T4X.js.gz"),
        brotli: include_bytes!("assets/chunk-TUO46T4X.js.br"),
    },
    Asset {
        name: "chunk-U3456YOS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-U3456YOS.js"),
        gzip: include_bytes!("assets/chunk-U3456YOS.js.gz"),
        brotli: include_bytes!("assets/chunk-U3456YOS.js.br"),
    },
    Asset {
        name: "chunk-WVKF3PSV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WVKF3PSV.js"),
        gzip: include_bytes!("assets/chunk-WVKF3PSV.js.gz"),
        brotli: include_bytes!("assets/chunk-WVKF3PSV.js.br"),
    },
    Asset {
        name: "chunk-X6RIDPXH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-X6RIDPXH.js"),
        gzip: include_bytes!("assets/chunk-X6RIDPXH.js.gz"),
        brotli: include_bytes!("assets/chunk-X6RIDPXH.js.br"),
    },
    Asset {
        name: "chunk-Z5RYVTRT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-Z5RYVTRT.js"),
        gzip: include_bytes!("assets/chunk-Z5RYVTRT.js.gz"),
        brotli: include_bytes!("assets/chunk-Z5RYVTRT.js.br"),
    },
    Asset {
        name: "create-22GW3HSW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-22GW3HSW.js"),
        gzip: include_bytes!("assets/create-22GW3HSW.js.gz"),
        brotli: include_bytes!("assets/create-22GW3HSW.js.br"),
    },
    Asset {
        name: "edit-subject-U6ELDIAE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-U6ELDIAE.js"),
        gzip: include_bytes!("assets/edit-subject-U6ELDIAE.js.gz"),
        brotli: include_bytes!("assets/edit-subject-U6ELDIAE.js.br"),
    },
    Asset {
        name: "field-form-DQ6E6SWM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-DQ6E6SWM.js"),
        gzip: include_bytes!("assets/field-form-DQ6E6SWM.js.gz"),
        brotli: include_bytes!("assets/field-form-DQ6E6SWM.js.br"),
    },
    Asset {
        name: "import-FXS2DKBZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-FXS2DKBZ.js"),
        gzip: include_bytes!("assets/import-FXS2DKBZ.js.gz"),
        brotli: include_bytes!("assets/import-FXS2DKBZ.js.br"),
    },
    Asset {
        name: "list-V2MKLTCL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-V2MKLTCL.js"),
        gzip: include_bytes!("assets/list-V2MKLTCL.js.gz"),
        brotli: include_bytes!("assets/list-V2MKLTCL.js.br"),
    },
    Asset {
        name: "page-2OWNY4UN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-2OWNY4UN.js"),
        gzip: include_bytes!("assets/page-2OWNY4UN.js.gz"),
        brotli: include_bytes!("assets/page-2OWNY4UN.js.br"),
    },
    Asset {
        name: "page-IAZXOSPG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-IAZXOSPG.js"),
        gzip: include_bytes!("assets/page-IAZXOSPG.js.gz"),
        brotli: include_bytes!("assets/page-IAZXOSPG.js.br"),
    },
    Asset {
        name: "page-MKS65NCB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-MKS65NCB.js"),
        gzip: include_bytes!("assets/page-MKS65NCB.js.gz"),
        brotli: include_bytes!("assets/page-MKS65NCB.js.br"),
    },
    Asset {
        name: "page-PVJZOQKN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PVJZOQKN.js"),
        gzip: include_bytes!("assets/page-PVJZOQKN.js.gz"),
        brotli: include_bytes!("assets/page-PVJZOQKN.js.br"),
    },
    Asset {
        name: "page-ZCRAPM6Q.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-ZCRAPM6Q.js"),
        gzip: include_bytes!("assets/page-ZCRAPM6Q.js.gz"),
        brotli: include_bytes!("assets/page-ZCRAPM6Q.js.br"),
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
        name: "tokens-RAWFAA5M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-RAWFAA5M.js"),
        gzip: include_bytes!("assets/tokens-RAWFAA5M.js.gz"),
        brotli: include_bytes!("assets/tokens-RAWFAA5M.js.br"),
    },
];
