// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-4CSC3OM5.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-XJPLIYA4.js", "/assets/chunk-QLQJUVB2.js", "/assets/chunk-WGYHZOPC.js", "/assets/chunk-XI4ADSFO.js", "/assets/chunk-JIBEW5TK.js", "/assets/chunk-VBXQKP6W.js", "/assets/chunk-KN2DEMPL.js", "/assets/chunk-R7EINL7U.js", "/assets/chunk-ME26O2HJ.js", "/assets/chunk-EV64E42B.js", "/assets/chunk-EIHL7LVD.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-NVHDD6DZ.js", "/assets/chunk-EJLRGYSF.js", "/assets/chunk-AUUGQTGQ.js", "/assets/chunk-2K6ZDIHH.js", "/assets/chunk-537ASV3K.js", "/assets/chunk-JDNFCRG2.js", "/assets/chunk-B5WN6FNH.js", "/assets/chunk-LHQWPV4C.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-PHZCHNHS.js", "/assets/chunk-A4ISX26M.js", "/assets/chunk-EJLRGYSF.js", "/assets/chunk-AUUGQTGQ.js", "/assets/chunk-2K6ZDIHH.js", "/assets/chunk-537ASV3K.js", "/assets/chunk-JDNFCRG2.js", "/assets/chunk-LHQWPV4C.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-IF56NQLL.js", "/assets/chunk-A4ISX26M.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-EMGMX5IR.js", "/assets/chunk-537ASV3K.js", "/assets/chunk-JDNFCRG2.js", "/assets/chunk-2K6ZDIHH.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-D4AP653F.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-4CSC3OM5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-4CSC3OM5.js"),
        gzip: include_bytes!("assets/app-4CSC3OM5.js.gz"),
        brotli: include_bytes!("assets/app-4CSC3OM5.js.br"),
    },
    Asset {
        name: "app-D4AP653F.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-D4AP653F.css"),
        gzip: include_bytes!("assets/app-D4AP653F.css.gz"),
        brotli: include_bytes!("assets/app-D4AP653F.css.br"),
    },
    Asset {
        name: "chunk-2K6ZDIHH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2K6ZDIHH.js"),
        gzip: include_bytes!("assets/chunk-2K6ZDIHH.js.gz"),
        brotli: include_bytes!("assets/chunk-2K6ZDIHH.js.br"),
    },
    Asset {
        name: "chunk-537ASV3K.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-537ASV3K.js"),
        gzip: include_bytes!("assets/chunk-537ASV3K.js.gz"),
        brotli: include_bytes!("assets/chunk-537ASV3K.js.br"),
    },
    Asset {
        name: "chunk-A4ISX26M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-A4ISX26M.js"),
        gzip: include_bytes!("assets/chunk-A4ISX26M.js.gz"),
        brotli: include_bytes!("assets/chunk-A4ISX26M.js.br"),
    },
    Asset {
        name: "chunk-AUUGQTGQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AUUGQTGQ.js"),
        gzip: include_bytes!("assets/chunk-AUUGQTGQ.js.gz"),
        brotli: include_bytes!("assets/chunk-AUUGQTGQ.js.br"),
    },
    Asset {
        name: "chunk-B5WN6FNH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-B5WN6FNH.js"),
        gzip: include_bytes!("assets/chunk-B5WN6FNH.js.gz"),
        brotli: include_bytes!("assets/chunk-B5WN6FNH.js.br"),
    },
    Asset {
        name: "chunk-EIHL7LVD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EIHL7LVD.js"),
        gzip: include_bytes!("assets/chunk-EIHL7LVD.js.gz"),
        brotli: include_bytes!("assets/chunk-EIHL7LVD.js.br"),
    },
    Asset {
        name: "chunk-EJLRGYSF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EJLRGYSF.js"),
        gzip: include_bytes!("assets/chunk-EJLRGYSF.js.gz"),
        brotli: include_bytes!("assets/chunk-EJLRGYSF.js.br"),
    },
    Asset {
        name: "chunk-EV64E42B.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EV64E42B.js"),
        gzip: include_bytes!("assets/chunk-EV64E42B.js.gz"),
        brotli: include_bytes!("assets/chunk-EV64E42B.js.br"),
    },
    Asset {
        name: "chunk-GQ3M3PUV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GQ3M3PUV.js"),
        gzip: include_bytes!("assets/chunk-GQ3M3PUV.js.gz"),
        brotli: include_bytes!("assets/chunk-GQ3M3PUV.js.br"),
    },
    Asset {
        name: "chunk-JDNFCRG2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JDNFCRG2.js"),
        gzip: include_bytes!("assets/chunk-JDNFCRG2.js.gz"),
        brotli: include_bytes!("assets/chunk-JDNFCRG2.js.br"),
    },
    Asset {
        name: "chunk-JIBEW5TK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JIBEW5TK.js"),
        gzip: include_bytes!("assets/chunk-JIBEW5TK.js.gz"),
        brotli: include_bytes!("assets/chunk-JIBEW5TK.js.br"),
    },
    Asset {
        name: "chunk-KN2DEMPL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-KN2DEMPL.js"),
        gzip: include_bytes!("assets/chunk-KN2DEMPL.js.gz"),
        brotli: include_bytes!("assets/chunk-KN2DEMPL.js.br"),
    },
    Asset {
        name: "chunk-LHQWPV4C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LHQWPV4C.js"),
        gzip: include_bytes!("assets/chunk-LHQWPV4C.js.gz"),
        brotli: include_bytes!("assets/chunk-LHQWPV4C.js.br"),
    },
    Asset {
        name: "chunk-ME26O2HJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ME26O2HJ.js"),
        gzip: include_bytes!("assets/chunk-ME26O2HJ.js.gz"),
        brotli: include_bytes!("assets/chunk-ME26O2HJ.js.br"),
    },
    Asset {
        name: "chunk-QLQJUVB2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QLQJUVB2.js"),
        gzip: include_bytes!("assets/chunk-QLQJUVB2.js.gz"),
        brotli: include_bytes!("assets/chunk-QLQJUVB2.js.br"),
    },
    Asset {
        name: "chunk-R7EINL7U.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-R7EINL7U.js"),
        gzip: include_bytes!("assets/chunk-R7EINL7U.js.gz"),
        brotli: include_bytes!("assets/chunk-R7EINL7U.js.br"),
    },
    Asset {
        name: "chunk-RK7YYWIQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RK7YYWIQ.js"),
        gzip: include_bytes!("assets/chunk-RK7YYWIQ.js.gz"),
        brotli: include_bytes!("assets/chunk-RK7YYWIQ.js.br"),
    },
    Asset {
        name: "chunk-VBXQKP6W.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VBXQKP6W.js"),
        gzip: include_bytes!("assets/chunk-VBXQKP6W.js.gz"),
        brotli: include_bytes!("assets/chunk-VBXQKP6W.js.br"),
    },
    Asset {
        name: "chunk-WGYHZOPC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WGYHZOPC.js"),
        gzip: include_bytes!("assets/chunk-WGYHZOPC.js.gz"),
        brotli: include_bytes!("assets/chunk-WGYHZOPC.js.br"),
    },
    Asset {
        name: "chunk-XI4ADSFO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-XI4ADSFO.js"),
        gzip: include_bytes!("assets/chunk-XI4ADSFO.js.gz"),
        brotli: include_bytes!("assets/chunk-XI4ADSFO.js.br"),
    },
    Asset {
        name: "chunk-XJPLIYA4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-XJPLIYA4.js"),
        gzip: include_bytes!("assets/chunk-XJPLIYA4.js.gz"),
        brotli: include_bytes!("assets/chunk-XJPLIYA4.js.br"),
    },
    Asset {
        name: "chunk-ZVFT5LIM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZVFT5LIM.js"),
        gzip: include_bytes!("assets/chunk-ZVFT5LIM.js.gz"),
        brotli: include_bytes!("assets/chunk-ZVFT5LIM.js.br"),
    },
    Asset {
        name: "create-R6HX3IHA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-R6HX3IHA.js"),
        gzip: include_bytes!("assets/create-R6HX3IHA.js.gz"),
        brotli: include_bytes!("assets/create-R6HX3IHA.js.br"),
    },
    Asset {
        name: "edit-subject-URF7DT5U.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-URF7DT5U.js"),
        gzip: include_bytes!("assets/edit-subject-URF7DT5U.js.gz"),
        brotli: include_bytes!("assets/edit-subject-URF7DT5U.js.br"),
    },
    Asset {
        name: "field-form-XXBPQTGJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-XXBPQTGJ.js"),
        gzip: include_bytes!("assets/field-form-XXBPQTGJ.js.gz"),
        brotli: include_bytes!("assets/field-form-XXBPQTGJ.js.br"),
    },
    Asset {
        name: "import-OIJCQ3RX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-OIJCQ3RX.js"),
        gzip: include_bytes!("assets/import-OIJCQ3RX.js.gz"),
        brotli: include_bytes!("assets/import-OIJCQ3RX.js.br"),
    },
    Asset {
        name: "list-IF56NQLL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-IF56NQLL.js"),
        gzip: include_bytes!("assets/list-IF56NQLL.js.gz"),
        brotli: include_bytes!("assets/list-IF56NQLL.js.br"),
    },
    Asset {
        name: "page-EMGMX5IR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-EMGMX5IR.js"),
        gzip: include_bytes!("assets/page-EMGMX5IR.js.gz"),
        brotli: include_bytes!("assets/page-EMGMX5IR.js.br"),
    },
    Asset {
        name: "page-K7VPWYBC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-K7VPWYBC.js"),
        gzip: include_bytes!("assets/page-K7VPWYBC.js.gz"),
        brotli: include_bytes!("assets/page-K7VPWYBC.js.br"),
    },
    Asset {
        name: "page-NVHDD6DZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-NVHDD6DZ.js"),
        gzip: include_bytes!("assets/page-NVHDD6DZ.js.gz"),
        brotli: include_bytes!("assets/page-NVHDD6DZ.js.br"),
    },
    Asset {
        name: "page-PHZCHNHS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PHZCHNHS.js"),
        gzip: include_bytes!("assets/page-PHZCHNHS.js.gz"),
        brotli: include_bytes!("assets/page-PHZCHNHS.js.br"),
    },
    Asset {
        name: "page-SXP2CQUG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-SXP2CQUG.js"),
        gzip: include_bytes!("assets/page-SXP2CQUG.js.gz"),
        brotli: include_bytes!("assets/page-SXP2CQUG.js.br"),
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
        name: "tokens-JTH6WL5Z.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-JTH6WL5Z.js"),
        gzip: include_bytes!("assets/tokens-JTH6WL5Z.js.gz"),
        brotli: include_bytes!("assets/tokens-JTH6WL5Z.js.br"),
    },
];
