// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-3CSDR4IB.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-EUAB7TTR.js", "/assets/chunk-QG2AOGAU.js", "/assets/chunk-SUZL54HC.js", "/assets/chunk-DOFXROST.js", "/assets/chunk-J4T357MA.js", "/assets/chunk-YBQLDUIG.js", "/assets/chunk-5HHRNY27.js", "/assets/chunk-I3BE7LXK.js", "/assets/chunk-PUF5GHUX.js", "/assets/chunk-VG3KDVMU.js", "/assets/chunk-AP5P3QHD.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-2L6LE3AT.js", "/assets/chunk-GS7BAWFC.js", "/assets/chunk-BNX22SAF.js", "/assets/chunk-VZ326ESN.js", "/assets/chunk-LOBQXM2Q.js", "/assets/chunk-UATBT36F.js", "/assets/chunk-HBQFY7VE.js", "/assets/chunk-BBL7Q6NU.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-DIZSA2AZ.js", "/assets/chunk-3LIYZDWY.js", "/assets/chunk-GS7BAWFC.js", "/assets/chunk-BNX22SAF.js", "/assets/chunk-VZ326ESN.js", "/assets/chunk-LOBQXM2Q.js", "/assets/chunk-UATBT36F.js", "/assets/chunk-BBL7Q6NU.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-N55C5X3H.js", "/assets/chunk-3LIYZDWY.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-UJ74JJFU.js", "/assets/chunk-LOBQXM2Q.js", "/assets/chunk-UATBT36F.js", "/assets/chunk-VZ326ESN.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-HB7LDPEF.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-3CSDR4IB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-3CSDR4IB.js"),
        gzip: include_bytes!("assets/app-3CSDR4IB.js.gz"),
        brotli: include_bytes!("assets/app-3CSDR4IB.js.br"),
    },
    Asset {
        name: "app-HB7LDPEF.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-HB7LDPEF.css"),
        gzip: include_bytes!("assets/app-HB7LDPEF.css.gz"),
        brotli: include_bytes!("assets/app-HB7LDPEF.css.br"),
    },
    Asset {
        name: "chunk-3LIYZDWY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3LIYZDWY.js"),
        gzip: include_bytes!("assets/chunk-3LIYZDWY.js.gz"),
        brotli: include_bytes!("assets/chunk-3LIYZDWY.js.br"),
    },
    Asset {
        name: "chunk-5HHRNY27.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-5HHRNY27.js"),
        gzip: include_bytes!("assets/chunk-5HHRNY27.js.gz"),
        brotli: include_bytes!("assets/chunk-5HHRNY27.js.br"),
    },
    Asset {
        name: "chunk-AP5P3QHD.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-AP5P3QHD.js"),
        gzip: include_bytes!("assets/chunk-AP5P3QHD.js.gz"),
        brotli: include_bytes!("assets/chunk-AP5P3QHD.js.br"),
    },
    Asset {
        name: "chunk-BBL7Q6NU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BBL7Q6NU.js"),
        gzip: include_bytes!("assets/chunk-BBL7Q6NU.js.gz"),
        brotli: include_bytes!("assets/chunk-BBL7Q6NU.js.br"),
    },
    Asset {
        name: "chunk-BNX22SAF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BNX22SAF.js"),
        gzip: include_bytes!("assets/chunk-BNX22SAF.js.gz"),
        brotli: include_bytes!("assets/chunk-BNX22SAF.js.br"),
    },
    Asset {
        name: "chunk-DOFXROST.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DOFXROST.js"),
        gzip: include_bytes!("assets/chunk-DOFXROST.js.gz"),
        brotli: include_bytes!("assets/chunk-DOFXROST.js.br"),
    },
    Asset {
        name: "chunk-EUAB7TTR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EUAB7TTR.js"),
        gzip: include_bytes!("assets/chunk-EUAB7TTR.js.gz"),
        brotli: include_bytes!("assets/chunk-EUAB7TTR.js.br"),
    },
    Asset {
        name: "chunk-GS7BAWFC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GS7BAWFC.js"),
        gzip: include_bytes!("assets/chunk-GS7BAWFC.js.gz"),
        brotli: include_bytes!("assets/chunk-GS7BAWFC.js.br"),
    },
    Asset {
        name: "chunk-HBQFY7VE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HBQFY7VE.js"),
        gzip: include_bytes!("assets/chunk-HBQFY7VE.js.gz"),
        brotli: include_bytes!("assets/chunk-HBQFY7VE.js.br"),
    },
    Asset {
        name: "chunk-HKLQL3EX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HKLQL3EX.js"),
        gzip: include_bytes!("assets/chunk-HKLQL3EX.js.gz"),
        brotli: include_bytes!("assets/chunk-HKLQL3EX.js.br"),
    },
    Asset {
        name: "chunk-I3BE7LXK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I3BE7LXK.js"),
        gzip: include_bytes!("assets/chunk-I3BE7LXK.js.gz"),
        brotli: include_bytes!("assets/chunk-I3BE7LXK.js.br"),
    },
    Asset {
        name: "chunk-J4T357MA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-J4T357MA.js"),
        gzip: include_bytes!("assets/chunk-J4T357MA.js.gz"),
        brotli: include_bytes!("assets/chunk-J4T357MA.js.br"),
    },
    Asset {
        name: "chunk-LMTRJSX5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LMTRJSX5.js"),
        gzip: include_bytes!("assets/chunk-LMTRJSX5.js.gz"),
        brotli: include_bytes!("assets/chunk-LMTRJSX5.js.br"),
    },
    Asset {
        name: "chunk-LOBQXM2Q.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LOBQXM2Q.js"),
        gzip: include_bytes!("assets/chunk-LOBQXM2Q.js.gz"),
        brotli: include_bytes!("assets/chunk-LOBQXM2Q.js.br"),
    },
    Asset {
        name: "chunk-ORXXINH5.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ORXXINH5.js"),
        gzip: include_bytes!("assets/chunk-ORXXINH5.js.gz"),
        brotli: include_bytes!("assets/chunk-ORXXINH5.js.br"),
    },
    Asset {
        name: "chunk-PUF5GHUX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-PUF5GHUX.js"),
        gzip: include_bytes!("assets/chunk-PUF5GHUX.js.gz"),
        brotli: include_bytes!("assets/chunk-PUF5GHUX.js.br"),
    },
    Asset {
        name: "chunk-QG2AOGAU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QG2AOGAU.js"),
        gzip: include_bytes!("assets/chunk-QG2AOGAU.js.gz"),
        brotli: include_bytes!("assets/chunk-QG2AOGAU.js.br"),
    },
    Asset {
        name: "chunk-SUZL54HC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SUZL54HC.js"),
        gzip: include_bytes!("assets/chunk-SUZL54HC.js.gz"),
        brotli: include_bytes!("assets/chunk-SUZL54HC.js.br"),
    },
    Asset {
        name: "chunk-UATBT36F.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UATBT36F.js"),
        gzip: include_bytes!("assets/chunk-UATBT36F.js.gz"),
        brotli: include_bytes!("assets/chunk-UATBT36F.js.br"),
    },
    Asset {
        name: "chunk-VG3KDVMU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VG3KDVMU.js"),
        gzip: include_bytes!("assets/chunk-VG3KDVMU.js.gz"),
        brotli: include_bytes!("assets/chunk-VG3KDVMU.js.br"),
    },
    Asset {
        name: "chunk-VZ326ESN.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-VZ326ESN.js"),
        gzip: include_bytes!("assets/chunk-VZ326ESN.js.gz"),
        brotli: include_bytes!("assets/chunk-VZ326ESN.js.br"),
    },
    Asset {
        name: "chunk-YBQLDUIG.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-YBQLDUIG.js"),
        gzip: include_bytes!("assets/chunk-YBQLDUIG.js.gz"),
        brotli: include_bytes!("assets/chunk-YBQLDUIG.js.br"),
    },
    Asset {
        name: "create-27YOGVEQ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-27YOGVEQ.js"),
        gzip: include_bytes!("assets/create-27YOGVEQ.js.gz"),
        brotli: include_bytes!("assets/create-27YOGVEQ.js.br"),
    },
    Asset {
        name: "edit-subject-S4XASJFJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-S4XASJFJ.js"),
        gzip: include_bytes!("assets/edit-subject-S4XASJFJ.js.gz"),
        brotli: include_bytes!("assets/edit-subject-S4XASJFJ.js.br"),
    },
    Asset {
        name: "field-form-NKIAMLDF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-NKIAMLDF.js"),
        gzip: include_bytes!("assets/field-form-NKIAMLDF.js.gz"),
        brotli: include_bytes!("assets/field-form-NKIAMLDF.js.br"),
    },
    Asset {
        name: "import-SMH42XJW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-SMH42XJW.js"),
        gzip: include_bytes!("assets/import-SMH42XJW.js.gz"),
        brotli: include_bytes!("assets/import-SMH42XJW.js.br"),
    },
    Asset {
        name: "list-N55C5X3H.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-N55C5X3H.js"),
        gzip: include_bytes!("assets/list-N55C5X3H.js.gz"),
        brotli: include_bytes!("assets/list-N55C5X3H.js.br"),
    },
    Asset {
        name: "page-2L6LE3AT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-2L6LE3AT.js"),
        gzip: include_bytes!("assets/page-2L6LE3AT.js.gz"),
        brotli: include_bytes!("assets/page-2L6LE3AT.js.br"),
    },
    Asset {
        name: "page-DIZSA2AZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-DIZSA2AZ.js"),
        gzip: include_bytes!("assets/page-DIZSA2AZ.js.gz"),
        brotli: include_bytes!("assets/page-DIZSA2AZ.js.br"),
    },
    Asset {
        name: "page-R6UIRDYU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-R6UIRDYU.js"),
        gzip: include_bytes!("assets/page-R6UIRDYU.js.gz"),
        brotli: include_bytes!("assets/page-R6UIRDYU.js.br"),
    },
    Asset {
        name: "page-T2ZCS644.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-T2ZCS644.js"),
        gzip: include_bytes!("assets/page-T2ZCS644.js.gz"),
        brotli: include_bytes!("assets/page-T2ZCS644.js.br"),
    },
    Asset {
        name: "page-UJ74JJFU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-UJ74JJFU.js"),
        gzip: include_bytes!("assets/page-UJ74JJFU.js.gz"),
        brotli: include_bytes!("assets/page-UJ74JJFU.js.br"),
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
        name: "tokens-REXU2FAX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-REXU2FAX.js"),
        gzip: include_bytes!("assets/tokens-REXU2FAX.js.gz"),
        brotli: include_bytes!("assets/tokens-REXU2FAX.js.br"),
    },
];
