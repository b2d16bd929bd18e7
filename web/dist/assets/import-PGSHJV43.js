import{a as T}from"./chunk-E7WCUMNF.js";import{c as w}from"./chunk-ICCOE7F7.js";import"./chunk-PGFLRAKI.js";import"./chunk-LCGBXVYH.js";import"./chunk-ABVUXYVY.js";import{c as S}from"./chunk-2AHMZD7I.js";import{c as m,h as j}from"./chunk-BAEBR76R.js";import"./chunk-3D2QGBJP.js";import{B as F,C as R,a as C,c as N,j as E,p as n,r as D,t,u as l}from"./chunk-DNN3VBVF.js";var M=R(`
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
`),q=["MARKDOWN","CSV","JSON","NDJSON","HUGGING_FACE","MODELS_DEV"],x={md:"MARKDOWN",csv:"CSV",json:"JSON",ndjson:"NDJSON",jsonl:"NDJSON"},O=500;function X(){let[s,u]=l(),[a,r]=l("MARKDOWN"),[o,i]=l(),[c,h]=l(),[A,b]=l(!1),[I,g]=l(!1);if(!E())return t(T,{title:n("import.title"),admin:!0});let y=async(e,p,d)=>{b(!0),h(void 0),i(void 0);try{let{importCatalog:f}=await F(M,{input:{content:e,format:p,dryRun:d}});i(f),f.written&&C.clear()}catch(f){h(f)}finally{b(!1)}},v=async e=>{if(!e)return;let p=await e.text(),d=x[e.name.split(".").at(-1)?.toLowerCase()??""]??a;r(d),u({name:e.name,content:p}),await y(p,d,!0)};return t("div",{class:"page wide",children:[t("h1",{tabIndex:-1,children:n("import.title")}),t("p",{children:n("import.text")}),t("label",{class:I?"drop over":"drop",onDragOver:e=>(e.preventDefault(),g(!0)),onDragLeave:()=>g(!1),onDrop:e=>(e.preventDefault(),g(!1),void v(e.dataTransfer?.files[0])),children:[t("span",{children:s?s.name:n("import.drop")}),t("input",{type:"file",accept:".md,.csv,.json,.ndjson,.jsonl",onChange:e=>{v(e.currentTarget.files?.[0])}})]}),t("label",{class:"sub",children:[t("span",{children:n("import.format")}),t("select",{value:a,onChange:e=>{let p=e.currentTarget.value;r(p),s&&y(s.content,p,!0)},children:q.map(e=>t("option",{value:e,children:D("ImportFormat",e)},e))})]}),A&&t("p",{class:"loading",role:"status",children:n("loading")}),c&&t(j,{error:c}),o&&t("section",{children:[t("h2",{children:n(o.written?"import.done":"import.report")}),t("p",{role:"status",children:n("import.counts",{created:m(o.created),updated:m(o.updated),unchanged:m(o.unchanged),rejected:m(o.rejected)})}),!o.written&&o.rejected>0&&t("p",{class:"error",children:n("import.rejected")}),!o.written&&o.rejected===0&&o.created+o.updated>0&&s&&t("p",{class:"buttons",children:t("button",{type:"button",class:"primary",onClick:()=>{y(s.content,a,!1)},children:n("import.apply")})}),t(J,{report:o})]})]})}function J({report:s}){let u=["REJECTED","CREATED","UPDATED","UNCHANGED"],a=[...s.rows].sort((r,o)=>u.indexOf(r.outcome)-u.indexOf(o.outcome)||r.line-o.line);return t(N,{children:[t("ol",{class:"revisions",children:a.slice(0,O).map((r,o)=>t("li",{class:"revision",children:[t("p",{children:[t("span",{class:"number",children:n("import.line",{line:r.line})})," ",t("strong",{children:r.row})," ",t("span",{class:`tag ${r.outcome.toLowerCase()}`,children:D("ImportOutcome",r.outcome)})]}),[...r.problems,...r.warnings].map((i,c)=>t("p",{class:c<r.problems.length?"error":"unit",children:[i.column,": ",i.message," ",i.raw&&t("q",{children:i.raw})]},c)),r.changes.length>0&&t("details",{children:[t("summary",{children:n("history.fields",{count:r.changes.length})}),t(w,{type:S(r.subjectType)?.type,changes:r.changes})]})]},o))}),a.length>O&&t("p",{class:"unit",children:n("import.more",{count:m(a.length-O)})})]})}export{X as Import};
