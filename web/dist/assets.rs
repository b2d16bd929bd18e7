// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-O4ZNNK5V.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-GAANYNHF.js", "/assets/chunk-7LTRF7EB.js", "/assets/chunk-TUO46T4X.js", "/assets/chunk-JLQDR7PI.js", "/assets/chunk-I2BM7BNK.js", "/assets/chunk-ET4YKFOB.js", "/assets/chunk-3ODLFENI.js", "/assets/chunk-OPIO4WVY.js", "/assets/chunk-C25OICQB.js", "/assets/chunk-SZPKUJY4.js", "/assets/chunk-DGXAATDH.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-YFWQPIMV.js", "/assets/chunk-RSVMX2WS.js", "/assets/chunk-UEC6PNEL.js", "/assets/chunk-UK36VT4N.js", "/assets/chunk-4LT65J52.js", "/assets/chunk-BIWXPMQV.js", "/assets/chunk-QW5PSTTT.js", "/assets/chunk-76HTCYEE.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const NOUNS_CHUNKS: &[&str] = &["/assets/page-PTNQ34RJ.js", "/assets/chunk-7YZLX5YI.js", "/assets/chunk-RSVMX2WS.js", "/assets/chunk-UEC6PNEL.js", "/assets/chunk-UK36VT4N.js", "/assets/chunk-4LT65J52.js", "/assets/chunk-BIWXPMQV.js", "/assets/chunk-76HTCYEE.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-GQTPEFGR.js", "/assets/chunk-7YZLX5YI.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-HVETJVFX.js", "/assets/chunk-4LT65J52.js", "/assets/chunk-BIWXPMQV.js", "/assets/chunk-UK36VT4N.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "app-O4ZNNK5V.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-O4ZNNK5V.js"),
        gzip: include_bytes!("assets/app-O4ZNNK5V.js.gz"),
        brotli: include_bytes!("assets/app-O4ZNNK5V.js.br"),
    },
    Asset {
        name: "chunk-3ODLFENI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3ODLFENI.js"),
        gzip: include_bytes!("assets/chunk-3ODLFENI.js.gz"),
        brotli: include_bytes!("assets/chunk-3ODLFENI.js.br"),
    },
    Asset {
        name: "chunk-4LT65J52.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-4LT65J52.js"),
        gzip: include_bytes!("assets/chunk-4LT65J52.js.gz"),
        brotli: include_bytes!("assets/chunk-4LT65J52.js.br"),
    },
    Asset {
        name: "chunk-76HTCYEE.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-76HTCYEE.js"),
        gzip: include_bytes!("assets/chunk-76HTCYEE.js.gz"),
        brotli: include_bytes!("assets/chunk-76HTCYEE.js.br"),
    },
    Asset {
        name: "chunk-7LTRF7EB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7LTRF7EB.js"),
        gzip: include_bytes!("assets/chunk-7LTRF7EB.js.gz"),
        brotli: include_bytes!("assets/chunk-7LTRF7EB.js.br"),
    },
    Asset {
        name: "chunk-7YZLX5YI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7YZLX5YI.js"),
        gzip: include_bytes!("assets/chunk-7YZLX5YI.js.gz"),
        brotli: include_bytes!("assets/chunk-7YZLX5YI.js.br"),
    },
    Asset {
        name: "chunk-BIWXPMQV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BIWXPMQV.js"),
        gzip: include_bytes!("assets/chunk-BIWXPMQV.js.gz"),
        brotli: include_bytes!("assets/chunk-BIWXPMQV.js.br"),
    },
    Asset {
        name: "chunk-C25OICQB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-C25OICQB.js"),
        gzip: include_bytes!("assets/chunk-C25OICQB.js.gz"),
        brotli: include_bytes!("assets/chunk-C25OICQB.js.br"),
    },
    Asset {
        name: "chunk-DGXAATDH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DGXAATDH.js"),
        gzip: include_bytes!("assets/chunk-DGXAATDH.js.gz"),
        brotli: include_bytes!("assets/chunk-DGXAATDH.js.br"),
    },
    Asset {
        name: "chunk-ET4YKFOB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ET4YKFOB.js"),
        gzip: include_bytes!("assets/chunk-ET4YKFOB.js.gz"),
        brotli: include_bytes!("assets/chunk-ET4YKFOB.js.br"),
    },
    Asset {
        name: "chunk-GAANYNHF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-GAANYNHF.js"),
        gzip: include_bytes!("assets/chunk-GAANYNHF.js.gz"),
        brotli: include_bytes!("assets/chunk-GAANYNHF.js.br"),
    },
    Asset {
        name: "chunk-HJHDBKQC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-HJHDBKQC.js"),
        gzip: include_bytes!("assets/chunk-HJHDBKQC.js.gz"),
        brotli: include_bytes!("assets/chunk-HJHDBKQC.js.br"),
    },
    Asset {
        name: "chunk-I2BM7BNK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-I2BM7BNK.js"),
        gzip: include_bytes!("assets/chunk-I2BM7BNK.js.gz"),
        brotli: include_bytes!("assets/chunk-I2BM7BNK.js.br"),
    },
    Asset {
        name: "chunk-JLQDR7PI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JLQDR7PI.js"),
        gzip: include_bytes!("assets/chunk-JLQDR7PI.js.gz"),
        brotli: include_bytes!("assets/chunk-JLQDR7PI.js.br"),
    },
    Asset {
        name: "chunk-LM3OCHUK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-LM3OCHUK.js"),
        gzip: include_bytes!("assets/chunk-LM3OCHUK.js.gz"),
        brotli: include_bytes!("assets/chunk-LM3OCHUK.js.br"),
    },
    Asset {
        name: "chunk-OPIO4WVY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-OPIO4WVY.js"),
        gzip: include_bytes!("assets/chunk-OPIO4WVY.js.gz"),
        brotli: include_bytes!("assets/chunk-OPIO4WVY.js.br"),
    },
    Asset {
        name: "chunk-QW5PSTTT.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-QW5PSTTT.js"),
        gzip: include_bytes!("assets/chunk-QW5PSTTT.js.gz"),
        brotli: include_bytes!("assets/chunk-QW5PSTTT.js.br"),
    },
    Asset {
        name: "chunk-RSVMX2WS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-RSVMX2WS.js"),
        gzip: include_bytes!("assets/chunk-RSVMX2WS.js.gz"),
        brotli: include_bytes!("assets/chunk-RSVMX2WS.js.br"),
    },
    Asset {
        name: "chunk-SZPKUJY4.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-SZPKUJY4.js"),
        gzip: include_bytes!("assets/chunk-SZPKUJY4.js.gz"),
        brotli: include_bytes!("assets/chunk-SZPKUJY4.js.br"),
    },
    Asset {
        name: "chunk-TUO46T4X.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-TUO46T4X.js"),
        gzip: include_bytes!("assets/chunk-TUO46T4X.js.gz"),
        brotli: include_bytes!("assets/chunk-TUO46T4X.js.br"),
    },
    Asset {
        name: "chunk-U3456YOS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-U3456YOS.js"),
        gzip: include_bytes!("assets/chunk-U3456YOS.js.gz"),
        brotli: include_bytes!("assets/chunk-U3456YOS.js.br"),
    },
    Asset {
        name: "chunk-UEC6PNEL.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UEC6PNEL.js"),
        gzip: include_bytes!("assets/chunk-UEC6PNEL.js.gz"),
        brotli: include_bytes!("assets/chunk-UEC6PNEL.js.br"),
    },
    Asset {
        name: "chunk-UK36VT4N.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-UK36VT4N.js"),
        gzip: include_bytes!("assets/chunk-UK36VT4N.js.gz"),
        brotli: include_bytes!("assets/chunk-UK36VT4N.js.br"),
    },
    Asset {
        name: "create-DLCE4QE6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-DLCE4QE6.js"),
        gzip: include_bytes!("assets/create-DLCE4QE6.js.gz"),
        brotli: include_bytes!("assets/create-DLCE4QE6.js.br"),
    },
    Asset {
        name: "edit-subject-7RH4CCOW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-7RH4CCOW.js"),
        gzip: include_bytes!("assets/edit-subject-7RH4CCOW.js.gz"),
        brotli: include_bytes!("assets/edit-subject-7RH4CCOW.js.br"),
    },
    Asset {
        name: "field-form-P4Y5MFP6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-P4Y5MFP6.js"),
        gzip: include_bytes!("assets/field-form-P4Y5MFP6.js.gz"),
        brotli: include_bytes!("assets/field-form-P4Y5MFP6.js.br"),
    },
    Asset {
        name: "import-QBIMCMRU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-QBIMCMRU.js"),
        gzip: include_bytes!("assets/import-QBIMCMRU.js.gz"),
        brotli: include_bytes!("assets/import-QBIMCMRU.js.br"),
    },
    Asset {
        name: "list-GQTPEFGR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-GQTPEFGR.js"),
        gzip: include_bytes!("assets/list-GQTPEFGR.js.gz"),
        brotli: include_bytes!("assets/list-GQTPEFGR.js.br"),
    },
    Asset {
        name: "page-HVETJVFX.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-HVETJVFX.js"),
        gzip: include_bytes!("assets/page-HVETJVFX.js.gz"),
        brotli: include_bytes!("assets/page-HVETJVFX.js.br"),
    },
    Asset {
        name: "page-JGAXH3JF.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JGAXH3JF.js"),
        gzip: include_bytes!("assets/page-JGAXH3JF.js.gz"),
        brotli: include_bytes!("assets/page-JGAXH3JF.js.br"),
    },
    Asset {
        name: "page-PTNQ34RJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-PTNQ34RJ.js"),
        gzip: include_bytes!("assets/page-PTNQ34RJ.js.gz"),
        brotli: include_bytes!("assets/page-PTNQ34RJ.js.br"),
    },
    Asset {
        name: "page-USETA2QB.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-USETA2QB.js"),
        gzip: include_bytes!("assets/page-USETA2QB.js.gz"),
        brotli: include_bytes!("assets/page-USETA2QB.js.br"),
    },
    Asset {
        name: "page-YFWQPIMV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-YFWQPIMV.js"),
        gzip: include_bytes!("assets/page-YFWQPIMV.js.gz"),
        brotli: include_bytes!("assets/page-YFWQPIMV.js.br"),
    },
    Asset {
        name: "playground-HV6SBTJL.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/playground-HV6SBTJL.css"),
        gzip: include_bytes!("assets/playground-HV6SBTJL.css.gz"),
        brotli: include_bytes!("assets/playground-HV6SBTJL.css.br"),
    },
    Asset {
        name: "playground-KASA5N7Y.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/playground-KASA5N7Y.js"),
        gzip: include_bytes!("assets/playground-KASA5N7Y.js.gz"),
        brotli: include_bytes!("assets/playground-KASA5N7Y.js.br"),
    },
    Asset {
        name: "tokens-RAWFAA5M.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/tokens-RAWFAA5M.js"),
        gzip: include_bytes!("assets/tokens-RAWFAA5M.js.gz"),
        brotli: include_bytes!("assets/tokens-RAWFAA5M.js.br"),
    },
];
