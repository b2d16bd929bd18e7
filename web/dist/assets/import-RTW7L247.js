import{a as j}from"./chunk-GHB2I33Q.js";import"./chunk-PDURW2P2.js";import{c as F}from"./chunk-GPM33IJ7.js";import"./chunk-AZ4L5SB6.js";import{E as n,F as y,J as c,O as t,P as R,Q as S,a as N,c as l,p as w,u as C,y as E}from"./chunk-TZE2T6DJ.js";var I=S(`
  mutation Import($input: ImportCatalogInput!) {
    importCatalog(input: $input) {
      written
      created
      updated
      unchanged
      rejected
      rows {
        line
        row
        subjectType
        slug
        outcome
        changes { field before after }
        warnings { column raw message }
        problems { column raw message }
      }
    }
  }
`),J=["MARKDOWN","CSV","JSON","NDJSON","HUGGING_FACE","MODELS_DEV"],M={md:"MARKDOWN",csv:"CSV",json:"JSON",ndjson:"NDJSON",jsonl:"NDJSON"},D=500;function P(){let[s,u]=l(),[a,r]=l("MARKDOWN"),[o,i]=l(),[m,b]=l(),[A,O]=l(!1),[T,g]=l(!1);if(!w())return t(j,{title:n("import.title"),admin:!0});let h=async(e,p,d)=>{O(!0),b(void 0),i(void 0);try{let{importCatalog:f}=await C(I,{input:{content:e,format:p,dryRun:d}});i(f),f.written&&E()}catch(f){b(f)}finally{O(!1)}},v=async e=>{if(!e)return;let p=await e.text(),d=M[e.name.split(".").at(-1)?.toLowerCase()??""]??a;r(d),u({name:e.name,content:p}),await h(p,d,!0)};return t("div",{class:"page wide",children:[t("h1",{tabIndex:-1,children:n("import.title")}),t("p",{children:n("import.text")}),t("label",{class:T?"drop over":"drop",onDragOver:e=>(e.preventDefault(),g(!0)),onDragLeave:()=>g(!1),onDrop:e=>(e.preventDefault(),g(!1),void v(e.dataTransfer?.files[0])),children:[t("span",{children:s?s.name:n("import.drop")}),t("input",{type:"file",accept:".md,.csv,.json,.ndjson,.jsonl",onChange:e=>{v(e.currentTarget.files?.[0])}})]}),t("label",{class:"sub",children:[t("span",{children:n("import.format")}),t("select",{value:a,onChange:e=>{let p=e.currentTarget.value;r(p),s&&h(s.content,p,!0)},children:J.map(e=>t("option",{value:e,children:y("format",e)},e))})]}),A&&t("p",{class:"loading",role:"status",children:n("loading")}),m&&t(R,{error:m}),o&&t("section",{children:[t("h2",{children:n(o.written?"import.done":"import.report")}),t("p",{role:"status",children:n("import.counts",{created:c(o.created),updated:c(o.updated),unchanged:c(o.unchanged),rejected:c(o.rejected)})}),!o.written&&o.rejected>0&&t("p",{class:"error",children:n("import.rejected")}),!o.written&&o.rejected===0&&o.created+o.updated>0&&s&&t("p",{class:"buttons",children:t("button",{type:"button",class:"primary",onClick:()=>{h(s.content,a,!1)},children:n("import.apply")})}),t(x,{report:o})]})]})}function x({report:s}){let u=["REJECTED","CREATED","UPDATED","UNCHANGED"],a=[...s.rows].sort((r,o)=>u.indexOf(r.outcome)-u.indexOf(o.outcome)||r.line-o.line);return t(N,{children:[t("ol",{class:"revisions",children:a.slice(0,D).map((r,o)=>t("li",{class:"revision",children:[t("p",{children:[t("span",{class:"number",children:n("import.line",{line:r.line})})," ",t("strong",{children:r.row})," ",t("span",{class:`tag ${r.outcome.toLowerCase()}`,children:y("action",r.outcome)})]}),[...r.problems,...r.warnings].map((i,m)=>t("p",{class:m<r.problems.length?"error":"unit",children:[i.column,": ",i.message," ",i.raw&&t("q",{children:i.raw})]},m)),r.changes.length>0&&t("details",{children:[t("summary",{children:n("history.fields",{count:r.changes.length})}),t(F,{changes:r.changes})]})]},o))}),a.length>D&&t("p",{class:"unit",children:n("import.more",{count:c(a.length-D)})})]})}export{P as Import};
