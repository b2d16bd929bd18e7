import{a as K}from"./chunk-TNRCYRWN.js";import{b as l}from"./chunk-U5WA67MU.js";import{a as G}from"./chunk-ESOR3F62.js";import{f as w}from"./chunk-ZV6WLACX.js";import{a as k}from"./chunk-66G6S3U4.js";import{B as p,C as i,E,F as U,G as z,H as S,I as A,J as L,K as M,L as N,M as P,N as R,O as q,P as Z,Q as H,R as B,S as d,W as x,b,p as C,z as O}from"./chunk-ZYYCHFRW.js";function f(e){return l(e).some(({cited:n})=>n)}function $(e,n={}){let t=Object.fromEntries(l(e).map(s=>[s.name,pe(s,n)]));if(!f(e))return t;let r=n.evidence?.nodes??[];return{...t,evidence:r.map(s=>le(e,s))}}function pe(e,n){if(e.kind!=="localized")return Y(e,n[e.stated??e.name]);let t=r=>r===n[e.source]?"":String(r??"");return{zh:t(n[`${e.name}Zh`]),en:t(n[`${e.name}En`])}}function Y(e,n){switch(e.kind){case"texts":return(n??[]).join(", ");case"amount":return de(n);case"reference":return n?_(n):null;case"references":return(n??[]).map(_);case"choices":return n??[];case"part":return $(e.of,n??{});case"parts":return(n??[]).map(t=>$(e.of,t));default:return String(n??e.default??"")}}function _(e){if(typeof e=="string")return{slug:e,name:e};let{slug:n,name:t}=e;return{slug:n,name:t}}function le(e,n){let t=String(n.field),r=l(e).find(a=>a.name===t),s=r?Y(r,n.value):n.value;return{id:String(n.id),field:t,value:s,details:$("Evidence",n)}}function de(e){if(e==null)return"";if(typeof e=="string")return e;let n=G(e),[,t="",r=""]=/^([\d.]+)([KMBT]?)$/.exec(n)??[],s={K:1e3,M:1e6,B:1e9,T:1e12}[r]??1;return Math.round(Number(t)*s)===Number(e)?n:String(e)}function g(e,n){return JSON.stringify(e)===JSON.stringify(n)}function J(e,n){let t={};for(let r of l(e)){let s=n[r.name];if(r.kind==="part"&&(t[r.name]=J(r.of,s)),r.kind!=="parts")continue;let a=s.filter(o=>!I(r.of,o));t[r.name]=a.map(o=>J(r.of,o))}return{...n,...t}}function be(e,n,t){let r=l(e).filter(({name:a,required:o})=>o||!g(t[a],n[a])),s=Object.fromEntries(r.map(a=>[a.name,j(a,t[a.name])]));return f(e)&&(s.evidence=D(e,{},t).add),T(s)}function ee(e,n,t,r){let s=[],o=l(e).filter(({name:u})=>!g(t[u],n[u])).map(u=>[u.name,j(u,t[u.name],n[u.name],s)]),c={...r,...Object.fromEntries(o)};if(f(e)){let u=D(e,n,t);s.unshift(...u.remove),u.add.length+s.length>0&&(c.evidence={add:u.add,remove:s})}return T(c)}function Te(e,n,t){return{...v(e,t),evidence:D(e,n,t)}}function ne(e,n){let t=m(e);return m(n).filter(r=>!t.some(s=>g(s,r)))}function D(e,n,t){let r=m(t);return{add:ne(n,t).map(s=>me(e,s)),remove:m(n).flatMap(s=>s.id&&!r.some(a=>g(a,s))?[s.id]:[])}}function De(e,n,t,r){let s={};for(let a of l(e)){let{name:o}=a;if(s[o]=g(r[o],n[o])?t[o]:r[o],s[o]===t[o]||a.kind!=="parts"||!f(a.of))continue;let c=(u,F)=>u[o].find(({label:y})=>y===F.label);s[o]=r[o].map(u=>{let[F,y]=[c(n,u),c(t,u)];return y?{...u,evidence:W(F??{},y,u)}:u})}return f(e)?{...s,evidence:W(n,t,r)}:s}function W(e,n,t){let r=m(t),s=m(e).filter(o=>!r.some(c=>g(c,o)));return[...m(n).filter(o=>!s.some(c=>c.id===o.id)),...ne(e,t).map(({id:o,...c})=>c)]}function m(e){return e?.evidence??[]}function me(e,{field:n,value:t,details:r}){let s=l(e).find(o=>o.name===n),a=r.stance!=="STATED"?null:s?ge(s,t):t;return{values:{[n]:a},...v("Evidence",r)}}function ge(e,n){return e.kind==="reference"?n?.slug??null:e.kind==="references"?n.map(({slug:t})=>t):j(e,n)}function j(e,n,t,r){let s=typeof n=="string"?n.trim():"";switch(e.kind){case"texts":return s.split(/[,，、]/).map(a=>a.trim()).filter(Boolean);case"amount":return s.replace(/\s/g,"").toUpperCase()||null;case"number":return s===""?null:Number(s);case"boolean":return s===""?null:s==="true";case"choices":return n;case"localized":{let{zh:a,en:o}=n;return a.trim()||o.trim()?{zh:a.trim()||null,en:o.trim()||null}:null}case"reference":{let a=n;return a&&(e.bySlug?a.slug:Q(a))}case"references":return n.map(Q);case"part":return I(e.of,n)?null:v(e.of,n);case"parts":return n.filter(a=>!I(e.of,a)).map(a=>fe(e.of,a,t??[],r));default:return s||(e.required?s:null)}}function Q({slug:e,create:n}){return n?{create:n}:{slug:e}}function T(e,n=new Set){if(Array.isArray(e))return e.map(s=>T(s,n));if(typeof e!="object"||e===null)return e;let{slug:t}=e.create??{};if(t!==void 0&&n.has(t))return{slug:t};t!==void 0&&n.add(t);let r=Object.entries(e).map(([s,a])=>[s,T(a,n)]);return Object.fromEntries(r)}function je(e,n){return n.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^-+|-+$/g,"").slice(0,80).replace(/-$/,"")||`${e.toLowerCase()}-${Date.now().toString(36)}`}function fe(e,n,t,r=[]){if(!f(e))return v(e,n);let s=D(e,t.find(({label:a})=>a===n.label),n);return r.push(...s.remove),{...v(e,n),evidence:s.add}}function v(e,n){let t=l(e).map(r=>[r.name,j(r,n[r.name])]);return Object.fromEntries(t.filter(([,r])=>r!==null&&r!==""))}function I(e,n){return g(n,$(e))}function X(e){return e==null||e===""?"–":Array.isArray(e)?e.map(X).join("; ")||"–":typeof e!="object"?String(e):"name"in e?String(e.name):Object.values(e).filter(t=>t!==null&&t!=="").map(X).filter(t=>t!=="–").join(" · ")||"–"}var te={Model:{read:i(`
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
`,[d,E,U,z,S,A,L]),find:i(`
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
`,[d,M,S]),find:i(`
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
`,[N,S]),find:i(`
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
`,[P,R]),find:i(`
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
`,[d,q,Z,H,S]),find:i(`
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
`,[d,B]),find:i(`
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
`)}};var re=i(`
  mutation ProposeChange($input: ProposeChangeInput!, $reason: String!, $contact: String) {
    proposeChange(input: $input, reason: $reason, contact: $contact) { secret proposal { id } }
  }
`),se=i(`
  mutation WithdrawProposal($input: WithdrawProposalInput!) {
    withdrawProposal(input: $input) { proposal { status } }
  }
`);var h=te;async function ae(e,n){return(await p(h[e].read,{slug:n})).subject}function Ae(e){return h[e].find}async function Le(e,n,t=""){return(await p(h[e].create,{input:n,reason:t.trim()||null})).done.subject}async function ie(e,n,t){return(await p(h[e].update,{input:n,reason:t.trim()||null})).done.subject}async function Me(e,n,t,r,s){let o={input:{[`${e}${n}`]:t},reason:r.trim(),contact:s.trim()||null},{secret:c,proposal:u}=(await p(re,o)).proposeChange;return async()=>{await p(se,{input:{id:u.id,secret:c}})}}async function oe(e,n,t,r=""){let s={input:{slug:n,expectedVersion:t},reason:r.trim()||null};return(await p(h[e].remove,s)).done.revision}var $e=i(`
  mutation RevertRevision($input: RevertRevisionInput!, $reason: String) {
    revertRevision(input: $input, reason: $reason) { outcome revision }
  }
`);async function ue(e,n=!1){await p($e,{input:{number:e,force:n}})}var Se=i(`
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
  `,[d]);async function Ne(e){let n=[];for(let t=null;;){let{model:r}=await p(Se,{slug:e,after:t});if(n.push(...r.checkpoints.nodes),t=r.checkpoints.pageInfo.hasNextPage?r.checkpoints.pageInfo.endCursor:null,t===null)return{version:r.version,checkpoints:n}}}var ve=i(`
  mutation UpdateCheckpoints($input: UpdateCheckpointsInput!, $reason: String) {
    updateCheckpoints(input: $input, reason: $reason) { model { slug version } }
  }
`);async function Pe(e,n){let{updateCheckpoints:t}=await p(ve,{input:e,reason:n.trim()||null});return t.model}var ce="Undo";function V(e,n){k.clear(),K(e,n&&(()=>n().then(()=>k.clear())))}function Qe(e,n,t,{slug:r,version:s}){V(b("toast.saved",{name:n}),async()=>{let a=await ae(e,r);if(a.version!==s)throw new O([{message:"",extensions:{code:"CONFLICT"}}]);let o={slug:r,expectedVersion:s};await ie(e,ee(e,$(e,a),t,o),ce)})}function Xe(e,n,{slug:t,version:r}){V(b("toast.created",{name:n}),async()=>{await oe(e,t,r,ce),location.pathname===x(e,t)&&await w("/")})}function Ye(e,n,t,r){let s=async()=>{await ue(r),await w(x(e,t))};V(b("toast.deleted",{name:n}),C()?s:void 0)}export{f as a,$ as b,g as c,J as d,be as e,ee as f,Te as g,ne as h,De as i,m as j,je as k,I as l,X as m,ae as n,Ae as o,Le as p,ie as q,Me as r,oe as s,ue as t,Ne as u,Pe as v,V as w,Qe as x,Xe as y,Ye as z};
