// Written by web/build.mjs.
/// The script of the page.
pub const APP_SCRIPT: &str = "/assets/app-O55O5VGO.js";
/// What the script imports at once.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-CEXJ5TJ3.js", "/assets/chunk-IFX4TVSQ.js", "/assets/chunk-CF6X6MVK.js", "/assets/chunk-64UMD2E4.js", "/assets/chunk-VNP46X4A.js", "/assets/chunk-EGWLTBGU.js", "/assets/chunk-TJJAQ22T.js", "/assets/chunk-GXMWI6DT.js"];
/// What the view of `model` takes beside it.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-R5VKIY4W.js", "/assets/chunk-FTXCI73R.js", "/assets/chunk-LRDCQVBG.js", "/assets/chunk-SWIGF6BL.js", "/assets/chunk-5QUC6DDQ.js", "/assets/chunk-ZA4QLAR3.js"];
/// What the view of `nouns` takes beside it.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-CTC7F3AE.js", "/assets/chunk-FDJ6KWMD.js", "/assets/chunk-FTXCI73R.js", "/assets/chunk-LRDCQVBG.js", "/assets/chunk-SWIGF6BL.js", "/assets/chunk-ZA4QLAR3.js"];
/// What the view of `list` takes beside it.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-BOEGZTKC.js", "/assets/chunk-FDJ6KWMD.js"];
/// What the view of `changes` takes beside it.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-NQIUEXXZ.js", "/assets/chunk-LRDCQVBG.js", "/assets/chunk-SWIGF6BL.js"];
/// The style sheet of the page.
pub const APP_STYLE: &str = "/assets/app-5RU5OOQN.css";
/// All files, by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-5RU5OOQN.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-5RU5OOQN.css"),
        gzip: include_bytes!("assets/app-5RU5OOQN.css.gz"),
        brotli: include_bytes!("assets/app-5RU5OOQN.css.br"),
    },
    Asset {
        name: "app-O55O5VGO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-O55O5VGO.js"),
        gzip: include_bytes!("assets/app-O55O5VGO.js.gz"),
        brotli: include_bytes!("assets/app-O55O5VGO.js.br"),
    },
    Asset {
        name: "chunk-5QUC6DDQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5QUC6DDQ.js"),
        gzip: include_bytes!("assets/chunk-5QUC6DDQ.js.gz"),
        brotli: include_bytes!("assets/chunk-5QUC6DDQ.js.br"),
    },
    Asset {
        name: "chunk-64UMD2E4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-64UMD2E4.js"),
        gzip: include_bytes!("assets/chunk-64UMD2E4.js.gz"),
        brotli: include_bytes!("assets/chunk-64UMD2E4.js.br"),
    },
    Asset {
        name: "chunk-6IMPK32H.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6IMPK32H.js"),
        gzip: include_bytes!("assets/chunk-6IMPK32H.js.gz"),
        brotli: include_bytes!("assets/chunk-6IMPK32H.js.br"),
    },
    Asset {
        name: "chunk-CEXJ5TJ3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CEXJ5TJ3.js"),
        gzip: include_bytes!("assets/chunk-CEXJ5TJ3.js.gz"),
        brotli: include_bytes!("assets/chunk-CEXJ5TJ3.js.br"),
    },
    Asset {
        name: "chunk-CF6X6MVK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CF6X6MVK.js"),
        gzip: include_bytes!("assets/chunk-CF6X6MVK.js.gz"),
        brotli: include_bytes!("assets/chunk-CF6X6MVK.js.br"),
    },
    Asset {
        name: "chunk-EGWLTBGU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EGWLTBGU.js"),
        gzip: include_bytes!("assets/chunk-EGWLTBGU.js.gz"),
        brotli: include_bytes!("assets/chunk-EGWLTBGU.js.br"),
    },
    Asset {
        name: "chunk-FDJ6KWMD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FDJ6KWMD.js"),
        gzip: include_bytes!("assets/chunk-FDJ6KWMD.js.gz"),
        brotli: include_bytes!("assets/chunk-FDJ6KWMD.js.br"),
    },
    Asset {
        name: "chunk-FTXCI73R.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-FTXCI73R.js"),
        gzip: include_bytes!("assets/chunk-FTXCI73R.js.gz"),
        brotli: include_bytes!("assets/chunk-FTXCI73R.js.br"),
    },
    Asset {
        name: "chunk-GXMWI6DT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GXMWI6DT.js"),
        gzip: include_bytes!("assets/chunk-GXMWI6DT.js.gz"),
        brotli: include_bytes!("assets/chunk-GXMWI6DT.js.br"),
    },
    Asset {
        name: "chunk-IFX4TVSQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-IFX4TVSQ.js"),
        gzip: include_bytes!("assets/chunk-IFX4TVSQ.js.gz"),
        brotli: include_bytes!("assets/chunk-IFX4TVSQ.js.br"),
    },
    Asset {
        name: "chunk-LRDCQVBG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LRDCQVBG.js"),
        gzip: include_bytes!("assets/chunk-LRDCQVBG.js.gz"),
        brotli: include_bytes!("assets/chunk-LRDCQVBG.js.br"),
    },
    Asset {
        name: "chunk-OCC4HHDL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OCC4HHDL.js"),
        gzip: include_bytes!("assets/chunk-OCC4HHDL.js.gz"),
        brotli: include_bytes!("assets/chunk-OCC4HHDL.js.br"),
    },
    Asset {
        name: "chunk-SWIGF6BL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SWIGF6BL.js"),
        gzip: include_bytes!("assets/chunk-SWIGF6BL.js.gz"),
        brotli: include_bytes!("assets/chunk-SWIGF6BL.js.br"),
    },
    Asset {
        name: "chunk-TJJAQ22T.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TJJAQ22T.js"),
        gzip: include_bytes!("assets/chunk-TJJAQ22T.js.gz"),
        brotli: include_bytes!("assets/chunk-TJJAQ22T.js.br"),
    },
    Asset {
        name: "chunk-VNP46X4A.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VNP46X4A.js"),
        gzip: include_bytes!("assets/chunk-VNP46X4A.js.gz"),
        brotli: include_bytes!("assets/chunk-VNP46X4A.js.br"),
    },
    Asset {
        name: "chunk-XNJOM5GL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-XNJOM5GL.js"),
        gzip: include_bytes!("assets/chunk-XNJOM5GL.js.gz"),
        brotli: include_bytes!("assets/chunk-XNJOM5GL.js.br"),
    },
    Asset {
        name: "chunk-ZA4QLAR3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZA4QLAR3.js"),
        gzip: include_bytes!("assets/chunk-ZA4QLAR3.js.gz"),
        brotli: include_bytes!("assets/chunk-ZA4QLAR3.js.br"),
    },
    Asset {
        name: "create-FUKG7HGU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-FUKG7HGU.js"),
        gzip: include_bytes!("assets/create-FUKG7HGU.js.gz"),
        brotli: include_bytes!("assets/create-FUKG7HGU.js.br"),
    },
    Asset {
        name: "fact-form-QW32FXOJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/fact-form-QW32FXOJ.js"),
        gzip: include_bytes!("assets/fact-form-QW32FXOJ.js.gz"),
        brotli: include_bytes!("assets/fact-form-QW32FXOJ.js.br"),
    },
    Asset {
        name: "import-XYY2PLFH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-XYY2PLFH.js"),
        gzip: include_bytes!("assets/import-XYY2PLFH.js.gz"),
        brotli: include_bytes!("assets/import-XYY2PLFH.js.br"),
    },
    Asset {
        name: "list-BOEGZTKC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-BOEGZTKC.js"),
        gzip: include_bytes!("assets/list-BOEGZTKC.js.gz"),
        brotli: include_bytes!("assets/list-BOEGZTKC.js.br"),
    },
    Asset {
        name: "page-BTRIBKKO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-BTRIBKKO.js"),
        gzip: include_bytes!("assets/page-BTRIBKKO.js.gz"),
        brotli: include_bytes!("assets/page-BTRIBKKO.js.br"),
    },
    Asset {
        name: "page-CTC7F3AE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-CTC7F3AE.js"),
        gzip: include_bytes!("assets/page-CTC7F3AE.js.gz"),
        brotli: include_bytes!("assets/page-CTC7F3AE.js.br"),
    },
    Asset {
        name: "page-DWQCODNP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DWQCODNP.js"),
        gzip: include_bytes!("assets/page-DWQCODNP.js.gz"),
        brotli: include_bytes!("assets/page-DWQCODNP.js.br"),
    },
    Asset {
        name: "page-NQIUEXXZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-NQIUEXXZ.js"),
        gzip: include_bytes!("assets/page-NQIUEXXZ.js.gz"),
        brotli: include_bytes!("assets/page-NQIUEXXZ.js.br"),
    },
    Asset {
        name: "page-R5VKIY4W.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-R5VKIY4W.js"),
        gzip: include_bytes!("assets/page-R5VKIY4W.js.gz"),
        brotli: include_bytes!("assets/page-R5VKIY4W.js.br"),
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
        name: "subject-QMYAR5S4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/subject-QMYAR5S4.js"),
        gzip: include_bytes!("assets/subject-QMYAR5S4.js.gz"),
        brotli: include_bytes!("assets/subject-QMYAR5S4.js.br"),
    },
    Asset {
        name: "tokens-6AD3CED3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-6AD3CED3.js"),
        gzip: include_bytes!("assets/tokens-6AD3CED3.js.gz"),
        brotli: include_bytes!("assets/tokens-6AD3CED3.js.br"),
    },
];
