// Written by web/build.mjs.
/// The script of the page.
pub const APP_SCRIPT: &str = "/assets/app-QVEDAJER.js";
/// What the script imports at once.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-ONEUMYKG.js", "/assets/chunk-DZ74EMB3.js", "/assets/chunk-DXN4TAA7.js", "/assets/chunk-MB3ZLLFX.js", "/assets/chunk-56PPJEEH.js", "/assets/chunk-RACTTDH4.js", "/assets/chunk-4QTVJWIJ.js", "/assets/chunk-EXQNITK5.js"];
/// What the view of `model` takes beside it.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-MIVATTZA.js", "/assets/chunk-SNAFGF2M.js", "/assets/chunk-OAKTMCS2.js", "/assets/chunk-PTRCAAZT.js", "/assets/chunk-AIBF7GEE.js", "/assets/chunk-BCDIN7IY.js"];
/// What the view of `nouns` takes beside it.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-JQLWKUU4.js", "/assets/chunk-TA7KGQEH.js", "/assets/chunk-SNAFGF2M.js", "/assets/chunk-OAKTMCS2.js", "/assets/chunk-PTRCAAZT.js", "/assets/chunk-BCDIN7IY.js"];
/// What the view of `list` takes beside it.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-SS4XZRXN.js", "/assets/chunk-TA7KGQEH.js"];
/// What the view of `changes` takes beside it.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-WCP65KLE.js", "/assets/chunk-OAKTMCS2.js", "/assets/chunk-PTRCAAZT.js"];
/// The style sheet of the page.
pub const APP_STYLE: &str = "/assets/app-E5IPQ4CS.css";
/// All files, by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-E5IPQ4CS.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-E5IPQ4CS.css"),
        gzip: include_bytes!("assets/app-E5IPQ4CS.css.gz"),
        brotli: include_bytes!("assets/app-E5IPQ4CS.css.br"),
    },
    Asset {
        name: "app-QVEDAJER.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-QVEDAJER.js"),
        gzip: include_bytes!("assets/app-QVEDAJER.js.gz"),
        brotli: include_bytes!("assets/app-QVEDAJER.js.br"),
    },
    Asset {
        name: "chunk-2QH24OTU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2QH24OTU.js"),
        gzip: include_bytes!("assets/chunk-2QH24OTU.js.gz"),
        brotli: include_bytes!("assets/chunk-2QH24OTU.js.br"),
    },
    Asset {
        name: "chunk-4QTVJWIJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4QTVJWIJ.js"),
        gzip: include_bytes!("assets/chunk-4QTVJWIJ.js.gz"),
        brotli: include_bytes!("assets/chunk-4QTVJWIJ.js.br"),
    },
    Asset {
        name: "chunk-56PPJEEH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-56PPJEEH.js"),
        gzip: include_bytes!("assets/chunk-56PPJEEH.js.gz"),
        brotli: include_bytes!("assets/chunk-56PPJEEH.js.br"),
    },
    Asset {
        name: "chunk-73733CPC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-73733CPC.js"),
        gzip: include_bytes!("assets/chunk-73733CPC.js.gz"),
        brotli: include_bytes!("assets/chunk-73733CPC.js.br"),
    },
    Asset {
        name: "chunk-AIBF7GEE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AIBF7GEE.js"),
        gzip: include_bytes!("assets/chunk-AIBF7GEE.js.gz"),
        brotli: include_bytes!("assets/chunk-AIBF7GEE.js.br"),
    },
    Asset {
        name: "chunk-BCDIN7IY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BCDIN7IY.js"),
        gzip: include_bytes!("assets/chunk-BCDIN7IY.js.gz"),
        brotli: include_bytes!("assets/chunk-BCDIN7IY.js.br"),
    },
    Asset {
        name: "chunk-DXN4TAA7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DXN4TAA7.js"),
        gzip: include_bytes!("assets/chunk-DXN4TAA7.js.gz"),
        brotli: include_bytes!("assets/chunk-DXN4TAA7.js.br"),
    },
    Asset {
        name: "chunk-DZ74EMB3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DZ74EMB3.js"),
        gzip: include_bytes!("assets/chunk-DZ74EMB3.js.gz"),
        brotli: include_bytes!("assets/chunk-DZ74EMB3.js.br"),
    },
    Asset {
        name: "chunk-EXQNITK5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EXQNITK5.js"),
        gzip: include_bytes!("assets/chunk-EXQNITK5.js.gz"),
        brotli: include_bytes!("assets/chunk-EXQNITK5.js.br"),
    },
    Asset {
        name: "chunk-GKO4L3WK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GKO4L3WK.js"),
        gzip: include_bytes!("assets/chunk-GKO4L3WK.js.gz"),
        brotli: include_bytes!("assets/chunk-GKO4L3WK.js.br"),
    },
    Asset {
        name: "chunk-MB3ZLLFX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MB3ZLLFX.js"),
        gzip: include_bytes!("assets/chunk-MB3ZLLFX.js.gz"),
        brotli: include_bytes!("assets/chunk-MB3ZLLFX.js.br"),
    },
    Asset {
        name: "chunk-OAKTMCS2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OAKTMCS2.js"),
        gzip: include_bytes!("assets/chunk-OAKTMCS2.js.gz"),
        brotli: include_bytes!("assets/chunk-OAKTMCS2.js.br"),
    },
    Asset {
        name: "chunk-ONEUMYKG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ONEUMYKG.js"),
        gzip: include_bytes!("assets/chunk-ONEUMYKG.js.gz"),
        brotli: include_bytes!("assets/chunk-ONEUMYKG.js.br"),
    },
    Asset {
        name: "chunk-PTRCAAZT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PTRCAAZT.js"),
        gzip: include_bytes!("assets/chunk-PTRCAAZT.js.gz"),
        brotli: include_bytes!("assets/chunk-PTRCAAZT.js.br"),
    },
    Asset {
        name: "chunk-RACTTDH4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RACTTDH4.js"),
        gzip: include_bytes!("assets/chunk-RACTTDH4.js.gz"),
        brotli: include_bytes!("assets/chunk-RACTTDH4.js.br"),
    },
    Asset {
        name: "chunk-SNAFGF2M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SNAFGF2M.js"),
        gzip: include_bytes!("assets/chunk-SNAFGF2M.js.gz"),
        brotli: include_bytes!("assets/chunk-SNAFGF2M.js.br"),
    },
    Asset {
        name: "chunk-TA7KGQEH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TA7KGQEH.js"),
        gzip: include_bytes!("assets/chunk-TA7KGQEH.js.gz"),
        brotli: include_bytes!("assets/chunk-TA7KGQEH.js.br"),
    },
    Asset {
        name: "create-XCUELXJL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-XCUELXJL.js"),
        gzip: include_bytes!("assets/create-XCUELXJL.js.gz"),
        brotli: include_bytes!("assets/create-XCUELXJL.js.br"),
    },
    Asset {
        name: "fact-form-KA5AORGU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/fact-form-KA5AORGU.js"),
        gzip: include_bytes!("assets/fact-form-KA5AORGU.js.gz"),
        brotli: include_bytes!("assets/fact-form-KA5AORGU.js.br"),
    },
    Asset {
        name: "import-6JREV2J2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-6JREV2J2.js"),
        gzip: include_bytes!("assets/import-6JREV2J2.js.gz"),
        brotli: include_bytes!("assets/import-6JREV2J2.js.br"),
    },
    Asset {
        name: "list-SS4XZRXN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-SS4XZRXN.js"),
        gzip: include_bytes!("assets/list-SS4XZRXN.js.gz"),
        brotli: include_bytes!("assets/list-SS4XZRXN.js.br"),
    },
    Asset {
        name: "page-JGUMSFKM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JGUMSFKM.js"),
        gzip: include_bytes!("assets/page-JGUMSFKM.js.gz"),
        brotli: include_bytes!("assets/page-JGUMSFKM.js.br"),
    },
    Asset {
        name: "page-JQLWKUU4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JQLWKUU4.js"),
        gzip: include_bytes!("assets/page-JQLWKUU4.js.gz"),
        brotli: include_bytes!("assets/page-JQLWKUU4.js.br"),
    },
    Asset {
        name: "page-MIVATTZA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-MIVATTZA.js"),
        gzip: include_bytes!("assets/page-MIVATTZA.js.gz"),
        brotli: include_bytes!("assets/page-MIVATTZA.js.br"),
    },
    Asset {
        name: "page-RAKXIEEY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-RAKXIEEY.js"),
        gzip: include_bytes!("assets/page-RAKXIEEY.js.gz"),
        brotli: include_bytes!("assets/page-RAKXIEEY.js.br"),
    },
    Asset {
        name: "page-WCP65KLE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-WCP65KLE.js"),
        gzip: include_bytes!("assets/page-WCP65KLE.js.gz"),
        brotli: include_bytes!("assets/page-WCP65KLE.js.br"),
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
        name: "subject-OLIA5365.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/subject-OLIA5365.js"),
        gzip: include_bytes!("assets/subject-OLIA5365.js.gz"),
        brotli: include_bytes!("assets/subject-OLIA5365.js.br"),
    },
    Asset {
        name: "tokens-6O46OKYT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-6O46OKYT.js"),
        gzip: include_bytes!("assets/tokens-6O46OKYT.js.gz"),
        brotli: include_bytes!("assets/tokens-6O46OKYT.js.br"),
    },
];
