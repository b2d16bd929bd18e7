// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-TNJE22GG.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-K47ETB66.js", "/assets/chunk-MAKEJIST.js", "/assets/chunk-GHYC3URF.js", "/assets/chunk-VEVAUD75.js", "/assets/chunk-GGWB43RE.js", "/assets/chunk-UWQ6WSG6.js", "/assets/chunk-63ZM2M6T.js", "/assets/chunk-SKIINFWU.js", "/assets/chunk-AWVYHXGY.js", "/assets/chunk-OF5XCGG4.js", "/assets/chunk-AX4VZHSK.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-OJX5MR26.js", "/assets/chunk-GBQBJZAL.js", "/assets/chunk-RP6QL2PM.js", "/assets/chunk-BPYSOQ4H.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-Z2J74NT3.js", "/assets/chunk-TVMBUKNY.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-PBUVI27S.js", "/assets/chunk-CLF3I7EI.js", "/assets/chunk-GBQBJZAL.js", "/assets/chunk-RP6QL2PM.js", "/assets/chunk-BPYSOQ4H.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-TVMBUKNY.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-J676J4WX.js", "/assets/chunk-CLF3I7EI.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-AFSMVA4E.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-BPYSOQ4H.js"];
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
        name: "app-TNJE22GG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-TNJE22GG.js"),
        gzip: include_bytes!("assets/app-TNJE22GG.js.gz"),
        brotli: include_bytes!("assets/app-TNJE22GG.js.br"),
    },
    Asset {
        name: "chunk-3UTOF44D.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3UTOF44D.js"),
        gzip: include_bytes!("assets/chunk-3UTOF44D.js.gz"),
        brotli: include_bytes!("assets/chunk-3UTOF44D.js.br"),
    },
    Asset {
        name: "chunk-63ZM2M6T.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-63ZM2M6T.js"),
        gzip: include_bytes!("assets/chunk-63ZM2M6T.js.gz"),
        brotli: include_bytes!("assets/chunk-63ZM2M6T.js.br"),
    },
    Asset {
        name: "chunk-664RXKSB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-664RXKSB.js"),
        gzip: include_bytes!("assets/chunk-664RXKSB.js.gz"),
        brotli: include_bytes!("assets/chunk-664RXKSB.js.br"),
    },
    Asset {
        name: "chunk-7KUT6ICU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7KUT6ICU.js"),
        gzip: include_bytes!("assets/chunk-7KUT6ICU.js.gz"),
        brotli: include_bytes!("assets/chunk-7KUT6ICU.js.br"),
    },
    Asset {
        name: "chunk-AWVYHXGY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AWVYHXGY.js"),
        gzip: include_bytes!("assets/chunk-AWVYHXGY.js.gz"),
        brotli: include_bytes!("assets/chunk-AWVYHXGY.js.br"),
    },
    Asset {
        name: "chunk-AX4VZHSK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AX4VZHSK.js"),
        gzip: include_bytes!("assets/chunk-AX4VZHSK.js.gz"),
        brotli: include_bytes!("assets/chunk-AX4VZHSK.js.br"),
    },
    Asset {
        name: "chunk-BPYSOQ4H.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BPYSOQ4H.js"),
        gzip: include_bytes!("assets/chunk-BPYSOQ4H.js.gz"),
        brotli: include_bytes!("assets/chunk-BPYSOQ4H.js.br"),
    },
    Asset {
        name: "chunk-CLF3I7EI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-CLF3I7EI.js"),
        gzip: include_bytes!("assets/chunk-CLF3I7EI.js.gz"),
        brotli: include_bytes!("assets/chunk-CLF3I7EI.js.br"),
    },
    Asset {
        name: "chunk-F4UXTRSA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-F4UXTRSA.js"),
        gzip: include_bytes!("assets/chunk-F4UXTRSA.js.gz"),
        brotli: include_bytes!("assets/chunk-F4UXTRSA.js.br"),
    },
    Asset {
        name: "chunk-GBQBJZAL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GBQBJZAL.js"),
        gzip: include_bytes!("assets/chunk-GBQBJZAL.js.gz"),
        brotli: include_bytes!("assets/chunk-GBQBJZAL.js.br"),
    },
    Asset {
        name: "chunk-GGWB43RE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GGWB43RE.js"),
        gzip: include_bytes!("assets/chunk-GGWB43RE.js.gz"),
        brotli: include_bytes!("assets/chunk-GGWB43RE.js.br"),
    },
    Asset {
        name: "chunk-GHYC3URF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GHYC3URF.js"),
        gzip: include_bytes!("assets/chunk-GHYC3URF.js.gz"),
        brotli: include_bytes!("assets/chunk-GHYC3URF.js.br"),
    },
    Asset {
        name: "chunk-K47ETB66.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-K47ETB66.js"),
        gzip: include_bytes!("assets/chunk-K47ETB66.js.gz"),
        brotli: include_bytes!("assets/chunk-K47ETB66.js.br"),
    },
    Asset {
        name: "chunk-MAKEJIST.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MAKEJIST.js"),
        gzip: include_bytes!("assets/chunk-MAKEJIST.js.gz"),
        brotli: include_bytes!("assets/chunk-MAKEJIST.js.br"),
    },
    Asset {
        name: "chunk-OF5XCGG4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OF5XCGG4.js"),
        gzip: include_bytes!("assets/chunk-OF5XCGG4.js.gz"),
        brotli: include_bytes!("assets/chunk-OF5XCGG4.js.br"),
    },
    Asset {
        name: "chunk-RP6QL2PM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RP6QL2PM.js"),
        gzip: include_bytes!("assets/chunk-RP6QL2PM.js.gz"),
        brotli: include_bytes!("assets/chunk-RP6QL2PM.js.br"),
    },
    Asset {
        name: "chunk-SKIINFWU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SKIINFWU.js"),
        gzip: include_bytes!("assets/chunk-SKIINFWU.js.gz"),
        brotli: include_bytes!("assets/chunk-SKIINFWU.js.br"),
    },
    Asset {
        name: "chunk-TVMBUKNY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TVMBUKNY.js"),
        gzip: include_bytes!("assets/chunk-TVMBUKNY.js.gz"),
        brotli: include_bytes!("assets/chunk-TVMBUKNY.js.br"),
    },
    Asset {
        name: "chunk-UWQ6WSG6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UWQ6WSG6.js"),
        gzip: include_bytes!("assets/chunk-UWQ6WSG6.js.gz"),
        brotli: include_bytes!("assets/chunk-UWQ6WSG6.js.br"),
    },
    Asset {
        name: "chunk-VEVAUD75.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VEVAUD75.js"),
        gzip: include_bytes!("assets/chunk-VEVAUD75.js.gz"),
        brotli: include_bytes!("assets/chunk-VEVAUD75.js.br"),
    },
    Asset {
        name: "chunk-WZEDZEVK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-WZEDZEVK.js"),
        gzip: include_bytes!("assets/chunk-WZEDZEVK.js.gz"),
        brotli: include_bytes!("assets/chunk-WZEDZEVK.js.br"),
    },
    Asset {
        name: "chunk-Z2J74NT3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-Z2J74NT3.js"),
        gzip: include_bytes!("assets/chunk-Z2J74NT3.js.gz"),
        brotli: include_bytes!("assets/chunk-Z2J74NT3.js.br"),
    },
    Asset {
        name: "create-WFI5PTTZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-WFI5PTTZ.js"),
        gzip: include_bytes!("assets/create-WFI5PTTZ.js.gz"),
        brotli: include_bytes!("assets/create-WFI5PTTZ.js.br"),
    },
    Asset {
        name: "edit-subject-ZTKFR5LV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-ZTKFR5LV.js"),
        gzip: include_bytes!("assets/edit-subject-ZTKFR5LV.js.gz"),
        brotli: include_bytes!("assets/edit-subject-ZTKFR5LV.js.br"),
    },
    Asset {
        name: "field-form-HEHWVWUW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-HEHWVWUW.js"),
        gzip: include_bytes!("assets/field-form-HEHWVWUW.js.gz"),
        brotli: include_bytes!("assets/field-form-HEHWVWUW.js.br"),
    },
    Asset {
        name: "import-7SXQGMXB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-7SXQGMXB.js"),
        gzip: include_bytes!("assets/import-7SXQGMXB.js.gz"),
        brotli: include_bytes!("assets/import-7SXQGMXB.js.br"),
    },
    Asset {
        name: "list-J676J4WX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-J676J4WX.js"),
        gzip: include_bytes!("assets/list-J676J4WX.js.gz"),
        brotli: include_bytes!("assets/list-J676J4WX.js.br"),
    },
    Asset {
        name: "page-AFSMVA4E.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-AFSMVA4E.js"),
        gzip: include_bytes!("assets/page-AFSMVA4E.js.gz"),
        brotli: include_bytes!("assets/page-AFSMVA4E.js.br"),
    },
    Asset {
        name: "page-JQISJ7G5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JQISJ7G5.js"),
        gzip: include_bytes!("assets/page-JQISJ7G5.js.gz"),
        brotli: include_bytes!("assets/page-JQISJ7G5.js.br"),
    },
    Asset {
        name: "page-OJX5MR26.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-OJX5MR26.js"),
        gzip: include_bytes!("assets/page-OJX5MR26.js.gz"),
        brotli: include_bytes!("assets/page-OJX5MR26.js.br"),
    },
    Asset {
        name: "page-PBUVI27S.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PBUVI27S.js"),
        gzip: include_bytes!("assets/page-PBUVI27S.js.gz"),
        brotli: include_bytes!("assets/page-PBUVI27S.js.br"),
    },
    Asset {
        name: "page-QCDOVHEC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-QCDOVHEC.js"),
        gzip: include_bytes!("assets/page-QCDOVHEC.js.gz"),
        brotli: include_bytes!("assets/page-QCDOVHEC.js.br"),
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
        name: "tokens-N2QXVQAS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-N2QXVQAS.js"),
        gzip: include_bytes!("assets/tokens-N2QXVQAS.js.gz"),
        brotli: include_bytes!("assets/tokens-N2QXVQAS.js.br"),
    },
];
