// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-GXN6AFDC.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-3MNMYAAV.js", "/assets/chunk-DWZYALE6.js", "/assets/chunk-POM7I3D5.js", "/assets/chunk-JJCNRGBY.js", "/assets/chunk-G22WGCPR.js", "/assets/chunk-UHOXJ5YQ.js", "/assets/chunk-DCWC3WQO.js", "/assets/chunk-AMBICEJA.js", "/assets/chunk-7R24VXHR.js", "/assets/chunk-P5VFNNCK.js", "/assets/chunk-GUWMZATD.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-DHITOUBB.js", "/assets/chunk-J6ON5WY3.js", "/assets/chunk-3DDKRDEP.js", "/assets/chunk-ZR2F5FH4.js", "/assets/chunk-7L52TNUO.js", "/assets/chunk-H76NJ5I3.js", "/assets/chunk-HCMUOV5Z.js", "/assets/chunk-YV3JNKNM.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-YXGJMG4T.js", "/assets/chunk-AUQHWQE3.js", "/assets/chunk-J6ON5WY3.js", "/assets/chunk-3DDKRDEP.js", "/assets/chunk-ZR2F5FH4.js", "/assets/chunk-7L52TNUO.js", "/assets/chunk-H76NJ5I3.js", "/assets/chunk-YV3JNKNM.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-5ZJDONMW.js", "/assets/chunk-AUQHWQE3.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-4VE3LKRN.js", "/assets/chunk-7L52TNUO.js", "/assets/chunk-H76NJ5I3.js", "/assets/chunk-ZR2F5FH4.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-GXN6AFDC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-GXN6AFDC.js"),
        gzip: include_bytes!("assets/app-GXN6AFDC.js.gz"),
        brotli: include_bytes!("assets/app-GXN6AFDC.js.br"),
    },
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "chunk-3DDKRDEP.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3DDKRDEP.js"),
        gzip: include_bytes!("assets/chunk-3DDKRDEP.js.gz"),
        brotli: include_bytes!("assets/chunk-3DDKRDEP.js.br"),
    },
    Asset {
        name: "chunk-3MNMYAAV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3MNMYAAV.js"),
        gzip: include_bytes!("assets/chunk-3MNMYAAV.js.gz"),
        brotli: include_bytes!("assets/chunk-3MNMYAAV.js.br"),
    },
    Asset {
        name: "chunk-7L52TNUO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7L52TNUO.js"),
        gzip: include_bytes!("assets/chunk-7L52TNUO.js.gz"),
        brotli: include_bytes!("assets/chunk-7L52TNUO.js.br"),
    },
    Asset {
        name: "chunk-7R24VXHR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7R24VXHR.js"),
        gzip: include_bytes!("assets/chunk-7R24VXHR.js.gz"),
        brotli: include_bytes!("assets/chunk-7R24VXHR.js.br"),
    },
    Asset {
        name: "chunk-AMBICEJA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AMBICEJA.js"),
        gzip: include_bytes!("assets/chunk-AMBICEJA.js.gz"),
        brotli: include_bytes!("assets/chunk-AMBICEJA.js.br"),
    },
    Asset {
        name: "chunk-AUQHWQE3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AUQHWQE3.js"),
        gzip: include_bytes!("assets/chunk-AUQHWQE3.js.gz"),
        brotli: include_bytes!("assets/chunk-AUQHWQE3.js.br"),
    },
    Asset {
        name: "chunk-BV2ABM73.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BV2ABM73.js"),
        gzip: include_bytes!("assets/chunk-BV2ABM73.js.gz"),
        brotli: include_bytes!("assets/chunk-BV2ABM73.js.br"),
    },
    Asset {
        name: "chunk-DCWC3WQO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DCWC3WQO.js"),
        gzip: include_bytes!("assets/chunk-DCWC3WQO.js.gz"),
        brotli: include_bytes!("assets/chunk-DCWC3WQO.js.br"),
    },
    Asset {
        name: "chunk-DWZYALE6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DWZYALE6.js"),
        gzip: include_bytes!("assets/chunk-DWZYALE6.js.gz"),
        brotli: include_bytes!("assets/chunk-DWZYALE6.js.br"),
    },
    Asset {
        name: "chunk-G22WGCPR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-G22WGCPR.js"),
        gzip: include_bytes!("assets/chunk-G22WGCPR.js.gz"),
        brotli: include_bytes!("assets/chunk-G22WGCPR.js.br"),
    },
    Asset {
        name: "chunk-GUWMZATD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GUWMZATD.js"),
        gzip: include_bytes!("assets/chunk-GUWMZATD.js.gz"),
        brotli: include_bytes!("assets/chunk-GUWMZATD.js.br"),
    },
    Asset {
        name: "chunk-H76NJ5I3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-H76NJ5I3.js"),
        gzip: include_bytes!("assets/chunk-H76NJ5I3.js.gz"),
        brotli: include_bytes!("assets/chunk-H76NJ5I3.js.br"),
    },
    Asset {
        name: "chunk-HCMUOV5Z.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HCMUOV5Z.js"),
        gzip: include_bytes!("assets/chunk-HCMUOV5Z.js.gz"),
        brotli: include_bytes!("assets/chunk-HCMUOV5Z.js.br"),
    },
    Asset {
        name: "chunk-J6ON5WY3.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-J6ON5WY3.js"),
        gzip: include_bytes!("assets/chunk-J6ON5WY3.js.gz"),
        brotli: include_bytes!("assets/chunk-J6ON5WY3.js.br"),
    },
    Asset {
        name: "chunk-JJCNRGBY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JJCNRGBY.js"),
        gzip: include_bytes!("assets/chunk-JJCNRGBY.js.gz"),
        brotli: include_bytes!("assets/chunk-JJCNRGBY.js.br"),
    },
    Asset {
        name: "chunk-JRVWFLGV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JRVWFLGV.js"),
        gzip: include_bytes!("assets/chunk-JRVWFLGV.js.gz"),
        brotli: include_bytes!("assets/chunk-JRVWFLGV.js.br"),
    },
    Asset {
        name: "chunk-MTYNS5HZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MTYNS5HZ.js"),
        gzip: include_bytes!("assets/chunk-MTYNS5HZ.js.gz"),
        brotli: include_bytes!("assets/chunk-MTYNS5HZ.js.br"),
    },
    Asset {
        name: "chunk-P5VFNNCK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-P5VFNNCK.js"),
        gzip: include_bytes!("assets/chunk-P5VFNNCK.js.gz"),
        brotli: include_bytes!("assets/chunk-P5VFNNCK.js.br"),
    },
    Asset {
        name: "chunk-POM7I3D5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-POM7I3D5.js"),
        gzip: include_bytes!("assets/chunk-POM7I3D5.js.gz"),
        brotli: include_bytes!("assets/chunk-POM7I3D5.js.br"),
    },
    Asset {
        name: "chunk-UHOXJ5YQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UHOXJ5YQ.js"),
        gzip: include_bytes!("assets/chunk-UHOXJ5YQ.js.gz"),
        brotli: include_bytes!("assets/chunk-UHOXJ5YQ.js.br"),
    },
    Asset {
        name: "chunk-YV3JNKNM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-YV3JNKNM.js"),
        gzip: include_bytes!("assets/chunk-YV3JNKNM.js.gz"),
        brotli: include_bytes!("assets/chunk-YV3JNKNM.js.br"),
    },
    Asset {
        name: "chunk-ZR2F5FH4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZR2F5FH4.js"),
        gzip: include_bytes!("assets/chunk-ZR2F5FH4.js.gz"),
        brotli: include_bytes!("assets/chunk-ZR2F5FH4.js.br"),
    },
    Asset {
        name: "create-GIRCWSL2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-GIRCWSL2.js"),
        gzip: include_bytes!("assets/create-GIRCWSL2.js.gz"),
        brotli: include_bytes!("assets/create-GIRCWSL2.js.br"),
    },
    Asset {
        name: "edit-subject-CIJUYQX7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-CIJUYQX7.js"),
        gzip: include_bytes!("assets/edit-subject-CIJUYQX7.js.gz"),
        brotli: include_bytes!("assets/edit-subject-CIJUYQX7.js.br"),
    },
    Asset {
        name: "field-form-Y5C66H4P.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-Y5C66H4P.js"),
        gzip: include_bytes!("assets/field-form-Y5C66H4P.js.gz"),
        brotli: include_bytes!("assets/field-form-Y5C66H4P.js.br"),
    },
    Asset {
        name: "import-NESJNFQW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-NESJNFQW.js"),
        gzip: include_bytes!("assets/import-NESJNFQW.js.gz"),
        brotli: include_bytes!("assets/import-NESJNFQW.js.br"),
    },
    Asset {
        name: "list-5ZJDONMW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-5ZJDONMW.js"),
        gzip: include_bytes!("assets/list-5ZJDONMW.js.gz"),
        brotli: include_bytes!("assets/list-5ZJDONMW.js.br"),
    },
    Asset {
        name: "page-4VE3LKRN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-4VE3LKRN.js"),
        gzip: include_bytes!("assets/page-4VE3LKRN.js.gz"),
        brotli: include_bytes!("assets/page-4VE3LKRN.js.br"),
    },
    Asset {
        name: "page-DHITOUBB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DHITOUBB.js"),
        gzip: include_bytes!("assets/page-DHITOUBB.js.gz"),
        brotli: include_bytes!("assets/page-DHITOUBB.js.br"),
    },
    Asset {
        name: "page-MG77JROU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-MG77JROU.js"),
        gzip: include_bytes!("assets/page-MG77JROU.js.gz"),
        brotli: include_bytes!("assets/page-MG77JROU.js.br"),
    },
    Asset {
        name: "page-PFSXUE2X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PFSXUE2X.js"),
        gzip: include_bytes!("assets/page-PFSXUE2X.js.gz"),
        brotli: include_bytes!("assets/page-PFSXUE2X.js.br"),
    },
    Asset {
        name: "page-YXGJMG4T.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-YXGJMG4T.js"),
        gzip: include_bytes!("assets/page-YXGJMG4T.js.gz"),
        brotli: include_bytes!("assets/page-YXGJMG4T.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "playground-KRTS2L6Y.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-KRTS2L6Y.js"),
        gzip: include_bytes!("assets/playground-KRTS2L6Y.js.gz"),
        brotli: include_bytes!("assets/playground-KRTS2L6Y.js.br"),
    },
    Asset {
        name: "tokens-FCMJISRU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-FCMJISRU.js"),
        gzip: include_bytes!("assets/tokens-FCMJISRU.js.gz"),
        brotli: include_bytes!("assets/tokens-FCMJISRU.js.br"),
    },
];
