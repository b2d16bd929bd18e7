import{a as G}from"./chunk-C26TUAEL.js";import{b as l}from"./chunk-KOMPKXND.js";import{a as B}from"./chunk-YIAP3RON.js";import{f as x}from"./chunk-X5KYX3L6.js";import{a as j,h as k}from"./chunk-YBFUGCTV.js";import{B as p,C as i,F as E,G as O,H as U,I as v,J as z,K as M,L,M as N,N as A,O as P,P as R,Q as q,R as Z,S as H,T as d,b,p as C,z as I}from"./chunk-R35VZBNM.js";function f(e){return l(e).some(({cited:n})=>n)}function $(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,ie(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>oe(e,s))}}function ie(e,n){if(e.kind!=="localized")return Q(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function Q(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return ue(n);case"reference":return n?_(n):null;case"references":return(n??[]).map(_);case"choices":return n??[];case"part":return $(e.of,n??{});case"parts":return(n??[]).map(t=>$(e.of,t));default:return String(n??e.default??"")}}function _(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function oe(e,n){let t=String(n.field),r=l(e).find(a=>a.name===t),s=r?Q(r,n.value):n.value;return{id:String(n.id),field:t,value:s,details:$("Evidence",n)}}function ue(e){if(e==null)return"";if(typeof e=="string")return e;let n=B(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function J(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=J(r.of,s)),r.kind!=="parts")continue;let a=s.filter(o=>!w(r.of,o));t[r.name]=a.map(o=>J(r.of,o))}return{...n,...t}}function he(e,n,t){let r=l(e).filter(({name:a,required:o})=>o||!g(t[a],n[a])),s=Object.fromEntries(r.map(a=>[a.name,D(a,t[a.name])]));return f(e)&&(s.evidence=T(e,{},t).add),s}function X(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,D(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=T(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return c}function ye(e,n,t){return{...S(e,t),evidence:T(e,n,t)}}function Y(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function T(e,n,t){let r=m(t);return{add:Y(n,t).map(s=>ce(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(a=>g(a,s))?[s.id]:[])}}function be(e,n,t,r){let s={};for(let a of l(e)){let{name:o}=a;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||a.kind!=="parts"||!f(a.of))continue;let c=(u,F)=>u[o].find(({label:y})=>y===F.label);s[o]=r[o].map(u=>{let[F,y]=[c(n,u),c(t,u)];return y?{...u,evidence:K(F??{},y,u)}:u})}return f(e)?{...s,evidence:K(n,t,r)}:s}function K(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...Y(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function ce(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),a=r.stance!=="STATED"?null:s?pe(s,t):t;return{values:{[n]:a},...S("Evidence",r)}}function pe(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):D(e,n)}function D(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(a=>a.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:a,en:o}=n;return a.trim()||o.trim()?{zh:a.trim()||null,en:o.trim()||null}:null}case"reference":{let a=n;return a&&(e.bySlug?a.slug:{slug:a.slug})}case"references":return n.map(({slug:a})=>({slug:a}));case"part":return w(e.of,n)?null:S(e.of,n);case"parts":return n.filter(a=>!w(e.of,a)).map(a=>le(e.of,a,t??[],r));default:return s||(e.required?s:null)}}function le(e,n,t,r=[]){if(!f(e))return S(e,n);let s=T(e,t.find(({label:a})=>a===n.label),n);return r.push(...s.remove),{...S(e,n),evidence:s.add}}function S(e,n){let t=l(e).map(r=>[r.name,D(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function w(e,n){return g(n,$(e))}function W(e){return e==null||e===""?"–":Array.isArray(e)?e.map(W).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(W).filter(t=>t!=="–").join(" · ")||"–"}var ee={Model:{read:i(`
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
`,[d,E,O,U,v,z,M]),find:i(`
  query FindModel($search: String!) {
    found: models(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateModel($input: CreateModelInput!, $reason: String) {
    done: createModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),update:i(`
  mutation UpdateModel($input: UpdateModelInput!, $reason: String) {
    done: updateModel(input: $input, reason: $reason) { revision subject: model { slug version } }
  }
`),remove:i(`
  mutation DeleteModel($input: DeleteInput!, $reason: String) {
    done: deleteModel(input: $input, reason: $reason) { revision }
  }
`)},Dataset:{read:i(`
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
`,[d,L,v]),find:i(`
  query FindDataset($search: String!) {
    found: datasets(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateDataset($input: CreateDatasetInput!, $reason: String) {
    done: createDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),update:i(`
  mutation UpdateDataset($input: UpdateDatasetInput!, $reason: String) {
    done: updateDataset(input: $input, reason: $reason) { revision subject: dataset { slug version } }
  }
`),remove:i(`
  mutation DeleteDataset($input: DeleteInput!, $reason: String) {
    done: deleteDataset(input: $input, reason: $reason) { revision }
  }
`)},Architecture:{read:i(`
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
`,[N,v]),find:i(`
  query FindArchitecture($search: String!) {
    found: architectures(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateArchitecture($input: CreateArchitectureInput!, $reason: String) {
    done: createArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),update:i(`
  mutation UpdateArchitecture($input: UpdateArchitectureInput!, $reason: String) {
    done: updateArchitecture(input: $input, reason: $reason) { revision subject: architecture { slug version } }
  }
`),remove:i(`
  mutation DeleteArchitecture($input: DeleteInput!, $reason: String) {
    done: deleteArchitecture(input: $input, reason: $reason) { revision }
  }
`)},Source:{read:i(`
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
`,[A,P]),find:i(`
  query FindSource($search: String!) {
    found: sources(first: 6, search: $search) { nodes { slug name: title url } }
  }
`),create:i(`
  mutation CreateSource($input: CreateSourceInput!, $reason: String) {
    done: createSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),update:i(`
  mutation UpdateSource($input: UpdateSourceInput!, $reason: String) {
    done: updateSource(input: $input, reason: $reason) { revision subject: source { slug version } }
  }
`),remove:i(`
  mutation DeleteSource($input: DeleteInput!, $reason: String) {
    done: deleteSource(input: $input, reason: $reason) { revision }
  }
`)},License:{read:i(`
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
`,[d,R,q,Z,v]),find:i(`
  query FindLicense($search: String!) {
    found: licenses(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateLicense($input: CreateLicenseInput!, $reason: String) {
    done: createLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),update:i(`
  mutation UpdateLicense($input: UpdateLicenseInput!, $reason: String) {
    done: updateLicense(input: $input, reason: $reason) { revision subject: license { slug version } }
  }
`),remove:i(`
  mutation DeleteLicense($input: DeleteInput!, $reason: String) {
    done: deleteLicense(input: $input, reason: $reason) { revision }
  }
`)},Organization:{read:i(`
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
`,[d,H]),find:i(`
  query FindOrganization($search: String!) {
    found: organizations(first: 6, search: $search) { nodes { slug name } }
  }
`),create:i(`
  mutation CreateOrganization($input: CreateOrganizationInput!, $reason: String) {
    done: createOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),update:i(`
  mutation UpdateOrganization($input: UpdateOrganizationInput!, $reason: String) {
    done: updateOrganization(input: $input, reason: $reason) { revision subject: organization { slug version } }
  }
`),remove:i(`
  mutation DeleteOrganization($input: DeleteInput!, $reason: String) {
    done: deleteOrganization(input: $input, reason: $reason) { revision }
  }
`)}};var h=ee;async function ne(e,n){return(await p(h[e].read,{slug:n})).subject}function Ce(e){return h[e].find}async function Ie(e,n,t=""){return(await p(h[e].create,{input:n,reason:t.trim()||null})).done.subject}async function te(e,n,t){return(await p(h[e].update,{input:n,reason:t.trim()||null})).done.subject}var de=i(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`),me=i(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`);async function Ee(e,n,t,r){let a={input:{[`update${e}`]:n},reason:t.trim(),contact:r.trim()||null},{secret:o,proposal:c}=(await p(de,a)).proposeChange;return async()=>{await p(me,{input:{id:c.id,secret:o}})}}async function re(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await p(h[e].remove,s)).done.revision}var ge=i(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function se(e,n=!1){await p(ge,{input:{number:e,force:n}})}var fe=i(`
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
  `,[d]);async function Oe(e){let n=[];for(let t=null;;){let{model:r}=await p(fe,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var $e=i(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function Ue(e,n){let{updateCheckpoints:t}=await p($e,{input:e,reason:n.trim()||null});return t.model}var ae="Undo";function V(e,n){j.clear(),G(e,n&&(()=>n().then(()=>j.clear())))}function Be(e,n,t,{slug:r,version:s}){V(b("toast.saved",{name:n}),async()=>{let a=await ne(e,r);if(a.version!==s)throw new I([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await te(e,X(e,$(e,a),t,o),ae)})}function Ge(e,n,{slug:t,version:r}){V(b("toast.created",{name:n}),async()=>{await re(e,t,r,ae),location.pathname===k(e,t)&&await x("/")})}function _e(e,n,t,r){let s=async()=>{await se(r),await x(k(e,t))};V(b("toast.deleted",{name:n}),C()?s:void 0)}export{f as a,$ as b,g as c,J as d,he as e,X as f,ye as g,Y as h,be as i,m as j,w as k,W as l,ne as m,Ce as n,Ie as o,te as p,Ee as q,re as r,se as s,Oe as t,Ue as u,V as v,Be as w,Ge as x,_e as y};
