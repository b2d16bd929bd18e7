import{b as P,c as B}from"./chunk-D5QGBN2R.js";import{a as N}from"./chunk-VZYHKYA6.js";import{a as _}from"./chunk-HPH4PDI7.js";import{g as L}from"./chunk-N2YXCOUC.js";import{a as O,b as F}from"./chunk-SFL5XBMG.js";import{s as R,v as A}from"./chunk-U7ENWCF7.js";import"./chunk-C26TUAEL.js";import"./chunk-KOMPKXND.js";import{c as z}from"./chunk-YIAP3RON.js";import"./chunk-YKADDYWO.js";import{d as q,h as I}from"./chunk-XM6PCS6X.js";import{B as w,C as k,T as E,U as M,b as o,d as m,f as x,n as j,p as D,s as p,v as $,y as e}from"./chunk-R35VZBNM.js";var V=k(`
    query Conflicts($after: String, $where: ConflictFilter) {
      conflicts(first: 20, after: $after, where: $where) {
        totalCount
        nodes {
          field
          contradicted
          about {
            __typename
            id
            ... on Model { slug name }
            ... on ModelSize { label model { slug name } }
            ... on Checkpoint { repository model { slug name } }
            ... on Dataset { slug name }
            ... on License { slug name }
            ... on Organization { slug name }
          }
          evidence(first: 20) {
            nodes { id value agrees url ...EvidenceFacts source { slug title publishedAt } }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  `,[E]),G=k(`
  mutation SettleConflict($input: SettleConflictInput!) {
    settleConflict(input: $input) { outcome revision }
  }
`);function fe(){let[t,c]=p(!1),[s,r]=p([null]),[i,f]=p(),n=j(),h=t?{contradicted:{eq:!0}}:null,{data:g,error:b,retry:C}=_(V,{after:s.at(-1)??null,where:h},{skip:!n,sticky:!0});if(!n)return e(N,{title:o("conflicts.title")});let u=g?.conflicts,d=u?.pageInfo.hasNextPage?u.pageInfo.endCursor:null;return e("div",{class:"page wide",children:[e("h1",{tabIndex:-1,children:o("conflicts.title")}),e("p",{children:o("conflicts.text")}),e("label",{class:"check",children:[e("input",{type:"checkbox",checked:t,onChange:l=>{c(l.currentTarget.checked),r([null])}})," ",o("conflicts.contradicted")]}),b&&e(O,{error:b,retry:C}),u&&e("p",{role:"status",children:u.totalCount===0?o("conflicts.none"):o("conflicts.count",{count:z(u.totalCount)})}),e("ol",{class:"conflicts",children:u?.nodes.map(l=>e("li",{children:e(J,{conflict:l,choose:v=>f({conflict:l,statement:v})})},`${l.about?.id} ${l.field}`))}),e("p",{class:"buttons",children:[s.length>1&&e("button",{type:"button",onClick:()=>r(s.slice(0,-1)),children:o("conflicts.previous")}),d&&e("button",{type:"button",onClick:()=>r([...s,d]),children:o("subject.next")})]}),i&&e(K,{...i,close:()=>f(void 0)})]})}function y({about:t}){if(!t)return{};switch(t.__typename){case"ModelSize":return{type:"ModelSize",subject:t.model,part:t.label};case"Checkpoint":return{type:"Checkpoint",subject:t.model,part:t.repository};case"Model":case"Dataset":case"License":case"Organization":return{type:t.__typename,subject:t};default:return{}}}function S(t){return B(y(t).type,t.field)}function J({conflict:t,choose:c}){let{type:s,subject:r,part:i}=y(t);return e("article",{class:"card",children:[e("h2",{children:[r?e("a",{href:I(s==="Dataset"||s==="License"||s==="Organization"?s:"Model",r.slug),children:r.name}):o("unknown"),i&&e("span",{class:"chip",children:i})," ",e("span",{children:S(t)}),t.contradicted&&e("span",{class:"tag deleted",children:o("conflicts.differs")})]}),e("ul",{class:"statements",children:t.evidence.nodes.map(n=>e("li",{children:[e("p",{children:[e("strong",{children:T(t,n)})," ",n.agrees&&e("span",{class:"tag created",children:o("conflicts.current")})," ·"," ",n.source&&e("a",{href:`/sources/${n.source.slug}`,children:n.source.title}),n.locator&&e("span",{class:"unit",children:[" ",n.locator]}),n.quote&&e(x,{children:[" ",e("q",{children:n.quote})]})," ",e("span",{class:"unit",children:[m("Confidence",n.confidence),n.rank!=="NORMAL"&&` · ${m("EvidenceRank",n.rank)}`,n.reason&&` · ${n.reason}`]})]}),e("button",{type:"button","aria-label":o("conflicts.chooseNamed",{value:T(t,n)}),onClick:()=>c(n),children:o("conflicts.choose")})]},n.id))})]})}function T(t,{stance:c,value:s}){if(c!=="STATED")return m("Stance",c);let{type:r}=y(t),i=r&&L(r,t.field);return i?.kind==="choice"?m(i.of,String(s)):P(s)}function K({conflict:t,statement:c,close:s}){let[r,i]=p(""),[f,n]=p(),[h,g]=p(!1),b=$(null),{subject:C,part:u}=y(t),d=[C?.name,u].filter(Boolean).join(" "),l=T(t,c),v=async()=>{g(!0),n(void 0);try{let a={evidence:c.id,reason:r.trim()},{settleConflict:H}=await w(G,{input:a}),Q=D()?()=>R(H.revision):void 0;A(o("conflicts.settled",{name:d,field:S(t),value:l}),Q),s()}catch(a){n(a),g(!1)}};return e(q,{title:o("conflicts.settleTitle",{name:d}),close:s,children:e("form",{ref:b,class:"edit small",onSubmit:a=>(a.preventDefault(),void v()),children:[e("p",{children:o("conflicts.settleText",{field:S(t),value:l})}),f&&e(F,{texts:M(f)}),e("label",{class:"sub wide",children:[e("span",{children:o("conflicts.reason")}),e("input",{type:"text",required:!0,maxLength:500,value:r,onInput:a=>i(a.currentTarget.value)})]}),e("p",{class:"buttons",children:[e("button",{type:"submit",class:"primary",disabled:h||r.trim()==="",children:o("conflicts.settle")}),e("button",{type:"button",onClick:a=>a.currentTarget.closest("dialog")?.close(),children:o("edit.cancel")})]})]})})}export{fe as Conflicts};
