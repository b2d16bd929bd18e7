import{b as _,c as A}from"./chunk-NIQUXK5R.js";import{a as z}from"./chunk-V4DGLG5D.js";import{a as F}from"./chunk-OM2V2BYQ.js";import{a as M}from"./chunk-RS4FXFE5.js";import{a as D}from"./chunk-6QSV4SNV.js";import{u as I,x as O}from"./chunk-H6TPNM2S.js";import"./chunk-PWLTWJFO.js";import{h as q}from"./chunk-VM7RCQJQ.js";import"./chunk-56GJPCBP.js";import{c as w}from"./chunk-LRFABVIM.js";import"./chunk-QIKQVDM2.js";import"./chunk-EXVDX64S.js";import{B as j,C as b,T as x,X as $,b as o,d as f,f as v,n as S,p as T,s as m,y as e}from"./chunk-BN4L4LRY.js";var R=b(`
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
  `,[x]),N=b(`
  mutation SettleConflict($input: SettleConflictInput!) {
    settleConflict(input: $input) { outcome revision }
  }
`);function ie(){let[t,r]=m(!1),[s,i]=m([null]),[c,a]=m(),n=S(),p=t?{contradicted:{eq:!0}}:null,{data:y,error:d,retry:h}=M(R,{after:s.at(-1)??null,where:p},{skip:!n,sticky:!0});if(!n)return e(F,{title:o("conflicts.title")});let l=y?.conflicts,k=l?.pageInfo.hasNextPage?l.pageInfo.endCursor:null;return e("div",{class:"page wide",children:[e("h1",{tabIndex:-1,children:o("conflicts.title")}),e("p",{children:o("conflicts.text")}),e("label",{class:"check",children:[e("input",{type:"checkbox",checked:t,onChange:u=>{r(u.currentTarget.checked),i([null])}})," ",o("conflicts.contradicted")]}),d&&e(D,{error:d,retry:h}),l&&e("p",{role:"status",children:l.totalCount===0?o("conflicts.none"):o("conflicts.count",{count:w(l.totalCount)})}),e("ol",{class:"conflicts",children:l?.nodes.map(u=>e("li",{children:e(P,{conflict:u,choose:L=>a({conflict:u,statement:L})})},`${u.about?.id} ${u.field}`))}),e("p",{class:"buttons",children:[s.length>1&&e("button",{type:"button",onClick:()=>i(s.slice(0,-1)),children:o("conflicts.previous")}),k&&e("button",{type:"button",onClick:()=>i([...s,k]),children:o("subject.next")})]}),c&&e(B,{...c,close:()=>a(void 0)})]})}function g({about:t}){if(!t)return{};switch(t.__typename){case"ModelSize":return{type:"ModelSize",subject:t.model,part:t.label};case"Checkpoint":return{type:"Checkpoint",subject:t.model,part:t.repository};case"Model":case"Dataset":case"License":case"Organization":return{type:t.__typename,subject:t};default:return{}}}function E(t){return A(g(t).type,t.field)}function P({conflict:t,choose:r}){let{type:s,subject:i,part:c}=g(t);return e("article",{class:"card",children:[e("h2",{children:[i?e("a",{href:$(s==="Dataset"||s==="License"||s==="Organization"?s:"Model",i.slug),children:i.name}):o("unknown"),c&&e("span",{class:"chip",children:c})," ",e("span",{children:E(t)}),t.contradicted&&e("span",{class:"tag deleted",children:o("conflicts.differs")})]}),e("ul",{class:"statements",children:t.evidence.nodes.map(n=>e("li",{children:[e("p",{children:[e("strong",{children:C(t,n)})," ",n.agrees&&e("span",{class:"tag created",children:o("conflicts.current")})," ·"," ",n.source&&e("a",{href:`/sources/${n.source.slug}`,children:n.source.title}),n.locator&&e("span",{class:"unit",children:[" ",n.locator]}),n.quote&&e(v,{children:[" ",e("q",{children:n.quote})]})," ",e("span",{class:"unit",children:[f("Confidence",n.confidence),n.rank!=="NORMAL"&&` · ${f("EvidenceRank",n.rank)}`,n.reason&&` · ${n.reason}`]})]}),e("button",{type:"button","aria-label":o("conflicts.chooseNamed",{value:C(t,n)}),onClick:()=>r(n),children:o("conflicts.choose")})]},n.id))})]})}function C(t,{stance:r,value:s}){if(r!=="STATED")return f("Stance",r);let{type:i}=g(t),c=i&&q(i,t.field);return c?.kind==="choice"?f(c.of,String(s)):_(s)}function B({conflict:t,statement:r,close:s}){let{subject:i,part:c}=g(t),a=[i?.name,c].filter(Boolean).join(" "),[n,p]=[E(t),C(t,r)],y=async d=>{let{settleConflict:h}=await j(N,{input:{evidence:r.id,reason:d}}),l=T()?()=>I(h.revision):void 0;O(o("conflicts.settled",{name:a,field:n,value:p}),l)};return e(z,{title:o("conflicts.settleTitle",{name:a}),text:o("conflicts.settleText",{field:n,value:p}),label:o("conflicts.reason"),action:o("conflicts.settle"),send:y,close:s})}export{ie as Conflicts};
