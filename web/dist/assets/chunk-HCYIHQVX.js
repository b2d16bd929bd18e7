import{a as K}from"./chunk-LOQQ3BXI.js";import{b as l}from"./chunk-6AXFSSZH.js";import{a as G}from"./chunk-VQWSMF4O.js";import{f as w}from"./chunk-BLGPUNLD.js";import{a as k}from"./chunk-SXY4QL5L.js";import{B as p,C as a,E,F as U,G as z,H as h,I as P,J as A,K as L,L as M,M as N,N as R,O as q,P as Z,Q as H,R as B,S as d,W as x,b,p as V,z as O}from"./chunk-L3PVE7BL.js";function f(e){return l(e).some(({cited:n})=>n)}function $(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,de(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>me(e,s))}}function de(e,n){if(e.kind!=="localized")return Y(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function Y(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return ge(n);case"reference":return n?_(n):null;case"references":return(n??[]).map(_);case"choices":return n??[];case"part":return $(e.of,n??{});case"parts":return(n??[]).map(t=>$(e.of,t));default:return String(n??e.default??"")}}function _(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function me(e,n){let t=String(n.field),r=l(e).find(i=>i.name===t),s=r?Y(r,n.value):n.value;return{id:String(n.id),field:t,value:s,details:$("Evidence",n)}}function ge(e){if(e==null)return"";if(typeof e=="string")return e;let n=G(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function J(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=J(r.of,s)),r.kind!=="parts")continue;let i=s.filter(o=>!C(r.of,o));t[r.name]=i.map(o=>J(r.of,o))}return{...n,...t}}function Te(e,n,t){let r=l(e).filter(({name:i,required:o})=>o||!g(t[i],n[i])),s=Object.fromEntries(r.map(i=>[i.name,j(i,t[i.name])]));return f(e)&&(s.evidence=D(e,{},t).add),T(s)}function ee(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,j(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=D(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return T(c)}function De(e,n,t){return{...S(e,t),evidence:D(e,n,t)}}function ne(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function D(e,n,t){let r=m(t);return{add:ne(n,t).map(s=>fe(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(i=>g(i,s))?[s.id]:[])}}function je(e,n,t,r){let s={};for(let i of l(e)){let{name:o}=i;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||i.kind!=="parts"||!f(i.of))continue;let c=(u,F)=>u[o].find(({label:y})=>y===F.label);s[o]=r[o].map(u=>{let[F,y]=[c(n,u),c(t,u)];return y?{...u,evidence:W(F??{},y,u)}:u})}return f(e)?{...s,evidence:W(n,t,r)}:s}function W(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...ne(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function fe(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),i=r.stance!=="STATED"?null:s?$e(s,t):t;return{values:{[n]:i},...S("Evidence",r)}}function $e(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):j(e,n)}function j(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(i=>i.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:i,en:o}=n;return i.trim()||o.trim()?{zh:i.trim()||null,en:o.trim()||null}:null}case"reference":{let i=n;return i&&(e.bySlug?i.slug:Q(i))}case"references":return n.map(Q);case"part":return C(e.of,n)?null:S(e.of,n);case"parts":return n.filter(i=>!C(e.of,i)).map(i=>he(e.of,i,t??[],r));default:return s||(e.required?s:null)}}function Q({slug:e,create:n}){return n?{create:n}:{slug:e}}function T(e,n=new Set){if(Array.isArray(e))return e.map(s=>T(s,n));if(typeof e!="object"||e===null)return e;let{slug:t}=e.create??{};if(t!==void 0&&n.has(t))return{slug:t};t!==void 0&&n.add(t);let r=Object.entries(e).map(([s,i])=>[s,T(i,n)]);return Object.fromEntries(r)}function Fe(e,n){return n.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-+|-+$/g,"").slice(0,80).replace(/-$/,"")||`${e.toLowerCase()}-${Date.now().toString(36)}`}function he(e,n,t,r=[]){if(!f(e))return S(e,n);let s=D(e,t.find(({label:i})=>i===n.label),n);return r.push(...s.remove),{...S(e,n),evidence:s.add}}function S(e,n){let t=l(e).map(r=>[r.name,j(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function C(e,n){return g(n,$(e))}function X(e){return e==null||e===""?"–":Array.isArray(e)?e.map(X).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(X).filter(t=>t!=="–").join(" · ")||"–"}var te={Model:{read:a(`
  query EditModel($slug: String!) {
    subject: model(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...ModelFacts
      modalities {
        ...ModalitiesFacts
      }
      summaryZh: summary(language: ZH)
      summaryEn: summary(language: EN)
      organizations { slug name }
      license { slug name commercialUse }
      architecture { slug name }
      baseModel { slug name commercialUse }
      datasets { slug name }
      dataScale {
        ...DataScaleFacts
      }
      links {
        ...LinkFacts
      }
      sizes {
        evidence(first: 100) {
          nodes {
            id
            field
            value
            ...EvidenceFacts
            source { slug name: title }
          }
        }
        ...ModelSizeFacts
        statedModalities {
          ...ModalitiesFacts
        }
        cacheLayers {
          ...CacheLayersFacts
        }
        statedLicense { slug name commercialUse }
      }
    }
  }
`,[d,E,U,z,h,P,A]),find:a(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateModel($input: CreateModelInput!, $reason: String) {
    done: createModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),update:a(`
  mutation UpdateModel($input: UpdateModelInput!, $reason: String) {
    done: updateModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),remove:a(`
  mutation DeleteModel($input: DeleteInput!, $reason: String) {
    done: deleteModel(input: $input, reason: $reason) { revision }
  }
`)},Dataset:{read:a(`
  query EditDataset($slug: String!) {
    subject: dataset(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...DatasetFacts
      license { slug name commercialUse }
      links {
        ...LinkFacts
      }
    }
  }
`,[d,L,h]),find:a(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateDataset($input: CreateDatasetInput!, $reason: String) {
    done: createDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),update:a(`
  mutation UpdateDataset($input: UpdateDatasetInput!, $reason: String) {
    done: updateDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),remove:a(`
  mutation DeleteDataset($input: DeleteInput!, $reason: String) {
    done: deleteDataset(input: $input, reason: $reason) { revision }
  }
`)},Architecture:{read:a(`
  query EditArchitecture($slug: String!) {
    subject: architecture(slug: $slug) {
      version
      slug
      ...ArchitectureFacts
      links {
        ...LinkFacts
      }
    }
  }
`,[M,h]),find:a(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateArchitecture($input: CreateArchitectureInput!, $reason: String) {
    done: createArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),update:a(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!, $reason: String) {
    done: updateArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),remove:a(`
  mutation DeleteArchitecture($input: DeleteInput!, $reason: String) {
    done: deleteArchitecture(input: $input, reason: $reason) { revision }
  }
`)},Source:{read:a(`
  query EditSource($slug: String!) {
    subject: source(slug: $slug) {
      version
      slug
      ...SourceFacts
      publisher { slug name }
      license { slug name commercialUse }
      derivedFrom { slug name: title }
      snapshots {
        ...SourceSnapshotFacts
      }
    }
  }
`,[N,R]),find:a(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title url } }
  }
`),create:a(`
  mutation CreateSource($input: CreateSourceInput!, $reason: String) {
    done: createSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),update:a(`
  mutation UpdateSource($input: UpdateSourceInput!, $reason: String) {
    done: updateSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),remove:a(`
  mutation DeleteSource($input: DeleteInput!, $reason: String) {
    done: deleteSource(input: $input, reason: $reason) { revision }
  }
`)},License:{read:a(`
  query EditLicense($slug: String!) {
    subject: license(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...LicenseFacts
      conditionsZh: conditions(language: ZH)
      conditionsEn: conditions(language: EN)
      terms {
        ...LicenseTermFacts
        when {
          ...TermConditionFacts
        }
        noteZh: note(language: ZH)
        noteEn: note(language: EN)
      }
      links {
        ...LinkFacts
      }
    }
  }
`,[d,q,Z,H,h]),find:a(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateLicense($input: CreateLicenseInput!, $reason: String) {
    done: createLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),update:a(`
  mutation UpdateLicense($input: UpdateLicenseInput!, $reason: String) {
    done: updateLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),remove:a(`
  mutation DeleteLicense($input: DeleteInput!, $reason: String) {
    done: deleteLicense(input: $input, reason: $reason) { revision }
  }
`)},Organization:{read:a(`
  query EditOrganization($slug: String!) {
    subject: organization(slug: $slug) {
      version
      slug
      evidence(first: 100) {
        nodes {
          id
          field
          value
          ...EvidenceFacts
          source { slug name: title }
        }
      }
      ...OrganizationFacts
      name
      localizedNameZh: name(language: ZH)
      localizedNameEn: name(language: EN)
    }
  }
`,[d,B]),find:a(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),create:a(`
  mutation CreateOrganization($input: CreateOrganizationInput!, $reason: String) {
    done: createOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),update:a(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!, $reason: String) {
    done: updateOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),remove:a(`
  mutation DeleteOrganization($input: DeleteInput!, $reason: String) {
    done: deleteOrganization(input: $input, reason: $reason) { revision }
  }
`)}};var re=a(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`),se=a(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`),ie=a(`
    query EditCheckpoints($slug: String!, $after: String) {
      model(slug: $slug) {
        version
        checkpoints(first: 100, after: $after) {
          nodes {
            id
            repository
            stated
            license { slug name }
            evidence(first: 100) { nodes { id field value ...EvidenceFacts source { slug name: title } } }
          }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  `,[d]);var v=te;async function ae(e,n){return(await p(v[e].read,{slug:n})).subject}function Ae(e){return v[e].find}async function Le(e,n,t=""){return(await p(v[e].create,{input:n,reason:t.trim()||null})).done.subject}async function oe(e,n,t){return(await p(v[e].update,{input:n,reason:t.trim()||null})).done.subject}async function Me(e,n,t,r,s){return ue({[`${e}${n}`]:t},r,s)}async function Ne(e,n,t){return ue({updateCheckpoints:e},n,t)}async function ue(e,n,t){let r={input:e,reason:n.trim(),contact:t.trim()||null},{secret:s,proposal:i}=(await p(re,r)).proposeChange;return async()=>{await p(se,{input:{id:i.id,secret:s}})}}async function ce(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await p(v[e].remove,s)).done.revision}var Se=a(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function pe(e,n=!1){await p(Se,{input:{number:e,force:n}})}async function Re(e){let n=[];for(let t=null;;){let{model:r}=await p(ie,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var ve=a(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function qe(e,n){let{updateCheckpoints:t}=await p(ve,{input:e,reason:n.trim()||null});return t.model}var le="Undo";function I(e,n){k.clear(),K(e,n&&(()=>n().then(()=>k.clear())))}function Ye(e,n,t,{slug:r,version:s}){I(b("toast.saved",{name:n}),async()=>{let i=await ae(e,r);if(i.version!==s)throw new O([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await oe(e,ee(e,$(e,i),t,o),le)})}function en(e,n,{slug:t,version:r}){I(b("toast.created",{name:n}),async()=>{await ce(e,t,r,le),location.pathname===x(e,t)&&await w("/")})}function nn(e,n,t,r){let s=async()=>{await pe(r),await w(x(e,t))};I(b("toast.deleted",{name:n}),V()?s:void 0)}export{f as a,$ as b,g as c,J as d,Te as e,ee as f,De as g,ne as h,je as i,m as j,Fe as k,C as l,X as m,ae as n,Ae as o,Le as p,oe as q,Me as r,Ne as s,ce as t,pe as u,Re as v,qe as w,I as x,Ye as y,en as z,nn as A};
