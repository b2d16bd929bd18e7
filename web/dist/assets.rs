// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-2MHED7TL.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-K47ETB66.js", "/assets/chunk-MAKEJIST.js", "/assets/chunk-GHYC3URF.js", "/assets/chunk-VEVAUD75.js", "/assets/chunk-GGWB43RE.js", "/assets/chunk-UWQ6WSG6.js", "/assets/chunk-63ZM2M6T.js", "/assets/chunk-SKIINFWU.js", "/assets/chunk-AWVYHXGY.js", "/assets/chunk-OF5XCGG4.js", "/assets/chunk-AX4VZHSK.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-HHFPWLNY.js", "/assets/chunk-RIIWZJED.js", "/assets/chunk-RP6QL2PM.js", "/assets/chunk-BPYSOQ4H.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-Z2J74NT3.js", "/assets/chunk-TVMBUKNY.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-PUNCH3S3.js", "/assets/chunk-CLF3I7EI.js", "/assets/chunk-RIIWZJED.js", "/assets/chunk-RP6QL2PM.js", "/assets/chunk-BPYSOQ4H.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-TVMBUKNY.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-J676J4WX.js", "/assets/chunk-CLF3I7EI.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-AFSMVA4E.js", "/assets/chunk-F4UXTRSA.js", "/assets/chunk-WZEDZEVK.js", "/assets/chunk-BPYSOQ4H.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-2MHED7TL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-2MHED7TL.js"),
        gzip: include_bytes!("assets/app-2MHED7TL.js.gz"),
        brotli: include_bytes!("assets/app-2MHED7TL.js.br"),
    },
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
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
        name: "chunk-N6WIGQTJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-N6WIGQTJ.js"),
        gzip: include_bytes!("assets/chunk-N6WIGQTJ.js.gz"),
        brotli: include_bytes!("assets/chunk-N6WIGQTJ.js.br"),
    },
    Asset {
        name: "chunk-OF5XCGG4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OF5XCGG4.js"),
        gzip: include_bytes!("assets/chunk-OF5XCGG4.js.gz"),
        brotli: include_bytes!("assets/chunk-OF5XCGG4.js.br"),
    },
    Asset {
        name: "chunk-OVXLEP26.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OVXLEP26.js"),
        gzip: include_bytes!("assets/chunk-OVXLEP26.js.gz"),
        brotli: include_bytes!("assets/chunk-OVXLEP26.js.br"),
    },
    Asset {
        name: "chunk-RIIWZJED.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RIIWZJED.js"),
        gzip: include_bytes!("assets/chunk-RIIWZJED.js.gz"),
        brotli: include_bytes!("assets/chunk-RIIWZJED.js.br"),
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
        name: "create-DT2J23DG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-DT2J23DG.js"),
        gzip: include_bytes!("assets/create-DT2J23DG.js.gz"),
        brotli: include_bytes!("assets/create-DT2J23DG.js.br"),
    },
    Asset {
        name: "edit-subject-ECPQOB7X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-ECPQOB7X.js"),
        gzip: include_bytes!("assets/edit-subject-ECPQOB7X.js.gz"),
        brotli: include_bytes!("assets/edit-subject-ECPQOB7X.js.br"),
    },
    Asset {
        name: "field-form-SZTUHNZW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-SZTUHNZW.js"),
        gzip: include_bytes!("assets/field-form-SZTUHNZW.js.gz"),
        brotli: include_bytes!("assets/field-form-SZTUHNZW.js.br"),
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
        name: "page-HHFPWLNY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-HHFPWLNY.js"),
        gzip: include_bytes!("assets/page-HHFPWLNY.js.gz"),
        brotli: include_bytes!("assets/page-HHFPWLNY.js.br"),
    },
    Asset {
        name: "page-JQISJ7G5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JQISJ7G5.js"),
        gzip: include_bytes!("assets/page-JQISJ7G5.js.gz"),
        brotli: include_bytes!("assets/page-JQISJ7G5.js.br"),
    },
    Asset {
        name: "page-PUNCH3S3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PUNCH3S3.js"),
        gzip: include_bytes!("assets/page-PUNCH3S3.js.gz"),
        brotli: include_bytes!("assets/page-PUNCH3S3.js.br"),
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
