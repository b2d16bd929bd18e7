// Written by web/build.mjs.
/// The script of the page.
pub const APP_SCRIPT: &str = "/assets/app-ZPBPZXNY.js";
/// What the script imports at once.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-PMXJZ2BU.js", "/assets/chunk-BHKPHXTW.js", "/assets/chunk-NI6HD6Z5.js", "/assets/chunk-3XOFRJBX.js", "/assets/chunk-QLQXOGRK.js", "/assets/chunk-J36B3YDP.js", "/assets/chunk-L4XEW3P4.js", "/assets/chunk-4FRVQBOA.js"];
/// What the view of `model` takes beside it.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-2QBGBE4N.js", "/assets/chunk-TQZ55OKG.js", "/assets/chunk-V3FP62IS.js", "/assets/chunk-BB45CIEY.js", "/assets/chunk-TROLVMD3.js", "/assets/chunk-JCVRLX6J.js", "/assets/chunk-2X5XTS2V.js"];
/// What the view of `nouns` takes beside it.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-INNODYVO.js", "/assets/chunk-VIJKCTUG.js", "/assets/chunk-TQZ55OKG.js", "/assets/chunk-V3FP62IS.js", "/assets/chunk-BB45CIEY.js", "/assets/chunk-JCVRLX6J.js", "/assets/chunk-2X5XTS2V.js"];
/// What the view of `list` takes beside it.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-CIM6VT57.js", "/assets/chunk-VIJKCTUG.js"];
/// What the view of `changes` takes beside it.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-FTFFOQSY.js", "/assets/chunk-2X5XTS2V.js", "/assets/chunk-BB45CIEY.js"];
/// The style sheet of the page.
pub const APP_STYLE: &str = "/assets/app-HQM7XRCU.css";
/// All files, by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-HQM7XRCU.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HQM7XRCU.css"),
        gzip: include_bytes!("assets/app-HQM7XRCU.css.gz"),
        brotli: include_bytes!("assets/app-HQM7XRCU.css.br"),
    },
    Asset {
        name: "app-ZPBPZXNY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-ZPBPZXNY.js"),
        gzip: include_bytes!("assets/app-ZPBPZXNY.js.gz"),
        brotli: include_bytes!("assets/app-ZPBPZXNY.js.br"),
    },
    Asset {
        name: "chunk-2X5XTS2V.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-2X5XTS2V.js"),
        gzip: include_bytes!("assets/chunk-2X5XTS2V.js.gz"),
        brotli: include_bytes!("assets/chunk-2X5XTS2V.js.br"),
    },
    Asset {
        name: "chunk-3XOFRJBX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3XOFRJBX.js"),
        gzip: include_bytes!("assets/chunk-3XOFRJBX.js.gz"),
        brotli: include_bytes!("assets/chunk-3XOFRJBX.js.br"),
    },
    Asset {
        name: "chunk-4FRVQBOA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4FRVQBOA.js"),
        gzip: include_bytes!("assets/chunk-4FRVQBOA.js.gz"),
        brotli: include_bytes!("assets/chunk-4FRVQBOA.js.br"),
    },
    Asset {
        name: "chunk-BB45CIEY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BB45CIEY.js"),
        gzip: include_bytes!("assets/chunk-BB45CIEY.js.gz"),
        brotli: include_bytes!("assets/chunk-BB45CIEY.js.br"),
    },
    Asset {
        name: "chunk-BG3FCNBN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BG3FCNBN.js"),
        gzip: include_bytes!("assets/chunk-BG3FCNBN.js.gz"),
        brotli: include_bytes!("assets/chunk-BG3FCNBN.js.br"),
    },
    Asset {
        name: "chunk-BHKPHXTW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BHKPHXTW.js"),
        gzip: include_bytes!("assets/chunk-BHKPHXTW.js.gz"),
        brotli: include_bytes!("assets/chunk-BHKPHXTW.js.br"),
    },
    Asset {
        name: "chunk-J36B3YDP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-J36B3YDP.js"),
        gzip: include_bytes!("assets/chunk-J36B3YDP.js.gz"),
        brotli: include_bytes!("assets/chunk-J36B3YDP.js.br"),
    },
    Asset {
        name: "chunk-JCVRLX6J.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JCVRLX6J.js"),
        gzip: include_bytes!("assets/chunk-JCVRLX6J.js.gz"),
        brotli: include_bytes!("assets/chunk-JCVRLX6J.js.br"),
    },
    Asset {
        name: "chunk-L4XEW3P4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-L4XEW3P4.js"),
        gzip: include_bytes!("assets/chunk-L4XEW3P4.js.gz"),
        brotli: include_bytes!("assets/chunk-L4XEW3P4.js.br"),
    },
    Asset {
        name: "chunk-NI6HD6Z5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NI6HD6Z5.js"),
        gzip: include_bytes!("assets/chunk-NI6HD6Z5.js.gz"),
        brotli: include_bytes!("assets/chunk-NI6HD6Z5.js.br"),
    },
    Asset {
        name: "chunk-PMXJZ2BU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PMXJZ2BU.js"),
        gzip: include_bytes!("assets/chunk-PMXJZ2BU.js.gz"),
        brotli: include_bytes!("assets/chunk-PMXJZ2BU.js.br"),
    },
    Asset {
        name: "chunk-QLQXOGRK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QLQXOGRK.js"),
        gzip: include_bytes!("assets/chunk-QLQXOGRK.js.gz"),
        brotli: include_bytes!("assets/chunk-QLQXOGRK.js.br"),
    },
    Asset {
        name: "chunk-TQZ55OKG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TQZ55OKG.js"),
        gzip: include_bytes!("assets/chunk-TQZ55OKG.js.gz"),
        brotli: include_bytes!("assets/chunk-TQZ55OKG.js.br"),
    },
    Asset {
        name: "chunk-TROLVMD3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TROLVMD3.js"),
        gzip: include_bytes!("assets/chunk-TROLVMD3.js.gz"),
        brotli: include_bytes!("assets/chunk-TROLVMD3.js.br"),
    },
    Asset {
        name: "chunk-V3FP62IS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-V3FP62IS.js"),
        gzip: include_bytes!("assets/chunk-V3FP62IS.js.gz"),
        brotli: include_bytes!("assets/chunk-V3FP62IS.js.br"),
    },
    Asset {
        name: "chunk-VIJKCTUG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VIJKCTUG.js"),
        gzip: include_bytes!("assets/chunk-VIJKCTUG.js.gz"),
        brotli: include_bytes!("assets/chunk-VIJKCTUG.js.br"),
    },
    Asset {
        name: "create-HYB7QHQS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-HYB7QHQS.js"),
        gzip: include_bytes!("assets/create-HYB7QHQS.js.gz"),
        brotli: include_bytes!("assets/create-HYB7QHQS.js.br"),
    },
    Asset {
        name: "import-3AZSPSZP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-3AZSPSZP.js"),
        gzip: include_bytes!("assets/import-3AZSPSZP.js.gz"),
        brotli: include_bytes!("assets/import-3AZSPSZP.js.br"),
    },
    Asset {
        name: "list-CIM6VT57.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-CIM6VT57.js"),
        gzip: include_bytes!("assets/list-CIM6VT57.js.gz"),
        brotli: include_bytes!("assets/list-CIM6VT57.js.br"),
    },
    Asset {
        name: "page-2QBGBE4N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-2QBGBE4N.js"),
        gzip: include_bytes!("assets/page-2QBGBE4N.js.gz"),
        brotli: include_bytes!("assets/page-2QBGBE4N.js.br"),
    },
    Asset {
        name: "page-FTFFOQSY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-FTFFOQSY.js"),
        gzip: include_bytes!("assets/page-FTFFOQSY.js.gz"),
        brotli: include_bytes!("assets/page-FTFFOQSY.js.br"),
    },
    Asset {
        name: "page-INNODYVO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-INNODYVO.js"),
        gzip: include_bytes!("assets/page-INNODYVO.js.gz"),
        brotli: include_bytes!("assets/page-INNODYVO.js.br"),
    },
    Asset {
        name: "page-JTMN4MNQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JTMN4MNQ.js"),
        gzip: include_bytes!("assets/page-JTMN4MNQ.js.gz"),
        brotli: include_bytes!("assets/page-JTMN4MNQ.js.br"),
    },
    Asset {
        name: "page-XVE2IZ2N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-XVE2IZ2N.js"),
        gzip: include_bytes!("assets/page-XVE2IZ2N.js.gz"),
        brotli: include_bytes!("assets/page-XVE2IZ2N.js.br"),
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
        name: "tokens-6LIPM67C.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-6LIPM67C.js"),
        gzip: include_bytes!("assets/tokens-6LIPM67C.js.gz"),
        brotli: include_bytes!("assets/tokens-6LIPM67C.js.br"),
    },
];
