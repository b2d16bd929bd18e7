import{a as x,c as J}from"./chunk-NIQUXK5R.js";import{a as L}from"./chunk-OM2V2BYQ.js";import{a as A,b as I}from"./chunk-6QSV4SNV.js";import{a as _}from"./chunk-PWLTWJFO.js";import"./chunk-56GJPCBP.js";import{b as M,c}from"./chunk-LRFABVIM.js";import{a as T}from"./chunk-EXVDX64S.js";import{$ as j,B as F,C as S,W as O,b as o,d as D,f as N,p as R,s as i,y as t}from"./chunk-BN4L4LRY.js";var k=S(`
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
`),z=["MARKDOWN","CSV","JSON","NDJSON","HUGGING_FACE","MODELS_DEV"],G={md:"MARKDOWN",csv:"CSV",json:"JSON",ndjson:"NDJSON",jsonl:"NDJSON"},h=500,q=104e4;function st(){let[s,d]=i(),[l,m]=i("MARKDOWN"),[e,n]=i(),[p,u]=i(),[V,E]=i(!1),[B,y]=i(!1),[b,W]=i();if(!R())return t(L,{title:o("import.title"),admin:!0});let w=async(r,a,f)=>{E(!0),u(void 0),n(void 0);try{let{importCatalog:g}=await F(k,{input:{content:r,format:a,dryRun:f}});if(n(g),!g.written)return;T.clear(),_(o("import.done"))}catch(g){u(g)}finally{E(!1)}},v=async r=>{if(!r)return;if(n(void 0),W(r.size>q?r:void 0),r.size>q)return d(void 0);let a=await r.text(),f=G[r.name.split(".").at(-1)?.toLowerCase()??""]??l;m(f),d({name:r.name,content:a}),await w(a,f,!0)},C=e?.rows.reduce((r,a)=>r+a.warnings.length,0)??0;return t("div",{class:"page wide",children:[t("h1",{tabIndex:-1,children:o("import.title")}),t("p",{children:o("import.text")}),t("label",{class:B?"drop over":"drop",onDragOver:r=>(r.preventDefault(),y(!0)),onDragLeave:()=>y(!1),onDrop:r=>(r.preventDefault(),y(!1),void v(r.dataTransfer?.files[0])),children:[t("span",{children:s?s.name:o("import.drop")}),t("input",{type:"file",accept:".md,.csv,.json,.ndjson,.jsonl",onChange:r=>{v(r.currentTarget.files?.[0])}})]}),t("label",{class:"sub",children:[t("span",{children:o("import.format")}),t("select",{value:l,onChange:r=>{let a=r.currentTarget.value;m(a),s&&w(s.content,a,!0)},children:z.map(r=>t("option",{value:r,children:D("ImportFormat",r)},r))})]}),V&&t("p",{class:"loading",role:"status",children:o("loading")}),p&&t(A,{error:p}),b&&t(I,{texts:[o("import.tooLarge",{name:b.name,size:M(b.size)})]}),e&&t("section",{children:[t("h2",{children:o(e.written?"import.done":"import.report")}),t("p",{role:"status",children:o(e.written?"import.counts":"import.wouldCounts",{created:c(e.created),updated:c(e.updated),unchanged:c(e.unchanged),rejected:c(e.rejected)})}),C>0&&t("p",{class:"warning",children:o("import.warnings",{count:C})}),!e.written&&e.rejected>0&&t("p",{class:"error",children:o("import.rejected")}),!e.written&&e.rejected===0&&e.created+e.updated>0&&s&&t("p",{class:"buttons",children:t("button",{type:"button",class:"primary",onClick:()=>{w(s.content,l,!1)},children:o("import.apply")})}),t(H,{report:e})]})]})}function H({report:s}){let d=["REJECTED","CREATED","UPDATED","UNCHANGED"],l=({outcome:e,warnings:n})=>e==="REJECTED"?-2:n.length>0?-1:d.indexOf(e),m=[...s.rows].sort((e,n)=>l(e)-l(n)||e.line-n.line);return t(N,{children:[t("ol",{class:"revisions",children:m.slice(0,h).map((e,n)=>t("li",{class:"revision",children:[t("p",{children:[t("span",{class:"number",children:o("import.line",{line:e.line})})," ",t("strong",{children:e.row})," ",t("span",{class:`tag ${e.outcome.toLowerCase()}`,children:D(s.written?"ImportOutcome":"ImportOutcome.would",e.outcome)})]}),[...e.problems,...e.warnings].map((p,u)=>t("p",{class:u<e.problems.length?"error":"warning",children:[J(O(e.subjectType)?.type,p.column),o("list.colon"),j(p.message)," ",p.raw&&t("q",{children:p.raw})]},u)),e.changes.length>0&&t("details",{children:[t("summary",{children:o("history.fields",{count:e.changes.length})}),t(x,{type:O(e.subjectType)?.type,changes:e.changes})]})]},n))}),m.length>h&&t("p",{class:"unit",children:o("import.more",{count:c(m.length-h)})})]})}export{st as Import};
