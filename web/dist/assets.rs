// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-2TG5K6CL.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-BL6MNO7X.js", "/assets/chunk-BXYDECRF.js", "/assets/chunk-L42JARJT.js", "/assets/chunk-56BJK23T.js", "/assets/chunk-GDLVQNLS.js", "/assets/chunk-7ZCHLPEY.js", "/assets/chunk-7OXLU6LH.js", "/assets/chunk-5PGH4O7S.js", "/assets/chunk-V47QHFIQ.js", "/assets/chunk-EELJI4JQ.js", "/assets/chunk-5UGGDPLC.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-WVM5ICF4.js", "/assets/chunk-3OJBWIEW.js", "/assets/chunk-NR5BYC6O.js", "/assets/chunk-NSJ5S3EX.js", "/assets/chunk-POIBW7WJ.js", "/assets/chunk-AYBPKU6F.js", "/assets/chunk-LQRWJJ4V.js", "/assets/chunk-PXQO6EYG.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-BBTXATZK.js", "/assets/chunk-ZWBS7HLN.js", "/assets/chunk-3OJBWIEW.js", "/assets/chunk-NR5BYC6O.js", "/assets/chunk-NSJ5S3EX.js", "/assets/chunk-POIBW7WJ.js", "/assets/chunk-AYBPKU6F.js", "/assets/chunk-PXQO6EYG.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-YSKGNUTJ.js", "/assets/chunk-ZWBS7HLN.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-76FIBYZP.js", "/assets/chunk-POIBW7WJ.js", "/assets/chunk-AYBPKU6F.js", "/assets/chunk-NSJ5S3EX.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-2TG5K6CL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-2TG5K6CL.js"),
        gzip: include_bytes!("assets/app-2TG5K6CL.js.gz"),
        brotli: include_bytes!("assets/app-2TG5K6CL.js.br"),
    },
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
    },
    Asset {
        name: "chunk-3OJBWIEW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3OJBWIEW.js"),
        gzip: include_bytes!("assets/chunk-3OJBWIEW.js.gz"),
        brotli: include_bytes!("assets/chunk-3OJBWIEW.js.br"),
    },
    Asset {
        name: "chunk-43KCKQ54.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-43KCKQ54.js"),
        gzip: include_bytes!("assets/chunk-43KCKQ54.js.gz"),
        brotli: include_bytes!("assets/chunk-43KCKQ54.js.br"),
    },
    Asset {
        name: "chunk-56BJK23T.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-56BJK23T.js"),
        gzip: include_bytes!("assets/chunk-56BJK23T.js.gz"),
        brotli: include_bytes!("assets/chunk-56BJK23T.js.br"),
    },
    Asset {
        name: "chunk-5PGH4O7S.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5PGH4O7S.js"),
        gzip: include_bytes!("assets/chunk-5PGH4O7S.js.gz"),
        brotli: include_bytes!("assets/chunk-5PGH4O7S.js.br"),
    },
    Asset {
        name: "chunk-5UGGDPLC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5UGGDPLC.js"),
        gzip: include_bytes!("assets/chunk-5UGGDPLC.js.gz"),
        brotli: include_bytes!("assets/chunk-5UGGDPLC.js.br"),
    },
    Asset {
        name: "chunk-7OXLU6LH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7OXLU6LH.js"),
        gzip: include_bytes!("assets/chunk-7OXLU6LH.js.gz"),
        brotli: include_bytes!("assets/chunk-7OXLU6LH.js.br"),
    },
    Asset {
        name: "chunk-7ZCHLPEY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7ZCHLPEY.js"),
        gzip: include_bytes!("assets/chunk-7ZCHLPEY.js.gz"),
        brotli: include_bytes!("assets/chunk-7ZCHLPEY.js.br"),
    },
    Asset {
        name: "chunk-AYBPKU6F.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AYBPKU6F.js"),
        gzip: include_bytes!("assets/chunk-AYBPKU6F.js.gz"),
        brotli: include_bytes!("assets/chunk-AYBPKU6F.js.br"),
    },
    Asset {
        name: "chunk-BL6MNO7X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BL6MNO7X.js"),
        gzip: include_bytes!("assets/chunk-BL6MNO7X.js.gz"),
        brotli: include_bytes!("assets/chunk-BL6MNO7X.js.br"),
    },
    Asset {
        name: "chunk-BXYDECRF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BXYDECRF.js"),
        gzip: include_bytes!("assets/chunk-BXYDECRF.js.gz"),
        brotli: include_bytes!("assets/chunk-BXYDECRF.js.br"),
    },
    Asset {
        name: "chunk-EELJI4JQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EELJI4JQ.js"),
        gzip: include_bytes!("assets/chunk-EELJI4JQ.js.gz"),
        brotli: include_bytes!("assets/chunk-EELJI4JQ.js.br"),
    },
    Asset {
        name: "chunk-ESQPYS7M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ESQPYS7M.js"),
        gzip: include_bytes!("assets/chunk-ESQPYS7M.js.gz"),
        brotli: include_bytes!("assets/chunk-ESQPYS7M.js.br"),
    },
    Asset {
        name: "chunk-GDLVQNLS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GDLVQNLS.js"),
        gzip: include_bytes!("assets/chunk-GDLVQNLS.js.gz"),
        brotli: include_bytes!("assets/chunk-GDLVQNLS.js.br"),
    },
    Asset {
        name: "chunk-L42JARJT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-L42JARJT.js"),
        gzip: include_bytes!("assets/chunk-L42JARJT.js.gz"),
        brotli: include_bytes!("assets/chunk-L42JARJT.js.br"),
    },
    Asset {
        name: "chunk-LQRWJJ4V.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LQRWJJ4V.js"),
        gzip: include_bytes!("assets/chunk-LQRWJJ4V.js.gz"),
        brotli: include_bytes!("assets/chunk-LQRWJJ4V.js.br"),
    },
    Asset {
        name: "chunk-NR5BYC6O.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NR5BYC6O.js"),
        gzip: include_bytes!("assets/chunk-NR5BYC6O.js.gz"),
        brotli: include_bytes!("assets/chunk-NR5BYC6O.js.br"),
    },
    Asset {
        name: "chunk-NSJ5S3EX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NSJ5S3EX.js"),
        gzip: include_bytes!("assets/chunk-NSJ5S3EX.js.gz"),
        brotli: include_bytes!("assets/chunk-NSJ5S3EX.js.br"),
    },
    Asset {
        name: "chunk-POIBW7WJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-POIBW7WJ.js"),
        gzip: include_bytes!("assets/chunk-POIBW7WJ.js.gz"),
        brotli: include_bytes!("assets/chunk-POIBW7WJ.js.br"),
    },
    Asset {
        name: "chunk-PXQO6EYG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PXQO6EYG.js"),
        gzip: include_bytes!("assets/chunk-PXQO6EYG.js.gz"),
        brotli: include_bytes!("assets/chunk-PXQO6EYG.js.br"),
    },
    Asset {
        name: "chunk-UJME2WA2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UJME2WA2.js"),
        gzip: include_bytes!("assets/chunk-UJME2WA2.js.gz"),
        brotli: include_bytes!("assets/chunk-UJME2WA2.js.br"),
    },
    Asset {
        name: "chunk-V47QHFIQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-V47QHFIQ.js"),
        gzip: include_bytes!("assets/chunk-V47QHFIQ.js.gz"),
        brotli: include_bytes!("assets/chunk-V47QHFIQ.js.br"),
    },
    Asset {
        name: "chunk-ZWBS7HLN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZWBS7HLN.js"),
        gzip: include_bytes!("assets/chunk-ZWBS7HLN.js.gz"),
        brotli: include_bytes!("assets/chunk-ZWBS7HLN.js.br"),
    },
    Asset {
        name: "create-FYE27G2W.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-FYE27G2W.js"),
        gzip: include_bytes!("assets/create-FYE27G2W.js.gz"),
        brotli: include_bytes!("assets/create-FYE27G2W.js.br"),
    },
    Asset {
        name: "edit-subject-ZTIDVFT3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-ZTIDVFT3.js"),
        gzip: include_bytes!("assets/edit-subject-ZTIDVFT3.js.gz"),
        brotli: include_bytes!("assets/edit-subject-ZTIDVFT3.js.br"),
    },
    Asset {
        name: "field-form-AJE35PWC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-AJE35PWC.js"),
        gzip: include_bytes!("assets/field-form-AJE35PWC.js.gz"),
        brotli: include_bytes!("assets/field-form-AJE35PWC.js.br"),
    },
    Asset {
        name: "import-S4WIN47C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-S4WIN47C.js"),
        gzip: include_bytes!("assets/import-S4WIN47C.js.gz"),
        brotli: include_bytes!("assets/import-S4WIN47C.js.br"),
    },
    Asset {
        name: "list-YSKGNUTJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-YSKGNUTJ.js"),
        gzip: include_bytes!("assets/list-YSKGNUTJ.js.gz"),
        brotli: include_bytes!("assets/list-YSKGNUTJ.js.br"),
    },
    Asset {
        name: "page-76FIBYZP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-76FIBYZP.js"),
        gzip: include_bytes!("assets/page-76FIBYZP.js.gz"),
        brotli: include_bytes!("assets/page-76FIBYZP.js.br"),
    },
    Asset {
        name: "page-BBTXATZK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-BBTXATZK.js"),
        gzip: include_bytes!("assets/page-BBTXATZK.js.gz"),
        brotli: include_bytes!("assets/page-BBTXATZK.js.br"),
    },
    Asset {
        name: "page-FHHDJZJR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-FHHDJZJR.js"),
        gzip: include_bytes!("assets/page-FHHDJZJR.js.gz"),
        brotli: include_bytes!("assets/page-FHHDJZJR.js.br"),
    },
    Asset {
        name: "page-NKUVURON.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-NKUVURON.js"),
        gzip: include_bytes!("assets/page-NKUVURON.js.gz"),
        brotli: include_bytes!("assets/page-NKUVURON.js.br"),
    },
    Asset {
        name: "page-WVM5ICF4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-WVM5ICF4.js"),
        gzip: include_bytes!("assets/page-WVM5ICF4.js.gz"),
        brotli: include_bytes!("assets/page-WVM5ICF4.js.br"),
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
        name: "tokens-CMSW5BQ7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-CMSW5BQ7.js"),
        gzip: include_bytes!("assets/tokens-CMSW5BQ7.js.gz"),
        brotli: include_bytes!("assets/tokens-CMSW5BQ7.js.br"),
    },
];
