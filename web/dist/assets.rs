// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-4VUHI5HU.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-M6M55QZ7.js", "/assets/chunk-SIXTJNFK.js", "/assets/chunk-ADGSIXOR.js", "/assets/chunk-33GNPJHV.js", "/assets/chunk-B575TYCZ.js", "/assets/chunk-6EFFEBR2.js", "/assets/chunk-GDZU2YXN.js", "/assets/chunk-URVKRJOZ.js", "/assets/chunk-7PIXVTOF.js", "/assets/chunk-E6AEGF6K.js", "/assets/chunk-3RSIMB4C.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-BIVOE4RJ.js", "/assets/chunk-YFOIDHUI.js", "/assets/chunk-6Y3SBDKX.js", "/assets/chunk-K4YSTI2X.js", "/assets/chunk-U5Q67WHV.js", "/assets/chunk-QANUR663.js", "/assets/chunk-PYQ52HEU.js", "/assets/chunk-QK25M2UP.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-BKOBVGGN.js", "/assets/chunk-3NVROWLO.js", "/assets/chunk-YFOIDHUI.js", "/assets/chunk-6Y3SBDKX.js", "/assets/chunk-K4YSTI2X.js", "/assets/chunk-U5Q67WHV.js", "/assets/chunk-QANUR663.js", "/assets/chunk-QK25M2UP.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-HGVHGYV6.js", "/assets/chunk-3NVROWLO.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-HVY53VO6.js", "/assets/chunk-U5Q67WHV.js", "/assets/chunk-QANUR663.js", "/assets/chunk-K4YSTI2X.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-4VUHI5HU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-4VUHI5HU.js"),
        gzip: include_bytes!("assets/app-4VUHI5HU.js.gz"),
        brotli: include_bytes!("assets/app-4VUHI5HU.js.br"),
    },
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
    },
    Asset {
        name: "chunk-33GNPJHV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-33GNPJHV.js"),
        gzip: include_bytes!("assets/chunk-33GNPJHV.js.gz"),
        brotli: include_bytes!("assets/chunk-33GNPJHV.js.br"),
    },
    Asset {
        name: "chunk-3NVROWLO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3NVROWLO.js"),
        gzip: include_bytes!("assets/chunk-3NVROWLO.js.gz"),
        brotli: include_bytes!("assets/chunk-3NVROWLO.js.br"),
    },
    Asset {
        name: "chunk-3RSIMB4C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3RSIMB4C.js"),
        gzip: include_bytes!("assets/chunk-3RSIMB4C.js.gz"),
        brotli: include_bytes!("assets/chunk-3RSIMB4C.js.br"),
    },
    Asset {
        name: "chunk-6EFFEBR2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6EFFEBR2.js"),
        gzip: include_bytes!("assets/chunk-6EFFEBR2.js.gz"),
        brotli: include_bytes!("assets/chunk-6EFFEBR2.js.br"),
    },
    Asset {
        name: "chunk-6Y3SBDKX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-6Y3SBDKX.js"),
        gzip: include_bytes!("assets/chunk-6Y3SBDKX.js.gz"),
        brotli: include_bytes!("assets/chunk-6Y3SBDKX.js.br"),
    },
    Asset {
        name: "chunk-7PIXVTOF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7PIXVTOF.js"),
        gzip: include_bytes!("assets/chunk-7PIXVTOF.js.gz"),
        brotli: include_bytes!("assets/chunk-7PIXVTOF.js.br"),
    },
    Asset {
        name: "chunk-AC3FXY2P.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AC3FXY2P.js"),
        gzip: include_bytes!("assets/chunk-AC3FXY2P.js.gz"),
        brotli: include_bytes!("assets/chunk-AC3FXY2P.js.br"),
    },
    Asset {
        name: "chunk-ADGSIXOR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ADGSIXOR.js"),
        gzip: include_bytes!("assets/chunk-ADGSIXOR.js.gz"),
        brotli: include_bytes!("assets/chunk-ADGSIXOR.js.br"),
    },
    Asset {
        name: "chunk-B575TYCZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-B575TYCZ.js"),
        gzip: include_bytes!("assets/chunk-B575TYCZ.js.gz"),
        brotli: include_bytes!("assets/chunk-B575TYCZ.js.br"),
    },
    Asset {
        name: "chunk-D3KRO2VF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-D3KRO2VF.js"),
        gzip: include_bytes!("assets/chunk-D3KRO2VF.js.gz"),
        brotli: include_bytes!("assets/chunk-D3KRO2VF.js.br"),
    },
    Asset {
        name: "chunk-E6AEGF6K.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-E6AEGF6K.js"),
        gzip: include_bytes!("assets/chunk-E6AEGF6K.js.gz"),
        brotli: include_bytes!("assets/chunk-E6AEGF6K.js.br"),
    },
    Asset {
        name: "chunk-GDZU2YXN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GDZU2YXN.js"),
        gzip: include_bytes!("assets/chunk-GDZU2YXN.js.gz"),
        brotli: include_bytes!("assets/chunk-GDZU2YXN.js.br"),
    },
    Asset {
        name: "chunk-K4YSTI2X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-K4YSTI2X.js"),
        gzip: include_bytes!("assets/chunk-K4YSTI2X.js.gz"),
        brotli: include_bytes!("assets/chunk-K4YSTI2X.js.br"),
    },
    Asset {
        name: "chunk-LDV5GCAD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LDV5GCAD.js"),
        gzip: include_bytes!("assets/chunk-LDV5GCAD.js.gz"),
        brotli: include_bytes!("assets/chunk-LDV5GCAD.js.br"),
    },
    Asset {
        name: "chunk-M6M55QZ7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-M6M55QZ7.js"),
        gzip: include_bytes!("assets/chunk-M6M55QZ7.js.gz"),
        brotli: include_bytes!("assets/chunk-M6M55QZ7.js.br"),
    },
    Asset {
        name: "chunk-PYQ52HEU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PYQ52HEU.js"),
        gzip: include_bytes!("assets/chunk-PYQ52HEU.js.gz"),
        brotli: include_bytes!("assets/chunk-PYQ52HEU.js.br"),
    },
    Asset {
        name: "chunk-QANUR663.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QANUR663.js"),
        gzip: include_bytes!("assets/chunk-QANUR663.js.gz"),
        brotli: include_bytes!("assets/chunk-QANUR663.js.br"),
    },
    Asset {
        name: "chunk-QK25M2UP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QK25M2UP.js"),
        gzip: include_bytes!("assets/chunk-QK25M2UP.js.gz"),
        brotli: include_bytes!("assets/chunk-QK25M2UP.js.br"),
    },
    Asset {
        name: "chunk-SIXTJNFK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SIXTJNFK.js"),
        gzip: include_bytes!("assets/chunk-SIXTJNFK.js.gz"),
        brotli: include_bytes!("assets/chunk-SIXTJNFK.js.br"),
    },
    Asset {
        name: "chunk-U5Q67WHV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-U5Q67WHV.js"),
        gzip: include_bytes!("assets/chunk-U5Q67WHV.js.gz"),
        brotli: include_bytes!("assets/chunk-U5Q67WHV.js.br"),
    },
    Asset {
        name: "chunk-URVKRJOZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-URVKRJOZ.js"),
        gzip: include_bytes!("assets/chunk-URVKRJOZ.js.gz"),
        brotli: include_bytes!("assets/chunk-URVKRJOZ.js.br"),
    },
    Asset {
        name: "chunk-YFOIDHUI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-YFOIDHUI.js"),
        gzip: include_bytes!("assets/chunk-YFOIDHUI.js.gz"),
        brotli: include_bytes!("assets/chunk-YFOIDHUI.js.br"),
    },
    Asset {
        name: "create-G3QUIOGR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-G3QUIOGR.js"),
        gzip: include_bytes!("assets/create-G3QUIOGR.js.gz"),
        brotli: include_bytes!("assets/create-G3QUIOGR.js.br"),
    },
    Asset {
        name: "edit-subject-RSCU2E37.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-RSCU2E37.js"),
        gzip: include_bytes!("assets/edit-subject-RSCU2E37.js.gz"),
        brotli: include_bytes!("assets/edit-subject-RSCU2E37.js.br"),
    },
    Asset {
        name: "field-form-ME3XEISA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-ME3XEISA.js"),
        gzip: include_bytes!("assets/field-form-ME3XEISA.js.gz"),
        brotli: include_bytes!("assets/field-form-ME3XEISA.js.br"),
    },
    Asset {
        name: "import-RMXUX5CN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-RMXUX5CN.js"),
        gzip: include_bytes!("assets/import-RMXUX5CN.js.gz"),
        brotli: include_bytes!("assets/import-RMXUX5CN.js.br"),
    },
    Asset {
        name: "list-HGVHGYV6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-HGVHGYV6.js"),
        gzip: include_bytes!("assets/list-HGVHGYV6.js.gz"),
        brotli: include_bytes!("assets/list-HGVHGYV6.js.br"),
    },
    Asset {
        name: "page-7H556HU3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-7H556HU3.js"),
        gzip: include_bytes!("assets/page-7H556HU3.js.gz"),
        brotli: include_bytes!("assets/page-7H556HU3.js.br"),
    },
    Asset {
        name: "page-BIVOE4RJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-BIVOE4RJ.js"),
        gzip: include_bytes!("assets/page-BIVOE4RJ.js.gz"),
        brotli: include_bytes!("assets/page-BIVOE4RJ.js.br"),
    },
    Asset {
        name: "page-BKOBVGGN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-BKOBVGGN.js"),
        gzip: include_bytes!("assets/page-BKOBVGGN.js.gz"),
        brotli: include_bytes!("assets/page-BKOBVGGN.js.br"),
    },
    Asset {
        name: "page-HVY53VO6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-HVY53VO6.js"),
        gzip: include_bytes!("assets/page-HVY53VO6.js.gz"),
        brotli: include_bytes!("assets/page-HVY53VO6.js.br"),
    },
    Asset {
        name: "page-KJPNG4XD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-KJPNG4XD.js"),
        gzip: include_bytes!("assets/page-KJPNG4XD.js.gz"),
        brotli: include_bytes!("assets/page-KJPNG4XD.js.br"),
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
        name: "tokens-EVQD6RUG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-EVQD6RUG.js"),
        gzip: include_bytes!("assets/tokens-EVQD6RUG.js.gz"),
        brotli: include_bytes!("assets/tokens-EVQD6RUG.js.br"),
    },
];
