// Written by web/build.mjs.
/// The script of all pages.
pub const APP_SCRIPT: &str = "/assets/app-CQ5Z5SWS.js";
/// The static imports of the script.
pub const APP_CHUNKS: &[&str] = &["/assets/chunk-3MNMYAAV.js", "/assets/chunk-DWZYALE6.js", "/assets/chunk-POM7I3D5.js", "/assets/chunk-JJCNRGBY.js", "/assets/chunk-G22WGCPR.js", "/assets/chunk-A7VX5XSW.js", "/assets/chunk-NF7AEGCH.js", "/assets/chunk-3HGREGTI.js", "/assets/chunk-7R24VXHR.js", "/assets/chunk-P5VFNNCK.js", "/assets/chunk-GUWMZATD.js"];
/// The further chunks of `src/app/model/page.tsx`.
pub const MODEL_CHUNKS: &[&str] = &["/assets/page-JMPSZ3A2.js", "/assets/chunk-XURLEIKC.js", "/assets/chunk-IJCXATA7.js", "/assets/chunk-ZJC4Z4NI.js", "/assets/chunk-R27PVCTH.js", "/assets/chunk-U4L4RKS7.js", "/assets/chunk-D7IOD6M2.js", "/assets/chunk-EWJFMHPC.js"];
/// The further chunks of `src/app/subjects/page.tsx`.
pub const SUBJECT_CHUNKS: &[&str] = &["/assets/page-HVUTZRHM.js", "/assets/chunk-BY36FW3D.js", "/assets/chunk-XURLEIKC.js", "/assets/chunk-IJCXATA7.js", "/assets/chunk-ZJC4Z4NI.js", "/assets/chunk-R27PVCTH.js", "/assets/chunk-U4L4RKS7.js", "/assets/chunk-EWJFMHPC.js"];
/// The further chunks of `src/app/subjects/list.tsx`.
pub const LIST_CHUNKS: &[&str] = &["/assets/list-XFYAI5E6.js", "/assets/chunk-BY36FW3D.js"];
/// The further chunks of `src/app/changes/page.tsx`.
pub const CHANGES_CHUNKS: &[&str] = &["/assets/page-CEW6OXLO.js", "/assets/chunk-R27PVCTH.js", "/assets/chunk-U4L4RKS7.js", "/assets/chunk-ZJC4Z4NI.js"];
/// The style sheet of all pages.
pub const APP_STYLE: &str = "/assets/app-H6JZWJU4.css";
/// All files, sorted by name.
pub const ASSETS: &[Asset] = &[
    Asset {
        name: "app-CQ5Z5SWS.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/app-CQ5Z5SWS.js"),
        gzip: include_bytes!("assets/app-CQ5Z5SWS.js.gz"),
        brotli: include_bytes!("assets/app-CQ5Z5SWS.js.br"),
    },
    Asset {
        name: "app-H6JZWJU4.css",
        media: "text/css; charset=utf-8",
        plain: include_bytes!("assets/app-H6JZWJU4.css"),
        gzip: include_bytes!("assets/app-H6JZWJU4.css.gz"),
        brotli: include_bytes!("assets/app-H6JZWJU4.css.br"),
    },
    Asset {
        name: "chunk-3HGREGTI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3HGREGTI.js"),
        gzip: include_bytes!("assets/chunk-3HGREGTI.js.gz"),
        brotli: include_bytes!("assets/chunk-3HGREGTI.js.br"),
    },
    Asset {
        name: "chunk-3MNMYAAV.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-3MNMYAAV.js"),
        gzip: include_bytes!("assets/chunk-3MNMYAAV.js.gz"),
        brotli: include_bytes!("assets/chunk-3MNMYAAV.js.br"),
    },
    Asset {
        name: "chunk-7R24VXHR.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-7R24VXHR.js"),
        gzip: include_bytes!("assets/chunk-7R24VXHR.js.gz"),
        brotli: include_bytes!("assets/chunk-7R24VXHR.js.br"),
    },
    Asset {
        name: "chunk-A7VX5XSW.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-A7VX5XSW.js"),
        gzip: include_bytes!("assets/chunk-A7VX5XSW.js.gz"),
        brotli: include_bytes!("assets/chunk-A7VX5XSW.js.br"),
    },
    Asset {
        name: "chunk-BY36FW3D.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-BY36FW3D.js"),
        gzip: include_bytes!("assets/chunk-BY36FW3D.js.gz"),
        brotli: include_bytes!("assets/chunk-BY36FW3D.js.br"),
    },
    Asset {
        name: "chunk-D7IOD6M2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-D7IOD6M2.js"),
        gzip: include_bytes!("assets/chunk-D7IOD6M2.js.gz"),
        brotli: include_bytes!("assets/chunk-D7IOD6M2.js.br"),
    },
    Asset {
        name: "chunk-DWZYALE6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-DWZYALE6.js"),
        gzip: include_bytes!("assets/chunk-DWZYALE6.js.gz"),
        brotli: include_bytes!("assets/chunk-DWZYALE6.js.br"),
    },
    Asset {
        name: "chunk-EWJFMHPC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EWJFMHPC.js"),
        gzip: include_bytes!("assets/chunk-EWJFMHPC.js.gz"),
        brotli: include_bytes!("assets/chunk-EWJFMHPC.js.br"),
    },
    Asset {
        name: "chunk-EYXZR45Q.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-EYXZR45Q.js"),
        gzip: include_bytes!("assets/chunk-EYXZR45Q.js.gz"),
        brotli: include_bytes!("assets/chunk-EYXZR45Q.js.br"),
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
        name: "chunk-IJCXATA7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-IJCXATA7.js"),
        gzip: include_bytes!("assets/chunk-IJCXATA7.js.gz"),
        brotli: include_bytes!("assets/chunk-IJCXATA7.js.br"),
    },
    Asset {
        name: "chunk-JJCNRGBY.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-JJCNRGBY.js"),
        gzip: include_bytes!("assets/chunk-JJCNRGBY.js.gz"),
        brotli: include_bytes!("assets/chunk-JJCNRGBY.js.br"),
    },
    Asset {
        name: "chunk-K3LLRTJJ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-K3LLRTJJ.js"),
        gzip: include_bytes!("assets/chunk-K3LLRTJJ.js.gz"),
        brotli: include_bytes!("assets/chunk-K3LLRTJJ.js.br"),
    },
    Asset {
        name: "chunk-MTYNS5HZ.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-MTYNS5HZ.js"),
        gzip: include_bytes!("assets/chunk-MTYNS5HZ.js.gz"),
        brotli: include_bytes!("assets/chunk-MTYNS5HZ.js.br"),
    },
    Asset {
        name: "chunk-NF7AEGCH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-NF7AEGCH.js"),
        gzip: include_bytes!("assets/chunk-NF7AEGCH.js.gz"),
        brotli: include_bytes!("assets/chunk-NF7AEGCH.js.br"),
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
        name: "chunk-R27PVCTH.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-R27PVCTH.js"),
        gzip: include_bytes!("assets/chunk-R27PVCTH.js.gz"),
        brotli: include_bytes!("assets/chunk-R27PVCTH.js.br"),
    },
    Asset {
        name: "chunk-U4L4RKS7.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-U4L4RKS7.js"),
        gzip: include_bytes!("assets/chunk-U4L4RKS7.js.gz"),
        brotli: include_bytes!("assets/chunk-U4L4RKS7.js.br"),
    },
    Asset {
        name: "chunk-XURLEIKC.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-XURLEIKC.js"),
        gzip: include_bytes!("assets/chunk-XURLEIKC.js.gz"),
        brotli: include_bytes!("assets/chunk-XURLEIKC.js.br"),
    },
    Asset {
        name: "chunk-ZJC4Z4NI.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/chunk-ZJC4Z4NI.js"),
        gzip: include_bytes!("assets/chunk-ZJC4Z4NI.js.gz"),
        brotli: include_bytes!("assets/chunk-ZJC4Z4NI.js.br"),
    },
    Asset {
        name: "create-YPNSWUFU.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/create-YPNSWUFU.js"),
        gzip: include_bytes!("assets/create-YPNSWUFU.js.gz"),
        brotli: include_bytes!("assets/create-YPNSWUFU.js.br"),
    },
    Asset {
        name: "edit-subject-ONZ7ERLK.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/edit-subject-ONZ7ERLK.js"),
        gzip: include_bytes!("assets/edit-subject-ONZ7ERLK.js.gz"),
        brotli: include_bytes!("assets/edit-subject-ONZ7ERLK.js.br"),
    },
    Asset {
        name: "field-form-FPKJS6CA.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/field-form-FPKJS6CA.js"),
        gzip: include_bytes!("assets/field-form-FPKJS6CA.js.gz"),
        brotli: include_bytes!("assets/field-form-FPKJS6CA.js.br"),
    },
    Asset {
        name: "import-KKZQRW7R.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/import-KKZQRW7R.js"),
        gzip: include_bytes!("assets/import-KKZQRW7R.js.gz"),
        brotli: include_bytes!("assets/import-KKZQRW7R.js.br"),
    },
    Asset {
        name: "list-XFYAI5E6.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/list-XFYAI5E6.js"),
        gzip: include_bytes!("assets/list-XFYAI5E6.js.gz"),
        brotli: include_bytes!("assets/list-XFYAI5E6.js.br"),
    },
    Asset {
        name: "page-6FS4KE7H.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-6FS4KE7H.js"),
        gzip: include_bytes!("assets/page-6FS4KE7H.js.gz"),
        brotli: include_bytes!("assets/page-6FS4KE7H.js.br"),
    },
    Asset {
        name: "page-7YE7PJH2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-7YE7PJH2.js"),
        gzip: include_bytes!("assets/page-7YE7PJH2.js.gz"),
        brotli: include_bytes!("assets/page-7YE7PJH2.js.br"),
    },
    Asset {
        name: "page-CEW6OXLO.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-CEW6OXLO.js"),
        gzip: include_bytes!("assets/page-CEW6OXLO.js.gz"),
        brotli: include_bytes!("assets/page-CEW6OXLO.js.br"),
    },
    Asset {
        name: "page-HVUTZRHM.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-HVUTZRHM.js"),
        gzip: include_bytes!("assets/page-HVUTZRHM.js.gz"),
        brotli: include_bytes!("assets/page-HVUTZRHM.js.br"),
    },
    Asset {
        name: "page-JMPSZ3A2.js",
        media: "text/javascript; charset=utf-8",
        plain: include_bytes!("assets/page-JMPSZ3A2.js"),
        gzip: include_bytes!("assets/page-JMPSZ3A2.js.gz"),
        brotli: include_bytes!("assets/page-JMPSZ3A2.js.br"),
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
